"""What a line of each School Census group states."""

from dataclasses import replace
from datetime import date

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact
from keepsight.intake.sources.school_census.checks import category_of, day_of_term, term_of
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import school_census
from keepsight.kernel.identifiers import UPN, Postcode
from keepsight.kernel.vocabulary.content.education import (
    AttendanceSummary,
    SchoolEnrolment,
    SpecialEducationalNeed,
)
from keepsight.kernel.vocabulary.content.out_of_school import SchoolExclusion
from keepsight.kernel.vocabulary.content.person import AddressGiven, PersonDetails

EXCLUSION_CATEGORIES = {
    "PERM": "permanent",
    "SUSP": "suspension",
    "FIXD": "suspension",
    "LNCH": "lunchtime",
}


ON_ROLL, GONE = "pupilonrolltableid", "pupilnolongeronrolltableid"


def _pupil(fields: Fields) -> str:
    """The pupil’s key: a pupil who has left has the one that it had on the roll."""
    place = GONE if GONE in fields.values else ON_ROLL
    return f"{fields.required('NativeId')}/{fields.required(place)}"


def _stated_on(fields: Fields) -> date:
    return day_of_term(fields.context.filename) or fields.context.received


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
    return fields.fact(row, pupil, ("person", pupil), _stated_on(fields), content)


def _enrolment(fields: Fields, row: str) -> Fact:
    """Being on the roll, which the census of those who have left states again with its end."""
    pupil = _pupil(fields)
    if GONE in fields.values:
        fields.required("leavingdate")
    day, left = fields.period("entrydate", "leavingdate")
    content = SchoolEnrolment(
        enrolment_status=fields.text("enrolstatus"),
        year_group=fields.text("ncyearactual"),
        sen_provision=fields.code("senprovision"),
    )
    return fields.fact(row, pupil, ("enrolment", pupil, day.isoformat()), day, content, left)


def _sessions(fields: Fields, row: str) -> Fact:
    pupil = _pupil(fields)
    term = term_of(fields.context.filename)
    day = _stated_on(fields)
    code = fields.required("attendancereason")
    content = AttendanceSummary(
        code=code,
        category=category_of(fields, code, day),
        sessions=fields.required_count("sessions"),
    )
    key = ("sessions", pupil, "-".join(map(str, term or ())), code)
    return fields.fact(row, pupil, key, day, content)


def _exclusion(fields: Fields, row: str) -> Fact:
    """Its key is that of the school’s own notices, whose word on it stands where there is one."""
    pupil = _pupil(fields)
    day = fields.required_day("startdate")
    category = EXCLUSION_CATEGORIES.get(fields.required("category"))
    if category is None:
        reason = f"category must be one of {', '.join(EXCLUSION_CATEGORIES)}."
        raise Unfit("category", fields.required("category"), reason)
    reasons = (fields.code(f"reason{number}") for number in (1, 2, 3))
    content = SchoolExclusion(
        category=category,
        sessions=fields.count("sessions"),
        reasons=tuple(reason for reason in reasons if reason),
    )
    key = ("exclusion", pupil, day.isoformat())
    return replace(fields.fact(row, pupil, key, day, content), retold=True)


def _address(fields: Fields, row: str) -> Fact:
    """Of several addresses the census’s order tells them apart, so one that changed supersedes."""
    pupil = _pupil(fields)
    content = AddressGiven(postcode=fields.identifier("postcode", Postcode))
    if content.postcode is None:
        raise Unfit("postcode", "", "The address has no postcode, which is all that is taken.")
    key = ("address", pupil, fields.required("addressesonrollorderseqcolumn"))
    return fields.fact(row, pupil, key, _stated_on(fields), content)


def _need(fields: Fields, row: str) -> Fact:
    pupil = _pupil(fields)
    fields.required("sentype")
    need = fields.code("sentype") or ""
    content = SpecialEducationalNeed(need=need, rank=fields.count("sentyperank"))
    return fields.fact(row, pupil, ("need", pupil, need), _stated_on(fields), content)


_ROLL = (PartOfLine("", _person), PartOfLine("enrolment", _enrolment))
PARTS = {
    school_census.PUPIL_ON_ROLL.name: _ROLL,
    school_census.NO_LONGER_ON_ROLL.name: _ROLL,
    school_census.SESSION_DETAILS.name: (PartOfLine("", _sessions),),
    school_census.EXCLUSIONS.name: (PartOfLine("", _exclusion),),
    school_census.ADDRESSES.name: (PartOfLine("", _address),),
    school_census.SEN_NEEDS.name: (PartOfLine("", _need),),
}
