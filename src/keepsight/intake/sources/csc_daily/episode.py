"""One episode of social care. The keys of what the census or the return states too are theirs."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact, Part, Refused
from keepsight.intake.sources.csc_daily.blocks import Block
from keepsight.intake.sources.csc_daily.stating import Build, each_of, stated
from keepsight.kernel.vocabulary.content.adoption import AdoptionDecided, PlacedForAdoption
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.looked_after import CareLeaver
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentCompleted,
    AssessmentStarted,
    CaseClosed,
    ChildInNeedPlan,
    ChildProtectionPlan,
    InitialConferenceHeld,
    InitialConferenceNotRequired,
    Placement,
    ReferralReceived,
    Section47Started,
    SocialWorkerAllocated,
)

Parts = Callable[[Block, str], Iterator[Part]]


def parts_of_episode(block: Block, child: str) -> Iterator[Part]:
    """The referral, its closure, and every block within the episode."""
    yield stated(block, block.row, child, lambda fields: _referral(block, fields, child))
    if block.values.get("closure_date"):
        row = f"{block.row}, closure"
        yield stated(block, row, child, lambda fields: _closure(row, fields, child), first=False)
    for name, build in PERIODS.items():
        yield from each_of(block, name, child, build)
    yield from _each(block, child, "child_and_family_assessments", _parts_of_assessment)
    yield from _each(block, child, "section_47_assessments", _parts_of_enquiry)
    yield from _each(block, child, "adoption", _parts_of_adoption)


def _each(block: Block, child: str, name: str, parts: Parts) -> Iterator[Part]:
    for found in block.blocks(name):
        yield from [found] if isinstance(found, Refused) else parts(found, child)


def _referral(block: Block, fields: Fields, child: str) -> Fact:
    day = fields.required_day("referral_date")
    content = ReferralReceived(
        referral_source=fields.code("referral_source"),
        no_further_action=fields.flag("referral_no_further_action_flag"),
    )
    key = ("referral", child, day.isoformat())
    return replace(fields.fact(block.row, child, key, day, content), retold=True)


def _closure(row: str, fields: Fields, child: str) -> Fact:
    day = fields.required_day("closure_date")
    content = CaseClosed(reason=fields.code("closure_reason"))
    key = ("closure", child, fields.text("referral_date") or "")
    return replace(fields.fact(row, child, key, day, content), retold=True)


def _period(key: str, content: type[Content], **codes: str) -> Build:
    """How a block with a first and a last day becomes one fact; `codes` name its fields’ codes."""

    def build(block: Block, fields: Fields, child: str) -> Fact:
        first, last = fields.period("start_date", "end_date")
        said = {name: fields.code(column) for name, column in codes.items()}
        named = (key, child, first.isoformat())
        return replace(
            fields.fact(block.row, child, named, first, content(**said), last), retold=True
        )

    return build


def _worker(block: Block, fields: Fields, child: str) -> Fact:
    first, last = fields.period("start_date", "end_date")
    content = SocialWorkerAllocated(worker=fields.required("worker_id"))
    key = ("social-worker", child, first.isoformat())
    return replace(fields.fact(block.row, child, key, first, content, last), retold=True)


def _leaver(block: Block, fields: Fields, child: str) -> Fact:
    day = fields.required_day("contact_date")
    content = CareLeaver(
        activity=fields.code("activity"),
        accommodation=fields.text("accommodation"),
        last_contact=day,
    )
    return replace(fields.fact(block.row, child, ("care-leaver", child), day, content), retold=True)


PERIODS: dict[str, Build] = {
    "care_worker_details": _worker,
    "child_in_need_plans": _period("cin-plan", ChildInNeedPlan),
    "child_protection_plans": _period("protection-plan", ChildProtectionPlan),
    "child_looked_after_placements": _period(
        "placement",
        Placement,
        reason_for_new_episode="start_reason",
        placement_type="placement_type",
        reason_ended="end_reason",
        reason_for_change="change_reason",
    ),
    "care_leavers": _leaver,
}


def _parts_of_assessment(block: Block, child: str) -> Iterator[Part]:
    def started(fields: Fields) -> Fact:
        day = fields.required_day("start_date")
        key = ("assessment", child, day.isoformat())
        return replace(fields.fact(block.row, child, key, day, AssessmentStarted()), retold=True)

    def completed(fields: Fields) -> Fact:
        first, last = fields.period("start_date", "authorisation_date")
        content = AssessmentCompleted(factors=block.coded("factors", fields))
        key = ("assessment-completed", child, first.isoformat())
        return replace(fields.fact(row, child, key, last or first, content), retold=True)

    yield stated(block, block.row, child, started)
    if block.values.get("authorisation_date"):
        row = f"{block.row}, authorisation"
        yield stated(block, row, child, completed, first=False)
    elif block.lists.get("factors"):
        yield _unheld(block, child)


def _unheld(block: Block, child: str) -> Refused:
    found = block.lists["factors"]
    reason = "No day says when the assessment was authorised, so its factors cannot stand."
    raw = {"la_child_id": child, "factors": "; ".join(found)} | block.values
    return Refused(f"{block.row}, factors", "factors", "; ".join(found), reason, raw)


def _parts_of_enquiry(block: Block, child: str) -> Iterator[Part]:
    def started(fields: Fields) -> Fact:
        day = fields.required_day("start_date")
        fields.flag("icpc_required_flag")
        key = ("section47", child, day.isoformat())
        return replace(fields.fact(block.row, child, key, day, Section47Started()), retold=True)

    def outcome(fields: Fields) -> Fact:
        day = fields.required_day("start_date")
        key = ("conference", child, day.isoformat())
        content: Content = InitialConferenceNotRequired()
        if fields.text("icpc_date"):
            day, content = fields.required_day("icpc_date"), InitialConferenceHeld()
        return replace(fields.fact(row, child, key, day, content), retold=True)

    yield stated(block, block.row, child, started)
    row = f"{block.row}, conference"
    required = block.fields(with_remarks=False).flag("icpc_required_flag")
    if block.values.get("icpc_date") or required is False:
        yield stated(block, row, child, outcome, first=False)


def _parts_of_adoption(block: Block, child: str) -> Iterator[Part]:
    """The decision, and the placement; all of it is sealed."""

    def decided(fields: Fields) -> Fact:
        day = fields.required_day("initial_decision_date")
        content = AdoptionDecided(matched=fields.day("matched_date"))
        key = ("adoption", child, day.isoformat())
        return replace(fields.fact(block.row, child, key, day, content), retold=True)

    def placed(fields: Fields) -> Fact:
        day = fields.required_day("placed_date")
        key = ("placed-for-adoption", child, day.isoformat())
        return replace(fields.fact(row, child, key, day, PlacedForAdoption()), retold=True)

    yield stated(block, block.row, child, decided)
    if block.values.get("placed_date"):
        row = f"{block.row}, placed"
        yield stated(block, row, child, placed, first=False)
