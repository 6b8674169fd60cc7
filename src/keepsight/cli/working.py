"""`keepsight work`: the worker in a process of its own, stopped when its piece of work is done."""

import signal
from threading import Event

import typer
from django.db import InterfaceError, OperationalError, connections

from keepsight.jobs.working import work as run_worker

AGAIN_SECONDS = 5


def work(*, once: bool) -> None:
    """Work until told to stop. While the database cannot be reached, it is tried again."""
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    while True:
        try:
            done = run_worker(once=once, stopped=stop.is_set)
            break
        except (OperationalError, InterfaceError):
            if once or stop.wait(AGAIN_SECONDS):
                raise
            connections.close_all()
    if once:
        typer.echo(f"{done:,} arrivals were taken up.")
