"""Signs that somebody may have looked without need: a table of rules over plain values.

A sign asks a person to ask; it accuses nobody. People are not ranked and signs are not added up.
A look is one request of one person at one child.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.linkage.records import normalise_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One look, and what was so at that moment.

    `refused` says that nothing was shown. `tied` is any tie that reached the person; `ended` says
    that a tie of their own had ended before. Names and postcodes are normalised.
    """

    child: str
    at: datetime
    refused: bool = False
    own_surname: str | None = None
    own_postcode: str | None = None
    surnames: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    sealed: bool = False
    tied: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """From how many on a sign is a sign, of what, and what that number rests on."""

    value: int
    unit: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign, as it is judged over the looks of one person on one day in London."""

    code: str
    title: str
    sentence: str
    why: str
    least: Least
    since: date
    meets: Callable[[Looked], bool]
    of_children: bool = False

    def many(self, looks: Iterable[Looked]) -> int:
        """How many of these looks meet it; or, where it counts children, at how many children."""
        met = [look for look in looks if self.meets(look)]
        return len({look.child for look in met}) if self.of_children else len(met)

    def is_met(self, looks: Iterable[Looked]) -> bool:
        return self.many(looks) >= self.least.value


EVENING, MORNING = time(22), time(6)
SINCE = date(2026, 1, 1)
OURS = "our own assumption"
ANY_LOOK = Least(value=1, unit="look", source=OURS, mark="M")


def surname_of(name: str) -> str | None:
    """The last word of somebody's name, spelt as the surnames of records are."""
    words = name.split()
    return normalise_name(words[-1]) if words else None


def same_surname(look: Looked) -> bool:
    return not look.refused and look.own_surname is not None and look.own_surname in look.surnames


def same_street(look: Looked) -> bool:
    return (
        not look.refused and look.own_postcode is not None and look.own_postcode in look.postcodes
    )


def out_of_hours(look: Looked) -> bool:
    clock = look.at.astimezone(LONDON).time()
    return not look.refused and (clock >= EVENING or clock < MORNING)


SIGNS: tuple[Sign, ...] = (
    Sign(
        code="same_surname",
        title="The same surname",
        sentence="Looked at a child with the person’s own surname.",
        why="People look up their own family, who have not agreed to it. Common surnames meet by "
        "chance.",
        least=ANY_LOOK,
        since=SINCE,
        meets=same_surname,
    ),
    Sign(
        code="same_street",
        title="The same street",
        sentence="Looked at a child whose address has the postcode of the person’s own home.",
        why="People look up their neighbours. Whoever works where they live meets neighbours at "
        "work too.",
        least=ANY_LOOK,
        since=SINCE,
        meets=same_street,
    ),
    Sign(
        code="sealed",
        title="A sealed record",
        sentence="Asked for a record that was sealed; most who ask see nothing.",
        why="A record is sealed because somebody must not find the child. Those named on the seal "
        "look as part of their work.",
        least=ANY_LOOK,
        since=SINCE,
        meets=lambda look: look.sealed,
    ),
    Sign(
        code="many_children",
        title="Many children without a relation",
        sentence="Opened the records of many children in one day without a relation to them.",
        why="Work with children begins with a relation. Browsing, or taking records out page by "
        "page, does not. Schools and health services work with their own children without one.",
        least=Least(value=20, unit="children", source=OURS, mark="M"),
        since=SINCE,
        meets=lambda look: not look.refused and not look.tied,
        of_children=True,
    ),
    Sign(
        code="out_of_hours",
        title="Out of hours",
        sentence="Looked at a child between 10pm and 6am.",
        why="Few people watch at night. Those who work shifts look at night as part of their work.",
        least=ANY_LOOK,
        since=SINCE,
        meets=out_of_hours,
    ),
    Sign(
        code="former_case",
        title="A former case",
        sentence="Looked at a child with whom the person’s own work had ended.",
        why="Need to know ends with the work. A question about what was done, or a complaint, can "
        "bring somebody back.",
        least=ANY_LOOK,
        since=SINCE,
        meets=lambda look: not look.refused and look.ended and not look.tied,
    ),
)
BY_CODE = {sign.code: sign for sign in SIGNS}


def signs_on(day: date, looks: Iterable[Looked]) -> dict[str, int]:
    """The signs in force on a day that one person's looks of that day meet, and how many."""
    given = list(looks)
    return {
        sign.code: sign.many(given) for sign in SIGNS if sign.since <= day and sign.is_met(given)
    }
