"""Who may read and write what stands under an alert; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import about_a_child
from keepsight.engines.rls import force, grant


class Migration(migrations.Migration):
    dependencies = [("detection", "0004_concerns"), ("access", "0009_follows")]

    operations = [
        migrations.RunSQL(
            about_a_child(
                "detection_alert", app="SELECT, UPDATE", batch="SELECT, INSERT, UPDATE, DELETE"
            )
            + force("detection_alertevidence")
            + about_a_child(
                "detection_alertmet", app="SELECT", batch="SELECT, INSERT, UPDATE, DELETE"
            )
            + about_a_child(
                "detection_alertdecision",
                app="SELECT, INSERT, UPDATE (agreed, answer, answered_by_id, answered_at)",
                batch="SELECT, INSERT, UPDATE, DELETE",
            )
            + grant(
                "detection_alertsetting",
                app="SELECT, INSERT, UPDATE (until)",
                batch="SELECT, INSERT, UPDATE",
            )
            + grant("detection_settingweighed", app="SELECT", batch="SELECT, INSERT, DELETE")
        )
    ]
