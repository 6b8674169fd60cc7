"""What a line of each School Census group states."""

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact
from keepsight.intake.sources.school_census.checks import category_of, day_of_term, term_of
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import school_census
from keepsight.kernel.identifiers import UPN
from keepsight.kernel.vocabulary.content.education import AttendanceSummary, SchoolEnrolment
from keepsight.kernel.vocabulary.content.person import PersonDetails


def _pupil(fields: Fields) -> str:
    return f"{fields.required('NativeId')}/{fields.required('pupilonrolltableid')}"


def _person(fields: Fields, row: str) -> Fact:
    pupil = _pupil(fields)
    content = PersonDetails(
        forename=fields.text("forename"),
        surname=fields.text("surname"),
        former_surname=fields.text("formersurname"),
        date_of_birth=fields.day("dob"),
        sex=fields.code("sex"),
        ethnicity=fields.text("ethnicity"),
        upn=fields.identifier("upn", UPN),
        former_upn=fields.identifier("formerupn", UPN),
    )
    stated_on = day_of_term(fields.context.filename) or fields.context.received
    return fields.fact(row, pupil, ("person", pupil), stated_on, content)


def _enrolment(fields: Fields, row: str) -> Fact:
    pupil = _pupil(fields)
    day = fields.required_day("entrydate")
    content = SchoolEnrolment(
        enrolment_status=fields.text("enrolstatus"),
        year_group=fields.text("ncyearactual"),
        sen_provision=fields.text("senprovision"),
    )
    return fields.fact(row, pupil, ("enrolment", pupil, day.isoformat()), day, content)


def _sessions(fields: Fields, row: str) -> Fact:
    pupil = _pupil(fields)
    term = term_of(fields.context.filename)
    day = day_of_term(fields.context.filename) or fields.context.received
    code = fields.required("attendancereason")
    content = AttendanceSummary(
        code=code,
        category=category_of(fields, code, day),
        sessions=fields.required_count("sessions"),
    )
    key = ("sessions", pupil, "-".join(map(str, term or ())), code)
    return fields.fact(row, pupil, key, day, content)


PARTS = {
    school_census.PUPIL_ON_ROLL.name: (
        PartOfLine("", _person),
        PartOfLine("enrolment", _enrolment),
    ),
    school_census.SESSION_DETAILS.name: (PartOfLine("", _sessions),),
}
