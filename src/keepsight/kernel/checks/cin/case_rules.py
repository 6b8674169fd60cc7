"""Rules of one case: its referral, its closure, and what must be so of all that is under it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from keepsight.kernel.calendar import is_working_day
from keepsight.kernel.checks.cin.table import CASE, CHILD, rule
from keepsight.kernel.checks.conditions import (
    Is,
    after_year,
    all_of,
    before,
    given,
    has,
    missing,
    none_of,
    outside_year,
    weekend,
    where,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.year import ReturnYear

FORTY_WEEKS = timedelta(weeks=40)
ACTIVITY = {
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate", "CPPreviewDate"),
}
"""The days of what is done in a case."""


def led_on(case: Record) -> bool:
    return case.flag("ReferralNFA") is False


def led_nowhere(case: Record) -> bool:
    return case.flag("ReferralNFA") is True


def with_block(*kinds: str) -> Is:
    """Whether a case has a block of one of these kinds."""
    return lambda case: any(case.each(kind) for kind in kinds)


def _before_conception(case: Record, year: ReturnYear) -> Iterable[Fault]:
    referred = case.day("CINreferralDate")
    born = case.near("PersonBirthDate") or case.near("ExpectedPersonBirthDate")
    if referred and born and born - referred > FORTY_WEEKS:
        yield Fault("CINreferralDate")


def _old_and_led_nowhere(case: Record, year: ReturnYear) -> Iterable[Fault]:
    referred, begins = case.day("CINreferralDate"), year.begins
    if led_nowhere(case) and referred and begins and referred < _working_day_before(begins):
        yield Fault("ReferralNFA")


def _working_day_before(day: date) -> date:
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _after_closure(case: Record, year: ReturnYear) -> Iterable[Fault]:
    closed = case.day("CINclosureDate")
    if not closed:
        return
    conference = case.day("DateOfInitialCPC")
    if conference and conference > closed:
        yield Fault("DateOfInitialCPC")
    for kind, fields in ACTIVITY.items():
        for block in case.each(kind):
            for field in fields:
                for text in block.texts(field):
                    day = block.read_day(text)
                    if day and day > closed:
                        yield Fault(field, block, value=text)


def _unfinished(kind: str, field: str, open_still: Is) -> Breaks:
    """A case is closed, and a block in it is not finished."""

    def breaks(case: Record, year: ReturnYear) -> Iterable[Fault]:
        if case.text("CINclosureDate"):
            for block in case.each(kind):
                if open_still(block):
                    yield Fault(field, block)

    return breaks


def enquiry_open(enquiry: Record) -> bool:
    return not enquiry.text("DateOfInitialCPC") and not enquiry.flag("ICPCnotRequired")


def assessment_open(assessment: Record) -> bool:
    return not assessment.text("AssessmentAuthorisationDate")


def _conference_twice(case: Record, year: ReturnYear) -> Iterable[Fault]:
    held = case.day("DateOfInitialCPC")
    if held and any(each.day("DateOfInitialCPC") == held for each in case.each("Section47")):
        yield Fault("DateOfInitialCPC")


def _no_factors_but_not_closed_so(case: Record, year: ReturnYear) -> Iterable[Fault]:
    assessments, reason = case.each("Assessments"), case.text("ReasonForClosure")
    only = len(assessments) == 1 and "21" in assessments[0].texts("AssessmentFactors")
    if only and reason and reason != "RC8":
        yield Fault("ReasonForClosure")


def _open_cases(child: Record) -> list[Record]:
    cases = child.each("CINdetails")
    return [case for case in cases if led_on(case) and not case.text("CINclosureDate")]


def _two_open(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for case in _open_cases(child)[1:]:
        yield Fault("CINclosureDate", case)


def _open_and_not_latest(child: Record, year: ReturnYear) -> Iterable[Fault]:
    referred = [day for case in child.each("CINdetails") if (day := case.day("CINreferralDate"))]
    for case in _open_cases(child):
        day = case.day("CINreferralDate")
        if day and day < max(referred):
            yield Fault("CINclosureDate", case)


def _overlap(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for case, other in child.pairs("CINdetails"):
        began, earlier = case.day("CINreferralDate"), other.day("CINreferralDate")
        ended = other.day("CINclosureDate") or (year.ends if led_on(other) else None)
        if began and earlier and ended and earlier <= began < ended:
            yield Fault("CINreferralDate", case, f"{other.row} lasts from {earlier} to {ended}.")


def _died_reason(case: Record, year: ReturnYear) -> Iterable[Fault]:
    if has("ReasonForClosure", "RC2")(case) and case.near("PersonDeathDate") is None:
        yield Fault("ReasonForClosure")


def _open_after_death(case: Record, year: ReturnYear) -> Iterable[Fault]:
    if led_on(case) and case.near("PersonDeathDate") and not case.text("CINclosureDate"):
        yield Fault("CINclosureDate")


def _rules_of_nothing_done() -> Iterator[Breaks]:
    for kinds in (("Assessments", "Section47"), ("CINPlanDates",), ("ChildProtectionPlans",)):
        yield where(all_of(led_nowhere, with_block(*kinds)), "ReferralNFA")


_NOTHING_DONE, _NO_CIN_PLAN, _NO_PROTECTION = _rules_of_nothing_done()
_NFA_REMEDY = "Write ReferralNFA 0, or take out what was not done in this case."

REFERRAL_RULES = (
    rule("8600", CASE, "The day of referral is missing, or is after the census year.",
         "Give the day on which the case was referred.", "CINreferralDate",
         breaks=after_year("CINreferralDate")),
    rule("8606", CASE, "The referral is more than 40 weeks before the birth.",
         "Correct the day of referral or of birth.", "CINreferralDate", "PersonBirthDate",
         breaks=_before_conception),
    rule("8555", CASE, "The referral is after the child’s death.",
         "Correct the day of referral or of death.", "CINreferralDate", "PersonDeathDate",
         breaks=lambda c, y: [Fault("CINreferralDate")] if _later(c, "PersonDeathDate") else []),
    rule("8610", CASE, "The primary need is missing, and the referral led to further action.",
         "Give the need that was found first.", "PrimaryNeedCode",
         breaks=missing("PrimaryNeedCode", when=led_on)),
    rule("KS20", CASE, "The need is “not stated”, and an assessment was finished.",
         "Give the need that the assessment found.", "PrimaryNeedCode", query=True,
         breaks=where(lambda c: has("PrimaryNeedCode", "N0")(c) and led_on(c) and any(
             not assessment_open(each) for each in c.each("Assessments")), "PrimaryNeedCode")),
    rule("8569", CASE, "A referral from before the census year is said to have led to no further "
         "action.", "Leave the case out, or write ReferralNFA 0.", "ReferralNFA",
         breaks=_old_and_led_nowhere),
    rule("8831", CASE, "A referral without further action has an assessment or an enquiry.",
         _NFA_REMEDY, "ReferralNFA", breaks=_NOTHING_DONE),
    rule("8831", CASE, "A referral without further action has an initial conference.",
         _NFA_REMEDY, "DateOfInitialCPC", breaks=given("DateOfInitialCPC", when=led_nowhere)),
    rule("4000", CASE, "A referral without further action has a child in need plan.",
         _NFA_REMEDY, "ReferralNFA", breaks=_NO_CIN_PLAN),
    rule("8832", CASE, "A referral without further action has a child protection plan.",
         _NFA_REMEDY, "ReferralNFA", breaks=_NO_PROTECTION),
)  # fmt: skip


def _later(case: Record, other: str) -> bool:
    referred, day = case.day("CINreferralDate"), case.near(other)
    return bool(referred and day and referred > day)


CLOSURE_RULES = (
    rule("8620", CASE, "The case was closed outside the census year.",
         "Correct the day; leave out a case that was closed before the year, and the closure if "
         "it came after.", "CINclosureDate", breaks=outside_year("CINclosureDate")),
    rule("8630", CASE, "The case was closed before it was referred.", "Correct whichever is wrong.",
         "CINclosureDate", "CINreferralDate", breaks=before("CINclosureDate", "CINreferralDate")),
    rule("8805", CASE, "The case is closed, and no reason is given.", "Give ReasonForClosure.",
         "ReasonForClosure", breaks=missing("ReasonForClosure", when=has("CINclosureDate"))),
    rule("8810", CASE, "There is a reason for closing the case, and no day on which it was closed.",
         "Give CINclosureDate, or take the reason out.", "CINclosureDate", "ReasonForClosure",
         breaks=missing("CINclosureDate", when=has("ReasonForClosure"))),
    rule("8565", CASE, "Something was done in the case after it was closed.",
         "Correct the day; what was done later belongs to another case.", "CINclosureDate",
         *dict.fromkeys(field for fields in ACTIVITY.values() for field in fields),
         breaks=_after_closure),
    rule("8867", CASE, "The case is closed, and an assessment is not finished.",
         "Give AssessmentAuthorisationDate.", "AssessmentAuthorisationDate",
         breaks=_unfinished("Assessments", "AssessmentAuthorisationDate", assessment_open)),
    rule("8868", CASE, "The case is closed, and an enquiry has neither a conference nor the word "
         "that none was needed.", "Give DateOfInitialCPC, or ICPCnotRequired 1.",
         "DateOfInitialCPC", "ICPCnotRequired",
         breaks=_unfinished("Section47", "DateOfInitialCPC", enquiry_open)),
    rule("KS21", CASE, "The case is closed, and a plan in it has no end.",
         "Give the day on which the plan ended.", "CINPlanEndDate",
         breaks=_unfinished("CINPlanDates", "CINPlanEndDate",
                            lambda plan: not plan.text("CINPlanEndDate"))),
    rule("KS22", CASE, "The case is closed, and a child protection plan in it has no end.",
         "Give the day on which the plan ended.", "CPPendDate",
         breaks=_unfinished("ChildProtectionPlans", "CPPendDate",
                            lambda plan: not plan.text("CPPendDate"))),
    rule("8825Q", CASE, "The case was closed after an assessment, and there is none.",
         "Give the assessment, or another reason.", "ReasonForClosure",
         breaks=where(all_of(has("ReasonForClosure", "RC8", "RC9"),
                             none_of(with_block("Assessments"))), "ReasonForClosure")),
    rule("2990", CASE, "The case was closed after an assessment with no further action, and has "
         "further action.", "Give another reason, or take out what was not done.",
         "ReasonForClosure",
         breaks=where(lambda c: has("ReasonForClosure", "RC8")(c) and (
             with_block("Section47", "CINPlanDates", "ChildProtectionPlans")(c)
             or has("DateOfInitialCPC")(c)), "ReasonForClosure")),
    rule("8585Q", CASE, "The case was closed because the child died, and no day of death is given.",
         "Give PersonDeathDate, or another reason.", "ReasonForClosure", "PersonDeathDate",
         breaks=_died_reason),
    rule("KS23", CASE, "The child has died, and the case is open.", "Close the case.",
         "CINclosureDate", query=True, breaks=_open_after_death),
    rule("8873", CASE, "The only assessment found no factors, and the case was not closed for that "
         "reason.", "Give RC8, or the factors that were found.", "ReasonForClosure",
         breaks=_no_factors_but_not_closed_so),
)  # fmt: skip

CONFERENCE_RULES = (
    rule("2884", CASE, "One conference is given both in the case and in an enquiry.",
         "Give it in the enquiry only.", "DateOfInitialCPC", breaks=_conference_twice),
    rule("8875", CASE, "The conference is on a Saturday or Sunday.",
         "Give the day on which it was held.", "DateOfInitialCPC",
         breaks=weekend("DateOfInitialCPC")),
    rule("8715", CASE, "The conference is not in the census year.", "Correct the day, or leave the "
         "conference out.", "DateOfInitialCPC", breaks=outside_year("DateOfInitialCPC")),
    rule("1104", CASE, "The conference is before the referral.", "Correct whichever is wrong.",
         "DateOfInitialCPC", breaks=before("DateOfInitialCPC", "CINreferralDate")),
    rule("2991Q", CASE, "There is an enquiry, and no assessment.", "Give the assessment.",
         "Assessments",
         breaks=where(all_of(with_block("Section47"), none_of(with_block("Assessments"))),
                      "Assessments")),
)  # fmt: skip

CASES_RULES = (
    rule("8815", CHILD, "More than one case of the child is open.", "Close those that ended.",
         "CINclosureDate", breaks=_two_open),
    rule("8816", CHILD, "A case is open, and a later one has begun.", "Close the earlier case.",
         "CINclosureDate", breaks=_open_and_not_latest),
    rule("8820", CHILD, "Two cases of the child overlap.",
         "Correct the days, or put what was done into one case.", "CINreferralDate",
         "CINclosureDate", breaks=_overlap),
)  # fmt: skip

CASE_RULES = REFERRAL_RULES + CLOSURE_RULES + CONFERENCE_RULES
