"""What each school knows of every child who is on its roll at some time in the period."""

from dataclasses import dataclass

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.people.knowing import Known, Rows
from keepsight.synthetic.schools.rolls import School, Spells


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRoll:
    """A school by its `number` in the district, its pupils’ times on roll, and who they are."""

    number: int
    school: School
    spells: Spells
    known: Known
    rows: Rows


def enrol_with_schools(desk: Desk) -> list[SchoolRoll]:
    """One roll a school, in the order of the district's schools."""
    rolls = []
    for number, school in enumerate(desk.enrolments.schools):
        spells = desk.enrolments.at(number)
        known = desk.know(school.key, AgencyKind.SCHOOL, spells.person.tolist(), f"{school.code}/")
        rolls.append(
            SchoolRoll(
                number=number, school=school, spells=spells, known=known, rows=known.rows_of()
            )
        )
    return rolls
