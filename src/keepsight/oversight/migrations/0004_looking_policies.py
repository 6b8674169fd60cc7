"""Who may read and write snooping signs and releases of who looked; see `access/policies.py`."""

from django.db import migrations

from keepsight.engines.rls import allow, append_only, force, grant
from keepsight.engines.roles import role_name

GOVERNED = "agency_id = (SELECT access_governed())"
OTHERS = f"{GOVERNED} AND person_id <> (SELECT access_person())"
ANSWERS = f"{GOVERNED} AND access_reviews(child_id)"
DECIDES = f"{ANSWERS} AND decided_by_id = (SELECT access_person())"

REVIEW = (
    "CREATE POLICY oversight_snoopingsign_review ON oversight_snoopingsign FOR UPDATE"
    f" TO {role_name('app')}"
    f" USING ({OTHERS} AND reviewed IS NULL)"
    f" WITH CHECK ({OTHERS} AND reviewed_by_id = (SELECT access_person()));\n"
)
SIGNS = (
    force("oversight_snoopingsign")
    + allow("oversight_snoopingsign", "others", "app", "SELECT", OTHERS)
    + REVIEW
    + allow("oversight_snoopingsign", "batch", "batch", "ALL", "true")
    + grant(
        "oversight_snoopingsign",
        app="SELECT, UPDATE (reviewed, reviewed_by_id, outcome, review_reason)",
        batch="SELECT, INSERT",
    )
)


def released(table: str, insert: str) -> str:
    """A table of decisions about telling: for those who answer for the child, and never changed."""
    return (
        append_only(table)
        + force(table)
        + allow(table, "answers", "app", "SELECT", ANSWERS)
        + allow(table, "answers_insert", "app", "INSERT", insert)
        + grant(table, app="SELECT, INSERT")
    )


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_looking"), ("access", "0003_looking")]

    operations = [
        migrations.RunSQL(
            SIGNS
            + released("oversight_lookrelease", DECIDES)
            + released("oversight_releaseentry", ANSWERS)
        )
    ]
