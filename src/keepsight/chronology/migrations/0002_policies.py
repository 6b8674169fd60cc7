"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import about_a_subject
from keepsight.engines.rls import append_only, grant
from keepsight.engines.roles import role_name


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial"), ("identity", "0002_policies"), ("audit", "0002_policies")]

    operations = [
        migrations.RunSQL(
            grant("chronology_feed", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("chronology_delivery", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + about_a_subject("chronology_event", app="SELECT, INSERT", batch="SELECT, INSERT")
            + about_a_subject("chronology_eventcontent", app="SELECT, INSERT", batch="SELECT, INSERT")
            + about_a_subject("chronology_attendanceweek", app="SELECT", batch="SELECT, INSERT")
            + append_only("chronology_event")
            + append_only("chronology_eventcontent")
            + append_only("chronology_attendanceweek")
            + f"GRANT USAGE ON SEQUENCE chronology_event_id_seq TO {role_name('app')};"
        )
    ]
