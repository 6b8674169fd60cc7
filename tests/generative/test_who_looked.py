"""Who looked against the log itself, over random small worlds; and that what is kept inside of a
release leaves no trace.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings

from keepsight.access.looking import looks_at
from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.chronology.queries import banner, timeline
from keepsight.detection.queries import alerts_of
from keepsight.identity.queries import children_of_agency
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import KnownWorld, PersonPlan, TiePlan, When, WorldPlan
from tests.factories.log import entries
from tests.factories.looking import just_signed_in, lead_of, look_at
from tests.factories.roles import acting_as, looking
from tests.factories.world import make_child, make_person, make_world
from tests.generative.test_visibility import worlds
from tests.integration.test_releasing import addresses, decide, key

COUNCIL, POLICE = AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE
LEADS = (
    PersonPlan((0, COUNCIL), Role.GOVERNANCE_LEAD),
    PersonPlan((0, POLICE), Role.GOVERNANCE_LEAD),
    PersonPlan((1, COUNCIL), Role.GOVERNANCE_LEAD),
)
LOOKS = {
    "banner": lambda viewer, child: banner(viewer, child),
    "timeline": lambda viewer, child: timeline(viewer, child, date(2026, 2, 1)),
    "alerts": lambda viewer, child: alerts_of(viewer, child),
    "list": lambda viewer, child: children_of_agency(viewer),
}
Looks = list[tuple[int, int, str]]
Kept = list[tuple[int, int, When]]
looks_differ = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 2), st.sampled_from(sorted(LOOKS))), max_size=8
)
kept_differ = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(When)),
    max_size=2,
    unique_by=lambda each: each[:2],
)
few = settings(max_examples=15, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=150)


def compare(plan: WorldPlan, looks: Looks, kept: Kept) -> None:
    """Each lead reads exactly the entries that the log holds of their own people."""
    leads = len(plan.people)
    apart = [TiePlan(child % plan.children, leads + lead, when) for lead, child, when in kept]
    unique = {(tie.child, tie.person): tie for tie in (*plan.excluded, *apart)}
    world = build(replace(plan, people=(*plan.people, *LEADS), excluded=tuple(unique.values())))
    look(world, looks)
    readers = (*world.people[leads:], world.people[0])
    assert list(differences(world, readers)) == []


def look(world: KnownWorld, looks: Looks) -> None:
    for person, child, name in looks:
        with looking(world.people[person % len(world.people)]) as viewer:
            LOOKS[name](viewer, world.children[child % len(world.children)])


def differences(world: KnownWorld, readers: Iterable[Person]) -> Iterator[str]:
    """Where what somebody reads is not what the log holds; none when they agree."""
    for reader in readers:
        for child in (*world.children, uuid.uuid4()):
            log = entries()
            with looking(reader) as viewer:
                shown = [_shown(look) for look in looks_at(viewer, child)]
                given = _given(child)
            if given != {row[0] for row in shown}:
                yield f"{reader.email} is given {given} of {child} by the database"
            if shown != expected(world, reader, child, log):
                yield f"{reader.email} reads {shown} of {child}"


def _given(child: uuid.UUID) -> set[uuid.UUID]:
    """What the database itself gives, whatever the query asks first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_looks(%s)", [child])
        return {row[0] for row in cursor.fetchall()}


def _shown(look: Any) -> tuple[Any, ...]:
    said = (look.entry_id, look.at, look.act.value, look.who, look.person_id, look.role)
    return (*said, look.what, look.where, look.purpose, look.reason, look.known_on)


COLUMNS = ("id", "at", "act", "actor_name", "person_id", "role")
REST = ("what", "where", "purpose", "reason", "known_on")


def expected(
    world: KnownWorld, lead: Person, child: uuid.UUID, log: list[dict[str, Any]]
) -> list[tuple[Any, ...]]:
    """What the log holds, if the lead answers for the child and is not kept from it."""
    now = timezone.now()
    known = any(
        row.table == "identity_link" and row.child == child and row.held.agency == lead.agency_id
        for row in world.rows
    )
    kept = any(span.holds(now) for span in world.excluded.get((lead.pk, child), ()))
    sealed = any(
        seal.span.holds(now) and lead.pk not in seal.people for seal in world.seals.get(child, ())
    )
    if lead.role != Role.GOVERNANCE_LEAD or not known or kept or sealed:
        return []
    ours = [row for row in log if row["child_id"] == child and row["agency_id"] == lead.agency_id]
    ours.sort(key=lambda row: (-row["at"].timestamp(), row["id"]))
    return [tuple(row[name] for name in COLUMNS + REST) for row in ours]


@few
@given(worlds(), looks_differ, kept_differ)
@example(FIXED, [(0, 0, "banner"), (0, 5, "timeline"), (3, 0, "banner")], [])
@example(FIXED, [(0, 0, "banner"), (3, 0, "banner")], [(1, 0, When.NOW)])
def test_the_page_is_the_log(database: None, plan: WorldPlan, looks: Looks, kept: Kept) -> None:
    compare(plan, looks, kept)


@pytest.mark.full
@many
@given(worlds(), looks_differ, kept_differ)
def test_the_page_is_the_log_in_many_worlds(
    database: None, plan: WorldPlan, looks: Looks, kept: Kept
) -> None:
    compare(plan, looks, kept)


FIRST = datetime(2026, 3, 10, 14, 5, tzinfo=LONDON)
WHAT = ("identity", "timeline", "alerts")
entries_differ = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 3),
        st.sampled_from(WHAT),
        st.sampled_from((Act.SEE, Act.LIST, Act.BREAK_GLASS, Act.REFUSE)),
        st.sampled_from(("", "", "endanger", "suspect", "another")),
    ),
    max_size=10,
)


@few
@given(entries_differ)
def test_a_release_is_as_if_what_is_kept_inside_did_not_exist(
    database: None, looks: list[tuple[int, int, str, Act, str]]
) -> None:
    """Two children: at one somebody looked and it is kept inside, at the other nobody did."""
    world = make_world(f"place-{uuid.uuid4()}")
    agency = world.agencies[POLICE]
    others = (Role.DATA_OFFICER, Role.SOCIAL_WORKER)
    with acting_as("batch"):
        people = [world.people[POLICE], *(make_person(agency, role) for role in others)]
    client = just_signed_in(lead_of(agency))
    whole = make_child((agency, PersonDetails(surname="Example")))
    without = make_child((agency, PersonDetails(surname="Example")))
    kept: dict[str, str] = {}
    for person, days, _, _, ground in looks:
        if ground:
            kept[key(people[person], FIRST + timedelta(days=days))] = ground
    for person, days, what, act, _ in looks:
        moment = FIRST + timedelta(days=days)
        look_at(people[person], whole, moment, act=act, what=what)
        if key(people[person], moment) not in kept:
            look_at(people[person], without, moment, act=act, what=what)
    assert decide(client, whole, **kept).status_code == 302
    assert decide(client, without).status_code == 302
    pairs = zip(addresses(client, whole), addresses(client, without), strict=True)
    for one, other in pairs:
        first, second = client.get(one), client.get(other)
        assert first.status_code == second.status_code == 200
        assert first.content == second.content
        assert dict(first.headers) == dict(second.headers)
