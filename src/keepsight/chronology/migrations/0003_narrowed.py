"""The policies anew, as `access/policies.py` words them for lists of tens of thousands; and what
finds a feed’s latest delivery among years of them.
"""

from importlib import import_module

from django.db import migrations, models

from keepsight.access.policies import WHEREABOUTS, about_a_subject
from keepsight.kernel.looking import Sight
from keepsight.kernel.vocabulary.categories import Category

before = import_module("keepsight.chronology.migrations.0002_policies")
GRANTS = {"app": "SELECT, INSERT", "batch": "SELECT, INSERT"}


class Migration(migrations.Migration):
    dependencies = [("chronology", "0002_policies"), ("access", "0004_narrowed")]

    operations = [
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["feed", "-received"], name="chronology_latest_delivery"),
        ),
        migrations.RunSQL(
            about_a_subject("chronology_event", sight=Sight.SUMMARY, **GRANTS)
            + about_a_subject("chronology_eventcontent", **GRANTS)
            + about_a_subject("chronology_eventplace", sight=WHEREABOUTS, **GRANTS)
            + about_a_subject(
                "chronology_attendanceweek",
                category=Category.EDUCATION,
                app=before.COUNTS,
                batch="SELECT, INSERT",
            )
        ),
    ]
