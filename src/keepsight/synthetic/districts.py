"""The county's districts: one council each, made alone so that memory stays bounded."""

from dataclasses import dataclass
from math import ceil

FEWEST_CHILDREN = 100
FEWEST_DISTRICTS, MOST_DISTRICTS = 3, 20
CHILDREN_A_DISTRICT = 75_000
"""About the mean of England's 153 authorities: 12.0 million children (`domain.md` section 7)."""
SMALL_COUNTY = (0.6, 0.1, 0.3)
NAMES = (
    "Northmere", "Southmere", "Eastmere", "Westmere", "Uppermere", "Lowermere", "Middlemere",
    "Highmere", "Deepmere", "Longmere", "Stillmere", "Coldmere", "Brightmere", "Wintermere",
    "Summermere", "Thornmere", "Reedmere", "Swanmere", "Greenmere", "Greymere",
)  # fmt: skip
POSTCODE_LETTERS = "ZYXWVUTSRQPNMLKHGFDA"
AUTHORITIES = ("998", "999", *(str(code) for code in range(997, 979, -1)))
"""Local authority codes that no council of England has."""
PRIMARY_PUPILS, SECONDARY_PUPILS, SPECIAL_PUPILS = 300, 1000, 120
PRIMARY_YEARS, SECONDARY_YEARS, CHILDHOOD_YEARS = 7, 5, 18
IN_SPECIAL_SCHOOLS = 0.02
"""Share of pupils on the roll of a special school (mark M)."""


COUNCILS = ((1.0, True), (1.9, False), (0.6, True), (1.3, True), (0.8, True))
"""How often a council is late, compared with all, and whether it has an action plan; in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One council's place. `first` is the county's number of its first child.

    `seed` is the district's own, so that a district can be made without the others. `lateness`
    compares how often its council is late with all councils. `authority_before` is that of the
    council from which its children come.
    """

    number: int
    key: str
    name: str
    authority: str
    authority_before: str
    postcode_area: str
    children: int
    first: int
    seed: int
    county_seed: int
    lateness: float
    action_plan: bool

    @property
    def primaries(self) -> int:
        return self._schools(PRIMARY_YEARS, PRIMARY_PUPILS)

    @property
    def secondaries(self) -> int:
        return self._schools(SECONDARY_YEARS, SECONDARY_PUPILS)

    @property
    def specials(self) -> int:
        years = IN_SPECIAL_SCHOOLS * (PRIMARY_YEARS + SECONDARY_YEARS)
        return self._schools(years, SPECIAL_PUPILS)

    def _schools(self, years: float, pupils: int) -> int:
        return max(1, round(self.children * years / CHILDHOOD_YEARS / pupils))


def districts(children: int, seed: int) -> tuple[District, ...]:
    """The districts of a county of so many children: three, and more as it grows.

    Raises `ValueError` for fewer than 100 children.
    """
    if children < FEWEST_CHILDREN:
        raise ValueError(
            f"A county needs at least {FEWEST_CHILDREN} children; {children} were asked for."
        )
    count = min(MOST_DISTRICTS, max(FEWEST_DISTRICTS, ceil(children / CHILDREN_A_DISTRICT)))
    made, first = [], 0
    for number, size in enumerate(_sizes(children, count)):
        made.append(_district(number, count, size, first, seed))
        first += size
    return tuple(made)


def _sizes(children: int, count: int) -> list[int]:
    """Children of each district: unequal, as councils are; the first takes what is left over."""
    shares = SMALL_COUNTY if count == FEWEST_DISTRICTS else _shares(count)
    sizes = [int(children * share) for share in shares]
    sizes[0] += children - sum(sizes)
    return sizes


def _shares(count: int) -> tuple[float, ...]:
    weights = [1 + 0.15 * ((number * 7) % 5 - 2) for number in range(count)]
    return tuple(weight / sum(weights) for weight in weights)


def _district(number: int, count: int, children: int, first: int, seed: int) -> District:
    lateness, action_plan = COUNCILS[number % len(COUNCILS)]
    return District(
        number=number,
        key=NAMES[number].lower(),
        name=NAMES[number],
        authority=AUTHORITIES[number],
        authority_before=AUTHORITIES[(number - 1) % count],
        postcode_area=f"Z{POSTCODE_LETTERS[number]}",
        children=children,
        first=first,
        seed=seed * 100 + number,
        county_seed=seed,
        lateness=lateness,
        action_plan=action_plan,
    )
