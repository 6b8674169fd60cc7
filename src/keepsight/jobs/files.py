"""Files: those in the drop folder are accepted, and what waits is taken in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from keepsight.intake import dropping
from keepsight.intake.reading.reader import Reader
from keepsight.intake.working import take_in_waiting
from keepsight.jobs.working import Drain


@contextmanager
def files(stopped: Callable[[], bool] = lambda: False) -> Iterator[Drain]:
    """A source of work that holds the process which reads files."""
    with Reader() as reader:

        def drain() -> int:
            dropping.drain()
            return take_in_waiting(reader=reader, stopped=stopped)

        yield drain
