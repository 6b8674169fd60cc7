"""What schools send besides census and register: exclusions and their safeguarding log."""

from collections.abc import Iterator
from dataclasses import replace

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, english, english_time
from keepsight.synthetic.feeds.reports import Reports
from keepsight.synthetic.feeds.rolls import SchoolRoll
from keepsight.synthetic.happenings import Exclusion, SchoolConcern
from keepsight.synthetic.people.knowing import Known

PERSON = ("UPN", "Pupil ID", "Surname", "Forename", "DOB", "Sex")


def write_school_reports(desk: Desk, rolls: list[SchoolRoll]) -> Iterator[Delivery]:
    """Each school writes of a pupil while the pupil is on its roll."""
    exclusions = _by_school(desk, rolls, desk.happenings.exclusions)
    concerns = _by_school(desk, rolls, desk.happenings.concerns)
    for roll, excluded, noticed in zip(rolls, exclusions, concerns, strict=True):
        agency = roll.school.key
        yield from replace(EXCLUSIONS, agency=agency).write(desk, excluded, roll.known)
        yield from replace(CONCERNS, agency=agency).write(desk, noticed, roll.known)


def _by_school(desk: Desk, rolls: list[SchoolRoll], records: list) -> list[list]:
    """The records by the school whose roll the pupil was on that day."""
    finder, found = desk.enrolments.finder(), [[] for _ in rolls]
    for record in records:
        school = finder.school(record.person, record.day)
        if school is not None:
            found[school].append(record)
    return found


def _person(known: Known, at: int) -> tuple[str, ...]:
    return (
        known.upn[at],
        known.key[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
    )


def _exclusion(reference: str, exclusion: Exclusion, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        *_person(known, at),
        "PERM" if exclusion.permanent else "SUSP",
        english(exclusion.start),
        "" if exclusion.permanent else exclusion.sessions,
        exclusion.reason,
    )


def _concern(reference: str, concern: SchoolConcern, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        *_person(known, at),
        english_time(concern.noticed),
        concern.category,
        concern.text,
        concern.action,
    )


EXCLUSIONS: Reports[Exclusion] = Reports(
    agency="",
    kind=AgencyKind.SCHOOL,
    source="exclusions",
    filename="exclusions.csv",
    header=("Ref", *PERSON, "Category", "Start", "Sessions", "Reason"),
    prefix="EX",
    row=_exclusion,
    written=lambda exclusion: exclusion.start,
    wrong=(("Category", "SENT HOME"),),
    reference="Ref",
)

CONCERNS: Reports[SchoolConcern] = Reports(
    agency="",
    kind=AgencyKind.SCHOOL,
    source="school_concerns",
    filename="concerns.csv",
    header=("Ref", *PERSON, "Noticed", "Category", "Concern", "Action"),
    prefix="SC",
    row=_concern,
    written=lambda concern: concern.noticed.date(),
    wrong=(("Noticed", "last week"),),
    reference="Ref",
)
