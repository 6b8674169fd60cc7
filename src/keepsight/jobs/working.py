"""The worker: takes up what cannot wait, from each source in turn, and waits for more."""

from collections.abc import Callable, Sequence

from keepsight.chronology.arrivals import await_arrival

Drain = Callable[[], int]
"""Where work comes from: does some of what waits, and says how much it did."""

LOOK_AGAIN_SECONDS = 2.0
"""How long a worker waits when nobody tells it of anything."""


def work(
    sources: Sequence[Drain],
    *,
    once: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Do what waits, and then, unless `once`, wait for more; returns how much was done."""
    done = 0
    while not stopped():
        busy = sum(source() for source in sources)
        done += busy
        if busy:
            continue
        if once:
            break
        await_arrival(LOOK_AGAIN_SECONDS)
    return done
