"""An information-governance lead keeps apart, seals, protects and suspends, and sees no child."""

import re
import uuid
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import HttpResponse
from django.test import Client

from keepsight.access.actions import keep_apart
from keepsight.access.models import Exclusion
from keepsight.agencies.models import Agency, Person
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.browsing import signed_in
from tests.factories.roles import acting_as, looking
from tests.factories.signing_in import in_database
from tests.factories.world import TESTER, World, make_child, make_person, make_world

POLICE, SCHOOL = AgencyKind.POLICE, AgencyKind.SCHOOL
ADA = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
NOBODY = uuid.UUID(int=1)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@dataclass
class Scene:
    """A police force with its lead and an officer, and a child whom it knows."""

    world: World
    lead: Person
    officer: Person
    child: uuid.UUID
    number: str

    @property
    def police(self) -> Agency:
        return self.world.agencies[POLICE]


@pytest.fixture
def scene(database: None) -> Scene:
    world = make_world()
    police = world.agencies[POLICE]
    with acting_as("batch"):
        lead = make_person(police, Role.GOVERNANCE_LEAD)
    child = make_child((police, ADA), (world.agencies[SCHOOL], ADA))
    return Scene(world, lead, world.people[POLICE], child, f"{child}-0")


def words(answer: HttpResponse) -> str:
    return TOKEN.sub("", answer.content.decode())


def exclude(client: Client, scene: Scene, child: object, **said: object) -> HttpResponse:
    form = {"child": child, "person": scene.officer.pk, "ground": "family", "because": "A cousin."}
    return client.post("/apart/people/new/", form | said)


def end_link(client: Client) -> str:
    found = re.search(r'href="(/apart/\w+/[\w-]+/end/)"', client.get("/apart/").content.decode())
    assert found
    return found[1]


def written(server: ServerAddress, what: str) -> list[tuple[object, ...]]:
    query = "SELECT person_id, child_id, reason FROM audit_auditentry WHERE what = %s"
    return in_database(server, query, [what])


@pytest.mark.parametrize("by", ["reference", "number"])
def test_a_person_is_kept_apart_and_later_let_back(
    scene: Scene, server: ServerAddress, by: str
) -> None:
    lead, officer = signed_in(scene.lead), signed_in(scene.officer)
    page = f"/children/{scene.child}/"
    assert officer.get(page).status_code == 200
    named = scene.child if by == "reference" else scene.number
    assert exclude(lead, scene, named).status_code == 302
    hidden, none = officer.get(page), officer.get(f"/children/{NOBODY}/")
    assert hidden.status_code == none.status_code == 404
    assert words(hidden) == words(none)
    listed = words(lead.get("/apart/"))
    assert "A cousin." in listed
    assert str(scene.child) in listed
    assert "Ada" not in listed
    assert lead.post(end_link(lead), {"because": " "}).status_code == 200
    assert officer.get(page).status_code == 404
    assert lead.post(end_link(lead), {"because": "It was a namesake."}).status_code == 302
    assert officer.get(page).status_code == 200
    assert "Nobody is kept from a record." in words(lead.get("/apart/"))
    assert written(server, "kept apart") == [(scene.lead.pk, scene.child, "A cousin.")]
    assert written(server, "no longer kept apart") == [
        (scene.lead.pk, scene.child, "It was a namesake.")
    ]


def test_hidden_absent_and_another_agencys_child_are_answered_alike(
    scene: Scene, server: ServerAddress
) -> None:
    elsewhere = make_child((scene.world.agencies[SCHOOL], ADA))
    sealed = make_child((scene.police, ADA))
    lead = signed_in(scene.lead)
    seal = {"child": sealed, "people": [scene.officer.pk], "because": "A court said so."}
    assert lead.post("/apart/seals/new/", seal).status_code == 302
    asked = (NOBODY, elsewhere, sealed, f"{sealed}-0", f"{elsewhere}-0", "no such number")
    answers = {words(exclude(lead, scene, each)).replace(str(each), "") for each in asked}
    assert len(answers) == 1
    assert "Your agency has no record of a child" in answers.pop()
    assert len(written(server, "named a child")) == len(asked)


def test_a_sealed_record_is_for_those_named_until_the_seal_ends(scene: Scene) -> None:
    lead, officer = signed_in(scene.lead), signed_in(scene.officer)
    school = signed_in(scene.world.people[SCHOOL])
    page = f"/children/{scene.child}/"
    form = {"child": scene.child, "because": "An adoption.", "people": [scene.officer.pk]}
    assert "Name at least one" in words(lead.post("/apart/seals/new/", form | {"people": []}))
    assert lead.post("/apart/seals/new/", form).status_code == 302
    assert officer.get(page).status_code == 200
    assert school.get(page).status_code == 404
    assert scene.officer.name in words(lead.get("/apart/"))
    assert lead.post(end_link(lead), {"because": "The order was set aside."}).status_code == 302
    assert school.get(page).status_code == 200


def test_a_protected_address_says_how_the_family_is_reached(scene: Scene) -> None:
    lead, school = signed_in(scene.lead), signed_in(scene.world.people[SCHOOL])
    form = {"child": scene.number, "because": "A refuge.", "safe_way": "Ring the grandmother."}
    assert lead.post("/apart/addresses/new/", form).status_code == 302
    assert "Ring the grandmother." in words(school.get(f"/children/{scene.child}/"))
    assert lead.post(end_link(lead), {"because": "They have moved."}).status_code == 302
    assert "Ring the grandmother." not in words(school.get(f"/children/{scene.child}/"))


def test_a_lead_learns_nothing_of_a_child_from_whom_they_are_kept(scene: Scene) -> None:
    lead = signed_in(scene.lead)
    exclude(lead, scene, scene.child)
    own = end_link(lead)
    with acting_as("batch"):
        keep_apart(
            by=TESTER,
            person_id=scene.lead.pk,
            child_id=scene.child,
            ground="family",
            because="A niece.",
        )
    assert str(scene.child) not in words(lead.get("/apart/"))
    assert "This has ended already" in words(lead.post(own, {"because": "Let me see."}))
    assert "Your agency has no record" in words(exclude(lead, scene, scene.child))


def test_another_agencys_lead_sees_and_ends_nothing(scene: Scene) -> None:
    exclude(signed_in(scene.lead), scene, scene.child)
    link = end_link(signed_in(scene.lead))
    with acting_as("batch"):
        lead = make_person(scene.world.agencies[SCHOOL], Role.GOVERNANCE_LEAD)
    other = signed_in(lead)
    assert str(scene.child) not in words(other.get("/apart/"))
    refused = words(other.post(link, {"because": "I say so."}))
    assert "This has ended already, or is not your agency’s to end." in refused
    assert signed_in(scene.officer).get(f"/children/{scene.child}/").status_code == 404


@action
def insert(*, by: Actor, agency: int, person: int, child: uuid.UUID) -> None:
    """What a page that has been broken into would try."""
    Exclusion.objects.create(
        person_id=person,
        agency_id=agency,
        child_id=child,
        ground="suspect",
        because="x",
        since="2026-01-01T00:00Z",
    )


def test_the_database_itself_holds_a_lead_to_their_own_agency(scene: Scene) -> None:
    stranger = scene.world.people[SCHOOL]
    elsewhere = make_child((scene.world.agencies[SCHOOL], ADA))
    tries = (
        (scene.police.pk, stranger.pk, scene.child),
        (stranger.agency_id, stranger.pk, scene.child),
        (scene.police.pk, scene.officer.pk, elsewhere),
    )
    with looking(scene.lead) as viewer:
        for agency, person, child in tries:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                insert(by=viewer.actor, agency=agency, person=person, child=child)
        insert(by=viewer.actor, agency=scene.police.pk, person=scene.officer.pk, child=scene.child)


def test_a_suspended_persons_sessions_end_at_once(scene: Scene, server: ServerAddress) -> None:
    lead, officer = signed_in(scene.lead), signed_in(scene.officer)
    assert officer.get("/children/").status_code == 200
    address = f"/people/{scene.officer.pk}"
    assert "Say why" in words(lead.post(f"{address}/suspend/", {"because": ""}))
    assert lead.post(f"{address}/suspend/", {"because": "Under inquiry."}).status_code == 302
    assert officer.get("/children/").status_code == 302
    page = words(lead.get("/people/"))
    assert "Closed, suspended: Under inquiry." in page
    assert lead.post(f"{address}/suspend/", {"because": "Again."}).status_code == 200
    assert lead.post(f"{address}/restore/").status_code == 302
    assert officer.get("/children/").status_code == 302
    assert signed_in(scene.officer).get("/children/").status_code == 200
    assert [row[2] for row in written(server, f"person {scene.officer.pk} closed")] == [
        "suspended: Under inquiry."
    ]
    assert written(server, f"person {scene.officer.pk} restored")


def test_neither_oneself_nor_anybody_elsewhere_can_be_suspended(scene: Scene) -> None:
    lead = signed_in(scene.lead)
    for person in (scene.lead.pk, scene.world.people[SCHOOL].pk, 999_999):
        for act in ("suspend", "restore"):
            answer = lead.post(f"/people/{person}/{act}/", {"because": "x"})
            assert answer.status_code == 404, (person, act)
    assert str(scene.world.people[SCHOOL].email) not in words(lead.get("/people/"))


@pytest.mark.parametrize("query", ["access_suspend_person(%s, 'x')", "access_restore_person(%s)"])
def test_the_database_itself_lets_only_a_lead_close_or_open(scene: Scene, query: str) -> None:
    def changed(by: Person, whom: Person) -> bool:
        with looking(by), connection.cursor() as cursor:
            cursor.execute(f"SELECT {query}", [whom.pk])
            return bool(cursor.fetchone()[0])

    with looking(scene.lead), connection.cursor() as cursor:
        if "restore" in query:
            cursor.execute("SELECT access_suspend_person(%s, 'x')", [scene.officer.pk])
    assert not changed(scene.lead, scene.lead)
    assert not changed(scene.lead, scene.world.people[SCHOOL])
    assert not changed(scene.world.people[SCHOOL], scene.officer)
    assert changed(scene.lead, scene.officer)


def test_these_pages_ask_again_who_is_there(scene: Scene) -> None:
    lead = signed_in(scene.lead, confirmed=False)
    assert lead.get("/apart/").status_code == 200
    for page in ("/apart/people/new/", "/apart/seals/new/", "/apart/addresses/new/"):
        assert lead.get(page)["Location"].startswith("/confirm/")
    assert exclude(lead, scene, scene.child)["Location"].startswith("/confirm/")
    assert "Nobody is kept from a record." in words(lead.get("/apart/"))
