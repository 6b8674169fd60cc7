"""Of which children in a list where they are must stay unsaid, as before and sooner.

Whether an address is protected is asked first, for most are not, and of each child once. Whether
the viewer may know of the child is asked of the rest, one by one.
"""

from django.db import migrations

from keepsight.access.hiding import PROTECTED
from keepsight.engines.rls import definer

WITHHELD = f"""
  SELECT coalesce(array_agg(kept.child_id), '{{}}') FROM (
    SELECT DISTINCT p.child_id FROM access_subjectplace p
    WHERE p.child_id = ANY(asked) AND {PROTECTED}
    OFFSET 0) kept
  WHERE access_shows_child(kept.child_id)
    AND (access_known(kept.child_id) OR EXISTS (
      SELECT 1 FROM casework_obligation o
      WHERE o.child_id = kept.child_id AND o.agency_id = (SELECT access_agency())))"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_narrowed"), ("access", "0005_apart")]

    operations = [
        migrations.RunSQL(
            definer("casework_withheld(asked uuid[])", "uuid[]", WITHHELD, to=("app",))
        )
    ]
