"""Of which children in a list where they are must stay unsaid.

A duty can be owed to a child whom the agency has no record of: then access alone would not say.
"""

from django.db import migrations

from keepsight.access.hiding import PROTECTED
from keepsight.engines.rls import allow, definer

WITHHELD = f"""
  SELECT coalesce(array_agg(DISTINCT p.child_id), '{{}}') FROM access_subjectplace p
  WHERE p.child_id = ANY(asked) AND {PROTECTED}
    AND p.child_id <> ALL((SELECT access_hidden_children())::uuid[])
    AND (access_known(p.child_id) OR EXISTS (
      SELECT 1 FROM casework_obligation o
      WHERE o.child_id = p.child_id AND o.agency_id = (SELECT access_agency())))"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_policies"), ("access", "0005_apart")]

    operations = [
        migrations.RunSQL(
            allow("casework_obligation", "owner", "owner", "SELECT", "true")
            + definer("casework_withheld(asked uuid[])", "uuid[]", WITHHELD, to=("app",))
        )
    ]
