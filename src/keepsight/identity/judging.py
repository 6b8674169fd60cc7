"""Deciding about links: which records are of one child, confirmed by a second person, and undone.

The database decides whether the person may, and moves the links; each act is written down against
every child that it concerns.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.db import connection
from psycopg.types.json import Jsonb

from keepsight.access.viewer import Viewer
from keepsight.audit.actions import Note, record
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.identity.reviewing import RecordSide, children_now
from keepsight.kernel.reviewing import LEAST_REASON
from keepsight.kernel.roles import Permission


class JudgingRefused(ValueError):
    """Nothing was decided; the message is for the person who tried."""


class Outcome(StrEnum):
    """What became of a decision."""

    DONE = "done"
    WAITS = "waits"
    LATER = "later"
    DECIDED = "decided"
    REFUSED = "refused"


MESSAGES = {
    Outcome.LATER: "Something was decided later that rests on this. Undo that first.",
    Outcome.DECIDED: "Somebody else has decided this question meanwhile.",
    Outcome.REFUSED: "There is no such question, or it is not for you to decide.",
}


@action
def judge(
    *,
    by: Viewer,
    question_id: int,
    groups: Mapping[int, int],
    reason: str,
    sure: bool = True,
) -> Outcome:
    """Decide a question: `groups` says, by numbers of its own, which child each record is of.

    Not `sure` leaves every link as it is and binds the model to leave the pairs alone. A decision
    that joins restricted records waits for a second person, and until then does nothing.
    """
    _reasoned(by, reason)
    sides = children_now(by, question_id)
    sorted_ = Jsonb({str(subject): number for subject, number in groups.items()})
    done = _asked("SELECT identity_judge(%s, %s, %s, %s)", question_id, sorted_, sure, reason)
    _note(by, sides, "decided about links" if sure else "was not sure about links", reason)
    return done


@action
def confirm(*, by: Viewer, question_id: int, decision_id: int) -> Outcome:
    """Confirm, as a second person, what another decided about restricted records."""
    _permitted(by)
    sides = children_now(by, question_id)
    done = _asked("SELECT identity_confirm(%s)", decision_id)
    _note(by, sides, "confirmed a decision about links", "")
    return done


@action
def lift(*, by: Viewer, question_id: int, decision_id: int, reason: str) -> Outcome:
    """Undo a decision: every link stands again as it stood, and the question is open again."""
    _reasoned(by, reason)
    before = children_now(by, question_id)
    done = _asked("SELECT identity_lift(%s, %s)", decision_id, reason)
    _note(by, [*before, *children_now(by, question_id)], "undid a decision about links", reason)
    return done


@action
def ask_agency(*, by: Viewer, question_id: int, subject_id: int) -> None:
    """Let a question wait until an agency has looked at its own record."""
    _permitted(by)
    sides = [side for side in children_now(by, question_id) if side.subject == subject_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_ask(%s, %s)", [question_id, subject_id])
        made = cursor.fetchone()
    if not sides:
        raise JudgingRefused(MESSAGES[Outcome.REFUSED])
    if made and made[0]:
        _note(by, sides, "asked an agency about its record", "")


@action
def answer_ask(*, by: Viewer, ask_id: int, answer: str) -> None:
    """Say whether one's own agency's record is right."""
    if not by.may(Permission.ANSWER_LINKS):
        raise JudgingRefused(MESSAGES[Outcome.REFUSED])
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_answer(%s, %s)", [ask_id, answer])
        made = cursor.fetchone()
    if not made or not made[0]:
        raise JudgingRefused("Somebody has answered this meanwhile.")
    record(by=by.actor, notes=[Note(act=Act.WRITE, what=f"answered about a record: {answer}")])


def _permitted(by: Viewer) -> None:
    if not by.may(Permission.REVIEW_LINKS):
        raise JudgingRefused(MESSAGES[Outcome.REFUSED])


def _reasoned(by: Viewer, reason: str) -> None:
    _permitted(by)
    if len(reason.strip()) < LEAST_REASON:
        raise JudgingRefused("Say why, in a sentence: whoever undoes this one day will read it.")


def _asked(query: str, *values: object) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        done = Outcome(cursor.fetchone()[0])
    if done in MESSAGES:
        raise JudgingRefused(MESSAGES[done])
    return done


def _note(by: Viewer, sides: Sequence[RecordSide], what: str, reason: str) -> None:
    children = {side.child_id for side in sides if side.child_id}
    subjects = sorted({side.subject for side in sides})
    notes = [
        Note(
            act=Act.WRITE,
            what=what,
            child_id=child,
            reason=reason.strip(),
            detail={"subject_records": subjects},
        )
        for child in sorted(children, key=str)
    ]
    record(by=by.actor, notes=notes)
