"""The ties in force that name the viewer in person, found from the person.

`access_ties` works out every tie that reaches the viewer: for a social worker all that nobody has
been given yet, tens of thousands. Whose own children they are needs no more than these.
"""

from django.db import migrations, models

from keepsight.access.functions import READERS, TIE
from keepsight.access.terms_in_sql import holds
from keepsight.engines.rls import definer

NAMED = f"""
  SELECT t.* FROM access_ties_of(ARRAY(
    SELECT n.child_id FROM access_tie n
    WHERE n.person_id = (SELECT access_person()) AND {holds("n")})) t
  JOIN access_tie mine ON mine.id = t.tie_id AND mine.person_id = (SELECT access_person())"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_apart")]

    operations = [
        migrations.AddIndex(
            "tie",
            models.Index(
                fields=["person_id"],
                condition=models.Q(person_id__isnull=False),
                name="access_tie_of_person",
            ),
        ),
        migrations.RunSQL(definer("access_named_ties()", TIE, NAMED, to=READERS, rows=10)),
    ]
