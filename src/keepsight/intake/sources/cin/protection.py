"""Child protection in a census return: enquiries, conferences, plans and their reviews."""

from collections.abc import Iterator

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact, Part
from keepsight.intake.sources.cin.blocks import Block
from keepsight.intake.sources.cin.checks import check_weekday
from keepsight.intake.sources.cin.stating import stated
from keepsight.kernel.vocabulary.content.social_care import (
    ChildProtectionPlan,
    InitialConferenceHeld,
    InitialConferenceNotRequired,
    ProtectionPlanReviewed,
    Section47Started,
)

TARGET_NOT_HELD = "The target day is kept here; Keepsight counts its own from the day of the start."
BOTH = "A conference was held, so that it was not required is kept here only."


def parts_of_enquiry(enquiry: Block, child: str) -> Iterator[Part]:
    """The start, and what came of it: a conference, or none required."""
    yield stated(enquiry, enquiry.row, child, lambda fields: _started(enquiry, fields, child))
    row = f"{enquiry.row}, conference"
    if enquiry.values.get("DateOfInitialCPC"):
        yield stated(enquiry, row, child, lambda fields: _held(row, fields, child), first=False)
    elif enquiry.fields().flag("ICPCnotRequired"):
        yield stated(
            enquiry, row, child, lambda fields: _not_required(row, fields, child), first=False
        )


def _started(enquiry: Block, fields: Fields, child: str) -> Fact:
    day = fields.required_day("S47ActualStartDate")
    fields.flag("ICPCnotRequired")
    if fields.text("InitialCPCtarget"):
        fields.note("InitialCPCtarget", TARGET_NOT_HELD)
    return fields.fact(
        enquiry.row, child, ("section47", child, day.isoformat()), day, Section47Started()
    )


def _held(row: str, fields: Fields, child: str) -> Fact:
    day = fields.required_day("DateOfInitialCPC")
    check_weekday(fields, "DateOfInitialCPC", day)
    if fields.flag("ICPCnotRequired"):
        fields.note("ICPCnotRequired", BOTH)
    return fields.fact(row, child, _outcome_key(fields, child), day, InitialConferenceHeld())


def _not_required(row: str, fields: Fields, child: str) -> Fact:
    """The census gives no day for this, so it is told on the day of the enquiry's start."""
    day = fields.required_day("S47ActualStartDate")
    return fields.fact(row, child, _outcome_key(fields, child), day, InitialConferenceNotRequired())


def _outcome_key(fields: Fields, child: str) -> tuple[str, ...]:
    """One key for either outcome, so that a later return with the other one supersedes."""
    return ("conference", child, fields.text("S47ActualStartDate") or "")


def parts_of_plan(plan: Block, child: str) -> Iterator[Part]:
    """The plan's period, and each review."""
    groups = plan.inner("Reviews", row=plan.row)
    for group in groups:
        yield from group.refused
        plan.remarks.extend(group.remarks)
    yield stated(plan, plan.row, child, lambda fields: _period(plan, fields, child))
    for group in groups:
        for number, text in enumerate(group.many.get("CPPreviewDate", ()), start=1):
            yield _review(group, f"{plan.row}, review {number}", text, child)


def _period(plan: Block, fields: Fields, child: str) -> Fact:
    first, last = fields.period("CPPstartDate", "CPPendDate")
    content = ChildProtectionPlan(
        initial_category=fields.code("InitialCategoryOfAbuse"),
        latest_category=fields.code("LatestCategoryOfAbuse"),
        previous_plans=fields.count("NumberOfPreviousCPP"),
    )
    key = ("protection-plan", child, first.isoformat())
    return fields.fact(plan.row, child, key, first, content, last)


def _review(group: Block, row: str, text: str, child: str) -> Part:
    fields = group.fields()
    fields.values = {"LAchildID": child, "CPPreviewDate": text}
    try:
        day = fields.required_day("CPPreviewDate")
    except Unfit as unfit:
        return fields.refused(row, unfit)
    key = ("plan-review", child, day.isoformat())
    return fields.fact(row, child, key, day, ProtectionPlanReviewed())
