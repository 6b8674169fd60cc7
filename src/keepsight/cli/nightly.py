"""`keepsight night`."""

from rich.console import Console

from keepsight.cli.report import print_night
from keepsight.engines.paths import var
from keepsight.jobs.night import run_night


def night() -> None:
    """Run the nightly pass and say what it did."""
    console = Console()
    with console.status("") as status:
        done = run_night(folder=var() / "night", progress=status.update)
    print_night(console, done)
