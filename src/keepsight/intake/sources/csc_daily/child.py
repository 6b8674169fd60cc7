"""One child of the payload: who it is, its questionnaires, and each of its episodes."""

from collections.abc import Iterator
from dataclasses import replace

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Context, Fact, Part, Refused
from keepsight.intake.sources.csc_daily.blocks import Block
from keepsight.intake.sources.csc_daily.episode import parts_of_episode
from keepsight.intake.sources.csc_daily.stating import each_of, stated
from keepsight.kernel.identifiers import UPN, Postcode
from keepsight.kernel.vocabulary.content.looked_after import (
    DifficultiesQuestionnaire,
    UnaccompaniedChild,
)
from keepsight.kernel.vocabulary.content.person import PersonDetails

NO_ID = "The child has no la_child_id, so nothing here can be told to be of one child."
NOTHING_NAMED = (
    "The child is to be purged, and nothing is named that would be withdrawn: ask for the erasure "
    "of its records."
)
NOT_HELD = {
    "unique_pupil_number_unknown_reason": "Why there is no UPN is kept here; no event holds it.",
    "expected_date_of_birth": "An expected day of birth is kept here; no event holds it yet.",
}


def parts_of_child(block: Block, number: int, context: Context) -> Iterator[Part]:
    """Every part of one child; without an id the child is refused whole."""
    child = block.fields().text("la_child_id")
    if child is None:
        yield Refused(block.row, "la_child_id", "", NO_ID, block.values | _said(block))
        return
    details, others = list(block.blocks("child_details")), 0
    for found in details:
        yield from _details(found, child, block)
    for found in block.blocks("health_and_wellbeing"):
        for part in each_of(found, "sdq_assessments", child, _questionnaire):
            others += 1
            yield part
    for found in block.blocks("social_care_episodes"):
        for part in [found] if isinstance(found, Refused) else parts_of_episode(found, child):
            others += 1
            yield part
    if not details and not others:
        yield _nothing(block)


def _nothing(block: Block) -> Refused:
    reason = NOTHING_NAMED if block.purged else "The child has nothing but an id."
    return Refused(block.row, "purge" if block.purged else "", "", reason, dict(block.values))


def _said(block: Block) -> dict[str, str]:
    return {name: str(body) for name, body in block.inner.items()}


def _details(found: Block | Refused, child: str, above: Block) -> Iterator[Part]:
    if isinstance(found, Refused):
        yield found
        return
    found.remarks += above.remarks
    yield stated(found, found.row, child, lambda fields: _person(found, fields, child))
    if found.fields(with_remarks=False).flag("uasc_flag"):
        row = f"{found.row}, status"
        yield stated(
            found, row, child, lambda fields: _unaccompanied(row, fields, child), first=False
        )


def _person(block: Block, fields: Fields, child: str) -> Fact:
    content = PersonDetails(
        forename=fields.text("first_name"),
        surname=fields.text("surname"),
        date_of_birth=fields.day("date_of_birth"),
        sex=fields.code("sex"),
        ethnicity=fields.code("ethnicity"),
        disabilities=block.coded("disabilities", fields),
        upn=fields.identifier("unique_pupil_number", UPN),
        former_upn=fields.identifier("former_unique_pupil_number", UPN),
        postcode=fields.identifier("postcode", Postcode),
    )
    fields.flag("uasc_flag")
    for name, reason in NOT_HELD.items():
        if fields.text(name):
            fields.note(name, reason)
    key = ("person", "daily", child)
    return fields.fact(block.row, child, key, fields.context.received, content)


def _unaccompanied(row: str, fields: Fields, child: str) -> Fact:
    content = UnaccompaniedChild(ceased=fields.day("uasc_end_date"))
    key = ("unaccompanied", child)
    return replace(fields.fact(row, child, key, fields.context.received, content), retold=True)


def _questionnaire(block: Block, fields: Fields, child: str) -> Fact:
    day = fields.required_day("date")
    content = DifficultiesQuestionnaire(score=fields.count("score"))
    key = ("questionnaire", child, day.isoformat())
    return fields.fact(block.row, child, key, day, content)
