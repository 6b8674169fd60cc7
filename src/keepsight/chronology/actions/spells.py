"""Spells of absence become events of their own, corrected or withdrawn as weeks change."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import connection

from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.attendance import (
    PupilWeeks,
    first_week_of,
    pupils_with_absence,
    weeks_in_force,
)
from keepsight.chronology.actions.events import NewEvent, record_events
from keepsight.kernel.absence import Spell, academic_year_start, spells
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.education import AbsenceSpell

PUPILS = 2_000
"""Pupils whose spells are told in one go; memory stays flat however large the register."""

TOLD = """
SELECT e.subject_record_id, e.source_key, e.occurred, c.content
FROM chronology_inforce e JOIN chronology_eventcontent c ON c.event_id = e.id
WHERE e.kind = 'absence_spell' AND e.subject_record_id = ANY(%s) AND e.occurred >= %s"""


@action
def record_spells(*, by: Actor, agency: Agency, delivery_id: int, received: datetime) -> int:
    """Tell the spells that a delivery of marks began, changed or undid; returns how many."""
    first = first_week_of(delivery_id=delivery_id)
    if first is None:
        return 0
    since = academic_year_start(first)
    absent = pupils_with_absence(delivery_id=delivery_id, since=since)
    count = 0
    for start in range(0, len(absent), PUPILS):
        pupils = weeks_in_force(pupils=absent[start : start + PUPILS], since=since)
        told = [event for pupil in pupils for event in _events(pupil)]
        gone = _withdrawn(pupils, {event.source_key for event in told}, since)
        recorded = record_events(
            by=by,
            agency=agency,
            events=[*told, *gone],
            received=received,
            delivery_id=delivery_id,
        )
        count += len(recorded.ids)
    return count


def _events(pupil: PupilWeeks) -> Iterator[NewEvent]:
    for spell in spells(pupil.weeks):
        yield NewEvent(
            subject_record_id=pupil.subject_record_id,
            source_key=_key(pupil.subject_record_id, spell),
            occurred=start_of_day(spell.first_day),
            occurred_until=start_of_day(spell.last_day),
            day_only=True,
            row="register",
            content=AbsenceSpell(
                sessions=spell.sessions,
                unauthorised=spell.unauthorised,
                unexplained=spell.unexplained,
            ),
        )


def _key(subject_record_id: int, spell: Spell) -> str:
    return f"spell|{subject_record_id}|{spell.first_day}|{spell.first_session}"


def _withdrawn(pupils: Sequence[PupilWeeks], told: set[str], since: date) -> Iterator[NewEvent]:
    """Spells told before that the weeks no longer hold: each is withdrawn, never removed."""
    subjects = [pupil.subject_record_id for pupil in pupils]
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [subjects, start_of_day(since)])
        rows = cursor.fetchall()
    for subject, key, occurred, content in rows:
        if key not in told:
            yield _withdrawal(subject, key, occurred, AbsenceSpell.from_json(json.loads(content)))


def _withdrawal(subject: int, key: str, occurred: datetime, content: Content) -> NewEvent:
    return NewEvent(
        subject_record_id=subject,
        source_key=key,
        occurred=occurred,
        day_only=True,
        row="register",
        content=content,
        withdrawn=True,
    )
