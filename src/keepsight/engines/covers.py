"""Which children a pass over many need not judge at all.

A rule that counts events is met by nobody who has none of them. So of each rule a few selections
are enough, its cover: whoever has no event of any rule's cover meets no rule, and what else is
known of them, every week at school above all, is never looked at.
"""

from collections.abc import Iterable
from typing import TypeAlias

from keepsight.engines.measures import MEASURES, Channel, channels_of
from keepsight.kernel.indicators.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Given,
    SeveralOf,
    Truth,
    Unless,
    parts,
)
from keepsight.kernel.indicators.selecting import WEEKLY_KINDS

Cover: TypeAlias = frozenset[Channel]

WEEKLY = 1_000
"""How much dearer a selection of weeks is to look at than one of events: each pupil has them."""


def cover_of(rules: Iterable[Truth]) -> Cover | None:
    """Channels of which whoever meets one of the rules has an event; none if that is not sure."""
    return _together(map(_cover, rules))


def _cover(truth: Truth) -> Cover | None:
    match truth:
        case AtLeast(number, int()):
            measures = (part for part in parts(number) if isinstance(part, MEASURES))
            return frozenset(each for measure in measures for each in channels_of(measure))
        case AllOf(truths):
            covers = [cover for cover in map(_cover, truths) if cover is not None]
            return min(covers, key=_cost, default=None)
        case AnyOf(truths) | SeveralOf(_, truths):
            return _together(map(_cover, truths))
        case Given(under):
            return _cover(under)
        case AtLeast() | Unless():
            return None


def _together(covers: Iterable[Cover | None]) -> Cover | None:
    every = list(covers)
    known = [cover for cover in every if cover is not None]
    return frozenset().union(*known) if len(known) == len(every) else None


def _cost(cover: Cover) -> int:
    return sum(WEEKLY if select.kind in WEEKLY_KINDS else 1 for select, _ in cover)
