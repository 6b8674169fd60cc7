"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.engines.rls import REFUSE_REWRITE, allow, append_only, force, grant


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(
            REFUSE_REWRITE
            + append_only("audit_auditentry")
            + force("audit_auditentry")
            + allow("audit_auditentry", "app", "app", "INSERT", "true")
            + allow("audit_auditentry", "batch", "batch", "INSERT", "true")
            + grant("audit_auditentry", app="INSERT", batch="INSERT")
        )
    ]
