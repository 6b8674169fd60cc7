"""Who may do what: every role, every permission and every page, in full and nowhere derived.

Columns: P practitioner, S social worker, M team manager, D data officer, L partnership lead,
I inspector, A analyst, G information-governance lead, R records steward. A letter allows, a dot
refuses: a refusal is tested like anything else.
"""

import uuid

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from keepsight.kernel.roles import Permission, Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.web.access import is_public
from tests.factories.browsing import signed_in
from tests.factories.roles import acting_as
from tests.factories.world import make_person, make_world

COLUMNS = {
    "P": (Role.PRACTITIONER, AgencyKind.POLICE),
    "S": (Role.SOCIAL_WORKER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    "M": (Role.TEAM_MANAGER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    "D": (Role.DATA_OFFICER, AgencyKind.SCHOOL),
    "L": (Role.PARTNERSHIP_LEAD, AgencyKind.PARTNERSHIP),
    "I": (Role.INSPECTOR, AgencyKind.INSPECTORATE),
    "A": (Role.ANALYST, AgencyKind.PARTNERSHIP),
    "G": (Role.GOVERNANCE_LEAD, AgencyKind.CHILDRENS_SOCIAL_CARE),
    "R": (Role.RECORDS_STEWARD, AgencyKind.CHILDRENS_SOCIAL_CARE),
}

PERMISSIONS = """
PSM..I...  READ_CHILD
PSM......  FIND_CHILD
PSM..I...  READ_WORKLIST
.SM......  DECIDE_ALERT
..M......  AGREE_TO_WATCH
....L....  SET_ALERTS
.SM......  RECORD_CASEWORK
..M......  ALLOCATE
PSM......  BREAK_GLASS
PSMD.....  DECLARE_INTEREST
...D.....  READ_FEEDS
...D.....  SEND_FILES
...DL....  READ_GOVERNANCE
.SM.LIA..  READ_AREA
....L....  WRITE_PLAN
......A..  READ_PSEUDONYMS
.......G.  REVIEW_LOOKING
.......G.  RELEASE_LOOKING
.......G.  KEEP_APART
........R  REVIEW_LINKS
...D.....  ANSWER_LINKS
.......G.  SEVER
.......G.  KEEP_PEOPLE
"""

READING = """
PSMDLIAGR  worklist
PSMDLIAGR  your-role
PSMDLIAGR  confirm
PSMDLIAGR  second-factors
PSMDLIAGR  new-app
PSMDLIAGR  app-picture
PSMDLIAGR  new-passkey
PSMDLIAGR  recovery-codes
PSMDLIAGR  new-recovery-codes
PSMDLIAGR  remove-factor
PSM......  children
PSM..I...  child
PSM..I...  named
.SM......  decide-alert
.SM......  agree-decision
.SM......  record-interview
.SM......  record-interview-offer
.SM......  record-referral-decision
..M......  record-allocation
..M......  record-invitation
PSMD.....  declare-interest
PSM......  break-glass
...D.....  feeds
...D.....  new-mapping
...D.....  map-columns
...D.....  deliveries
...D.....  send-file
...D.....  delivery
...D.....  put-right
...D.....  quarantined-rows-csv
...DL....  governed-feeds
...DL....  governed-feed
.SM.LIA..  own-area
.SM.LIA..  area
....L....  set-alerts
....L....  write-plan
....L....  add-action
....L....  publish-plan
....L....  complete-action
......A..  analysis
.......G.  kept-apart
.......G.  keep-person-apart
.......G.  seal-child
.......G.  protect-address
.......G.  end-apart
........R  links
........R  link-question
........R  lift-decision
...D.....  asked-records
...D.....  answer-record
.......G.  choose-identity
.......G.  sever-identity
.......G.  people
.......G.  suspend-person
.......G.  restore-person
.......G.  looking
.......G.  review-glass
.......G.  review-sign
.......G.  who-looked
.......G.  release-looks
.......G.  released-looks
.......G.  released-looks-csv
"""
"""Which pages each may open; what they then see in it is for `kernel.visibility`."""

SIGN_IN = frozenset(
    {"confirm", "second-factors", "new-app", "app-picture", "new-passkey", "recovery-codes"}
    | {"new-recovery-codes", "remove-factor"}
)
"""Where those who only read may send a form: it is about their own way in."""

READS_ONLY = "IA"
IDS = ("child_id", "alert_id", "kept_id", "glass_id", "sign_id", "release_id")
SOME = {name: uuid.UUID(int=number) for number, name in enumerate(IDS, start=1)}


def rows(table: str) -> dict[str, str]:
    """By name, the letters of those who are allowed."""
    lines = [line.split() for line in table.strip().splitlines()]
    assert all(
        mark in (letter, ".")
        for marks, _ in lines
        for mark, letter in zip(marks, COLUMNS, strict=True)
    )
    return {name: marks.replace(".", "") for marks, name in lines}


def addresses() -> dict[str, str]:
    """Every page that is not for anybody, with something in the place of each id."""
    found = {}
    for pattern in get_resolver().url_patterns[0].url_patterns:
        if not is_public(pattern.callback):
            names = pattern.pattern.converters
            values = {name: SOME.get(name, "person" if name == "kind" else 1) for name in names}
            found[pattern.name] = reverse(pattern.name, kwargs=values)
    return found


@pytest.fixture(scope="module")
def browsers(lasting_database: None) -> dict[str, Client]:
    """One signed-in person in each part, who has just shown who they are."""
    world = make_world()
    with acting_as("batch"):
        held = {person.role: person for person in world.people.values()}
        people = {
            letter: held.get(role.value) or make_person(world.agencies[kind], role)
            for letter, (role, kind) in COLUMNS.items()
        }
    return {letter: signed_in(person) for letter, person in people.items()}


def test_the_tables_leave_nothing_out() -> None:
    assert {role for role, _ in COLUMNS.values()} == set(Role)
    assert set(rows(PERMISSIONS)) == {each.name for each in Permission}
    assert set(rows(READING)) == set(addresses())


@pytest.mark.parametrize("permission", Permission, ids=lambda each: each.name)
def test_each_permission_is_for_these_and_no_other(permission: Permission) -> None:
    may = rows(PERMISSIONS)[permission.name]
    for letter, (role, _) in COLUMNS.items():
        assert role.may(permission) == (letter in may), role


@pytest.mark.parametrize("name", sorted(rows(READING)))
def test_each_page_opens_for_these_and_no_other(name: str, browsers: dict[str, Client]) -> None:
    """Somebody who may open it can still be told that there is no such child."""
    may = rows(READING)[name]
    for letter, browser in browsers.items():
        answer = browser.get(addresses()[name])
        assert (answer.status_code == 403) == (letter not in may), letter
        assert answer.status_code in (200, 302, 403, 404, 405), letter


@pytest.mark.parametrize("name", sorted(rows(READING)))
def test_each_form_is_taken_from_these_and_no_other(name: str, browsers: dict[str, Client]) -> None:
    may = rows(READING)[name]
    for letter, browser in browsers.items():
        allowed = letter in may and (letter not in READS_ONLY or name in SIGN_IN)
        answer = browser.post(addresses()[name])
        assert (answer.status_code == 403) == (not allowed), letter


def test_whoever_is_not_signed_in_opens_none_of_them(browsers: dict[str, Client]) -> None:
    nobody = Client(headers={"host": "localhost"})
    for name, address in addresses().items():
        answer = nobody.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/"), name
