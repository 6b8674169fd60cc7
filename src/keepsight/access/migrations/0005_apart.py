"""What a governance lead begins and ends, and whose accounts they close; what an analyst may ask.

A lead keeps apart only people of their own agency, only from a child whom the agency has a record
of, and never sees or touches what concerns a child from whom they are kept themselves.
"""

from django.db import migrations, models

from keepsight.access import governing
from keepsight.engines.rls import allow, forbid
from keepsight.engines.roles import role_name

PATH = "SET search_path = pg_catalog, public, pg_temp"
KEPT = ("access_exclusion", "access_seal", "access_protection")
NOT_MINE = "child_id <> ALL((SELECT access_kept_from())::uuid[])"
OWN_PEOPLE = (
    "agency_id = (SELECT access_governed()) AND access_governs(child_id)"
    " AND access_employs(person_id)"
)


def later(table: str) -> str:
    """What a lead does not see and cannot end, and the words with which the rest is ended."""
    return (
        forbid(table, "not_mine", "app", "SELECT", NOT_MINE)
        + forbid(table, "not_mine_update", "app", "UPDATE", NOT_MINE)
        + f"GRANT UPDATE (ended_because) ON {table} TO {role_name('app')};\n"
    )


def changing(signature: str, types: str, change: str) -> str:
    """A function for the pages that changes one person's account; says whether it did."""
    return f"""
CREATE FUNCTION {signature} RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
  WITH changed AS ({change} RETURNING 1) SELECT EXISTS (SELECT 1 FROM changed);
$$;
REVOKE ALL ON FUNCTION {types} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {types} TO {role_name("app")};
"""


SUSPEND = changing(
    "access_suspend_person(asked bigint, why text)",
    "access_suspend_person(bigint, text)",
    f"""UPDATE agencies_person p SET is_active = false, closed_because = why
    WHERE p.is_active AND length(trim(why)) > 0 AND {governing.PEOPLE_OF}""",
)

RESTORE = changing(
    "access_restore_person(asked bigint)",
    "access_restore_person(bigint)",
    f"""UPDATE agencies_person p
    SET is_active = true, closed_because = '', active_since = now()
    WHERE NOT p.is_active AND {governing.PEOPLE_OF}""",
)


class Migration(migrations.Migration):
    dependencies = [("access", "0004_narrowed"), ("agencies", "0004_second_factors")]

    operations = [
        *(
            migrations.AddField(model, "ended_because", models.TextField(blank=True, default=""))
            for model in ("exclusion", "seal", "protection")
        ),
        migrations.AddField("exclusion", "review_by", models.DateField(null=True)),
        migrations.RunSQL(
            governing.every()
            + SUSPEND
            + RESTORE
            + "".join(later(table) for table in KEPT)
            + "DROP POLICY access_exclusion_governed_insert ON access_exclusion;\n"
            + allow("access_exclusion", "governed_insert", "app", "INSERT", OWN_PEOPLE)
        ),
    ]
