"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import about_a_child


class Migration(migrations.Migration):
    dependencies = [("detection", "0001_initial"), ("identity", "0002_policies")]

    operations = [
        migrations.RunSQL(
            about_a_child("detection_alert", app="SELECT, UPDATE", batch="SELECT, INSERT, UPDATE")
            + about_a_child("detection_alertevidence", app="SELECT", batch="SELECT, INSERT, DELETE")
        )
    ]
