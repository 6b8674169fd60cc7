"""What PostgreSQL itself says of its tables, functions, views and roles."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from keepsight.engines.embedded import ServerAddress
from keepsight.engines.paths import var
from keepsight.engines.roles import ROLES, read_credentials, role_name

pytestmark = pytest.mark.access

NO_CHILD = {
    "agencies_area": "partnerships",
    "access_areasetting": "an area's own settings of access",
    "access_party": "which agencies signed which agreement",
    "access_term": "what kinds of agency agreed to give to one another",
    "agencies_agency": "organisations and their telephone numbers",
    "agencies_team": "teams of an agency",
    "account_emailaddress": "allauth's, empty",
    "account_emailconfirmation": "allauth's, empty",
    "agencies_person": "those who sign in",
    "agencies_usedcode": "codes that were used to sign in, for half a minute",
    "audit_checkpoint": "signed hashes, published",
    "audit_inbox": "ids of entries and events, and hashes of them with a salt",
    "audit_leaf": "the same, in the order of the log",
    "audit_tile": "hashes of hashes",
    "auth_group": "Django's, empty",
    "auth_group_permissions": "Django's, empty",
    "auth_permission": "Django's own list of models",
    "chronology_feedweek": "weeks for which a feed has brought anything",
    "chronology_purge": "counts of what was erased of a feed",
    "chronology_tombstone": "ids of what was erased",
    "detection_alertsetting": "how many alerts an area can read in a week",
    "detection_settingweighed": "how many alerts the catalogue would have raised",
    "django_content_type": "Django's own list of models",
    "django_migrations": "which migrations have run",
    "django_session": "who is signed in",
    "mfa_authenticator": "second factors of those who sign in, the secrets sealed",
    "socialaccount_socialaccount": "under which id an organisation knows somebody who signs in",
    "socialaccount_socialapp": "allauth's, empty",
    "socialaccount_socialtoken": "allauth's, empty",
    "identity_child": "an id and when it was made: nothing says whose",
    "oversight_actionplan": "an area's plan",
    "oversight_areafigure": "counts for an area",
    "oversight_inspection": "which area is inspected, and when: not which children",
    "oversight_planaction": "what an agency will do",
    "sharing_agreement": "what agencies signed",
}
"""Every table without row-level security, and what it holds instead of a child's data."""

INNER = {
    *("access_compromised", "access_ties_of", "access_keys_of"),
    *("chronology_outside", "chronology_held", "chronology_tend_clocks", "identity_join"),
    *("identity_reviewable", "identity_withholds", "identity_restricted"),
    *("identity_apply", "identity_move", "identity_close_alike", "identity_open_again"),
    "identity_follow_again",
}
"""Functions that only other functions call, because alone they would tell too much."""

AT_NIGHT = {"chronology_purge", "identity_join_arrived"}
"""The one that erases, and the one that matches any record: for the batch role, never for pages."""

TABLES = """
SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
WHERE relkind IN ('r', 'p', 'm') AND relnamespace = 'public'::regnamespace"""

DEFINERS = """
SELECT proname, proconfig, proacl::text, pg_get_userbyid(proowner),
  prorettype = 'trigger'::regtype FROM pg_proc
WHERE prosecdef AND pronamespace = 'public'::regnamespace"""

OPEN_TO_ALL = """
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')"""

VIEWS = """
SELECT relname, coalesce(reloptions @> '{security_invoker=true}', false) FROM pg_class
WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"""

ROLE = """
SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles
WHERE rolname = %s"""

MEMBERS = """
SELECT pg_get_userbyid(member), pg_get_userbyid(roleid) FROM pg_auth_members
WHERE pg_get_userbyid(member) = ANY(%s)"""

MAY = """
SELECT c.relname FROM pg_class c
WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace
  AND has_table_privilege(%s, c.oid, %s) ORDER BY 1"""


@pytest.fixture
def catalogue(database: None, server: ServerAddress) -> Iterator[psycopg.Connection[Any]]:
    credentials = read_credentials(var() / "database")
    assert credentials is not None
    with server.connect(credentials.database) as connection:
        yield connection


def test_every_table_is_forced_or_holds_no_child(catalogue: psycopg.Connection[Any]) -> None:
    tables = {name: (on, forced) for name, on, forced in catalogue.execute(TABLES).fetchall()}
    assert {name for name, state in tables.items() if state != (True, True)} == set(NO_CHILD)


def test_forced_tables_have_no_policy_for_everybody(catalogue: psycopg.Connection[Any]) -> None:
    to_all = "SELECT policyname FROM pg_policies WHERE roles @> '{public}'"
    assert catalogue.execute(to_all).fetchall() == []


def test_definer_functions_are_fixed_and_for_the_pages_only(
    catalogue: psycopg.Connection[Any],
) -> None:
    rows = catalogue.execute(DEFINERS).fetchall()
    assert len(rows) >= 8
    for name, settings, privileges, owner, by_itself in rows:
        assert settings == ["search_path=pg_catalog, public, pg_temp"], name
        assert owner == role_name("owner"), name
        granted = {each.split("=")[0] for each in privileges.strip("{}").split(",")}
        callers = {role_name("batch" if name in AT_NIGHT else "app")}
        callers = set() if by_itself or name in INNER else callers
        assert granted == {role_name("owner")} | callers, name


def test_no_function_is_open_to_everybody(catalogue: psycopg.Connection[Any]) -> None:
    assert catalogue.execute(OPEN_TO_ALL).fetchall() == []


def test_views_read_as_whoever_asks(catalogue: psycopg.Connection[Any]) -> None:
    views = dict(catalogue.execute(VIEWS).fetchall())
    assert views
    assert [name for name, as_invoker in views.items() if not as_invoker] == []


@pytest.mark.parametrize("role", ROLES)
def test_no_role_is_more_than_it_must_be(catalogue: psycopg.Connection[Any], role: str) -> None:
    row = catalogue.execute(ROLE, [role_name(role)]).fetchone()
    assert row == (False, role == "backup", False, False, False)


def test_no_role_can_become_another(catalogue: psycopg.Connection[Any]) -> None:
    names = [role_name(role) for role in ROLES]
    assert catalogue.execute(MEMBERS, [names]).fetchall() == []


@pytest.mark.parametrize(
    ("role", "privilege", "tables"),
    [
        ("app", "DELETE", {"django_session", "mfa_authenticator", "agencies_usedcode"}),
        ("app", "TRUNCATE", set()),
        ("app", "TRIGGER", set()),
        ("batch", "TRUNCATE", set()),
        ("batch", "TRIGGER", set()),
        ("backup", "INSERT", set()),
        ("backup", "UPDATE", set()),
        ("backup", "DELETE", set()),
        ("backup", "TRUNCATE", set()),
    ],
)
def test_who_may_not_do_what(
    catalogue: psycopg.Connection[Any], role: str, privilege: str, tables: set[str]
) -> None:
    rows = catalogue.execute(MAY, [role_name(role), privilege]).fetchall()
    assert {name for (name,) in rows} == tables


def test_no_page_reads_the_log_or_a_token(catalogue: psycopg.Connection[Any]) -> None:
    rows = catalogue.execute(MAY, [role_name("app"), "SELECT"]).fetchall()
    read = {name for (name,) in rows}
    unread = {"audit_auditentry", "audit_inbox", "audit_leaf", "access_accesssession"}
    unread |= {"access_client", "access_clientsession", "chronology_dirtychild"}
    unread |= {"identity_decision", "identity_judgement", "identity_linkask", "identity_tracing"}
    unread |= {
        "identity_linkedpair",
        "identity_formerdetail",
        "identity_namecount",
        "identity_agencycare",
    }
    unread |= {"identity_unmatched"}
    unread |= {"identity_linkquestion", "identity_linkquestionrecord", "identity_severance"}
    assert read.isdisjoint(unread | {"agencies_signintry", "agencies_passwordlink"})


PERSON_COLUMNS = """
SELECT column_name FROM information_schema.column_privileges
WHERE grantee = %s AND table_name = 'agencies_person' AND privilege_type = 'UPDATE'"""


def test_no_page_changes_who_somebody_is(catalogue: psycopg.Connection[Any]) -> None:
    """Neither role nor agency nor password nor whether the account is open."""
    rows = catalogue.execute(PERSON_COLUMNS, [role_name("app")]).fetchall()
    assert {name for (name,) in rows} == {"last_login"}


def test_nobody_may_make_tables_but_the_owner(catalogue: psycopg.Connection[Any]) -> None:
    for role in ROLES:
        may = "SELECT has_schema_privilege(%s, 'public', 'CREATE')"
        assert catalogue.execute(may, [role_name(role)]).fetchone() == (role == "owner",)


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="speaks of the embedded server only")
def test_the_embedded_server_trusts_nobody(catalogue: psycopg.Connection[Any]) -> None:
    rules = catalogue.execute("SELECT type, auth_method, error FROM pg_hba_file_rules").fetchall()
    assert rules
    assert {(kind, method, error) for kind, method, error in rules} == {
        ("local", "scram-sha-256", None)
    }
