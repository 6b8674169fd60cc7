"""Mappings of an agency’s own, and the feeds that are read by them, switched off when made."""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import allow, append_only, force, grant
from keepsight.engines.roles import role_name
from keepsight.kernel.roles import Permission, roles_that_may

TABLE, FEEDS = "intake_feedmapping", "chronology_feed"
OFFICER = quoted(roles_that_may(Permission.SEND_FILES))
OWN = f"""
  EXISTS (SELECT 1 FROM access_viewer() v JOIN agencies_agency a ON a.id = v.agency_id
    WHERE v.agency_id = {TABLE}.agency_id AND a.area_id = {TABLE}.area_id
      AND v.role IN {OFFICER})"""
"""A data officer makes mappings of their own agency."""

OF_OWN_MAPPING = f"""
  state = 'off' AND controller = '' AND gateway = '' AND cohort = ''
  AND agency_id = (SELECT v.agency_id FROM access_viewer() v WHERE v.role IN {OFFICER})
  AND EXISTS (SELECT 1 FROM {TABLE} m
    WHERE m.key = {FEEDS}.source AND m.agency_id = {FEEDS}.agency_id)"""
"""A feed that a page makes is the agency’s own, read by its own mapping, and not yet governed."""


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_receipts"), ("chronology", "0008_findings")]

    operations = [
        migrations.CreateModel(
            name="FeedMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField()),
                ("version", models.PositiveIntegerField()),
                ("mapping", models.JSONField()),
                ("made", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="feedmapping",
            constraint=models.UniqueConstraint(
                fields=("agency", "key", "version"), name="intake_one_mapping_version"
            ),
        ),
        migrations.RunSQL(
            force(TABLE)
            + allow(TABLE, "own", "app", "SELECT", "agency_id = (SELECT access_agency())")
            + allow(TABLE, "batch", "batch", "ALL", "true")
            + allow(TABLE, "make", "app", "INSERT", OWN)
            + grant(TABLE, app="SELECT, INSERT", batch="SELECT, INSERT")
            + append_only(TABLE)
            + force(FEEDS)
            + allow(FEEDS, "read", "app", "SELECT", "true")
            + allow(FEEDS, "batch", "batch", "ALL", "true")
            + allow(FEEDS, "owner", "owner", "SELECT", "true")
            + allow(FEEDS, "make", "app", "INSERT", OF_OWN_MAPPING)
            + f"GRANT INSERT ON {FEEDS} TO {role_name('app')};\n"
        ),
    ]
