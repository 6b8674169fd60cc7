"""`keepsight demo`: a made-up county, from its agencies' files to the pages."""

import json
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from keepsight.cli import process
from keepsight.cli.serving import serve as serve_pages
from keepsight.engines.embedded import write_secret
from keepsight.engines.paths import var
from keepsight.engines.roles import forget_database
from keepsight.synthetic import County, load_county, write_county

WEEKS = 52
"""A demo lives for one year, so that its second command is not long in coming."""
SEED = 20_141_119
"""The day of Ofsted's report; any other seed makes another county."""

T = TypeVar("T")

console = Console()


def run(*, children: int, port: int, serve: bool, fresh: bool) -> None:
    """Make the county unless it is there, take it in, say what there is, and serve it."""
    begun = monotonic()
    folder = var() / "demo"
    if fresh:
        _forget(folder)
    process.begin("batch", demo=True)
    process.migrate()
    done = folder / "done.json"
    if done.exists():
        _say_what_is_kept(json.loads(done.read_text()), children)
    else:
        _make(folder, children)
    _summary(monotonic() - begun)
    _sign_ins(json.loads((folder / "sign-ins.json").read_text()))
    if serve:
        serve_pages(port, demo=True)


def _make(folder: Path, children: int) -> None:
    """From nothing to obligations; `done.json` is written last, so a broken start begins anew."""
    county = _timed("making the county's feeds", lambda: _write(folder, children))
    passwords = _timed("setting up who takes part", lambda: _take_part(county))
    _timed("taking the feeds in", lambda: _take_in(county))
    _timed("linking, signs, clocks and counts", _night)
    _timed("giving people their cases", _give_cases)
    write_secret(folder / "sign-ins.json", passwords)
    made = {"children": children, "made": county.today.isoformat()}
    (folder / "done.json").write_text(json.dumps(made))


def _timed(step: str, work: Callable[[], T]) -> T:
    begun = monotonic()
    result = work()
    console.print(f"{monotonic() - begun:6.1f} s  {step}", highlight=False)
    return result


def _forget(folder: Path) -> None:
    forget_database(var() / "database")
    (var() / "checkpoint-key").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(var() / "night", ignore_errors=True)


def _say_what_is_kept(kept: dict[str, object], children: int) -> None:
    console.print(f"The demo county made on {kept['made']} is kept.")
    if kept["children"] != children:
        console.print(f"It has {kept['children']} children; --fresh makes one of {children}.")


def _write(folder: Path, children: int) -> County:
    from keepsight.access.clock import today

    made = folder / "county"
    if (county := _kept(made)) and (county.children, county.weeks) == (children, WEEKS):
        return county
    with _progress() as progress:
        bar = progress.add_task("Making the county's feeds", total=None)

        def tell(step: str, at: int, of: int) -> None:
            progress.update(bar, description=f"Making {step}", completed=at, total=of)

        return write_county(
            made, children=children, seed=SEED, today=today(), weeks=WEEKS, progress=tell
        )


def _kept(made: Path) -> County | None:
    """The county that is there already, if this version can read it."""
    try:
        return load_county(made)
    except (FileNotFoundError, TypeError, KeyError):
        return None


def _take_part(county: County) -> dict[str, str]:
    from keepsight.cli.demo_people import set_up

    return set_up(county, lambda: secrets.token_urlsafe(9))


def _take_in(county: County) -> None:
    from keepsight.cli.demo_feeds import take_in_all
    from keepsight.cli.report import print_outcomes, say, totals

    with _progress() as progress:
        bar = progress.add_task("Taking in", total=len(county.deliveries))

        def tell(source: str) -> None:
            progress.update(bar, description=f"Taking in {source}", advance=1)

        taken = take_in_all(county, tell)
    print_outcomes(console, totals([outcome for _, outcome in taken.outcomes]))
    for said, files in (
        ("Files in formats that Keepsight does not take yet, left unread", taken.unread),
        ("Files that Keepsight knows and leaves, having no purpose for them", taken.left),
    ):
        if files:
            named = ", ".join(f"{source} ({n:,})" for source, n in sorted(files.items()))
            say(console, f"{said}: {named}.")


def _night() -> None:
    from keepsight.cli.report import print_night
    from keepsight.jobs.night import run_night

    with console.status("") as status:
        done = run_night(folder=var() / "night", replayed=True, progress=status.update)
    print_night(console, done)


def _give_cases() -> None:
    """Allocation narrows who sees a case, so the scopes are settled once more."""
    from keepsight.cli.demo_cases import SETTER, ask_about_links, give_cases
    from keepsight.detection.actions import open_front_doors

    give_cases()
    ask_about_links()
    open_front_doors(by=SETTER)


def _summary(seconds: float) -> None:
    from keepsight.cli.report import peak_memory, print_standing

    print_standing(console)
    console.print(f"Took {seconds:.0f} s; most memory held: {peak_memory()}.", highlight=False)


def _sign_ins(passwords: dict[str, str]) -> None:
    console.print("\n[bold]Sign in as[/bold] (made-up people, for this machine only)")
    width = max(len(email) for email in passwords)
    for email, password in passwords.items():
        console.print(f"  {email:<{width}}  {password}", highlight=False, markup=False)


def _progress() -> Progress:
    columns: Sequence[object] = (
        TextColumn("{task.description:<32}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True)  # type: ignore[arg-type]
