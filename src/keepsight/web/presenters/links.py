"""A question about links in words: side by side, what weighs for and against, what changes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from keepsight.identity.former import SaidBefore
from keepsight.identity.reviewing import Question, RecordSide
from keepsight.web.presenters.dates import day

NOT_SAID = "Not said"
WITHHELD = "Withheld"
SEX = {"F": "Female", "M": "Male"}
WIDEST_BAR = 200
"""Pixels of the bar of the heaviest level."""
LEAST_SAID = 0.05
"""Bits below which a level says nothing: they are shown to one place."""
WHERE_THEY_LIVE = ("postcode", "address")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, and whether it is another than most records say; without a most, each is."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is compared, in every record."""

    title: str
    verdict: str
    colour: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One level that was found: what it says, its bits, and how long its bar is."""

    words: str
    bits: float
    bar: int

    @property
    def speaks(self) -> str:
        if abs(self.bits) < LEAST_SAID:
            return "says nothing"
        return "strengthens" if self.bits > 0 else "speaks against"

    @property
    def said(self) -> str:
        if abs(self.bits) < LEAST_SAID:
            return "0.0"
        return f"{'+' if self.bits > 0 else '−'}{abs(self.bits):.1f}"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The weight of one pair, level by level."""

    title: str
    steps: tuple[Step, ...]
    total: str


FIELDS: tuple[tuple[str, Callable[[RecordSide], str | None]], ...] = (
    ("First name", lambda side: side.forename and side.forename.title()),
    ("Surname", lambda side: side.surname and side.surname.title()),
    ("Date of birth", lambda side: side.date_of_birth and day(side.date_of_birth)),
    ("Sex", lambda side: side.sex and SEX.get(side.sex, side.sex)),
    ("NHS number", lambda side: side.nhs_number and _spaced(side.nhs_number)),
    ("UPN", lambda side: side.upn),
    ("Postcode", lambda side: side.postcode or (WITHHELD if side.withheld else None)),
)


def side_by_side(records: Sequence[RecordSide]) -> list[Line]:
    """Every value that linking compares, with what differs marked in words."""
    return [_line(title, [value(side) for side in records]) for title, value in FIELDS]


def said_before(records: Sequence[RecordSide]) -> list[list[str]]:
    """What each record said before, in words; nothing if none of them did."""
    found = [[_before(each) for each in side.former] for side in records]
    return found if any(found) else []


def _before(said: SaidBefore) -> str:
    value = said.value.title() if said.what == "surname" else said.value
    return f"{said.what} {value}" + (f", until {day(said.until)}" if said.until else "")


def _line(title: str, values: Sequence[str | None]) -> Line:
    said = Counter(value for value in values if value and value != WITHHELD)
    ranked = [*said.most_common(2), ("", 0), ("", 0)]
    most = ranked[0][0] if ranked[0][1] > ranked[1][1] else ""
    cells = tuple(
        Cell(value or NOT_SAID, bool(value) and value != WITHHELD and value != most)
        for value in values
    )
    if len(said) > 1:
        return Line(title, "Differs", "red", cells)
    if sum(said.values()) == len(values):
        return Line(title, "Same", "green", cells)
    if said:
        return Line(title, "Not said in all", "grey", cells)
    return Line(title, WITHHELD if WITHHELD in values else NOT_SAID, "grey", cells)


def waterfalls(question: Question) -> list[Waterfall]:
    """What strengthens and what speaks against each pair’s being one child, heaviest pair first."""
    numbers = {side.subject: number for number, side in enumerate(question.records, 1)}
    pairs = sorted(question.pairs, key=lambda pair: -pair["weight"])
    return [_waterfall(pair, numbers, withholds=question.withholds) for pair in pairs]


def _waterfall(pair: dict[str, Any], numbers: dict[int, int], *, withholds: bool) -> Waterfall:
    levels = [(each["words"], float(each["bits"])) for each in pair["levels"]]
    rest = float(pair["weight"]) - sum(bits for _, bits in levels)
    if abs(rest) >= LEAST_SAID:
        levels.insert(0, ("before anything is compared, and for how common the values are", rest))
    heaviest = max((abs(bits) for _, bits in levels), default=1.0) or 1.0
    steps = [
        Step(_told(words, withholds=withholds), bits, round(WIDEST_BAR * abs(bits) / heaviest))
        for words, bits in levels
    ]
    one, other = sorted((numbers[pair["one"]], numbers[pair["other"]]))
    return Waterfall(f"Records {one} and {other}", tuple(steps), _total(float(pair["weight"])))


def _told(words: str, *, withholds: bool) -> str:
    where = any(word in words for word in WHERE_THEY_LIVE)
    return "where they live was compared, and is withheld" if withholds and where else words


def _total(weight: float) -> str:
    towards = "for one child" if weight >= 0 else "against one child"
    return f"{abs(weight):.1f} bits {towards}"


def what_would_change(question: Question) -> list[str]:
    """What linking changes: how many records each child has, and what nobody gains."""
    counts = {side.child_id: side.of_child for side in question.records if side.child_id}
    alone = [side for side in question.records if side.child_id is None]
    said = [
        f"Now these are records of {len(counts)} "
        f"{'child' if len(counts) == 1 else 'different children'}"
        + (f", and {len(alone)} of nobody yet" if alone else "")
        + "."
    ]
    if len(counts) + len(alone) > 1:
        total = sum(counts.values()) + len(alone)
        parts = " and ".join(str(count) for count in [*counts.values(), *(1 for _ in alone)])
        said.append(
            f"Linked, one child would have {total} records that you may compare ({parts} now). "
            "The child with the most records keeps its reference."
        )
    return said


def who_would_see(question: Question) -> list[str]:
    """What each agency would see after linking, by the rule as it stands."""
    agencies = dict.fromkeys(side.agency for side in question.records)
    return [
        f"{agency}: its own record, as now. Linking gives it nothing more." for agency in agencies
    ]


def _spaced(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"
