"""The session's token, the functions that policies call, and who may reach access's tables."""

from django.db import migrations

from keepsight.access import functions
from keepsight.access.policies import LED_CHILD, SHOWN_CHILD
from keepsight.engines.rls import allow, forbid, force, grant
from keepsight.engines.roles import role_name

PATH = "SET search_path = pg_catalog, public, pg_temp"

OPEN = f"""
CREATE FUNCTION access_open_session(
  hash bytea, person bigint, until timestamptz, unused interval DEFAULT interval '30 minutes')
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH opened AS (
    INSERT INTO access_accesssession (token_hash, person_id, opened, expires, seen, idle)
    SELECT hash, p.id, now(), until, now(), unused FROM agencies_person p
    WHERE p.id = person AND p.is_active
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM opened);
$$;
REVOKE ALL ON FUNCTION access_open_session(bytea, bigint, timestamptz, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_open_session(bytea, bigint, timestamptz, interval)
  TO {role_name("app")};

CREATE FUNCTION access_close_session(hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  UPDATE access_accesssession SET closed = now() WHERE token_hash = hash AND closed IS NULL;
$$;
REVOKE ALL ON FUNCTION access_close_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_close_session(bytea) TO {role_name("app")};
"""

TOUCH = f"""
CREATE FUNCTION access_touch_session(hash bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH live AS (
    SELECT s.token_hash, s.seen FROM access_accesssession s
    JOIN agencies_person p ON p.id = s.person_id AND p.is_active
    WHERE s.token_hash = hash AND {functions.LIVE}),
  touched AS (
    UPDATE access_accesssession s SET seen = now() FROM live
    WHERE s.token_hash = live.token_hash AND live.seen < now() - interval '1 minute'
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM live);
$$;
REVOKE ALL ON FUNCTION access_touch_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_touch_session(bytea) TO {role_name("app")};
"""
"""Once a minute and not at each page, so that one person's requests do not wait for each other."""

END = f"""
CREATE FUNCTION access_end_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
  UPDATE access_accesssession SET closed = now() WHERE person_id = NEW.id AND closed IS NULL;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION access_end_sessions() FROM PUBLIC;
CREATE TRIGGER access_end_sessions AFTER UPDATE ON agencies_person FOR EACH ROW
WHEN ((OLD.is_active AND NOT NEW.is_active) OR OLD.password IS DISTINCT FROM NEW.password)
EXECUTE FUNCTION access_end_sessions();
"""
"""In the database, so that it holds whoever closes an account and by whatever way."""

OWN_PLACE = "agency_id = (SELECT access_agency()) AND tier <> 'sealed'"
MINE = "id = ANY(ARRAY(SELECT tie_id FROM access_ties()))"
MANAGED = (
    "agency_id = (SELECT access_managed()) AND relation IN ('allocated', 'team', 'case')"
    f" AND {LED_CHILD}"
)
INVITED = f"relation = 'conference' AND (SELECT access_managed()) IS NOT NULL AND {LED_CHILD}"
GOVERNED = "agency_id = (SELECT access_governed())"
GOVERNED_OTHER = f"{GOVERNED} AND person_id <> (SELECT access_person())"
GOVERNED_CHILD = f"{GOVERNED} AND access_governs(child_id)"
BY_ONESELF = (
    "person_id = (SELECT access_person()) AND until IS NULL"
    " AND ground IN ('family', 'acquaintance') AND declared_by_id = person_id"
)
WITHOUT_CHILD = (
    "id, person_id, agency_id, reason, opened, until, review_due, reviewed, reviewed_by_id,"
    " outcome, review_reason"
)


def flat(table: str, *policies: str, app: str = "", owner: str = "SELECT") -> str:
    """A table that the owner's functions read and the batch role keeps; others as said."""
    kept = allow(table, "owner", "owner", owner, "true") + allow(
        table, "batch", "batch", "ALL", "true"
    )
    wanted = (
        "SELECT, INSERT, UPDATE, DELETE"
        if table == "access_subjectplace"
        else "SELECT, INSERT, UPDATE"
    )
    return force(table) + kept + "".join(policies) + grant(table, app=app, batch=wanted)


PLACES = flat(
    "access_subjectplace",
    allow("access_subjectplace", "own", "app", "SELECT", OWN_PLACE),
    allow("access_subjectplace", "own_insert", "app", "INSERT", f"{OWN_PLACE} AND {LED_CHILD}"),
    allow("access_subjectplace", "own_update", "app", "UPDATE", OWN_PLACE),
    forbid("access_subjectplace", "hidden", "app", "SELECT", SHOWN_CHILD),
    app="SELECT, INSERT, UPDATE (last_contact, involved)",
)
TIES = flat(
    "access_tie",
    allow("access_tie", "mine", "app", "SELECT", MINE),
    allow("access_tie", "managed", "app", "SELECT", MANAGED),
    allow("access_tie", "managed_insert", "app", "INSERT", MANAGED),
    allow("access_tie", "managed_update", "app", "UPDATE", MANAGED),
    allow("access_tie", "invited", "app", "SELECT", INVITED),
    allow("access_tie", "invited_insert", "app", "INSERT", INVITED),
    app="SELECT, INSERT, UPDATE (until)",
    owner="ALL",
)
KEPT_APART = (
    flat(
        "access_exclusion",
        allow("access_exclusion", "governed", "app", "SELECT", GOVERNED_OTHER),
        allow("access_exclusion", "governed_insert", "app", "INSERT", GOVERNED),
        allow("access_exclusion", "governed_update", "app", "UPDATE", GOVERNED_OTHER),
        allow("access_exclusion", "self_insert", "app", "INSERT", BY_ONESELF),
        app="SELECT, INSERT, UPDATE (until)",
    )
    + flat(
        "access_seal",
        allow("access_seal", "governed", "app", "SELECT", GOVERNED),
        allow("access_seal", "governed_insert", "app", "INSERT", GOVERNED_CHILD),
        allow("access_seal", "governed_update", "app", "UPDATE", GOVERNED),
        app="SELECT, INSERT, UPDATE (until)",
    )
    + flat(
        "access_sealname",
        allow("access_sealname", "governed", "app", "SELECT", GOVERNED),
        allow("access_sealname", "governed_insert", "app", "INSERT", GOVERNED),
        app="SELECT, INSERT",
    )
    + flat(
        "access_protection",
        allow("access_protection", "governed", "app", "SELECT", GOVERNED),
        allow("access_protection", "governed_insert", "app", "INSERT", GOVERNED_CHILD),
        allow("access_protection", "governed_update", "app", "UPDATE", GOVERNED),
        app="SELECT, INSERT, UPDATE (until)",
    )
)
GLASS = flat(
    "access_breakglass",
    allow("access_breakglass", "governed", "app", "SELECT", GOVERNED),
    allow("access_breakglass", "governed_update", "app", "UPDATE", GOVERNED),
    app=f"SELECT ({WITHOUT_CHILD}), UPDATE (reviewed, reviewed_by_id, outcome, review_reason)",
    owner="ALL",
)
ABOUT_NO_CHILD = "".join(
    grant(table, app="SELECT", batch="SELECT, INSERT, UPDATE")
    for table in ("access_party", "access_term", "access_areasetting")
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("agencies", "0002_policies"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            force("access_accesssession")
            + allow("access_accesssession", "owner", "owner", "ALL", "true")
            + grant("access_accesssession")
            + functions.every()
            + OPEN
            + TOUCH
            + END
            + PLACES
            + TIES
            + KEPT_APART
            + GLASS
            + ABOUT_NO_CHILD
            + grant("django_session", app="SELECT, INSERT, UPDATE, DELETE")
            + grant("django_migrations", app="SELECT", batch="SELECT")
        )
    ]
