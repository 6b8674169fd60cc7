"""`keepsight work`: the worker in a process of its own, stopped when its piece of work is done."""

import signal
from threading import Event

import typer
from django.db import connections

from keepsight.jobs.working import work as run_worker

AGAIN_SECONDS = 5


def work(*, once: bool) -> None:
    """Work until told to stop. What comes in the way of all work is said, and tried again."""
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    while True:
        try:
            done = run_worker(once=once, stopped=stop.is_set)
            if once:
                typer.echo(f"{done:,} arrivals were taken up.")
            break
        except Exception as fault:
            if once:
                raise
            typer.echo(f"Tried again in {AGAIN_SECONDS} s: {type(fault).__name__}.", err=True)
            connections.close_all()
            if stop.wait(AGAIN_SECONDS):
                break
