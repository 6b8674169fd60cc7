"""A district's part of the truth: who each record is, who is exploited, what was missed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from keepsight.synthetic.agencies import feed_key
from keepsight.synthetic.desk import SILENCES, Desk
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.living import Lived
from keepsight.synthetic.stories import Told
from keepsight.synthetic.stories.naming import Suspicions, suspicions
from keepsight.synthetic.stories.teller import COUNCIL
from keepsight.synthetic.truth.obligations import owed

TRUTH_FOLDER = "truth"
HEADERS = {
    "people": ("person", "agency", "subject_key"),
    "children": (
        "person", "district", "household", "birth", "sex", "ethnicity", "disability",
        "looked_after", "unaccompanied", "known_to_no_agency",
    ),
    "storylines": (
        "person", "district", "shape", "form", "by", "network", "since", "until", "in_care",
        "records", "suspected_by", "first_suspected", "assessed_as_exploitation",
        "council_answers",
    ),
    "story_records": ("person", "district", "day", "kind"),
    "innocent_signs": ("person", "district", "records"),
    "suspicions": ("person", "district", "agency", "since"),
    "obligations": ("person", "district", "duty", "started", "due", "met", "missed"),
    "faults": ("path", "rows", "odd"),
    "silences": ("feed", "district", "since", "until"),
}  # fmt: skip
NOT_A_RECORD = ("absence", "roll_changes")
"""Kinds of happening that no agency writes down as such: they show in registers and rolls."""

Rows = Iterable[Sequence[object]]


def write_truth(desk: Desk, lived: Lived) -> None:
    """Write the district's part of every table into the truth's folder."""
    told, named = lived.told, suspicions(desk.happenings)
    tables: dict[str, Rows] = {
        "people": _people(desk),
        "children": _children(desk),
        "storylines": _storylines(desk, told, named),
        "story_records": _story_records(desk, told),
        "innocent_signs": _innocent_signs(desk, lived),
        "suspicions": _suspicions(desk, named),
        "obligations": _obligations(desk),
        "faults": desk.faults,
        "silences": _silences(desk),
    }
    for name, rows in tables.items():
        path = part_of(desk.folder, name, desk.district.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def part_of(folder: Path, table: str, district: str) -> Path:
    """Where a district's part of a table waits to be merged."""
    return folder / TRUTH_FOLDER / f"{table}.{district}.part"


def number(person: int) -> str:
    """How the truth names a child."""
    return f"N{person:07d}"


def _named(desk: Desk, person: int) -> str:
    return number(int(desk.people.number[person]))


def _people(desk: Desk) -> Iterator[Sequence[object]]:
    for agency, known in desk.known_as:
        numbers = desk.people.number[known.members].tolist()
        for person, key in zip(numbers, known.key, strict=True):
            yield number(person), agency, key


def _children(desk: Desk) -> Iterator[Sequence[object]]:
    """The children who live here now; those who left are told of where they live."""
    people, district = desk.people, desk.district
    known = np.zeros(len(people), bool)
    for _, records in desk.known_as:
        known[records.members] = True
    cared_for = {each.person for each in desk.happenings.placements}
    for person in range(district.children):
        came = not np.isnat(people.arrived[person])
        yield (
            number(int(people.number[person])),
            district.key,
            f"{district.key}-{people.household[person]}",
            people.birth[person],
            people.sex[person],
            people.ethnicity[person],
            people.disability[person],
            _yes(person in cared_for),
            _yes(bool(people.unaccompanied[person])),
            _yes(not known[person] and not came),
        )


def _storylines(desk: Desk, told: Sequence[Told], named: Suspicions) -> Iterator[Sequence[object]]:
    """Of the children who live here now."""
    for each in told:
        story = each.story
        if story.person >= desk.district.children:
            continue
        suspected = named.get(story.person, {})
        yield (
            number(story.number),
            desk.district.key,
            story.shape.key,
            story.shape.form.value,
            story.shape.by.value,
            f"{desk.district.key}-{story.network}",
            story.since,
            story.until,
            _yes(story.shape.in_care),
            sum(1 for _ in _records(each.records)),
            ";".join(sorted(suspected)),
            min(suspected.values(), default=""),
            _yes(COUNCIL in suspected),
            ";".join(
                answer for day, answer in each.answers if desk.people.lives_here(story.person, day)
            ),
        )


def _records(left: Happenings) -> Iterator[tuple[object, str]]:
    """The day and kind of each record that a story left."""
    for kind in fields(left):
        if kind.name not in NOT_A_RECORD:
            for record in getattr(left, kind.name):
                yield record.day, kind.name


def _story_records(desk: Desk, told: Sequence[Told]) -> Iterator[Sequence[object]]:
    for each in told:
        for day, kind in _records(each.records):
            yield number(each.story.number), desk.district.key, day, kind


def _innocent_signs(desk: Desk, lived: Lived) -> Iterator[Sequence[object]]:
    """Children who are not exploited, and in whose records something reads as if."""
    for each in lived.innocent:
        yield _named(desk, each.person), desk.district.key, sum(1 for _ in _records(each.records))


def _suspicions(desk: Desk, named: Suspicions) -> Iterator[Sequence[object]]:
    """Everybody of whom an agency wrote that it thinks of exploitation, rightly or not."""
    for person, first in sorted(named.items()):
        for agency, day in sorted(first.items()):
            yield _named(desk, person), desk.district.key, agency, day


def _obligations(desk: Desk) -> Iterator[Sequence[object]]:
    for each in owed(desk.happenings, desk.period):
        yield (
            _named(desk, each.person),
            desk.district.key,
            each.duty,
            each.started.isoformat(" ", "minutes"),
            each.due.isoformat(" ", "minutes"),
            each.met.isoformat(" ", "minutes") if each.met else "",
            _yes(each.missed_by(desk.period.today)),
        )


def _silences(desk: Desk) -> Iterator[Sequence[object]]:
    for silence in SILENCES:
        begin, again = silence.within(desk.period)
        if desk.period.start < begin:
            yield feed_key(silence.agency, silence.source), desk.district.key, begin, again


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
