"""Rules of the header, and of what must be so across all children of a return."""

from collections.abc import Iterable

from keepsight.kernel.checks.cin.table import RETURN, rule
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Fault
from keepsight.kernel.checks.year import ReturnYear

LAST_DAY = (3, 31)
HEADER_ITEMS = (
    "Collection", "Year", "ReferenceDate", "SourceLevel", "LEA", "SoftwareCode", "SerialNo",
    "DateTime",
)  # fmt: skip
"""What a header must have; the schema requires LEA alone (mark M)."""
FEWEST_TO_JUDGE = 100
"""Of fewer disabled children nothing is said of which codes are used (our own choice)."""
FEWEST_CODES = 8
"""Disability codes that a return is expected to use (rule 2887Q)."""


def _not_the_last_day(header: Record, year: ReturnYear) -> Iterable[Fault]:
    day = header.day("ReferenceDate")
    if (day and (day.month, day.day) != LAST_DAY) or not header.texts("ReferenceDate"):
        yield Fault("ReferenceDate")


def _item_missing(header: Record, year: ReturnYear) -> Iterable[Fault]:
    for name in HEADER_ITEMS:
        if name != "ReferenceDate" and not header.texts(name):
            yield Fault(name)


def _another_year(header: Record, year: ReturnYear) -> Iterable[Fault]:
    stated, day = header.text("Year"), header.day("ReferenceDate")
    if stated and day and stated != str(day.year):
        yield Fault("Year", detail=f"The reference date is {day.isoformat()}.")


HEADER_RULES = (
    rule(
        "100", RETURN, "The reference date is missing, or is not the 31 March that ends the year.",
        "Give the last day of the census year.", "ReferenceDate", breaks=_not_the_last_day,
    ),
    rule(
        "KS02", RETURN, "An item of the header is missing.", "Give the item.", *HEADER_ITEMS,
        breaks=_item_missing,
    ),
    rule(
        "KS03", RETURN, "The year is not that of the reference date.",
        "Give the year in which the census year ends.", "Year", "ReferenceDate",
        breaks=_another_year,
    ),
)  # fmt: skip

ACROSS_RULES = (
    rule("8510", RETURN, "Two children have one LAchildID.",
         "Give each child once, with all of its cases.", "LAchildID"),
    rule("1520", RETURN, "Two children have one UPN.",
         "Find out whose it is, and correct the other.", "UPN"),
    rule("2883", RETURN, "More child protection plans began in the year than conferences were "
         "held.", "Give the day of each initial conference, in Section47 or in CINdetails.",
         "CPPstartDate", "DateOfInitialCPC"),
    rule("2887Q", RETURN, f"Fewer than {FEWEST_CODES} disability codes are used.",
         "See that all disabilities are recorded, or say why so few are.", "Disability"),
    rule("2888Q", RETURN, "No child has more than one disability.",
         "Record every disability of a child.", "Disability"),
)  # fmt: skip
ACROSS = {each.code: each for each in ACROSS_RULES}
"""Rules of many children, by code; `keepsight.kernel.checks.cin.across` finds them."""
