"""Statutory assessments in a census return: begun, and authorised with what was found."""

from collections.abc import Iterator

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact, Part, Remark
from keepsight.intake.sources.cin.blocks import Block
from keepsight.intake.sources.cin.checks import check_not_before
from keepsight.intake.sources.cin.stating import stated
from keepsight.kernel.vocabulary.content.social_care import AssessmentCompleted, AssessmentStarted

NO_DAY = "The factor is kept here, because no day says when the assessment was authorised."
REVIEW_NOT_HELD = "The day of internal review is kept here; no event holds it."


def parts_of_assessment(assessment: Block, child: str) -> Iterator[Part]:
    """The start, and the authorisation where there is one."""
    groups = assessment.inner("FactorsIdentifiedAtAssessment", row=assessment.row)
    for group in groups:
        yield from group.refused
    authorised = bool(assessment.values.get("AssessmentAuthorisationDate"))
    yield stated(
        assessment,
        assessment.row,
        child,
        lambda fields: _started(assessment, fields, child, [] if authorised else groups),
    )
    if authorised:
        row = f"{assessment.row}, authorisation"
        yield stated(
            assessment,
            row,
            child,
            lambda fields: _completed(row, fields, child, groups),
            first=False,
        )


def _started(assessment: Block, fields: Fields, child: str, unheld: list[Block]) -> Fact:
    day = fields.required_day("AssessmentActualStartDate")
    if fields.text("AssessmentInternalReviewDate"):
        fields.note("AssessmentInternalReviewDate", REVIEW_NOT_HELD)
    for group in unheld:
        fields.remarks.extend(group.remarks)
        for factor in group.coded("AssessmentFactors", fields):
            fields.remarks.append(Remark("AssessmentFactors", factor, NO_DAY))
    key = ("assessment", child, day.isoformat())
    return fields.fact(assessment.row, child, key, day, AssessmentStarted())


def _completed(row: str, fields: Fields, child: str, groups: list[Block]) -> Fact:
    day = fields.required_day("AssessmentAuthorisationDate")
    check_not_before(fields, "AssessmentAuthorisationDate", day, "AssessmentActualStartDate")
    factors: tuple[str, ...] = ()
    for group in groups:
        fields.remarks.extend(group.remarks)
        factors = group.coded("AssessmentFactors", fields)
    key = ("assessment-completed", child, fields.text("AssessmentActualStartDate") or "")
    return fields.fact(row, child, key, day, AssessmentCompleted(factors=factors))
