"""A set of codes as dated data: what each code means, who says so, and when it is in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Mark = Literal["V", "V2", "M"]
"""V: read in the source. V2: read in a page that quotes it. M: not confirmed against the source."""


class UnknownCodeError(ValueError):
    """A code that its set does not hold, or not on that day."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes and their meanings. `name` is a noun phrase that fits "not a code for ...".

    Dates are those of the collections that use the set, both included; an empty one is open. The
    mark covers the meanings: codes themselves are as read in the source.
    """

    name: str
    codes: Mapping[str, str]
    source: str
    in_force_from: date | None = None
    in_force_until: date | None = None
    mark: Mark = "V"

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", MappingProxyType(dict(self.codes)))

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __hash__(self) -> int:
        return hash((self.name, self.in_force_from))

    def meaning(self, code: str) -> str:
        """What a code means; raises `UnknownCodeError` for one that is not in the set."""
        if code not in self.codes:
            raise UnknownCodeError(f"“{code}” is not a code for {self.name}.")
        return self.codes[code]

    def in_force_on(self, day: date) -> bool:
        """Whether a collection of that day uses the set."""
        return (self.in_force_from or day) <= day <= (self.in_force_until or day)
