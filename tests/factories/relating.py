"""Who is tied to whom in a planned world, and who is kept apart: the second half of building."""

import itertools

from django.db import connection

from keepsight.access.actions import (
    end_agreement,
    keep_apart,
    protect_address,
    seal_child,
    set_area,
    sign_agreement,
    tie_child,
)
from keepsight.access.models import AreaSetting, Exclusion, Protection
from keepsight.access.models import Seal as SealRow
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.chronology.actions.scopes import refresh_scopes
from keepsight.kernel.looking import Relation, Seal, Term, Tie
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.known_world import AgreementPlan, KnownWorld, TiePlan, When, WorldPlan

COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
_numbers = itertools.count(1)


def relate(
    *,
    by: Actor,
    world: KnownWorld,
    plan: WorldPlan,
    doors: tuple[tuple[int, int], ...],
    persons: bool = False,
) -> None:
    """Settle what the night settles; with `persons`, then what people do."""
    if persons:
        for agreement in plan.agreements:
            _agree(by, world, next(_numbers), agreement)
        for area, rules in plan.settings:
            set_area(by=by, area_id=world.areas[area].pk, rules=rules, because="test")
            settings = AreaSetting.objects.filter(area_id=world.areas[area].pk)
            settings.update(since=When.NOW.span().since)
            world.settings[world.areas[area].pk] = rules
        for relation, ties in (
            (Relation.ALLOCATED, plan.allocated),
            (Relation.TEAM, plan.teams),
            (Relation.CONFERENCE, plan.conferences),
            (Relation.INSPECTION, plan.inspections),
            (Relation.BREAK_GLASS, plan.broken_glass),
        ):
            for tie in ties:
                _tie(by, world, relation, tie)
    _settle(by, world, doors)
    if persons:
        _apart(by=by, world=world, plan=plan)


def _agree(by: Actor, world: KnownWorld, number: int, plan: AgreementPlan) -> None:
    parties: list[Agency] = [
        agency
        for place, agency in world.agencies.items()
        if not plan.parties or place in plan.parties
    ]
    span = plan.when.span()
    sign_agreement(
        by=by,
        agreement_id=number,
        parties=parties,
        clauses=plan.clauses,
        since=span.since,
        until=span.until,
    )
    over = When.OVER.span()
    left = {world.agencies[place].pk for place in plan.left}
    for agency in left:
        end_agreement(by=by, agreement_id=number, agency_id=agency)
    for clause in plan.clauses:
        for giver in parties:
            for receiver in parties:
                if giver.kind in clause.givers and receiver.kind in clause.receivers:
                    world.terms += [
                        Term(
                            giver=giver.pk,
                            receiver=receiver.pk,
                            serves=clause.serves,
                            category=category,
                            sight=clause.sight,
                            purpose=clause.purpose,
                            span=over if {giver.pk, receiver.pk} & left else span,
                        )
                        for category in clause.categories
                    ]


def _tie(by: Actor, world: KnownWorld, relation: Relation, plan: TiePlan) -> None:
    person, child, span = world.people[plan.person], world.children[plan.child], plan.when.span()
    team = relation is Relation.TEAM
    whom = {"team_id": person.team_id} if team else {"person_id": person.pk}
    tie_child(
        by=by,
        child_id=child,
        agency_id=person.agency_id,
        relation=relation,
        because="test",
        since=span.since,
        until=span.until,
        **whom,
    )
    tie = Tie(
        relation=relation,
        agency=person.agency_id,
        span=span,
        team=person.team_id if team else None,
        person=None if team else person.pk,
    )
    world.ties[child].append(tie)


def _settle(by: Actor, world: KnownWorld, doors: tuple[tuple[int, int], ...]) -> None:
    """As at night: front doors open, and a case that is allocated is no longer everybody's."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS at_the_door")
        cursor.execute(
            "CREATE TEMPORARY TABLE at_the_door (child_id uuid, agency_id bigint, because text)"
            " ON COMMIT DROP"
        )
        for child, area in set(doors):
            council, team = world.agencies[area, COUNCIL], world.teams[(area, COUNCIL), 0]
            row = [world.children[child], council.pk]
            cursor.execute("INSERT INTO at_the_door VALUES (%s, %s, 'test')", row)
            tie = Tie(
                relation=Relation.FRONT_DOOR, agency=council.pk, team=team.pk, span=When.NOW.span()
            )
            world.ties[world.children[child]].append(tie)
    refresh_scopes(by=by, front_door="at_the_door")
    for child, ties in world.ties.items():
        world.ties[child] = _after_the_night(ties)


def _after_the_night(ties: list[Tie]) -> list[Tie]:
    """What the night makes of ties that people made: see `chronology.actions.scopes`."""
    people = {Relation.ALLOCATED, Relation.TEAM}
    with_case = {tie.agency for tie in ties if tie.relation is Relation.CASE}
    open_ended = {t.agency for t in ties if t.relation in people and t.span.until is None}
    return [
        tie
        for tie in ties
        if not (tie.relation is Relation.CASE and tie.agency in open_ended)
        and not (tie.relation in people and tie.span.until is None and tie.agency not in with_case)
    ]


@action
def _apart(*, by: Actor, world: KnownWorld, plan: WorldPlan) -> None:
    for each in plan.excluded:
        person, child, span = (
            world.people[each.person],
            world.children[each.child],
            each.when.span(),
        )
        keep_apart(by=by, person_id=person.pk, child_id=child, ground="family", because="test")
        latest = Exclusion.objects.filter(person_id=person.pk, child_id=child).order_by("-since")[0]
        Exclusion.objects.filter(pk=latest.pk).update(since=span.since, until=span.until)
        world.excluded[person.pk, child].append(span)
    for seal in plan.seals:
        child, span = world.children[seal.child], seal.when.span()
        people = [world.people[number].pk for number in seal.people]
        seal_child(by=by, child_id=child, agency_id=0, people=people, because="test")
        row = SealRow.objects.filter(child_id=child).order_by("-since")[0]
        SealRow.objects.filter(pk=row.pk).update(since=span.since, until=span.until)
        world.seals[child].append(Seal(span=span, people=frozenset(people)))
    for number, when in plan.protections:
        child, span = world.children[number], when.span()
        protect_address(by=by, child_id=child, agency_id=0, because="test", safe_way="test")
        row = Protection.objects.filter(child_id=child).order_by("-since")[0]
        Protection.objects.filter(pk=row.pk).update(since=span.since, until=span.until)
        world.protected[child].append(span)
