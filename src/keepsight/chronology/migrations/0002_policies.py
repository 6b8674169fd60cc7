"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.access.policies import WHEREABOUTS, about_a_subject
from keepsight.engines.rls import append_only, grant
from keepsight.engines.roles import role_name
from keepsight.kernel.looking import Sight
from keepsight.kernel.vocabulary.categories import Category

IN_FORCE = f"""
CREATE VIEW chronology_inforce WITH (security_invoker = true) AS
SELECT e.* FROM chronology_event e
WHERE NOT e.withdrawn AND NOT EXISTS (
  SELECT 1 FROM chronology_event n
  WHERE n.agency_id = e.agency_id AND n.source_key = e.source_key AND n.revision > e.revision);
GRANT SELECT ON chronology_inforce TO {role_name("app")}, {role_name("batch")};
CREATE VIEW chronology_weekinforce WITH (security_invoker = true) AS
SELECT w.* FROM chronology_attendanceweek w
WHERE NOT EXISTS (
  SELECT 1 FROM chronology_attendanceweek n
  WHERE n.subject_record_id = w.subject_record_id AND n.week = w.week AND n.revision > w.revision);
GRANT SELECT ON chronology_weekinforce TO {role_name("batch")};
"""

COUNTS = (
    "SELECT (id, subject_record_id, agency_id, area_id, tier, week, revision, possible, absent,"
    " unauthorised, unexplained, late, received, delivery_id)"
)
"""All but the marks: codes that tell of health, belief or crime do not leave education."""


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0001_initial"),
        ("identity", "0002_policies"),
        ("audit", "0002_policies"),
    ]

    operations = [
        migrations.RunSQL(
            grant("chronology_feed", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("chronology_delivery", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + about_a_subject(
                "chronology_event",
                sight=Sight.SUMMARY,
                app="SELECT, INSERT",
                batch="SELECT, INSERT",
            )
            + about_a_subject(
                "chronology_eventcontent", app="SELECT, INSERT", batch="SELECT, INSERT"
            )
            + about_a_subject(
                "chronology_eventplace",
                sight=WHEREABOUTS,
                app="SELECT, INSERT",
                batch="SELECT, INSERT",
            )
            + about_a_subject(
                "chronology_attendanceweek",
                category=Category.EDUCATION,
                app=COUNTS,
                batch="SELECT, INSERT",
            )
            + append_only("chronology_eventplace")
            + append_only("chronology_event")
            + append_only("chronology_eventcontent")
            + append_only("chronology_attendanceweek")
            + "GRANT USAGE ON SEQUENCE chronology_event_id_seq"
            f" TO {role_name('app')}, {role_name('batch')};" + IN_FORCE
        )
    ]
