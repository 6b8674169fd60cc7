"""In random worlds: a decision about links that is undone leaves every page and right as it was.

Each world has two children more, of whom a decision can always be made. What is decided is any
sorting of two to four records of children, by one person or by two, with or without the night’s
look at what keeps people from children in between. Everybody’s rights are compared, and every page
of four people; at length of everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from keepsight.agencies.models import Person
from keepsight.identity.following import follow_records
from keepsight.identity.judging import JudgingRefused, Outcome, confirm, judge, lift
from keepsight.identity.models import Link
from keepsight.identity.reviewing import question
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.building import build
from tests.factories.known_world import (
    KnownWorld,
    PersonPlan,
    RecordPlan,
    SealPlan,
    TiePlan,
    When,
    WorldPlan,
)
from tests.factories.reviewing import WHY, links_now, raised
from tests.factories.roles import acting_as, looking
from tests.factories.seeing import everything
from tests.factories.world import TESTER
from tests.generative.test_visibility import worlds

pytestmark = pytest.mark.access

COUNCIL, CLINIC, HEALTH, SCHOOL = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.SEXUAL_HEALTH,
    AgencyKind.HEALTH,
    AgencyKind.SCHOOL,
)
STEWARDS = tuple(PersonPlan((0, kind), Role.RECORDS_STEWARD) for kind in (COUNCIL, COUNCIL, CLINIC))
few = settings(max_examples=2, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=50)


@dataclass(frozen=True)
class Sorting:
    """Which records, by their number among all, and which child each is said to be of."""

    records: tuple[int, ...]
    groups: tuple[int, ...]
    nights: bool
    first_kept: str
    """What keeps people from the first of the two children more."""
    visitors: tuple[int, ...]
    """Four of those who open every page, where not everybody does."""


@st.composite
def sortings(draw: st.DrawFn) -> Sorting:
    others = draw(st.lists(st.integers(2, 10), max_size=2, unique=True))
    groups = draw(st.lists(st.integers(0, 1), min_size=len(others), max_size=len(others)))
    together = draw(st.sampled_from((0, 0, 1)))
    first_kept = draw(st.sampled_from(("nothing", *KEPT)))
    nights = draw(st.booleans())
    visitors = draw(st.lists(st.integers(0, 12), min_size=4, max_size=4, unique=True))
    groups = (0, together, *groups)
    return Sorting((0, 1, *others), groups, nights, first_kept, tuple(visitors))


KEPT = ("nothing", "an exclusion", "a seal", "a protected address")


def with_two_more(plan: WorldPlan, kept: tuple[str, str]) -> WorldPlan:
    """The first two records are of two children of whom a worker and a police officer know."""
    numbers = range(plan.children, plan.children + 2)
    first = len(plan.people)
    records = tuple(
        RecordPlan(child=number, holder=(0, kind))
        for number, kind in zip(numbers, (HEALTH, SCHOOL), strict=True)
    )
    known = tuple(
        RecordPlan(child=number, holder=(0, kind))
        for number in numbers
        for kind in (COUNCIL, AgencyKind.POLICE)
    )
    by_child = list(zip(numbers, kept, strict=True))
    return replace(
        plan,
        children=plan.children + 2,
        records=(*records, *known, *plan.records),
        people=(*plan.people, *STEWARDS),
        excluded=(
            *plan.excluded,
            *(TiePlan(child, 2) for child, how in by_child if how == "an exclusion"),
        ),
        seals=(
            *plan.seals,
            *(SealPlan(child, (0, first, first + 1)) for child, how in by_child if how == "a seal"),
        ),
        protections=(
            *plan.protections,
            *((child, When.NOW) for child, how in by_child if how == "a protected address"),
        ),
    )


def compare(plan: WorldPlan, sorting: Sorting, kept: str, *, everybody: bool = False) -> None:
    world = build(with_two_more(plan, (sorting.first_kept, kept)))
    stewards = world.people[-len(STEWARDS) :]
    with acting_as("batch"):
        links = Link.objects.filter(child__in=world.children, recorded_until=None)
        every = list(links.order_by("subject_record").values_list("subject_record", "child"))
    chosen = dict(every[number % len(every)] for number in sorting.records)
    groups = dict(zip(chosen, sorting.groups, strict=False))
    asked = raised(*chosen)
    concerned = sorted(set(chosen.values()), key=str)
    some = sorted({number % len(world.people) for number in sorting.visitors})
    visitors = None if everybody else [world.people[number] for number in some]
    night(sorting)
    before, held = everything(world, asked, concerned, visitors), links_now()
    by = decided(world, stewards, asked, groups)
    night(sorting)
    if by is not None:
        undone(by, asked)
        night(sorting)
    after = everything(world, asked, concerned, visitors)
    assert links_now() == held
    assert [(key, before[key], after[key]) for key in before if before[key] != after[key]] == []


def night(sorting: Sorting) -> None:
    if sorting.nights:
        with acting_as("batch"):
            follow_records(by=TESTER)


def decided(
    world: KnownWorld, stewards: Sequence[Person], asked: int, groups: dict[int, int]
) -> Person | None:
    """Whoever may decide the question does, and another confirms it; nobody, if nobody may."""
    for steward in stewards:
        try:
            with looking(steward) as viewer:
                done = judge(by=viewer, question_id=asked, groups=groups, reason=WHY)
        except JudgingRefused:
            continue
        if done is Outcome.WAITS:
            confirmed(steward, stewards, asked)
        return steward
    return None


def confirmed(steward: Person, stewards: Sequence[Person], asked: int) -> None:
    for second in stewards:
        try:
            with looking(second) as viewer:
                confirm(by=viewer, question_id=asked, decision_id=standing(second, asked))
        except JudgingRefused:
            continue
        assert second != steward
        return


def standing(person: Person, asked: int) -> int:
    with looking(person) as viewer:
        found = question(viewer, asked)
        if found is None or found.standing is None:
            raise JudgingRefused(asked)
        return found.standing.decision_id


def undone(by: Person, asked: int) -> None:
    decision = standing(by, asked)
    with looking(by) as viewer:
        done = lift(by=viewer, question_id=asked, decision_id=decision, reason="It was another.")
        assert done is Outcome.DONE


@pytest.mark.parametrize("kept", KEPT)
@few
@given(worlds(), sortings())
def test_what_is_undone_leaves_nothing_behind(
    database: None, kept: str, plan: WorldPlan, sorting: Sorting
) -> None:
    """`kept` is what keeps people from the second child, whose records go to the first."""
    compare(plan, sorting, kept)


@pytest.mark.full
@pytest.mark.parametrize("kept", KEPT)
@many
@given(worlds(), sortings())
def test_what_is_undone_leaves_nothing_behind_at_length(
    database: None, kept: str, plan: WorldPlan, sorting: Sorting
) -> None:
    compare(plan, sorting, kept, everybody=True)
