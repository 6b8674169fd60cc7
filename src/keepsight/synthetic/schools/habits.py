"""How much school each child misses in ordinary times, and in what manner.

Most children miss little, some miss a tenth or more again and again, and a few hardly attend. Who
is which depends on free school meals and provision, and is calibrated on `domain.md` section 7
(see the data card).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.heritage import TRAVELLING
from keepsight.synthetic.randomness import stream

USUAL, USUAL_SHAPE = 0.0245, 4.0
"""Mean share of days missed by most children, and the shape of the gamma law it varies by."""
OFTEN, OFTEN_FROM, OFTEN_SHAPE = 0.15, 0.108, 1.5
"""Share of children who are often absent, with none of the factors below; the least that they
miss, and the shape of what they miss above it."""
OFTEN_ABOVE = 0.048
HARDLY_EVER, HARDLY_EVER_MISS = 0.0155, (0.52, 0.98)
"""Share of children who hardly attend at all, and what they miss."""
FREE_MEALS, SUPPORT, PLAN, TRAVELLING_FAMILY = 2.1, 1.65, 1.75, 3.0
"""How many times as often each circumstance goes with frequent absence."""
MOST = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Each child's own share of days missed, and mean length of a spell in school days.

    `often` marks children whose absence is more often unexplained; `travels` those whose parents
    travel for work, which has a code of its own.
    """

    share: NDArray[np.float64]
    spell: NDArray[np.float64]
    often: NDArray[np.bool_]
    travels: NDArray[np.bool_]


def habits(people: People, seed: int) -> Habits:
    """What each child's attendance is like in ordinary times."""
    rng, count = stream(seed, "habits"), len(people)
    travels = np.isin(people.ethnicity.astype(str), TRAVELLING)
    factor = (
        np.where(people.free_meals, FREE_MEALS, 1.0)
        * np.select([people.sen == "K", people.sen == "E"], [SUPPORT, PLAN], 1.0)
        * np.where(travels, TRAVELLING_FAMILY, 1.0)
    )
    drawn = rng.random(count)
    hardly = drawn < HARDLY_EVER * factor
    often = drawn < np.minimum(MOST, (HARDLY_EVER + OFTEN) * factor)
    usual = USUAL * rng.gamma(USUAL_SHAPE, 1 / USUAL_SHAPE, count)
    above = OFTEN_ABOVE * rng.gamma(OFTEN_SHAPE, 1 / OFTEN_SHAPE, count)
    share = np.where(often, OFTEN_FROM + above, usual)
    share = np.where(hardly, rng.uniform(*HARDLY_EVER_MISS, count), share)
    return Habits(
        share=np.clip(share, 0.002, 0.98),
        spell=np.select([hardly, often], [9.0, 3.2], 2.3),
        often=often,
        travels=travels,
    )
