"""The test of access can fail: with any one conjunct of a policy weakened, it does."""

from collections.abc import Callable
from importlib import import_module

import pytest

from keepsight.agencies.models import Person
from keepsight.engines.embedded import ServerAddress
from keepsight.kernel.vocabulary.categories import Category
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import KnownWorld
from tests.factories.sights import disagreements, rows_without
from tests.factories.weakening import DATABASE, Function, Policy, Table, weakened
from tests.integration.test_lockout import (
    closed,
    deactivated_but_not_ended,
    expired,
    left_unused,
    suspended_and_restored,
)

pytestmark = pytest.mark.access

DEFINITIONS = """
SELECT proname, pg_get_functiondef(oid) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'access%'"""
KINDS = import_module("keepsight.access.migrations.0008_safety_kinds")
MANY = import_module("keepsight.identity.migrations.0004_led").MANY


SUBJECTS = {
    "identity_subjectrecord": "id",
    "identity_link": "subject_record_id",
    "chronology_event": "subject_record_id",
    "chronology_eventcontent": "subject_record_id",
    "chronology_eventplace": "subject_record_id",
    "chronology_mention": "subject_record_id",
}
SEALED = "((tier)::text <> 'sealed'::text)"
CLOSELY = "(((tier)::text <> 'ordinary'::text))::integer"


def _of_a_subject(table: str, subject: str) -> tuple[Policy, ...]:
    """Each conjunct of the policies of a table of subject records, left out."""
    return (
        Policy(table, "own", "agency_id = ( SELECT", "0 < ( SELECT"),
        Policy(table, "own", SEALED, "true"),
        Policy(table, "granted", SEALED, "true"),
        Policy(table, "granted", CLOSELY, "0"),
        Policy(table, "granted", f"({subject} * 64)", f"({subject} * 64 + 64)"),
        Policy(table, "listed", " IN ", " NOT IN "),
        Policy(table, "hidden", "ELSE (NOT", "ELSE ("),
        Policy(table, "hidden", "THEN access_shows", "THEN true OR access_shows"),
    )


TABLES = (
    *(each for table, subject in SUBJECTS.items() for each in _of_a_subject(table, subject)),
    Policy("chronology_event", "granted", "access_keys(2)", "access_keys(1)"),
    Policy("chronology_event", "granted", "access_keys(2)", "access_keys(3)"),
    Policy("chronology_eventcontent", "granted", "access_keys(3)", "access_keys(2)"),
    Policy("chronology_eventplace", "granted", "access_keys(4)", "access_keys(3)"),
    Policy("chronology_eventplace", "listed", "access_listed(4)", "access_listed(3)"),
    Policy("chronology_mention", "granted", "access_keys(4)", "access_keys(3)"),
    Policy("chronology_mention", "listed", "access_listed(4)", "access_listed(3)"),
    Policy("chronology_event", "granted", "(category * 2)", "2"),
    Policy("chronology_eventcontent", "granted", "(category * 2)", "2"),
    Policy("chronology_attendanceweek", "own", "agency_id =", "agency_id >="),
    Policy("chronology_attendanceweek", "granted", "(2 * 2)", "2"),
    Policy("chronology_attendanceweek", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("detection_alert", "granted", "child_id IN", "child_id NOT IN"),
    Policy("detection_alert", "listed", "child_id IN", "child_id NOT IN"),
    Policy("detection_alert", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("detection_alertevidence", "granted", "child_id IN", "child_id NOT IN"),
    Policy("detection_alertmet", "granted", "child_id IN", "child_id NOT IN"),
    Policy("detection_alertmet", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("detection_alertdecision", "granted", "child_id IN", "child_id NOT IN"),
    Policy("detection_alertdecision", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("detection_alertevidence", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("casework_obligation", "granted", "child_id IN", "child_id NOT IN"),
    Policy("casework_obligation", "own", "agency_id =", "agency_id >="),
    Policy("casework_obligation", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("access_subjectplace", "own", "agency_id =", "agency_id >="),
    Policy("access_subjectplace", "own", SEALED, "true"),
    Policy("casework_obligation", "hidden", "THEN access_shows", "THEN true OR access_shows"),
    Policy("access_subjectplace", "hidden", "ELSE (NOT", "ELSE ("),
    Policy("access_tie", "mine", "= ANY", "<> ALL"),
    Policy("access_seal", "governed", "( SELECT access_governed() AS access_governed)", "0"),
    Policy("access_sealname", "governed", "( SELECT access_governed() AS access_governed)", "0"),
    Policy("access_protection", "governed", "( SELECT access_governed() AS access_governed)",
           "agency_id"),
    Policy("access_exclusion", "governed", "( SELECT access_governed() AS access_governed)",
           "agency_id"),
    Policy("intake_quarantinedrow", "own", "agency_id =", "agency_id >="),
    Table("ALTER TABLE chronology_event DISABLE ROW LEVEL SECURITY",
          "ALTER TABLE chronology_event ENABLE ROW LEVEL SECURITY"),
    Table("ALTER VIEW chronology_inforce SET (security_invoker = false)",
          "ALTER VIEW chronology_inforce SET (security_invoker = true)"),
)  # fmt: skip


def lasts(name: str) -> str:
    """That a dated row has not ended."""
    return f"{name}.until IS NULL OR {name}.until > statement_timestamp()"


FUNCTIONS = (
    Function("access_viewer", "coalesce(p.area_id, a.area_id)", "a.area_id + 1"),
    Function("access_agency", "'data_officer'", "'data_officer', 'partnership_lead'"),
    Function("access_hidden_children", "v.person_id = x.person_id", "false"),
    Function("access_hidden_children", lasts("x"), "true"),
    Function("access_hidden_children", "x.since <=", "x.since >"),
    Function("access_hidden_children", lasts("l"), "true"),
    Function("access_hidden_children", "n.person_id = v.person_id", "true"),
    Function("access_hidden_children", "n.seal_id = l.id", "true"),
    Function("access_listed_children", lasts("l"), "true"),
    Function("access_listed_children", "AND access_shows_child", "AND NOT access_shows_child"),
    Function("access_listed_children", "n.person_id = v.person_id", "false"),
    Function("access_shows_child", "x.person_id = (SELECT access_person())", "false"),
    Function("access_shows_child", lasts("x"), "true"),
    Function("access_shows_child", "x.since <=", "x.since >"),
    Function("access_shows_child", lasts("l"), "true"),
    Function("access_shows_child", "n.person_id = (SELECT access_person())", "true"),
    Function("access_shows_child", "n.seal_id = l.id", "true"),
    Function("access_shows_subject", "access_shows_child(p.child_id)", "true"),
    Function("access_ties_of", "v.agency_id = t.agency_id", "true"),
    Function("access_ties_of", "t.person_id = v.person_id", "true"),
    Function("access_ties_of", "t.team_id = v.team_id", "true"),
    Function("access_ties_of", "(SELECT access_reach()) = 'council'", "true"),
    Function("access_ties_of", "t.since <= statement_timestamp()", "true"),
    Function("access_ties_of", lasts("t"), "true"),
    Function("access_ties_of", "v.role IN ('social_worker', 'team_manager')", "true"),
    Function("access_ties_of", "v.role IN ('practitioner', 'social_worker', 'team_manager')",
             "true", last=True),
    Function("access_ties_of", "v.role = 'inspector'", "false"),
    Function("access_ties_of", "t.relation = 'break_glass' AND v.role IN", "v.role NOT IN"),
    Function("access_ties_of", "t.child_id NOT IN", "t.child_id IN"),
    Function("access_ties_of", "ELSE access_shows_child(t.child_id)", "ELSE true"),
    Function("access_ties_of", "b.child_id = ANY(children)", "true"),
    Function("access_keys_of", "m.serves = t.serves", "true"),
    Function("access_keys_of", "m.sight >= least(asked, 3)", "true"),
    Function("access_keys_of", lasts("giver"), "true"),
    Function("access_keys_of", lasts("receiver"), "true"),
    Function("access_keys_of", "giver.agency_id = p.agency_id AND", ""),
    Function("access_keys_of", "m.giver_kind = giver.kind", "true"),
    Function("access_keys_of", "m.receiver_kind = receiver.kind", "true"),
    Function("access_keys_of", "AND m.purpose =", "AND m.purpose IS NOT NULL OR m.purpose ="),
    Function("access_keys_of", "(close.close = 0 OR m.category IN", "(true OR m.category IN"),
    Function("access_keys_of", f", {Category.POLICING.number},", ","),
    Function("access_keys_of", f"({Category.POLICING.number})", "(1)"),
    Function("access_keys_of", "t.serves = 'inspection'", "t.serves = 'lead'"),
    Function("access_keys_of", "(t.serves = 'break_glass' AND close.close = 0)",
             "t.serves = 'break_glass'"),
    Function("access_keys_of", "p.agency_id = v.agency_id OR NOT", "p.agency_id = v.agency_id OR"),
    Function("access_children", "serves IN ('break_glass', 'inspection', 'lead')", "true"),
    Function("access_led_children", "serves = 'lead'", "true"),
    Function("access_known", "NOT hidden AND", ""),
    Function("access_known", "p.child_id = asked", "true"),
    Function("access_known", "AND p.agency_id = viewer.agency_id", ""),
    Function("access_known", "p.tier <> 'sealed'", "true"),
    Function("access_involved", "AND ours.involved", ""),
    Function("access_involved", "AND theirs.involved", ""),
    Function("access_involved", "theirs.tier = 'ordinary'", "true"),
    Function("access_involved", "ours.agency_id = v.agency_id", "true"),
    Function("access_involved", "m.serves = 'involved'", "true"),
    Function("access_involved", "v.role IN", "v.role IS NOT NULL OR v.role IN"),
    Function("access_involved", "AND access_shows_child(asked)", ""),
    Function("identity_led", "IN (SELECT key FROM given)", "IS NOT NULL"),
    Function("identity_led", "OR s.id = ANY", "OR s.id <> ALL"),
    Function("identity_led", "t.serves IN", "t.serves NOT IN"),
    Function("access_withheld", "access_known(asked) AND", ""),
    Function("access_withheld", "w.withheld", "false"),
    Function("access_withheld", lasts("h"), "true"),
    Function("access_named_ties", "n.person_id = (SELECT access_person())", "false"),
    Function("access_named_ties", "mine.person_id = (SELECT access_person())", "true"),
    Function("access_named_ties", "mine.id = t.tie_id", "mine.id <> t.tie_id"),
    Function("casework_withheld", "w.withheld", "false"),
    Function("casework_withheld", lasts("h"), "true"),
    Function("casework_withheld", "access_shows_child(kept.child_id)", "true"),
    Function("casework_withheld", "access_known(kept.child_id) OR", "false OR"),
    Function("casework_withheld", "access_known(kept.child_id) OR", "true OR"),
    Function("casework_withheld", "o.child_id = kept.child_id", "true"),
    Function("casework_withheld", "o.agency_id = (SELECT access_agency())", "true"),
)  # fmt: skip
WEAKENED = (*TABLES, *FUNCTIONS)

LETS_IN = (
    (Function("access_viewer", "s.closed IS NULL", "true"), closed),
    (Function("access_viewer", "s.expires > now()", "true"), expired),
    (Function("access_viewer", "s.seen + s.idle > now()", "true"), left_unused),
    (Function("access_viewer", "p.is_active", "true"), deactivated_but_not_ended),
)
NOTHING_ENDS = Table(
    "ALTER TABLE agencies_person DISABLE TRIGGER access_end_sessions",
    "ALTER TABLE agencies_person ENABLE TRIGGER access_end_sessions",
)


@pytest.fixture(scope="module")
def world(lasting_database: None) -> KnownWorld:
    """One world for all weakenings: none of them changes it."""
    return build(FIXED)


EVERY_RUN = 4
"""One weakening in so many is tried in every run, and all of them with --full: each takes as long
as looking at a whole world.
"""
TRIED = [
    pytest.param(change, id=str(change), marks=[] if place % EVERY_RUN == 0 else pytest.mark.full)
    for place, change in enumerate(WEAKENED)
]


@pytest.mark.parametrize("change", TRIED)
def test_the_comparison_sees_each_weakening(
    world: KnownWorld, server: ServerAddress, change: Policy | Function | Table
) -> None:
    with weakened(server, change):
        assert next(disagreements(world), "")


def test_and_nothing_when_nothing_is_weakened(world: KnownWorld) -> None:
    assert list(disagreements(world)) == []


def test_functions_of_an_older_database_are_made_anew(
    world: KnownWorld, server: ServerAddress
) -> None:
    """Those that hold the list of headings come to know the new ones, and no other goes back."""
    [made_again] = KINDS.Migration.operations
    forgotten = Function("access_keys_of", f", {Category.POLICING.number},", ",")
    with server.connect(DATABASE) as database:
        before = dict(database.execute(DEFINITIONS).fetchall())
        with weakened(server, forgotten):
            assert dict(database.execute(DEFINITIONS).fetchall()) != before
            database.execute(made_again.sql)
            assert dict(database.execute(DEFINITIONS).fetchall()) == before


def test_a_search_among_many_finds_what_one_among_few_does(
    world: KnownWorld, server: ServerAddress
) -> None:
    by_the_names = Function("identity_led", f"> {MANY}", "> 0")
    asked_again = Function("identity_led", "2 * enough", "1")
    for change in (by_the_names, asked_again):
        with weakened(server, change):
            assert list(disagreements(world)) == []


@pytest.mark.parametrize(
    ("change", "way"), LETS_IN, ids=lambda each: getattr(each, "__name__", str(each))
)
def test_the_lockout_sees_each_weakening(
    world: KnownWorld, server: ServerAddress, change: Function, way: Callable[[Person], str]
) -> None:
    person = world.people[0]
    token = way(person)
    with weakened(server, change):
        assert sum(rows_without(token).values()) > 0


def test_the_lockout_sees_that_sessions_do_not_end(database: None, server: ServerAddress) -> None:
    person = build(FIXED).people[0]
    with weakened(server, NOTHING_ENDS):
        token = suspended_and_restored(person)
        assert sum(rows_without(token).values()) > 0
