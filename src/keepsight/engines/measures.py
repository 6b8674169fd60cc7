"""The numbers that rules make of events, and the channels that they are made of."""

from collections.abc import Iterable

from keepsight.kernel.indicators.nodes import Count, Days, Different, Total, Truth, parts
from keepsight.kernel.indicators.selecting import Select

Measure = Count | Days | Total | Different
MEASURES = (Count, Days, Total, Different)
Channel = tuple[Select, str | None]
"""A selection, with the field that is added up or told apart over it if one is."""


def channels_of(measure: Measure) -> tuple[Channel, ...]:
    match measure:
        case Count(events) | Days(events):
            return ((events, None),)
        case Total(events, field):
            return ((events, field),)
        case Different(selections, field):
            return tuple((each, field) for each in selections)


def measures_of(rules: Iterable[Truth]) -> list[Measure]:
    """Every number that the rules make of events, once each, in the order first met."""
    found = (part for rule in rules for part in parts(rule))
    return list(dict.fromkeys(part for part in found if isinstance(part, MEASURES)))


def number_channels(rules: Iterable[Truth]) -> dict[Channel, int]:
    found = (channel for measure in measures_of(rules) for channel in channels_of(measure))
    return {channel: number for number, channel in enumerate(dict.fromkeys(found))}
