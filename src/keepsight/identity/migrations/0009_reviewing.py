"""What reviewers of links, agencies that are asked, and whoever severs may do: by functions alone.

Links of the past across a severance are hidden from every page, for good.
"""

from django.db import migrations, models

from keepsight.access.policies import each_of
from keepsight.engines.rls import allow, forbid, force, grant
from keepsight.identity import (
    judging_functions,
    moving_functions,
    review_functions,
    severing_functions,
)

WRITTEN = (
    ("identity_link", "moved", "UPDATE"),
    ("identity_subjectrecord", "severed", "UPDATE"),
    ("access_subjectplace", "moved", "UPDATE"),
    ("access_subjectplace", "left", "DELETE"),
    ("access_exclusion", "alike", "INSERT"),
    ("access_exclusion", "undone", "UPDATE"),
    ("access_seal", "alike", "INSERT"),
    ("access_seal", "undone", "UPDATE"),
    ("access_sealname", "alike", "INSERT"),
    ("access_protection", "alike", "INSERT"),
    ("access_protection", "undone", "UPDATE"),
)
"""What the functions write besides this migration’s own room’s new tables."""

FORMER = "identity_formerdetail"
FORMER_COLUMNS = [
    ("nhs_number", "NHS number"),
    ("upn", "UPN"),
    ("surname", "surname"),
    ("postcode", "postcode"),
]
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
UNSEVERED = f"id NOT IN {each_of('identity_severed_links()')}"


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_judgements"), ("access", "0008_safety_kinds")]

    operations = [
        migrations.AddField("severance", "links", models.JSONField(default=list)),
        migrations.AddField("link", "first_held", models.DateTimeField(null=True)),
        migrations.CreateModel(
            "FormerDetail",
            [
                ("id", KEY),
                (
                    "subject_record",
                    models.ForeignKey("identity.subjectrecord", models.PROTECT, related_name="+"),
                ),
                ("column", models.CharField(choices=FORMER_COLUMNS, max_length=10)),
                ("value", models.TextField()),
                ("until", models.DateTimeField(null=True)),
                ("recorded", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            "formerdetail",
            models.UniqueConstraint(
                fields=("subject_record", "column", "value"), name="identity_former_once"
            ),
        ),
        migrations.RunSQL(
            "".join(
                allow(table, name, "owner", command, "true") for table, name, command in WRITTEN
            )
            + force(FORMER)
            + allow(FORMER, "batch", "batch", "ALL", "true")
            + allow(FORMER, "owner", "owner", "ALL", "true")
            + grant(FORMER, batch="SELECT, INSERT, UPDATE, DELETE")
            + review_functions.every()
            + moving_functions.every()
            + judging_functions.every()
            + severing_functions.every()
            + forbid("identity_link", "severed", "app", "SELECT", UNSEVERED)
        ),
    ]
