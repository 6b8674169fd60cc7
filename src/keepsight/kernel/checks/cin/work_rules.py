"""Rules of assessments and enquiries, and of several of them in one case."""

from collections.abc import Iterable

from keepsight.kernel.calendar import add_working_days, working_days_between
from keepsight.kernel.checks.cin.case_rules import assessment_open, enquiry_open
from keepsight.kernel.checks.cin.table import ASSESSMENT, CASE, ENQUIRY, rule
from keepsight.kernel.checks.conditions import (
    Is,
    after,
    after_year,
    all_of,
    alone,
    before,
    given,
    has,
    none_of,
    outside_year,
    repeated,
    weekend,
    where,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.year import ReturnYear

ASSESSED_WITHIN, CONFERENCE_WITHIN = 45, 15
"""Working days (rules 8670Q and 8675Q)."""
_DISABILITY_FACTORS = ("5A", "6A")


def _still_open_after(days: int, field: str, end: str, open_still: Is) -> Breaks:
    """Something began more working days before the end of the year, and has no end."""

    def breaks(record: Record, year: ReturnYear) -> Iterable[Fault]:
        began = record.day(field)
        if not began or not year.ends or began > year.ends or not open_still(record):
            return
        if working_days_between(began, year.ends) > days:
            yield Fault(end)

    return breaks


def _finished_without_factors(assessment: Record, year: ReturnYear) -> Iterable[Fault]:
    finished = assessment.day("AssessmentAuthorisationDate")
    if finished and not year.before(finished) and not assessment.texts("AssessmentFactors"):
        yield Fault("AssessmentFactors")


def _disabled_without_factor(assessment: Record, year: ReturnYear) -> Iterable[Fault]:
    case = assessment.outer
    child = case.outer if case else None
    finished = assessment.day("AssessmentAuthorisationDate")
    if not child or not finished or year.before(finished):
        return
    disabled = any(code != "NONE" for code in child.texts("Disability"))
    if disabled and not has("AssessmentFactors", *_DISABILITY_FACTORS)(assessment):
        yield Fault("AssessmentFactors")


def _two_open(kind: str, field: str, open_still: Is) -> Breaks:
    def breaks(case: Record, year: ReturnYear) -> Iterable[Fault]:
        for block in [each for each in case.each(kind) if open_still(each)][1:]:
            yield Fault(field, block)

    return breaks


def _while_another(kind: str, start: str, end: str, over: Is = lambda record: False) -> Breaks:
    """A block begins while another of its kind goes on; `over` is one that ended without a day."""

    def breaks(case: Record, year: ReturnYear) -> Iterable[Fault]:
        for one, other in case.pairs(kind):
            began, earlier = one.day(start), other.day(start)
            ended = other.day(end) or (None if over(other) else year.ends)
            if began and earlier and ended and earlier <= began < ended:
                yield Fault(start, one, f"{other.row} lasts from {earlier} to {ended}.")

    return breaks


def _not_the_target(enquiry: Record, year: ReturnYear) -> Iterable[Fault]:
    began, target = enquiry.day("S47ActualStartDate"), enquiry.day("InitialCPCtarget")
    if began and target:
        due = add_working_days(began, CONFERENCE_WITHIN)
        if target != due:
            yield Fault("InitialCPCtarget", detail=f"It would be {due}.")


_OPEN_START = "AssessmentActualStartDate"
_LEGACY = "Give the later codes, which say who harmed the child."

ASSESSMENT_RULES = (
    rule("1103", ASSESSMENT, "The assessment began before the referral.",
         "Correct whichever is wrong.", _OPEN_START, breaks=before(_OPEN_START, "CINreferralDate")),
    rule("8608", ASSESSMENT, "The assessment ended before it began.", "Correct whichever is wrong.",
         "AssessmentAuthorisationDate",
         breaks=before("AssessmentAuthorisationDate", _OPEN_START)),
    rule("KS30", ASSESSMENT, "The internal review is before the assessment began.",
         "Correct whichever is wrong.", "AssessmentInternalReviewDate",
         breaks=before("AssessmentInternalReviewDate", _OPEN_START)),
    rule("KS31", ASSESSMENT, "The internal review is after the assessment ended.",
         "Correct whichever is wrong.", "AssessmentInternalReviewDate",
         breaks=after("AssessmentInternalReviewDate", "AssessmentAuthorisationDate")),
    rule("KS32", ASSESSMENT, "The day is after the census year.",
         "Correct it, or leave out what came later.", _OPEN_START, "AssessmentInternalReviewDate",
         breaks=after_year("AssessmentInternalReviewDate")),
    rule("8670Q", ASSESSMENT, "The assessment has gone on for more than 45 working days.",
         "Give the day on which it was authorised, or say why it is late.",
         "AssessmentAuthorisationDate",
         breaks=_still_open_after(ASSESSED_WITHIN, _OPEN_START, "AssessmentAuthorisationDate",
                                  assessment_open)),
    rule("8696", ASSESSMENT, "The assessment was authorised outside the census year.",
         "Leave out an assessment from before the year, and an end that came after.",
         "AssessmentAuthorisationDate", breaks=outside_year("AssessmentAuthorisationDate")),
    rule("8736", ASSESSMENT, "An assessment that is not finished began outside the census year.",
         "Give the day on which it was authorised, or correct the start.", _OPEN_START,
         breaks=outside_year(_OPEN_START, when=assessment_open)),
    rule("8897Q", ASSESSMENT, "A finished assessment has no factors.",
         "Give each factor that was found, or 21 for none.", "AssessmentFactors",
         breaks=_finished_without_factors),
    rule("8614", ASSESSMENT, "There are factors, and the assessment is not finished.",
         "Give AssessmentAuthorisationDate, or take the factors out.", "AssessmentFactors",
         breaks=given("AssessmentFactors", when=assessment_open)),
    rule("8898", ASSESSMENT, "A factor is given twice.", "Give each once.", "AssessmentFactors",
         breaks=repeated("AssessmentFactors")),
    rule("8869", ASSESSMENT, "“No factors” (21) stands beside factors.",
         "Take 21 out, or the others.", "AssessmentFactors",
         breaks=alone("AssessmentFactors", "21")),
    rule("8899Q", ASSESSMENT, "The child has a disability, and the assessment names neither 5A nor "
         "6A.", "Give the factor, or say why it does not fit.", "AssessmentFactors",
         breaks=_disabled_without_factor),
    rule("8945Q", ASSESSMENT, "18A is an earlier code for physical abuse.",
         f"{_LEGACY} (18B or 18C)", "AssessmentFactors", first=2025,
         breaks=where(has("AssessmentFactors", "18A"), "AssessmentFactors")),
    rule("8950Q", ASSESSMENT, "19A is an earlier code for sexual abuse.",
         f"{_LEGACY} (19B or 19C)", "AssessmentFactors", first=2025,
         breaks=where(has("AssessmentFactors", "19A"), "AssessmentFactors")),
    rule("KS33", ASSESSMENT, "The assessment began after the child’s death.",
         "Correct whichever is wrong.", _OPEN_START, breaks=after(_OPEN_START, "PersonDeathDate")),
)  # fmt: skip

ENQUIRY_RULES = (
    rule("2889", ENQUIRY, "The enquiry began before the referral.", "Correct whichever is wrong.",
         "S47ActualStartDate", breaks=before("S47ActualStartDate", "CINreferralDate")),
    rule("1104", ENQUIRY, "The conference is before the referral.", "Correct whichever is wrong.",
         "DateOfInitialCPC", breaks=before("DateOfInitialCPC", "CINreferralDate")),
    rule("8615", ENQUIRY, "The conference is before the enquiry began.",
         "Correct whichever is wrong.", "DateOfInitialCPC",
         breaks=before("DateOfInitialCPC", "S47ActualStartDate")),
    rule("8715", ENQUIRY, "The conference is not in the census year.",
         "Correct the day, or leave the enquiry out.", "DateOfInitialCPC",
         breaks=outside_year("DateOfInitialCPC")),
    rule("8875", ENQUIRY, "The conference is on a Saturday or Sunday.",
         "Give the day on which it was held.", "DateOfInitialCPC",
         breaks=weekend("DateOfInitialCPC")),
    rule("8870Q", ENQUIRY, "The target day of the conference is a Saturday or Sunday.",
         "Give a working day.", "InitialCPCtarget", breaks=weekend("InitialCPCtarget")),
    rule("KS34", ENQUIRY, f"The target is not {CONFERENCE_WITHIN} working days after the start.",
         "Count working days in England, the day of the start being day 0.", "InitialCPCtarget",
         query=True, breaks=_not_the_target),
    rule("8740", ENQUIRY, "An enquiry without its conference began outside the census year.",
         "Give the conference, or ICPCnotRequired 1.", "S47ActualStartDate",
         breaks=outside_year("S47ActualStartDate", when=enquiry_open)),
    rule("8675Q", ENQUIRY, "The enquiry has gone on for more than 15 working days without a "
         "conference.", "Give the day of the conference, or say why it is late.",
         "DateOfInitialCPC",
         breaks=_still_open_after(CONFERENCE_WITHIN, "S47ActualStartDate", "DateOfInitialCPC",
                                  enquiry_open)),
    rule("KS35", ENQUIRY, "A conference was held, and none is said to have been needed.",
         "Write ICPCnotRequired 0, or take the conference out.", "ICPCnotRequired",
         "DateOfInitialCPC",
         breaks=where(lambda e: e.flag("ICPCnotRequired") is True and has("DateOfInitialCPC")(e),
                      "ICPCnotRequired")),
    rule("KS36", ENQUIRY, "The enquiry began after the census year.",
         "Correct the day, or leave the enquiry out.", "S47ActualStartDate",
         breaks=after_year("S47ActualStartDate", when=none_of(enquiry_open))),
    rule("KS37", ENQUIRY, "The enquiry began after the child’s death.",
         "Correct whichever is wrong.", "S47ActualStartDate",
         breaks=after("S47ActualStartDate", "PersonDeathDate")),
)  # fmt: skip

TOGETHER_RULES = (
    rule("8896", CASE, "Two assessments in the case are not finished.",
         "Give the day on which the first was authorised.", "AssessmentAuthorisationDate",
         breaks=_two_open("Assessments", "AssessmentAuthorisationDate", assessment_open)),
    rule("8863", CASE, "An assessment began while another went on.",
         "Correct the days, or make one assessment of them.", _OPEN_START,
         breaks=_while_another("Assessments", _OPEN_START, "AssessmentAuthorisationDate")),
    rule("8839", CASE, "Two enquiries in the case have no conference yet.",
         "Give the conference of the first, or ICPCnotRequired 1.", "DateOfInitialCPC",
         breaks=_two_open("Section47", "DateOfInitialCPC", enquiry_open)),
    rule("8890", CASE, "An enquiry began while another went on.",
         "Correct the days, or make one enquiry of them.", "S47ActualStartDate",
         breaks=_while_another("Section47", "S47ActualStartDate", "DateOfInitialCPC",
                               none_of(enquiry_open, all_of(has("DateOfInitialCPC"))))),
)  # fmt: skip
