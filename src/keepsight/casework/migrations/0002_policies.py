"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import about_a_child


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("identity", "0002_policies")]

    operations = [
        migrations.RunSQL(
            about_a_child(
                "casework_obligation",
                app="SELECT, INSERT, UPDATE",
                batch="SELECT, INSERT, UPDATE, DELETE",
                agency=True,
            )
        )
    ]
