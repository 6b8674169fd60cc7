"""A question about links in words: what differs is said, and weights are said as words and bits."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from keepsight.identity.former import SaidBefore
from keepsight.identity.reviewing import Question, RecordSide
from keepsight.web.presenters.dates import day
from keepsight.web.presenters.links import (
    said_before,
    side_by_side,
    waterfalls,
    what_would_change,
)
from tests.factories.world import NOW

SIDE = RecordSide(
    subject=1,
    child_id=uuid.UUID(int=1),
    agency_id=1,
    agency="Northmere school",
    closely=False,
    forename="ann",
    surname="example",
    date_of_birth=date(2011, 4, 2),
    sex="F",
    nhs_number="9000000009",
    upn=None,
    postcode="ZZ99 3VZ",
    withheld=False,
    first_received=NOW,
    details_received=NOW,
    former=(),
    of_child=2,
    asked=None,
    answer="",
)
OTHER = replace(SIDE, subject=2, child_id=uuid.UUID(int=2), of_child=1)
LEVELS = [{"words": "same date of birth", "bits": 12.0}, {"words": "same postcode", "bits": -3.0}]
PAIR = {"one": 1, "other": 2, "weight": 5.0, "levels": LEVELS}


def question(*records: RecordSide, withholds: bool = False) -> Question:
    return Question(
        question_id=1,
        kind="may be one child",
        weight=5.0,
        pairs=(PAIR,),
        model_version="1",
        raised=NOW,
        closed=None,
        withholds=withholds,
        restricts=False,
        standing=None,
        records=records,
        household=(),
    )


@pytest.mark.parametrize(
    ("values", "verdict", "marked"),
    [
        (("ann", "ann"), "Same", (False, False)),
        (("ann", "bea"), "Differs", (True, True)),
        (("ann", "ann", "bea"), "Differs", (False, False, True)),
        (("ann", None), "Not said in all", (False, False)),
        ((None, None), "Not said", (False, False)),
    ],
    ids=["same", "two differ", "one of three differs", "one silent", "both silent"],
)
def test_what_differs_is_said_and_marked(
    values: tuple[str | None, ...], verdict: str, marked: tuple[bool, ...]
) -> None:
    line = side_by_side([replace(SIDE, forename=value) for value in values])[0]
    assert line.verdict == verdict
    assert tuple(cell.differs for cell in line.cells) == marked


def test_a_postcode_that_is_withheld_is_said_to_be() -> None:
    hidden = replace(SIDE, postcode=None, withheld=True)
    line = side_by_side([hidden, hidden])[-1]
    assert (line.verdict, {cell.text for cell in line.cells}) == ("Withheld", {"Withheld"})


def test_what_was_said_before_is_shown_with_its_day_where_there_is_any() -> None:
    assert said_before([SIDE, SIDE]) == []
    former = (SaidBefore("surname", "former", NOW), SaidBefore("UPN", "H801200001001", None))
    assert said_before([replace(SIDE, former=former), SIDE]) == [
        [f"surname Former, until {day(NOW)}", "UPN H801200001001"],
        [],
    ]


def test_the_steps_of_a_weight_add_up_to_it() -> None:
    [fall] = waterfalls(question(SIDE, OTHER))
    assert fall.title == "Records 1 and 2"
    assert fall.total == "5.0 bits for one child"
    assert sum(step.bits for step in fall.steps) == 5.0
    assert [step.said for step in fall.steps] == ["−4.0", "+12.0", "−3.0"]
    assert [step.speaks for step in fall.steps][1:] == ["strengthens", "speaks against"]
    assert max(step.bar for step in fall.steps) == 200


def test_where_they_live_is_not_told_by_the_weights_either() -> None:
    [fall] = waterfalls(question(SIDE, OTHER, withholds=True))
    assert not any("postcode" in step.words for step in fall.steps)


def test_what_linking_would_change_counts_what_the_reviewer_may_compare() -> None:
    said = " ".join(what_would_change(question(SIDE, OTHER)))
    assert "2 different children" in said
    assert "3 records that you may compare (2 and 1 now)" in said
