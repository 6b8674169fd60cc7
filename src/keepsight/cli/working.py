"""`keepsight work`: a worker in a process of its own, stopped when its piece of work is done."""

import signal
from contextlib import ExitStack
from enum import StrEnum
from threading import Event

import typer
from django.db import Error, connections

from keepsight.jobs import arrival
from keepsight.jobs.files import files
from keepsight.jobs.working import Drain
from keepsight.jobs.working import work as run_worker

AGAIN_SECONDS = 5.0


class Part(StrEnum):
    """What a worker takes up. A long file holds up no report where each has a worker."""

    ARRIVALS = "arrivals"
    FILES = "files"


def work(*, once: bool, only: Part | None = None) -> None:
    """Work until told to stop. While something cannot be reached, it is said and tried again."""
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    for part in [only] if only else list(Part):
        if once:
            typer.echo(f"{DONE[part]}: {_work(part, stop, once=True):,}.")
    if not once:
        _keep_working(only, stop)


DONE = {Part.ARRIVALS: "Arrivals taken up", Part.FILES: "Files taken in"}


def _keep_working(only: Part | None, stop: Event) -> None:
    said = ""
    while not stop.is_set():
        try:
            _work(only, stop, once=False)
        except Exception as fault:
            connections.close_all()
            sentence = _said(fault)
            if sentence != said:
                typer.echo(f"The work waits: {sentence}", err=True)
            said = sentence
            stop.wait(AGAIN_SECONDS)


def _said(fault: Exception) -> str:
    """The first line of a fault of the database or the machine. Of others only their kind: their
    words may hold what is known of a child.
    """
    lines = str(fault).strip().splitlines() if isinstance(fault, Error | OSError) else []
    return (lines or [type(fault).__name__])[0]


def _work(only: Part | None, stop: Event, *, once: bool) -> int:
    with ExitStack() as held:
        sources: list[Drain] = []
        if only is not Part.FILES:
            sources += [arrival.drain, arrival.match]
        if only is not Part.ARRIVALS:
            sources.append(held.enter_context(files(stop.is_set)))
        return run_worker(sources, once=once, stopped=stop.is_set)
