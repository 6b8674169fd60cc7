"""`keepsight work` and `keepsight send`: taking in what comes, and handing a file over."""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from django.db import Error, connection

from keepsight.audit.actor import system
from keepsight.chronology.governance import FeedRefused
from keepsight.chronology.models import Delivery, Feed
from keepsight.cli.errors import Unusable
from keepsight.intake.accepting import accept
from keepsight.intake.dropping import drain
from keepsight.intake.reading.reader import Reader
from keepsight.intake.rows import FileRefused
from keepsight.intake.working import take_in_waiting

LOOK_EVERY = 2.0
"""Seconds between looks for what waits, and after a fault."""

SENDER = system("command line")


def work_once(reader: Reader) -> int:
    """Accept what lies in the drop folder, and take in all that waits; returns how many files."""
    drain()
    return take_in_waiting(reader=reader)


def keep_working(tell: Callable[[str], None]) -> None:
    """Work until told to stop. A fault is said once, and the work goes on after it."""
    stop, said = Event(), ""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with Reader() as reader:
        while not stop.is_set():
            try:
                busy, said = work_once(reader), ""
            except (Error, OSError) as fault:
                connection.close()
                busy, sentence = 0, str(fault).strip().splitlines()[0]
                if sentence != said:
                    tell(f"Taking in waits: {sentence}")
                said = sentence
            if not busy:
                stop.wait(LOOK_EVERY)


def send(paths: Sequence[Path], feed: Feed) -> list[Delivery]:
    """Accept files for a feed; they are taken in by whoever works."""
    sent: list[Delivery] = []
    for path in paths:
        if not path.is_file():
            raise Unusable(f"There is no file {path}.")
        try:
            with path.open("rb") as stream:
                sent += accept(by=SENDER, feed=feed, filename=path.name, stream=stream)
        except (FileRefused, FeedRefused) as refused:
            raise Unusable(f"{path.name}: {refused}") from None
    return sent
