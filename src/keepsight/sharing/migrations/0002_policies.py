"""Who may read and write this room's table: it is about no child."""

from django.db import migrations

from keepsight.engines.rls import grant


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("access", "0002_policies")]

    operations = [
        migrations.RunSQL(grant("sharing_agreement", app="SELECT", batch="SELECT, INSERT, UPDATE"))
    ]
