"""Reports to the police online: who in them is a child, and what is not taken."""

import json
from datetime import datetime

import pytest

from keepsight.intake.rows import FileRefused, Refused
from keepsight.kernel.calendar import LONDON

SUBMITTED = "2025-09-14T22:31:08+01:00"


def person(name, relation="victim", **said):
    attributes = {"surname": name, "givenName": ["Merle"], "under18": True} | said
    related = {relation: {"data": [{"id": "i-1", "type": "incident"}]}}
    return {"id": name, "type": "person", "attributes": attributes, "relationships": related}


def report(*included, submitted=SUBMITTED, incident="i-1", **relationships):
    submission = {"id": "s", "type": "submission", "attributes": {"submitTime": submitted}}
    data = {
        "id": incident,
        "type": "incident",
        "attributes": {"incidentDescription": "Seen by the arcade."},
        "relationships": relationships,
    }
    return json.dumps({"data": data, "included": [submission, *included]})


def test_the_fixture_names_two_children_and_not_the_adult_who_reported(parts_of, fixture_of):
    parts = parts_of(fixture_of("single_online_home/fixture.json"))
    assert [part.row for part in parts] == [
        "document 1, child 1, person",
        "document 1, child 1",
        "document 1, child 2, person",
        "document 1, child 2",
    ]
    assert parts[0].content.sex == "F"
    assert str(parts[0].content.date_of_birth) == "2011-04-02"
    assert parts[1].occurred == datetime(2025, 9, 14, 22, 31, 8, 120_000, tzinfo=LONDON)
    assert parts[1].content.part == ("victim",)
    assert parts[3].content.part == ("witness",)
    assert not any("Robin" in repr(part) for part in parts)


def test_a_report_a_line(parts_of):
    lines = f"{report(person('Ashdown'))}\n\n{report(person('Brackley'), incident='i-2')}\n"
    parts = parts_of(lines)
    assert [part.row for part in parts][1::2] == ["line 1, child 1", "line 3, child 1"]
    assert parts[1].source_key == "public-report|i-1|Ashdown"


@pytest.mark.parametrize(
    ("said", "child"),
    [
        ({}, True),
        ({"under18": "true"}, True),
        ({"under18": False}, False),
        ({"under18": None, "age": 15}, True),
        ({"under18": None, "age": True}, False),
        ({"under18": None, "age": 18}, False),
        ({"under18": None, "approximateAgeTo": 16}, True),
        ({"dateOfBirth": "2008-05-09"}, True),
        ({"dateOfBirth": "2008-05-08"}, False),
        ({"dateOfBirth": "2008-02-30"}, True),
    ],
)
def test_who_is_a_child(parts_of, said, child):
    parts = parts_of(report(person("Ashdown", **said)))
    assert len(parts) == (2 if child else 1)
    assert isinstance(parts[0], Refused) is not child


def test_a_relationship_counts_whichever_of_the_two_states_it(parts_of):
    one = {"data": {"id": "Ashdown", "type": "person"}}
    parts = parts_of(report(person("Ashdown"), witness=one))
    assert parts[1].content.part == ("victim", "witness")


def test_a_report_about_no_child_is_kept_with_its_reason(parts_of):
    [refused] = parts_of(report(person("Example", under18=False)))
    assert refused.field == "under18"
    assert "nobody" in refused.reason
    assert "Example" in refused.raw["report"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"submitted": ""}, "submitTime"),
        ({"submitted": "last Tuesday"}, "submitTime"),
        ({"submitted": "2025-09-14T22:31:08"}, "submitTime"),
        ({"incident": ""}, "id"),
    ],
)
def test_a_report_that_cannot_stand_says_why(parts_of, changed, field):
    [refused] = parts_of(report(person("Ashdown"), **changed))
    assert refused.field == field
    assert refused.reason.endswith(".")


def test_what_cannot_be_read_of_a_person_is_remarked_on(parts_of):
    said = {"dateOfBirth": "yesterday", "gender": "GNDR_0003", "givenName": "Merle"}
    details, _ = parts_of(report(person("Ashdown", **said)))
    assert [remark.field for remark in details.remarks] == ["dateOfBirth", "gender"]
    assert (details.content.forename, details.content.sex) == ("Merle", None)


def test_a_time_that_lies_ahead_is_remarked_on(parts_of):
    _, fact = parts_of(report(person("Ashdown"), submitted="2026-06-01T10:00:00Z"))
    assert [remark.field for remark in fact.remarks] == ["submitTime"]


NESTED = report().replace('"Seen by the arcade."', "[" * 300 + "]" * 300)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NESTED, "nested too deeply"),
        (report(person("Ashdown"))[:-9], "ends too early"),
        (report(person("Ashdown")) + '\n["attributes"]\n', "Line 2 is not a JSON object"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(parts_of, text, words):
    with pytest.raises(FileRefused, match=words) as refused:
        parts_of(text)
    assert str(refused.value).endswith(".")
