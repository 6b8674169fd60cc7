"""Who looked, for those who answer for it; where staff live; and broken glass reviewed by others.

Pages read the log through one function and never the table. The nightly look for snooping reads
it all, as `batch`.
"""

from django.db import migrations, models

from keepsight.access import functions
from keepsight.engines.rls import allow, forbid, force, grant
from keepsight.engines.roles import role_name

LOG = (
    allow("audit_auditentry", "who_looked", "owner", "SELECT", "true")
    + allow("audit_auditentry", "snooping", "batch", "SELECT", "true")
    + f"GRANT SELECT ON audit_auditentry TO {role_name('batch')};\n"
    + "CREATE INDEX audit_auditentry_by_time ON audit_auditentry USING brin (at);\n"
)
HOMES = (
    force("access_staffhome")
    + allow("access_staffhome", "owner", "owner", "SELECT", "true")
    + allow("access_staffhome", "batch", "batch", "ALL", "true")
    + grant("access_staffhome", batch="SELECT, INSERT, UPDATE, DELETE")
)
ONCE = (
    "CREATE POLICY access_breakglass_once ON access_breakglass AS RESTRICTIVE FOR UPDATE"
    f" TO {role_name('app')}"
    " USING (reviewed IS NULL AND person_id <> (SELECT access_person()))"
    " WITH CHECK (reviewed_by_id = (SELECT access_person()));\n"
)
"""Once, and never by whoever broke it."""

TOLD = forbid("access_breakglass", "told", "app", "SELECT", "access_glass_told(id)")
"""Nobody learns of it who is kept from the child, or manages a suspect: another lead reviews it."""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_policies"), ("audit", "0002_policies")]

    operations = [
        migrations.CreateModel(
            name="StaffHome",
            fields=[
                ("person_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("postcode", models.CharField(max_length=8)),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(LOG + HOMES + ONCE + functions.of_looking() + TOLD),
    ]
