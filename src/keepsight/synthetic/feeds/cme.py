"""The council's list of children on no school's roll, monthly (Education Act 1996, section 436A).

It names those who are taught at home apart from those who are missing education. There is no
national format of a child-level list (`formats.md` section 4), so the columns are made up. The
list is kept by the education service, whose ids are not those of social care.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window, english
from keepsight.synthetic.feeds.rolls import SchoolRoll
from keepsight.synthetic.people.knowing import Known

SOURCE, PREFIX = "cme", "E"
HEADER = (
    "Case", "Child Ref", "UPN", "Surname", "Forename", "DOB", "Sex", "Postcode", "Last School",
    "Left Roll", "Why", "Listed", "Status", "Found", "Enquiries",
)  # fmt: skip
LISTED_AFTER = timedelta(days=10)
REASONS = {
    "not known": "Not known",
    "elective home education": "Elective home education",
    "permanently excluded": "Permanent exclusion",
}
"""Changes of roll that come to the list, in the list's own words."""
ENQUIRIES = (
    (timedelta(days=21), ("None yet", "Parent rung, no answer", "School asked for contacts")),
    (timedelta(days=60), ("Home visited, no answer", "School and home visited", "None yet")),
    (timedelta.max, ("Other councils asked", "Benefits and health records asked", "None since")),
)
"""What has been done so long after the child left the roll."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A pupil who left a roll of the district for no other school."""

    person: int
    school: str
    left: date
    why: str
    found: date | None


def write_list(desk: Desk, rolls: Sequence[SchoolRoll]) -> Iterator[Delivery]:
    """The whole list every month: those still missing, and those found since the last."""
    missed = _missed(desk, rolls)
    agency = council_key(desk.district)
    known = desk.know(
        agency, AgencyKind.CHILDRENS_SOCIAL_CARE, (each.person for each in missed), PREFIX
    )
    rows_of = known.rows_of()
    for window in desk.windows(agency, SOURCE):
        held = known.on(window.until)
        rows = [
            _row(
                f"CME-{desk.district.number:02d}{number:05d}",
                each,
                held,
                rows_of.on(each.person, each.left),
                window,
            )
            for number, each in enumerate(missed, start=1)
            if each.left + LISTED_AFTER < window.until
            and (each.found is None or each.found >= window.since)
        ]
        if rows:
            yield desk.deliver_csv(
                window.until,
                agency,
                SOURCE,
                "children-missing-education.csv",
                HEADER,
                rows,
                _faulty(rows) if window.careless else (),
            )


def _missed(desk: Desk, rolls: Sequence[SchoolRoll]) -> list[Missed]:
    changes = {
        (change.person, change.left): change
        for change in desk.happenings.roll_changes
        if change.why in REASONS
    }
    return sorted(
        (
            Missed(person, roll.school.name, left, str(why), changes[person, left].found)
            for roll in rolls
            for person, left, why in zip(
                roll.spells.person.tolist(),
                roll.spells.end.astype(object),
                roll.spells.why,
                strict=True,
            )
            if why in REASONS and (person, left) in changes
        ),
        key=lambda each: (each.left, each.person),
    )


def _row(case: str, each: Missed, known: Known, at: int, window: Window) -> tuple[object, ...]:
    found = each.found if each.found and each.found < window.until else None
    return (
        case,
        known.key[at],
        known.upn[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
        known.postcode[at],
        each.school,
        english(each.left),
        REASONS[each.why],
        english(each.left + LISTED_AFTER),
        "Found" if found else "Open",
        english(found),
        _enquiries(each, window.until),
    )


def _enquiries(each: Missed, day: date) -> str:
    """The same child has another outcome at each stage; home education is asked about once."""
    if each.why == "elective home education":
        return "Parent’s notice held"
    told = next(told for within, told in ENQUIRIES if day - each.left <= within)
    return told[(each.left.toordinal() + each.person) % len(told)]


def _faulty(rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """A second, faulty copy: a status that does not exist."""
    wrong = list(rows[0])
    wrong[0], wrong[HEADER.index("Status")] = f"{wrong[0]}A", "Probably abroad"
    return [tuple(wrong)]
