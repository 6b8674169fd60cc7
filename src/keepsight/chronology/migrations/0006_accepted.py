"""Deliveries that wait to be taken in, sent by pages too; weeks without a second look at what they
refer to.
"""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import allow, force, grant
from keepsight.engines.roles import role_name
from keepsight.kernel.roles import Permission, roles_that_may

TABLE = "chronology_delivery"
SENDING = f"""
  state = 'accepted' AND EXISTS (
    SELECT 1 FROM chronology_feed f JOIN access_viewer() v ON v.agency_id = f.agency_id
    WHERE f.id = feed_id AND v.role IN {quoted(roles_that_may(Permission.SEND_FILES))})"""
"""A data officer sends by the feeds of their own agency, and changes nothing that was sent."""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_second_factors"),
        ("chronology", "0005_erasure"),
        ("identity", "0005_governed"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="corrects",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="chronology.delivery",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="finished",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="reasons",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="delivery",
            name="remarks",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="rows_superseded",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="size",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="delivery",
            name="spooled",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="attendanceweek",
            name="agency",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AlterField(
            model_name="attendanceweek",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.area",
            ),
        ),
        migrations.AlterField(
            model_name="attendanceweek",
            name="delivery",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="chronology.delivery",
            ),
        ),
        migrations.AlterField(
            model_name="attendanceweek",
            name="subject_record",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.subjectrecord",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("accepted", "waiting to be taken in"),
                    ("in_progress", "being taken in"),
                    ("done", "taken in"),
                    ("refused", "refused"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["accepted", "in_progress"])),
                fields=["feed", "id"],
                name="chronology_waiting_delivery",
            ),
        ),
        migrations.RunSQL(
            force(TABLE)
            + allow(TABLE, "batch", "batch", "ALL", "true")
            + allow(TABLE, "read", "app", "SELECT", "true")
            + allow(TABLE, "owner", "owner", "SELECT", "true")
            + allow(TABLE, "send", "app", "INSERT", SENDING)
            + grant(TABLE, app="SELECT, INSERT", batch="SELECT, INSERT, UPDATE")
            + f"GRANT USAGE ON SEQUENCE chronology_delivery_id_seq TO {role_name('app')};\n"
        ),
    ]
