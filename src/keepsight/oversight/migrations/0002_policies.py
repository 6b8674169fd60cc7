"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.engines.rls import grant


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("access", "0002_policies")]

    operations = [
        migrations.RunSQL(
            grant(
                "oversight_actionplan", app="SELECT, INSERT, UPDATE", batch="SELECT, INSERT, UPDATE"
            )
            + grant(
                "oversight_planaction", app="SELECT, INSERT, UPDATE", batch="SELECT, INSERT, UPDATE"
            )
            + grant("oversight_inspection", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("oversight_areafigure", app="SELECT", batch="SELECT, INSERT, UPDATE, DELETE")
        )
    ]
