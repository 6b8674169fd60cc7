"""Questions as they are written down: once for kind and records, and not where people have said."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.utils import timezone

from keepsight.audit.actor import Actor
from keepsight.audit.models import AuditEntry
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.identity import raising
from keepsight.identity.models import LinkQuestion
from keepsight.identity.raising import PairReasons, RaisedQuestion, raise_questions
from tests.factories.linking import MAYA, SENDERS, judge, lift, sent
from tests.factories.roles import acting_as
from tests.factories.weakening import Function, weakened
from tests.factories.world import TESTER, make_world

BETWEEN, EITHER = LinkQuestion.Kind.BETWEEN, LinkQuestion.Kind.EITHER
LEVELS = (("same date of birth", 12.5), ("different forename", -3.25))


@pytest.fixture
def subjects(database: None) -> Iterator[list[int]]:
    """Records of one child, each of another agency; it is the worker who asks about them."""
    world = make_world()
    with acting_as("batch"):
        yield [sent(world, kind.value, kind, **MAYA) for kind in SENDERS[:4]]


def asked(
    *records: int, kind: LinkQuestion.Kind = BETWEEN, weight: float | None = 0.1
) -> RaisedQuestion:
    one, other, *_ = sorted(records)
    pair = weight and PairReasons(one=one, other=other, weight=weight, levels=LEVELS)
    return RaisedQuestion(
        kind=kind,
        records=frozenset(records),
        model_version=f"weighs {weight}",
        weight=weight,
        pairs=(pair,) if pair else (),
    )


def raises(*questions: RaisedQuestion, whole: bool = False) -> int:
    return raise_questions(by=TESTER, questions=questions, whole=whole)


def standing() -> list[LinkQuestion]:
    return list(LinkQuestion.objects.filter(closed=None).order_by("pk"))


def about(question: LinkQuestion) -> list[int]:
    return list(question.records.order_by("pk").values_list("subject_record_id", flat=True))


@action
def closed(*, by: Actor, question: LinkQuestion) -> None:
    question.closed, question.outcome = timezone.now(), LinkQuestion.Outcome.DECIDED
    question.save()


def test_a_question_is_written_with_its_records_and_what_speaks_for_it(subjects: list[int]) -> None:
    begun = timezone.now()
    assert raises(asked(subjects[2], subjects[0], subjects[1], weight=1 / 3)) == 1
    [made] = standing()
    assert about(made) == subjects[:3]
    assert made.records_key == ",".join(map(str, subjects[:3]))
    assert (made.kind, made.weight, made.model_version) == (BETWEEN, 1 / 3, f"weighs {1 / 3}")
    levels = [{"words": words, "bits": bits} for words, bits in LEVELS]
    one, other = subjects[:2]
    assert made.reasons == [{"one": one, "other": other, "weight": 1 / 3, "levels": levels}]
    assert begun <= made.raised <= timezone.now()
    assert (made.closed, made.outcome) == (None, "")


def test_one_without_a_weight_has_no_reasons(subjects: list[int]) -> None:
    assert raises(asked(*subjects[:2], weight=None)) == 1
    [made] = standing()
    assert (made.weight, made.reasons) == (None, [])


def test_one_that_stands_open_is_weighed_anew_and_no_other_is_touched(subjects: list[int]) -> None:
    one, other, third, _ = subjects
    assert raises(asked(one, other), asked(one, third)) == 2
    before, untouched = standing()
    assert raises(asked(one, other, weight=2.5), asked(one, other, kind=EITHER)) == 1
    after, same, made = standing()
    assert (after.pk, after.raised, about(after)) == (before.pk, before.raised, [one, other])
    assert (after.weight, after.model_version) == (2.5, "weighs 2.5")
    assert after.reasons[0]["weight"] == 2.5
    assert (same.pk, same.weight) == (untouched.pk, 0.1)
    assert (made.kind, about(made)) == (EITHER, [one, other])


def test_one_that_was_closed_is_asked_anew(subjects: list[int]) -> None:
    assert raises(asked(*subjects[:2])) == 1
    [first] = standing()
    closed(by=TESTER, question=first)
    assert raises(asked(*subjects[:2], weight=4.0)) == 1
    [second] = standing()
    assert second.pk != first.pk
    assert LinkQuestion.objects.get(pk=first.pk).weight == 0.1


def test_many_come_in_their_order_and_each_raising_is_one_entry_in_the_log(
    subjects: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "MOST", 2)
    one, *others = subjects
    every = [asked(one, other, kind=kind) for other in others[::-1] for kind in (EITHER, BETWEEN)]
    assert (raises(*every), raises(*every), raises()) == (6, 0, 0)
    assert [(each.kind, each.records_key) for each in standing()] == [
        (each.kind, each.key) for each in every
    ]
    entries = AuditEntry.objects.filter(what__startswith="questions about links").order_by("at")
    assert [each.what.split(": ")[1] for each in entries] == ["6 raised", "0 raised", "0 raised"]


def test_all_there_are_close_the_others(subjects: list[int]) -> None:
    one, other, third, _ = subjects
    raises(asked(one, other), asked(one, third))
    assert raises(asked(one, other), asked(one, other, kind=EITHER), whole=True) == 1
    assert [(each.kind, about(each)) for each in standing()] == [
        (BETWEEN, [one, other]),
        (EITHER, [one, other]),
    ]
    [gone] = LinkQuestion.objects.exclude(closed=None)
    assert (gone.outcome, about(gone)) == (LinkQuestion.Outcome.GONE, [one, third])


def test_what_people_said_of_every_pair_is_not_asked_until_it_is_lifted(
    subjects: list[int],
) -> None:
    one, other, third, _ = subjects
    said = [judge(one=a, other=b, verdict="same") for a, b in ((one, other), (other, third))]
    assert raises(asked(one, other)) == 0
    assert raises(asked(one, other, third)) == 1
    lift(judgement=said[0])
    assert raises(asked(one, other)) == 1


def wrong(subjects: Sequence[int]) -> Iterator[str]:
    """What a weakened function would do otherwise, in a world where much was said before."""
    one, other, third, fourth = subjects
    lift(judgement=judge(one=one, other=other, verdict="same"))
    if raises(asked(one, other)) != 1:
        yield "what was lifted is heard"
    [first] = standing()
    closed(by=TESTER, question=first)
    raises(asked(one, third), asked(third, fourth))
    if raises(asked(one, other, weight=7.0), asked(one, third, kind=EITHER, weight=7.0)) != 2:
        yield "one that was closed or of another kind counts as open"
    now: list[tuple[Any, ...]] = list(
        LinkQuestion.objects.order_by("pk").values_list("records_key", "kind", "weight")
    )
    wanted = [
        (f"{one},{other}", BETWEEN, 0.1),
        (f"{one},{third}", BETWEEN, 0.1),
        (f"{third},{fourth}", BETWEEN, 0.1),
        (f"{one},{other}", BETWEEN, 7.0),
        (f"{one},{third}", EITHER, 7.0),
    ]
    if now != wanted:
        yield f"another was weighed anew: {now}"


OPEN, KIND, KEY = "q.closed IS NULL", "q.kind = a.kind", "q.records_key = a.key"
SAME = f"{OPEN} AND {KIND} AND {KEY})"
WEAKENED = (
    Function("identity_in_question", "AND j.lifted IS NULL", ""),
    *(
        Function("identity_raise", SAME, SAME.replace(part, "true"), last=last)
        for last in (False, True)
        for part in (OPEN, KIND, KEY)
    ),
)


def test_the_functions_do_as_they_should(subjects: list[int]) -> None:
    assert list(wrong(subjects)) == []


@pytest.mark.parametrize("change", WEAKENED, ids=lambda each: f"{each.name} {each.instead}")
def test_each_weakening_is_noticed(
    subjects: list[int], server: ServerAddress, change: Function
) -> None:
    with weakened(server, change):
        assert next(wrong(subjects), "")
