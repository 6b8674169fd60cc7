"""Rules of child in need plans and child protection plans, and of both in one case."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from keepsight.kernel.checks.cin.table import CASE, CHILD, CIN_PLAN, PROTECTION, rule
from keepsight.kernel.checks.conditions import (
    after,
    after_year,
    before,
    outside_year,
    repeated,
    same_day,
)
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.year import ReturnYear

CIN, CPP = "CINPlanDates", "ChildProtectionPlans"
PERIOD = {CIN: ("CINPlanStartDate", "CINPlanEndDate"), CPP: ("CPPstartDate", "CPPendDate")}


def _not_ended_by_death(end: str) -> Breaks:
    def breaks(plan: Record, year: ReturnYear) -> Iterable[Fault]:
        died, ended = plan.near("PersonDeathDate"), plan.day(end)
        if died and (not plan.texts(end) or (ended and ended > died)):
            yield Fault(end)

    return breaks


def _no_conference_that_day(plan: Record, year: ReturnYear) -> Iterable[Fault]:
    began, case = plan.day("CPPstartDate"), plan.outer
    if not began or not case or not year.has(began):
        return
    held = [case.day("DateOfInitialCPC")]
    held += [enquiry.day("DateOfInitialCPC") for enquiry in case.each("Section47")]
    if began not in held:
        yield Fault("CPPstartDate")


def _review_too_early(plan: Record, year: ReturnYear) -> Iterable[Fault]:
    began = plan.day("CPPstartDate")
    for text in plan.texts("CPPreviewDate"):
        day = plan.read_day(text)
        if began and day and day <= began:
            yield Fault("CPPreviewDate", value=text)


def _open(kind: str, case: Record) -> list[Record]:
    return [plan for plan in case.each(kind) if not plan.text(PERIOD[kind][1])]


def _two_open(kind: str) -> Breaks:
    def breaks(case: Record, year: ReturnYear) -> Iterable[Fault]:
        for plan in _open(kind, case)[1:]:
            yield Fault(PERIOD[kind][1], plan)

    return breaks


def _both_open(case: Record, year: ReturnYear) -> Iterable[Fault]:
    if _open(CPP, case):
        for plan in _open(CIN, case):
            yield Fault("CINPlanEndDate", plan)


def _during(kind: str, other_kind: str, *, ending_day: bool = False) -> Breaks:
    """A plan of one kind begins while one of the other kind, or another of its own, is open.

    With `ending_day` it may not begin on the day on which the other ends, either.
    """

    def breaks(case: Record, year: ReturnYear) -> Iterable[Fault]:
        start, _ = PERIOD[kind]
        other_start, other_end = PERIOD[other_kind]
        for plan in case.each(kind):
            for other in case.each(other_kind):
                began, earlier = plan.day(start), other.day(other_start)
                ended = other.day(other_end) or year.ends
                if plan is other or not (began and earlier and ended):
                    continue
                if earlier <= began < ended or (
                    began == ended and (ending_day or not other.texts(other_end))
                ):
                    yield Fault(start, plan, f"{other.row} lasts from {earlier} to {ended}.")

    return breaks


def _review_in_cin_plan(case: Record, year: ReturnYear) -> Iterable[Fault]:
    for protection in case.each(CPP):
        for text in protection.texts("CPPreviewDate"):
            day = protection.read_day(text)
            for plan in case.each(CIN):
                began = plan.day("CINPlanStartDate")
                ended = plan.day("CINPlanEndDate") or date.max
                if day and began and began < day < ended:
                    yield Fault("CPPreviewDate", protection, value=text)


def _count_does_not_go_up(child: Record, year: ReturnYear) -> Iterable[Fault]:
    plans = [plan for case in child.each("CINdetails") for plan in case.each(CPP)]
    dated = sorted(
        ((day, plan) for plan in plans if (day := plan.day("CPPstartDate"))),
        key=lambda each: each[0],
    )
    for (_, earlier), (_, later) in pairwise(dated):
        least, count = earlier.text("NumberOfPreviousCPP"), later.text("NumberOfPreviousCPP")
        if least and count and least.isdigit() and count.isdigit() and int(count) <= int(least):
            yield Fault("NumberOfPreviousCPP", later)


_CORRECT = "Correct whichever is wrong."
_START, _END = PERIOD[CIN]

CIN_PLAN_RULES = (
    rule("4010", CIN_PLAN, "The start of the plan is missing, or is after the census year.",
         "Give the day on which the plan began.", _START, breaks=after_year(_START)),
    rule("4015", CIN_PLAN, "The plan began before the referral.", _CORRECT, _START,
         breaks=before(_START, "CINreferralDate")),
    rule("4011", CIN_PLAN, "The plan ended before it began.", _CORRECT, _END, _START,
         breaks=before(_END, _START)),
    rule("4012Q", CIN_PLAN, "The plan ended on the day on which it began.", _CORRECT, _END,
         breaks=same_day(_END, _START)),
    rule("4013", CIN_PLAN, "The plan ended outside the census year.",
         "Leave out a plan from before the year, and an end that came after.", _END,
         breaks=outside_year(_END)),
    rule("4008", CIN_PLAN, "The plan began after the child’s death.", _CORRECT, _START,
         breaks=after(_START, "PersonDeathDate")),
    rule("4009", CIN_PLAN, "The child has died, and the plan did not end by then.",
         "Give the day on which the plan ended.", _END, breaks=_not_ended_by_death(_END)),
)  # fmt: skip

PROTECTION_RULES = (
    rule("8720", PROTECTION, "The start of the plan is missing, or is after the census year.",
         "Give the day on which the plan began.", "CPPstartDate",
         breaks=after_year("CPPstartDate")),
    rule("1105", PROTECTION, "The plan began before the referral.", _CORRECT, "CPPstartDate",
         breaks=before("CPPstartDate", "CINreferralDate")),
    rule("2885", PROTECTION, "The plan began on a day without an initial conference in its case.",
         "Give the day of the conference that made the plan.", "CPPstartDate", "DateOfInitialCPC",
         breaks=_no_conference_that_day),
    rule("8925", PROTECTION, "The plan ended before it began.", _CORRECT, "CPPendDate",
         breaks=before("CPPendDate", "CPPstartDate")),
    rule("8840", PROTECTION, "The plan ended on the day on which it began.", _CORRECT,
         "CPPendDate", breaks=same_day("CPPendDate", "CPPstartDate")),
    rule("8930", PROTECTION, "The plan ended outside the census year.",
         "Leave out a plan from before the year, and an end that came after.", "CPPendDate",
         breaks=outside_year("CPPendDate")),
    rule("8915", PROTECTION, "The plan began after the child’s death.", _CORRECT, "CPPstartDate",
         breaks=after("CPPstartDate", "PersonDeathDate")),
    rule("8920", PROTECTION, "The child has died, and the plan did not end by then.",
         "Give the day on which the plan ended.", "CPPendDate",
         breaks=_not_ended_by_death("CPPendDate")),
    rule("8841", PROTECTION, "The review is before the plan began, or on that day.", _CORRECT,
         "CPPreviewDate", breaks=_review_too_early),
    rule("KS40", PROTECTION, "The review is after the plan ended.", _CORRECT, "CPPreviewDate",
         breaks=after("CPPreviewDate", "CPPendDate")),
    rule("KS41", PROTECTION, "The review is after the census year.",
         "Correct the day, or leave the review out.", "CPPreviewDate",
         breaks=after_year("CPPreviewDate")),
    rule("KS42", PROTECTION, "Two reviews are on one day.", "Give each review once.",
         "CPPreviewDate", query=True, breaks=repeated("CPPreviewDate")),
)  # fmt: skip

PLANS_RULES = (
    rule("4004", CASE, "More than one child in need plan is open.", "Give the end of the first.",
         _END, breaks=_two_open(CIN)),
    rule("8935", CASE, "More than one child protection plan is open.",
         "Give the end of the first.", "CPPendDate", breaks=_two_open(CPP)),
    rule("4014", CASE, "Two child in need plans overlap.", "Correct the days.", _START,
         breaks=_during(CIN, CIN)),
    rule("8940", CASE, "Two child protection plans overlap.", "Correct the days.", "CPPstartDate",
         breaks=_during(CPP, CPP, ending_day=True)),
    rule("4001", CASE, "A child in need plan and a child protection plan are both open.",
         "Give the end of the child in need plan.", _END, breaks=_both_open),
    rule("4016", CASE, "A child in need plan began while a child protection plan was open.",
         "Correct the days.", _START, breaks=_during(CIN, CPP)),
    rule("4017", CASE, "A child protection plan began while a child in need plan was open.",
         "Give the end of the child in need plan.", "CPPstartDate", breaks=_during(CPP, CIN)),
    rule("4003", CASE, "A review of a child protection plan is in the time of a child in need "
         "plan.", "Correct the days.", "CPPreviewDate", breaks=_review_in_cin_plan),
)  # fmt: skip

COUNT_RULES = (
    rule("KS43", CHILD, "The number of earlier plans is no more than that of a plan before it.",
         "Count every child protection plan that the child had before this one.",
         "NumberOfPreviousCPP", query=True, breaks=_count_does_not_go_up),
)  # fmt: skip
