"""What a line of the yearly tables states: health, leaving care, and two kinds of status.

Of a year’s answer the file says no day, so each is told on the day received, and is one fact of the
child: a later answer that differs supersedes.
"""

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact
from keepsight.intake.sources.ssda903.checks import check_born_before
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import ssda903_more
from keepsight.kernel.vocabulary.content.looked_after import (
    CareLeaver,
    DeprivationOfLiberty,
    DifficultiesQuestionnaire,
    LookedAfterHealth,
    UnaccompaniedChild,
)


def _unaccompanied(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    content = UnaccompaniedChild(ceased=fields.day("DUC"))
    return fields.fact(row, child, ("unaccompanied", child), fields.context.received, content)


def _health(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    content = LookedAfterHealth(
        development_checked=fields.flag("HEALTH_CHECK"),
        immunised=fields.flag("IMMUNISATIONS"),
        teeth_checked=fields.flag("TEETH_CHECK"),
        health_assessed=fields.flag("HEALTH_ASSESSMENT"),
        substance_misuse=fields.flag("SUBSTANCE_MISUSE"),
        help_received=fields.flag("INTERVENTION_RECEIVED"),
        help_offered=fields.flag("INTERVENTION_OFFERED"),
    )
    return fields.fact(row, child, ("health", child), fields.context.received, content)


def _questionnaire(fields: Fields, row: str) -> Fact | None:
    if fields.text("CHILD") is None:
        return None
    score = fields.count("SDQ_SCORE")
    reason = fields.code("SDQ_REASON")
    if score is None and reason is None and not fields.remarks:
        return None
    child = fields.required("CHILD")
    content = DifficultiesQuestionnaire(score=score, not_scored_because=reason)
    return fields.fact(row, child, ("questionnaire", child), fields.context.received, content)


def _leaver(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    content = CareLeaver(
        in_touch=fields.code("IN_TOUCH"),
        activity=fields.code("ACTIV"),
        accommodation=fields.code("ACCOM"),
    )
    if content == CareLeaver():
        raise Unfit("IN_TOUCH", "", "The line says nothing of how the young person is.")
    return fields.fact(row, child, ("care-leaver", child), fields.context.received, content)


def _liberty(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    first, last = fields.period("DOLO_START", "DOLO_END")
    check_born_before(fields, "DOLO_START", first)
    key = ("liberty", child, first.isoformat())
    return fields.fact(row, child, key, first, DeprivationOfLiberty(), last)


PARTS = {
    ssda903_more.UNACCOMPANIED.name: (PartOfLine("", _unaccompanied),),
    ssda903_more.HEALTH.name: (
        PartOfLine("", _health),
        PartOfLine("questionnaire", _questionnaire),
    ),
    ssda903_more.LEAVERS.name: (PartOfLine("", _leaver),),
    ssda903_more.LIBERTY.name: (PartOfLine("", _liberty),),
}
