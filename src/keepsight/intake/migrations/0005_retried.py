"""Rows in quarantine that were put right and sent again: a data officer says in which delivery."""

import django.db.models.deletion
from django.db import migrations, models

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import allow
from keepsight.engines.roles import role_name
from keepsight.kernel.roles import Permission, roles_that_may

TABLE = "intake_quarantinedrow"
RETRYING = f"""
  agency_id = (SELECT v.agency_id FROM access_viewer() v
    WHERE v.role IN {quoted(roles_that_may(Permission.SEND_FILES))})"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_emptied_in_time"), ("chronology", "0006_accepted")]

    operations = [
        migrations.AddField(
            "quarantinedrow",
            "retried_in",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="retried",
                to="chronology.delivery",
            ),
        ),
        migrations.RunSQL(
            allow(TABLE, "retry", "app", "UPDATE", RETRYING)
            + f"GRANT UPDATE (retried_in_id) ON {TABLE} TO {role_name('app')};\n"
        ),
    ]
