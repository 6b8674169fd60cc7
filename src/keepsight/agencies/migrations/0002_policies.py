"""Who may read and write this room's tables; see `access/policies.py`."""

from django.db import migrations

from keepsight.engines.rls import grant
from keepsight.engines.roles import role_name


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            grant("agencies_area", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("agencies_agency", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("agencies_team", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + grant("agencies_person", app="SELECT", batch="SELECT, INSERT, UPDATE")
            + f"GRANT UPDATE (last_login) ON agencies_person TO {role_name('app')};"
        )
    ]
