"""The searches that are made for somebody, one after another: a table, each row with its source.

The narrow come first, so that the service tells of as few other people as can be. A search with a
postcode never gives a restricted patient, so those without one go before it (PDS FHIR, search for
a patient).
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keepsight.kernel.tracing.sought import Sought

Parameters = tuple[tuple[str, str], ...]
"""Names and values in order; a name may stand twice (two given names, the ends of a range)."""

RANGE_MONTHS = 6
"""How far from the stated birth a range reaches, on either side (`formats.md` 5, strategy 5)."""

LAST_MONTH = 12
"""A day up to this may be the month, and the month the day."""


class Birth(StrEnum):
    """Which date of birth a step asks for."""

    STATED = "as stated"
    SWAPPED = "day and month swapped"
    AROUND = "six months on either side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One search: its mode, the details that it gives beside the family name, and its source."""

    name: str
    mode: str
    given: bool = True
    gender: bool = False
    postcode: bool = False
    birth: Birth = Birth.STATED
    source: str

    def needs(self, sought: Sought) -> bool:
        """Whether all that this step gives is known of them."""
        return (
            sought.enough
            and (not self.given or bool(sought.given))
            and (not self.gender or bool(sought.gender))
            and (not self.postcode or bool(sought.postcode))
        )


EXACT, PLAIN, FUZZY = "_exact-match", "_history", "_fuzzy-match"
"""The parameter that chooses each mode. A fuzzy search looks into history by itself (PDS FHIR)."""

STRATEGY = "SUI_Matcher strategy 5"
STEPS: tuple[Step, ...] = (
    Step(
        name="exact",
        mode=EXACT,
        gender=True,
        source="PDS FHIR exact match; SUI_Matcher strategy 1, “Exact All”",
    ),
    Step(name="non-fuzzy", mode=PLAIN, source=f"{STRATEGY}, step 1: NonFuzzyGFD"),
    Step(name="fuzzy", mode=FUZZY, source=f"{STRATEGY}, step 2: FuzzyGFD"),
    Step(
        name="fuzzy, without given name",
        mode=FUZZY,
        given=False,
        gender=True,
        postcode=True,
        source=f"{STRATEGY}, step 3: Fuzzy(F,D,gender,postcode)",
    ),
    Step(
        name="fuzzy, all details",
        mode=FUZZY,
        gender=True,
        postcode=True,
        source=f"{STRATEGY}, step 5: FuzzyAll",
    ),
    Step(
        name="fuzzy, day and month swapped",
        mode=FUZZY,
        birth=Birth.SWAPPED,
        source="SUI_Matcher strategy 1, step 6: Fuzzy Alt DOB, where the day is 12 or less",
    ),
    Step(
        name="non-fuzzy, birth range",
        mode=PLAIN,
        postcode=True,
        birth=Birth.AROUND,
        source=f"{STRATEGY}, step 6: NonFuzzyGFD range and postcode",
    ),
    Step(
        name="fuzzy, birth range",
        mode=FUZZY,
        postcode=True,
        birth=Birth.AROUND,
        source=f"{STRATEGY}, step 7: FuzzyGFD range and postcode",
    ),
)
"""Its step 4, Fuzzy(F,D,postcode), is none of the three combinations that a fuzzy search takes
(PDS FHIR), so it is not asked. Nor is a number of results: one that is only let in as an
application gets a single patient, and is refused if it asks for more (PDS FHIR).
"""


def searches(sought: Sought) -> Iterator[tuple[Step, Parameters]]:
    """The searches that can be made with what is known of somebody, none of them twice."""
    asked: set[Parameters] = set()
    for step in STEPS:
        parameters = parameters_of(step, sought)
        if parameters and parameters not in asked:
            asked.add(parameters)
            yield step, parameters


def parameters_of(step: Step, sought: Sought) -> Parameters:
    """What a step sends for somebody; nothing where it needs what is not known of them."""
    births = _births(step.birth, sought.born)
    if not step.needs(sought) or not births:
        return ()
    found = [(step.mode, "true"), ("family", sought.family)]
    found += [("given", each) for each in sought.given if step.given]
    found += [("birthdate", each) for each in births]
    if step.gender:
        found.append(("gender", sought.gender))
    if step.postcode:
        found.append(("address-postalcode", sought.postcode))
    return tuple(found)


def _births(birth: Birth, born: date | None) -> tuple[str, ...]:
    if born is None:
        return ()
    if birth is Birth.AROUND:
        first, last = months_from(born, -RANGE_MONTHS), months_from(born, RANGE_MONTHS)
        return (f"ge{first.isoformat()}", f"le{last.isoformat()}")
    day = swapped(born) if birth is Birth.SWAPPED else born
    return (f"eq{day.isoformat()}",) if day else ()


def swapped(born: date) -> date | None:
    """The date with day and month changed over, where that is another date that can be."""
    if born.day > LAST_MONTH or born.day == born.month:
        return None
    return born.replace(month=born.day, day=born.month)


def months_from(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
