"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.engines.rls import allow, force, grant


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("access", "0002_policies")]

    operations = [
        migrations.RunSQL(
            force("intake_quarantinedrow")
            + allow(
                "intake_quarantinedrow",
                "own",
                "app",
                "SELECT",
                "agency_id = (SELECT access_agency())",
            )
            + allow("intake_quarantinedrow", "batch", "batch", "ALL", "true")
            + grant("intake_quarantinedrow", app="SELECT", batch="SELECT, INSERT, UPDATE")
        )
    ]
