"""The daily payload of children’s social care: each block, its key, and what is to be purged."""

import json
from collections import Counter

import pytest

from keepsight.intake.rows import Fact, FileRefused, Refused
from keepsight.kernel.vocabulary.content.base import Tier

FIXTURE = "csc_daily/fixture.json"


def child(**blocks: object) -> str:
    return json.dumps({"la_child_id": "L1", **blocks})


def episode(**blocks: object) -> str:
    return child(social_care_episodes=[{"referral_date": "2025-09-10", **blocks}])


def test_the_fixture_states_every_block(parts_of, fixture_of):
    parts = parts_of(fixture_of(FIXTURE))
    assert not any(part.remarks for part in parts)
    assert Counter(part.content.kind for part in parts) == {
        "person_details": 2,
        "unaccompanied_child": 1,
        "difficulties_questionnaire": 1,
        "referral_received": 2,
        "case_closed": 1,
        "social_worker_allocated": 1,
        "assessment_started": 1,
        "assessment_completed": 1,
        "child_in_need_plan": 1,
        "section47_started": 1,
        "initial_conference_held": 1,
        "child_protection_plan": 2,
        "placement": 1,
        "adoption_decided": 1,
        "placed_for_adoption": 1,
        "care_leaver": 1,
    }
    sealed = {part.content.kind for part in parts if part.content.held is Tier.SEALED}
    assert sealed == {"adoption_decided", "placed_for_adoption"}


def test_keys_are_those_of_the_census_and_the_return(parts_of, fixture_of):
    from_daily = {part.source_key: part.retold for part in parts_of(fixture_of(FIXTURE))}
    for path in ("annex_a/fixture.xlsx", "front_door/fixture.csv", "ssda903/fixture_ad1.csv"):
        shared = {part.source_key for part in parts_of(fixture_of(path))} & from_daily.keys()
        assert shared, path
        assert all(from_daily[key] for key in shared)


def test_what_is_to_be_purged_is_withdrawn_block_by_block(parts_of, fixture_of):
    withdrawn = [part for part in parts_of(fixture_of(FIXTURE)) if part.withdrawn]
    assert [part.row for part in withdrawn] == ["Child 2, episode 1, protection plan 1"]
    whole = json.loads(fixture_of(FIXTURE).read_text(encoding="utf-8"))
    whole["Children"][0]["purge"] = True
    by_child = Counter((part.subject_key, part.withdrawn) for part in parts_of(json.dumps(whole)))
    assert by_child["L201", False] == 0, "whatever stands in what is purged is withdrawn"
    assert by_child["L201", True] > 10


def test_a_child_that_is_to_be_purged_and_names_nothing_is_said(parts_of):
    (refused,) = parts_of(child(purge=True))
    assert isinstance(refused, Refused)
    assert "ask for the erasure" in refused.reason


def test_a_payload_of_one_child_of_a_list_and_of_children_say_the_same(parts_of, fixture_of):
    whole = json.loads(fixture_of(FIXTURE).read_text(encoding="utf-8"))
    listed = parts_of(json.dumps(whole["Children"]))
    assert listed == parts_of(json.dumps(whole))
    assert parts_of(json.dumps(whole["Children"][0])) == [
        part for part in listed if part.row.startswith("Child 1")
    ]


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ('[{"la_child_id": null, "social_care_episodes": []}]', "la_child_id", "no la_child_id"),
        ('["L1", {"la_child_id": "L2", "child_details": {}}]', "", "This is no child"),
        (child(), "", "nothing but an id"),
        (child(social_care_episodes=["E1"]), "social_care_episodes", "a JSON object"),
        (episode(referral_date="10/09/2025"), "referral_date", "write it as yyyy-mm-dd"),
        (
            episode(child_protection_plans=[{"child_protection_plan_id": "1", "purge": True}]),
            "start_date",
            "start_date is empty",
        ),
        (
            episode(child_and_family_assessments=[{"start_date": "2025-09-11", "factors": ["1A"]}]),
            "factors",
            "No day says",
        ),
    ],
)
def test_what_cannot_stand_is_refused_whole(parts_of, text, field, reason):
    (refused,) = [part for part in parts_of(text) if isinstance(part, Refused)]
    assert refused.field == field
    assert reason in refused.reason


def test_what_is_not_of_the_shape_is_kept_with_a_remark(parts_of):
    (person, *_) = parts_of(
        child(
            mood="calm",
            child_details={"sex": "X", "surname": ["A"], "disabilities": ["ZZ"], "uasc_flag": "?"},
        )
    )
    assert isinstance(person, Fact)
    assert {each.field for each in person.remarks} == {
        "mood", "sex", "surname", "disabilities", "uasc_flag",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"la_child_id": ', "is not JSON"),
        ('{"Children": [], "la_child_id": 1}', "no child in it"),
        ('{"la_child_id": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_payload_that_cannot_be_read_is_refused(parts_of, text, said):
    with pytest.raises(FileRefused, match=said):
        parts_of(text)
