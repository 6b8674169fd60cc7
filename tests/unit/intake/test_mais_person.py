"""People in the Multi-Agency Information Standards: who they are, and nobody else."""

import json

import pytest

from keepsight.intake.rows import Fact, FileRefused, Refused

PERSON = {
    "@id": "ex:1",
    "@type": "Person",
    "name": [{"familyName": ["Ashdown"], "givenName": ["Merle"], "use": "official"}],
    "dateOfBirth": {"date": "2011-04-02", "accuracyIndicator": "AAA"},
}


def test_the_fixture(parts_of, fixture_of):
    (part,) = parts_of(fixture_of("mais_person/fixture.jsonld"))
    assert not part.remarks
    content = part.content
    assert (part.subject_key, content.forename, content.surname) == (
        "ex:person-701", "Merle", "Ashdown",
    )  # fmt: skip
    assert (content.nhs_number, content.sex, content.ethnicity) == ("9000000009", "F", "13")
    assert (content.address, content.postcode) == ("1 Made Up Row, Lerwick", "ZE1 0AA")


def test_whoever_is_related_is_left_out_and_what_is_not_known_is_said(parts_of):
    more = {
        "relatedPerson": [{"identifier": {"value": "9009999991"}, "relationship": ["MTH"]}],
        "mood": "calm",
        "isDeceased": True,
    }
    (part,) = parts_of(json.dumps(PERSON | more))
    assert "9009999991" not in repr(part)
    assert [each.field for each in part.remarks] == ["isDeceased", "mood"]


def test_a_day_of_birth_that_is_estimated_is_kept_and_said(parts_of):
    born = {"date": "2011-04-01", "accuracyIndicator": "UAA"}
    (part,) = parts_of(json.dumps(PERSON | {"dateOfBirth": born}))
    assert str(part.content.date_of_birth) == "2011-04-01"
    assert [each.field for each in part.remarks] == ["dateOfBirth"]


def test_a_list_and_a_graph_say_the_same(parts_of):
    listed = parts_of(json.dumps([PERSON, PERSON | {"@id": "ex:2"}]))
    assert [part.subject_key for part in listed] == ["ex:1", "ex:2"]
    assert parts_of(json.dumps({"@graph": [PERSON, PERSON | {"@id": "ex:2"}]})) == listed


def test_who_is_no_person_or_has_no_id_is_refused_whole(parts_of):
    nobody, nameless, shapeless, stands = parts_of(
        json.dumps([{"@type": "Dog"}, PERSON | {"@id": ""}, "x", PERSON | {"name": "Merle"}])
    )
    assert (nobody.field, nameless.field) == ("@type", "@id")
    assert isinstance(shapeless, Refused)
    assert "Ashdown" in nameless.raw["json"]
    assert isinstance(stands, Fact)
    assert [(each.field, each.value) for each in stands.remarks] == [("name", '"Merle"')]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"@type": "Person", "dateOfBirth": ', "is not JSON"),
        ('{"@graph": [], "@type": "x", "dateOfBirth": 1}', "no person in it"),
    ],
)
def test_a_file_that_is_none_is_refused(parts_of, text, said):
    with pytest.raises(FileRefused, match=said):
        parts_of(text)
