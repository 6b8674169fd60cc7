"""One case (CINdetails) of a census return, each fact in it a row of its own."""

from collections.abc import Callable, Iterator

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact, Part
from keepsight.intake.sources.cin.assessment import parts_of_assessment
from keepsight.intake.sources.cin.blocks import Block
from keepsight.intake.sources.cin.checks import check_not_before, check_weekday
from keepsight.intake.sources.cin.protection import parts_of_enquiry, parts_of_plan
from keepsight.intake.sources.cin.stating import stated
from keepsight.kernel.vocabulary.content.social_care import (
    CaseClosed,
    ChildInNeedPlan,
    InitialConferenceHeld,
    ReferralReceived,
)


def parts_of_case(case: Block, child: str) -> Iterator[Part]:
    """The referral, its closure, and every assessment, plan, enquiry and conference under it."""
    yield from case.refused
    yield stated(case, case.row, child, lambda fields: _referral(case, fields, child))
    if case.values.get("CINclosureDate"):
        row = f"{case.row}, closure"
        yield stated(case, row, child, lambda fields: _closure(row, fields, child), first=False)
    if case.values.get("DateOfInitialCPC"):
        row = f"{case.row}, conference"
        yield stated(
            case, row, child, lambda fields: _conference(case, row, fields, child), first=False
        )
    yield from _each(case, child, "Assessments", parts_of_assessment)
    yield from _each(case, child, "CINPlanDates", _parts_of_cin_plan)
    yield from _each(case, child, "Section47", parts_of_enquiry)
    yield from _each(case, child, "ChildProtectionPlans", parts_of_plan)


def _each(
    case: Block, child: str, name: str, parts: Callable[[Block, str], Iterator[Part]]
) -> Iterator[Part]:
    for block in case.inner(name):
        yield from block.refused
        yield from parts(block, child)


def _referral(case: Block, fields: Fields, child: str) -> Fact:
    day = fields.required_day("CINreferralDate")
    content = ReferralReceived(
        referral_source=fields.code("ReferralSource"),
        primary_need=fields.code("PrimaryNeedCode"),
        no_further_action=fields.flag("ReferralNFA"),
    )
    if fields.text("ReasonForClosure") and not fields.text("CINclosureDate"):
        fields.note("ReasonForClosure", "There is a reason for closure but no CINclosureDate.")
    return fields.fact(case.row, child, ("referral", child, day.isoformat()), day, content)


def _closure(row: str, fields: Fields, child: str) -> Fact:
    day = fields.required_day("CINclosureDate")
    check_not_before(fields, "CINclosureDate", day, "CINreferralDate")
    key = ("closure", child, fields.text("CINreferralDate") or "")
    return fields.fact(row, child, key, day, CaseClosed(reason=fields.code("ReasonForClosure")))


def _conference(case: Block, row: str, fields: Fields, child: str) -> Fact:
    """A conference stated by the case; the key of the enquiry that states the same, if one does."""
    day = fields.required_day("DateOfInitialCPC")
    check_weekday(fields, "DateOfInitialCPC", day)
    key: tuple[str, ...] = ("conference", child, "case", fields.text("CINreferralDate") or "")
    for enquiry in case.groups.get("Section47", ()):
        if enquiry.findtext("{*}DateOfInitialCPC") == fields.text("DateOfInitialCPC"):
            key = ("conference", child, enquiry.findtext("{*}S47ActualStartDate") or "")
    return fields.fact(row, child, key, day, InitialConferenceHeld())


def _parts_of_cin_plan(plan: Block, child: str) -> Iterator[Part]:
    def period(fields: Fields) -> Fact:
        first, last = fields.period("CINPlanStartDate", "CINPlanEndDate")
        key = ("cin-plan", child, first.isoformat())
        return fields.fact(plan.row, child, key, first, ChildInNeedPlan(), last)

    yield stated(plan, plan.row, child, period)
