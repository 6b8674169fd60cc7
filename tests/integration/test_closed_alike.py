"""What keeps people from a child follows the records that linking moves: no link widens access."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from keepsight.access.actions import end_exclusion, keep_apart, protect_address, seal_child
from keepsight.access.models import Exclusion, KeptApart, Protection, Seal, SealName
from keepsight.agencies.models import Person
from keepsight.audit.models import AuditEntry
from keepsight.identity.judging import Outcome
from keepsight.identity.judging import judge as judge_in_words
from keepsight.identity.judging import lift as undo
from keepsight.identity.matching import match_arrived
from keepsight.identity.models import Link
from keepsight.identity.reviewing import question
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.linking import MAYA, children, judge, lift, linked_anew, partition, sent
from tests.factories.reviewing import raised
from tests.factories.roles import acting_as, looking
from tests.factories.world import NOW, TESTER, World, make_person, make_world

pytestmark = pytest.mark.access

COUNCIL, POLICE, SCHOOL, HEALTH = (
    AgencyKind.CHILDRENS_SOCIAL_CARE,
    AgencyKind.POLICE,
    AgencyKind.SCHOOL,
    AgencyKind.HEALTH,
)
NHS, OTHER_NHS = "9000000009", "9000000017"
WHY = "said at the meeting"


@pytest.fixture
def world(database: None) -> World:
    return make_world()


class Two:
    """Two children: one whom the school alone knows, and one whom council and police know."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.officer = make_person(world.agencies[SCHOOL], Role.DATA_OFFICER)
        self.other = make_person(world.agencies[SCHOOL], Role.DATA_OFFICER)
        with acting_as("batch"):
            self.small = sent(world, "small", SCHOOL, **MAYA, nhs_number=NHS)
            self.large = sent(world, "large", COUNCIL, **MAYA, nhs_number=OTHER_NHS)
            self.largest = sent(world, "largest", POLICE, **MAYA, nhs_number=OTHER_NHS)
            linked_anew()
        assert partition_now() == {frozenset({"small"}), frozenset({"large", "largest"})}
        self.child = child_of("small")
        self.joins = child_of("large")

    def night(self, verdict: str | None = None) -> int:
        """What a person says of the two, and a night’s run; the judgement."""
        with acting_as("batch"):
            said = judge(one=self.small, other=self.large, verdict=verdict) if verdict else 0
            linked_anew()
            return said

    def lifted(self, judgement: int) -> None:
        with acting_as("batch"):
            lift(judgement=judgement)
            linked_anew()

    def seen(self, person: Person) -> set[str]:
        """The keys of the school’s own records that a person of it sees."""
        with looking(person):
            links = Link.objects.filter(agency=self.world.agencies[SCHOOL], recorded_until=None)
            return set(links.values_list("subject_record__key", flat=True))


def child_of(key: str) -> uuid.UUID:
    with acting_as("batch"):
        return uuid.UUID(str(children()[key]))


def partition_now() -> set[frozenset[str]]:
    with acting_as("batch"):
        return partition()


def exclude(two: Two, child: uuid.UUID) -> None:
    keep_apart(by=TESTER, person_id=two.officer.pk, child_id=child, ground="family", because=WHY)


def seal(two: Two, child: uuid.UUID) -> None:
    seal_child(
        by=TESTER,
        child_id=child,
        agency_id=two.world.agencies[SCHOOL].pk,
        people=[two.other.pk],
        because=WHY,
    )


def in_force(model: type[KeptApart], child: uuid.UUID) -> int:
    with acting_as("batch"):
        return int(model._default_manager.filter(child_id=child, until=None).count())


CLOSING = {"an exclusion": exclude, "a seal": seal}


@pytest.mark.parametrize("close", CLOSING.values(), ids=CLOSING)
def test_a_machine_link_carries_no_record_out_of_what_closes_it(
    world: World, close: Callable[[Two, uuid.UUID], None]
) -> None:
    two = Two(world)
    assert two.seen(two.officer) == two.seen(two.other) == {"small"}
    with acting_as("batch"):
        close(two, two.child)
    assert two.seen(two.officer) == set()
    said = two.night("same")
    assert child_of("small") == two.joins
    assert two.seen(two.officer) == set()
    assert two.seen(two.other) == {"small"}
    two.lifted(said)
    assert child_of("small") == two.child
    assert two.seen(two.officer) == set()
    assert two.seen(two.other) == {"small"}


@pytest.mark.parametrize("close", CLOSING.values(), ids=CLOSING)
def test_whoever_comes_to_a_closed_child_and_goes_back_is_who_it_was(
    world: World, close: Callable[[Two, uuid.UUID], None]
) -> None:
    two = Two(world)
    with acting_as("batch"):
        close(two, two.joins)
    said = two.night("same")
    assert two.seen(two.officer) == set()
    two.lifted(said)
    assert two.seen(two.officer) == {"small"}


def test_what_was_closed_while_both_were_one_closes_both_afterwards(world: World) -> None:
    two = Two(world)
    said = two.night("same")
    with acting_as("batch"):
        exclude(two, two.joins)
    two.lifted(said)
    assert child_of("small") == two.child
    assert two.seen(two.officer) == set()
    assert in_force(Exclusion, two.joins) == in_force(Exclusion, two.child) == 1


def test_all_that_is_kept_follows_once_with_its_words_and_ends_when_undone(world: World) -> None:
    two = Two(world)
    with acting_as("batch"):
        exclude(two, two.child)
        seal(two, two.child)
        school = two.world.agencies[SCHOOL].pk
        protect_address(
            by=TESTER, child_id=two.child, agency_id=school, because=WHY, safe_way="by the aunt"
        )
    said = two.night("same")
    two.night()
    with acting_as("batch"):
        [exclusion] = Exclusion.objects.filter(child_id=two.joins)
        [sealed] = Seal.objects.filter(child_id=two.joins)
        [protection] = Protection.objects.filter(child_id=two.joins)
        assert exclusion.person_id == two.officer.pk
        assert {name.person_id for name in SealName.objects.filter(seal=sealed)} == {two.other.pk}
        assert (protection.safe_way, protection.because) == ("by the aunt", WHY)
        assert protection.follows == Protection.objects.get(child_id=two.child).pk
        noted = AuditEntry.objects.filter(what__startswith="kept from people", child_id=two.joins)
        assert noted.count() == 3
    two.lifted(said)
    for model in (Exclusion, Seal, Protection):
        assert (in_force(model, two.joins), in_force(model, two.child)) == (0, 1)


def test_what_a_person_ended_is_not_begun_again(world: World) -> None:
    two = Two(world)
    with acting_as("batch"):
        exclude(two, two.child)
    two.night("same")
    with acting_as("batch"):
        [made] = Exclusion.objects.filter(child_id=two.joins)
        end_exclusion(by=TESTER, kept_id=made.pk, because="it was another family")
    two.night()
    assert two.seen(two.officer) == {"small"}


def test_where_it_began_ended_it_ends_everywhere(world: World) -> None:
    two = Two(world)
    with acting_as("batch"):
        exclude(two, two.child)
    two.night("same")
    with acting_as("batch"):
        [put] = Exclusion.objects.filter(child_id=two.child)
        end_exclusion(by=TESTER, kept_id=put.pk, because="it was another family")
    assert two.seen(two.officer) == set()
    two.night()
    assert two.seen(two.officer) == {"small"}


def test_a_record_that_is_matched_by_day_takes_it_along(world: World) -> None:
    with acting_as("batch"):
        sent(world, "known", COUNCIL, **MAYA, nhs_number=NHS)
        subject = sent(world, "alone", SCHOOL, forename="Maya")
        linked_anew()
    officer = make_person(world.agencies[SCHOOL], Role.DATA_OFFICER)
    with acting_as("batch"):
        keep_apart(
            by=TESTER,
            person_id=officer.pk,
            child_id=children()["alone"],
            ground="family",
            because=WHY,
        )
        later = timezone.now()
        sent(world, "alone", SCHOOL, **MAYA, nhs_number=NHS, received=later)
        assert match_arrived(by=TESTER, subject_id=subject)
        assert partition() == {frozenset({"known", "alone"})}
    with looking(officer):
        assert not Link.objects.filter(agency=world.agencies[SCHOOL]).exists()


def seal_alone(world: World, child: uuid.UUID) -> None:
    school = world.agencies[SCHOOL]
    names = [make_person(school, Role.DATA_OFFICER).pk]
    seal_child(by=TESTER, child_id=child, agency_id=school.pk, people=names, because=WHY)


def protect_alone(world: World, child: uuid.UUID) -> None:
    school = world.agencies[SCHOOL]
    protect_address(by=TESTER, child_id=child, agency_id=school.pk, because=WHY)


def exclude_alone(world: World, child: uuid.UUID) -> None:
    officer = make_person(world.agencies[SCHOOL], Role.DATA_OFFICER)
    keep_apart(by=TESTER, person_id=officer.pk, child_id=child, ground="family", because=WHY)


ALONE = {Exclusion: exclude_alone, Seal: seal_alone, Protection: protect_alone}


@pytest.mark.parametrize("kept", [*ALONE, None], ids=str)
def test_of_what_keeps_people_from_some_child_only_its_own_comes_with_a_record(
    world: World, kept: type[KeptApart] | None
) -> None:
    with acting_as("batch"):
        sent(world, "known", COUNCIL, **MAYA, nhs_number=NHS)
        subject = sent(world, "alone", SCHOOL, forename="Maya")
        sent(world, "stranger", HEALTH, forename="Odette")
        linked_anew()
    for model, close in ALONE.items():
        with acting_as("batch"):
            close(world, children()["stranger"])
            if model is kept:
                close(world, children()["alone"])
    with acting_as("batch"):
        sent(world, "alone", SCHOOL, **MAYA, nhs_number=NHS, received=timezone.now())
        assert match_arrived(by=TESTER, subject_id=subject)
        joined = children()["known"]
        assert children()["alone"] == joined
    assert {model: in_force(model, joined) for model in ALONE} == {
        model: int(model is kept) for model in ALONE
    }


def test_it_stands_on_where_a_person_undoes_what_parted_them(world: World) -> None:
    two = Two(world)
    steward = make_person(world.agencies[COUNCIL], Role.RECORDS_STEWARD)
    with acting_as("batch"):
        exclude(two, two.child)
        agreed = NOW + timedelta(days=1)
        sent(world, "small", SCHOOL, **MAYA, nhs_number=OTHER_NHS, received=agreed)
    two.night()
    assert (child_of("small"), two.seen(two.officer)) == (two.joins, set())
    asked = raised(two.small, two.large, two.largest)
    with looking(steward) as viewer:
        groups = {two.small: 0, two.large: 1, two.largest: 1}
        assert judge_in_words(by=viewer, question_id=asked, groups=groups, reason=WHY)
    two.night()
    assert (child_of("small") == two.joins, in_force(Exclusion, two.joins)) == (False, 0)
    assert two.seen(two.officer) == set()
    with looking(steward) as viewer:
        found = question(viewer, asked)
        assert found is not None
        assert found.standing is not None
        decided = found.standing.decision_id
        undone = undo(by=viewer, question_id=asked, decision_id=decided, reason="They are one.")
        assert undone is Outcome.DONE
    assert child_of("small") == two.joins
    assert two.seen(two.officer) == set()
