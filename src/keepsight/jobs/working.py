"""The worker: takes up what cannot wait, from each source in turn, and waits for more."""

from collections.abc import Callable, Sequence

from keepsight.chronology.arrivals import await_arrival
from keepsight.jobs import arrival

Drain = Callable[[], bool]
SOURCES: tuple[Drain, ...] = (arrival.drain,)
"""Where work comes from. Each does one piece of work, and says whether there was any."""

LOOK_AGAIN_SECONDS = 2.0
"""How long a worker waits when nobody tells it of anything."""


def work(
    *,
    once: bool = False,
    sources: Sequence[Drain] = SOURCES,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Do what waits, and then, unless `once`, wait for more; returns how much was done."""
    done = 0
    while not stopped():
        busy = [source() for source in sources]
        done += sum(busy)
        if any(busy):
            continue
        if once:
            break
        await_arrival(LOOK_AGAIN_SECONDS)
    return done
