"""The session's token, the functions that policies call, and who may reach the scope tables."""

from django.db import migrations

from keepsight.engines.rls import allow, definer, force, grant
from keepsight.engines.roles import role_name

VIEWER = """
  SELECT s.person_id, p.agency_id, coalesce(p.area_id, a.area_id) AS area_id, p.role
  FROM access_accesssession s
  JOIN agencies_person p ON p.id = s.person_id AND p.is_active
  JOIN agencies_agency a ON a.id = p.agency_id
  WHERE s.token_hash = sha256(convert_to(current_setting('keepsight.token', true), 'UTF8'))
    AND s.closed IS NULL AND s.expires > now()
"""
OWN_ROLES = "('practitioner', 'social_worker', 'data_officer')"
READERS = ("app",)

OPEN = f"""
CREATE FUNCTION access_open_session(hash bytea, person bigint, until timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH opened AS (
    INSERT INTO access_accesssession (token_hash, person_id, opened, expires)
    SELECT hash, p.id, now(), until FROM agencies_person p WHERE p.id = person AND p.is_active
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM opened);
$$;
REVOKE ALL ON FUNCTION access_open_session(bytea, bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_open_session(bytea, bigint, timestamptz) TO {role_name("app")};

CREATE FUNCTION access_close_session(hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE access_accesssession SET closed = now() WHERE token_hash = hash AND closed IS NULL;
$$;
REVOKE ALL ON FUNCTION access_close_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_close_session(bytea) TO {role_name("app")};
"""

FUNCTIONS = (
    definer(
        "access_viewer()",
        "TABLE (person_id bigint, agency_id bigint, area_id bigint, role text)",
        VIEWER,
        to=READERS,
    )
    + definer(
        "access_agency()",
        "bigint",
        f"SELECT agency_id FROM access_viewer() WHERE role IN {OWN_ROLES}",
        to=READERS,
    )
    + definer(
        "access_area()",
        "bigint",
        "SELECT area_id FROM access_viewer() WHERE role = 'inspector'",
        to=READERS,
    )
    + definer(
        "access_subjects()",
        "bigint[]",
        "SELECT array_agg(s.subject_record_id) FROM access_subjectscope s "
        "JOIN access_viewer() v ON v.agency_id = s.agency_id AND v.role = 'social_worker' "
        "WHERE s.level = 'content' AND s.until IS NULL",
        to=READERS,
    )
    + definer(
        "access_involved_agency()",
        "bigint",
        "SELECT agency_id FROM access_viewer() WHERE role IN ('practitioner', 'social_worker')",
        to=READERS,
    )
    + definer(
        "access_social_work_agency()",
        "bigint",
        "SELECT agency_id FROM access_viewer() WHERE role = 'social_worker'",
        to=READERS,
    )
    + definer(
        "access_children()",
        "uuid[]",
        "SELECT array_agg(DISTINCT s.child_id) FROM access_childscope s "
        "JOIN access_viewer() v ON v.agency_id = s.agency_id AND v.role = 'social_worker' "
        "WHERE s.until IS NULL",
        to=READERS,
    )
)


INVOLVED = "until IS NULL AND agency_id = (SELECT access_involved_agency())"
SOCIAL_WORK = "until IS NULL AND agency_id = (SELECT access_social_work_agency())"


def scope_table(table: str, **own: str) -> str:
    """Scope rows: the batch role keeps them, the owner's functions read them.

    A viewer reads those in force of their own agency, and of these only what the rule lets
    their role know: a scope names a child and another agency's record, so it is itself content.
    """
    return (
        force(table)
        + allow(table, "owner", "owner", "SELECT", "true")
        + allow(table, "batch", "batch", "ALL", "true")
        + "".join(allow(table, name, "app", "SELECT", each) for name, each in own.items())
        + grant(table, app="SELECT", batch="SELECT, INSERT, UPDATE")
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
            + FUNCTIONS
            + OPEN
            + scope_table(
                "access_subjectscope",
                existence=f"level = 'existence' AND {INVOLVED}",
                content=f"level = 'content' AND {SOCIAL_WORK}",
            )
            + scope_table("access_childscope", relation=SOCIAL_WORK)
            + grant("django_session", app="SELECT, INSERT, UPDATE, DELETE")
            + grant("django_migrations", app="SELECT", batch="SELECT")
        )
    ]
