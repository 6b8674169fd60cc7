"""What a decision to tell somebody who looked must say, and to a parent above all."""

from dataclasses import replace

import pytest

from keepsight.kernel.releasing import GROUNDS, Asked, Ground, Recipient, objections

COMPLETE = Asked(
    recipient=Recipient.YOUNG_PERSON,
    purpose="to know",
    wishes="wants to know",
    competence="understands",
    gives=True,
    reason="it is theirs",
)


@pytest.mark.parametrize("recipient", [each for each in Recipient if each != Recipient.PARENT])
def test_a_complete_decision_stands(recipient: Recipient) -> None:
    assert list(objections(replace(COMPLETE, recipient=recipient))) == []


@pytest.mark.parametrize("field", ["purpose", "wishes", "competence", "reason"])
def test_what_is_missing_is_said(field: str) -> None:
    [(named, sentence)] = objections(replace(COMPLETE, **{field: "  "}))
    assert named == field
    assert sentence.endswith(".")


def test_a_parent_is_told_only_in_the_childs_interest() -> None:
    parent = replace(COMPLETE, recipient=Recipient.PARENT)
    assert [field for field, _ in objections(parent)] == ["interest"]
    assert list(objections(replace(parent, interest="the child asked for it"))) == []
    assert list(objections(replace(parent, gives=False))) == []


def test_every_ground_has_a_source_and_a_mark() -> None:
    assert set(GROUNDS) == set(Ground)
    assert all(text.source and text.mark in {"V", "V2", "M"} for text in GROUNDS.values())
