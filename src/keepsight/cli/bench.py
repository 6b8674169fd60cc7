"""`keepsight bench`: the whole line, timed, in a database of its own under `var/bench`."""

import os

from keepsight.engines.paths import var


def run(children: int) -> None:
    """A fresh county of so many children, from its feeds to obligations, with the time of each."""
    os.environ["KEEPSIGHT_VAR"] = str(var() / "bench")
    from keepsight.cli.demo import run as demo

    demo(children=children, port=8_000, serve=False, fresh=True)
