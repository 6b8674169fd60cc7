"""Questions about links as a reviewer sees them, and what an agency is asked of its own record.

The database gives a question only to whom `kernel.reviewing` does: all of it, or nothing. Each
record that is shown is a sight of its child.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from keepsight.access.masking import agency_named
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency, Person
from keepsight.audit.models import Act
from keepsight.audit.sights import saw, saw_rows
from keepsight.identity.finding import full_name
from keepsight.identity.former import SaidBefore, said_before
from keepsight.identity.models import LinkAsk, LinkQuestion
from keepsight.kernel.roles import Permission

ANSWERS = LinkAsk.Answer.choices
LINES = "SELECT * FROM identity_questions(%s, %s)"


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision about a question that stands, and whether it waits for a second person."""

    decision_id: int
    decided: datetime
    decided_by: str
    own: bool
    waits: bool
    groups: dict[int, int]
    sure: bool
    reason: str
    seconded_by: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question in the list."""

    question_id: int
    kind: str
    raised: datetime
    names: tuple[str, ...]
    records: int
    decided: datetime | None
    waits_for_second: bool
    own: bool
    waits_for_agency: bool


@dataclass(frozen=True, slots=True)
class RecordSide:
    """One record of a question, as it is laid beside the others.

    `of_child` counts the records now held to be the same child that the viewer may compare.
    """

    subject: int
    child_id: uuid.UUID | None
    agency_id: int
    agency: str
    closely: bool
    forename: str | None
    surname: str | None
    date_of_birth: date | None
    sex: str | None
    nhs_number: str | None
    upn: str | None
    postcode: str | None
    withheld: bool
    first_received: datetime
    details_received: datetime | None
    former: tuple[SaidBefore, ...]
    of_child: int
    asked: datetime | None
    answer: str

    @property
    def name(self) -> str:
        return full_name(self.forename, self.surname)


@dataclass(frozen=True, slots=True)
class Relative:
    """A child of the same surname at the same postcode."""

    name: str
    date_of_birth: date | None
    agency: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question whole: its records, why the model asks, and what was decided so far."""

    question_id: int
    kind: str
    weight: float | None
    pairs: tuple[dict[str, Any], ...]
    model_version: str
    raised: datetime
    closed: datetime | None
    withholds: bool
    restricts: bool
    standing: Standing | None
    records: tuple[RecordSide, ...]
    household: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """A record of the viewer's own agency that somebody asks it to look at."""

    ask_id: int
    asked: datetime
    key: str
    name: str
    date_of_birth: date | None
    sex: str | None
    nhs_number: str | None
    upn: str | None
    postcode: str | None


def questions(viewer: Viewer, *, offset: int = 0, limit: int = 50) -> list[QuestionLine]:
    """What waits to be decided, the oldest first but what one agency may hold twice last of it; and
    then what was decided. Names are sights.
    """
    if not viewer.may(Permission.REVIEW_LINKS):
        return []
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(LINES, [limit, offset]):
        grouped.setdefault(row["question"], []).append(row)
        if row["child_id"]:
            what = "name in a question about links"
            saw(by=viewer.actor, child_id=row["child_id"], what=what, act=Act.LIST)
    return [_question_line(viewer, rows) for rows in grouped.values()]


def question(viewer: Viewer, question_id: int) -> Question | None:
    """One question; nothing for one that does not exist or is not for the viewer."""
    facts = _rows("SELECT * FROM identity_question(%s)", [question_id])
    if not facts or not viewer.may(Permission.REVIEW_LINKS):
        return None
    found = facts[0]
    records = _sides(viewer, question_id, withholds=found["withholds"])
    _seen(viewer, [side.child_id for side in records], "details that linking compares")
    return Question(
        question_id=question_id,
        kind=LinkQuestion.Kind(found["kind"]).label,
        weight=found["weight"],
        pairs=tuple(json.loads(found["reasons"])),
        model_version=found["model_version"],
        raised=found["raised"],
        closed=found["closed"],
        withholds=found["withholds"],
        restricts=found["restricts"],
        standing=_standing(viewer, found),
        records=tuple(records),
        household=_household(viewer, question_id),
    )


def children_now(viewer: Viewer, question_id: int) -> list[RecordSide]:
    """The records of a question with the children that they are now; for actions about it."""
    return _sides(viewer, question_id, withholds=True)


def asked_of_agency(viewer: Viewer) -> list[AskedRecord]:
    """The viewer's own agency's records that somebody asks about, the oldest first."""
    if not viewer.may(Permission.ANSWER_LINKS):
        return []
    rows = _rows("SELECT * FROM identity_asked()", [])
    _seen(viewer, [row["child_id"] for row in rows], "own record that is asked about")
    return [
        AskedRecord(
            ask_id=row["ask"],
            asked=row["asked"],
            key=row["key"],
            name=full_name(row["forename"], row["surname"]),
            **{name: row[name] for name in ("date_of_birth", "sex", "nhs_number", "upn")},
            postcode=row["postcode"],
        )
        for row in rows
    ]


def _question_line(viewer: Viewer, rows: Sequence[dict[str, Any]]) -> QuestionLine:
    first = rows[0]
    names = dict.fromkeys(full_name(row["forename"], row["surname"]) for row in rows)
    return QuestionLine(
        question_id=first["question"],
        kind=LinkQuestion.Kind(first["kind"]).label,
        raised=first["raised"],
        names=tuple(names),
        records=len(rows),
        decided=first["in_force"],
        waits_for_second=first["decision"] is not None and first["in_force"] is None,
        own=first["decided_by"] == viewer.person_id,
        waits_for_agency=first["waits"],
    )


def _sides(viewer: Viewer, question_id: int, *, withholds: bool) -> list[RecordSide]:
    rows = _rows("SELECT * FROM identity_question_records(%s)", [question_id])
    agencies = Agency.objects.in_bulk({row["agency_id"] for row in rows})
    asks = {row["subject"]: row for row in _rows("SELECT * FROM identity_asks(%s)", [question_id])}
    return [
        RecordSide(
            **row | {"former": said_before(row["former"])},
            agency=_named(viewer, agencies[row["agency_id"]], withholds=withholds),
            withheld=withholds and row["agency_id"] != viewer.agency_id,
            asked=asks.get(row["subject"], {}).get("asked"),
            answer=_answer(asks.get(row["subject"], {}).get("answer", "")),
        )
        for row in rows
    ]


def _answer(said: str) -> str:
    return str(LinkAsk.Answer(said).label) if said else ""


def _named(viewer: Viewer, agency: Agency, *, withholds: bool) -> str:
    masked = withholds and agency.pk != viewer.agency_id
    return agency_named(agency.name, agency.kind, masked=masked)


def _standing(viewer: Viewer, found: dict[str, Any]) -> Standing | None:
    if found["decision"] is None:
        return None
    people = Person.objects.in_bulk(
        {each for each in (found["decided_by"], found["seconded_by"]) if each}
    )
    second = people.get(found["seconded_by"])
    return Standing(
        decision_id=found["decision"],
        decided=found["decided"],
        decided_by=people[found["decided_by"]].name,
        own=found["decided_by"] == viewer.person_id,
        waits=found["in_force"] is None,
        groups={int(subject): number for subject, number in json.loads(found["groups"]).items()},
        sure=found["sure"],
        reason=found["reason"],
        seconded_by=second.name if second else "",
    )


def _household(viewer: Viewer, question_id: int) -> tuple[Relative, ...]:
    rows = _rows("SELECT * FROM identity_household(%s)", [question_id])
    agencies = Agency.objects.in_bulk({row["agency_id"] for row in rows})
    for row in rows:
        what = "name among a household"
        saw(by=viewer.actor, child_id=row["child_id"], what=what, act=Act.LIST)
    found = [
        Relative(
            full_name(row["forename"], row["surname"]),
            row["date_of_birth"],
            agencies[row["agency_id"]].name,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.date_of_birth or date.max, each.name)))


def _seen(viewer: Viewer, children: Sequence[uuid.UUID | None], what: str) -> None:
    """A record that is linked to nobody yet is a sight all the same."""
    for child in children:
        if child is None:
            saw_rows(by=viewer.actor, what=what)
        else:
            saw(by=viewer.actor, child_id=child, what=what)


def _rows(query: str, values: Sequence[object]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
