"""Finding, among all agencies’ records, the children whom the viewer leads for.

Row-level security would ask of each record by itself. This asks first who is led for, then whose
name or number it is, and gives a child only for a record that the viewer is given.
"""

from django.db import migrations, models
from django.db.models.functions import Collate

from keepsight.access.functions import SEEN
from keepsight.access.policies import LED_CHILD, OWN, about_a_subject, key_of
from keepsight.engines.roles import role_name
from keepsight.kernel.looking import Sight
from keepsight.kernel.vocabulary.categories import Category

SIGNATURE = "identity_led(first text, last text, nhs text, pupil text)"


def starts(column: str, word: str) -> str:
    """As `^@` says it, in a way that needs no constant to use an index: the last code point of
    Unicode stands after all others.
    """
    return (
        f's.{column} COLLATE "C" >= {word} AND s.{column} COLLATE "C" < {word} || U&\'\\+10FFFF\''
    )


KEY = key_of("n.id", str(Category.PERSON.number)).replace("tier", "n.tier")
WORD = "$2 <> ''"
NAMED = " UNION ".join(
    f"SELECT s.id, s.tier FROM identity_subjectrecord s WHERE {where}"
    for where in (
        f"$2 = $3 AND {WORD} AND {starts('surname', '$2')}",
        f"$2 = $3 AND {WORD} AND {starts('forename', '$2')}",
        f"$2 <> $3 AND {starts('surname', '$3')} AND {starts('forename', '$2')}",
        f"$2 <> $3 AND {starts('surname', '$2')} AND {starts('forename', '$3')}",
        "s.nhs_number = $4",
        "s.upn = $5",
    )
)
LED = f"""
CREATE OR REPLACE FUNCTION {SIGNATURE} RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  tied uuid[] := (SELECT array_agg(DISTINCT child_id) FROM access_ties() WHERE serves IN {SEEN});
  found uuid[];
BEGIN
  IF tied IS NULL THEN
    RETURN NULL;
  END IF;
  EXECUTE $query$
    WITH n AS (
      SELECT n.id, n.tier, p.child_id FROM ({NAMED}) n
      JOIN access_subjectplace p ON p.subject_record_id = n.id
      WHERE p.child_id = ANY($1)),
    given AS (
      SELECT access_keys_of({Sight.CONTENT.value}, (SELECT array_agg(child_id) FROM n)) AS keys,
        access_listed({Sight.CONTENT.value}) AS listed)
    SELECT array_agg(DISTINCT n.child_id) FROM n CROSS JOIN given g
    WHERE n.id = ANY(g.listed)
      OR (n.tier <> 'sealed' AND {KEY} IN (SELECT unnest(given.keys) FROM given))
  $query$ INTO found USING tied, first, last, nhs, pupil;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {role_name("app")};
"""


POLICIES = about_a_subject(
    "identity_subjectrecord",
    subject="id",
    category=Category.PERSON,
    app="SELECT, INSERT",
    batch="SELECT, INSERT, UPDATE",
) + about_a_subject(
    "identity_link",
    category=Category.PERSON,
    app="SELECT, INSERT",
    inserting=f"{OWN} AND {LED_CHILD}",
    batch="SELECT, INSERT, UPDATE",
)
"""Anew, as `access/policies.py` words them for lists of tens of thousands."""


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_break_glass"), ("access", "0003_narrowed")]

    operations = [
        migrations.AddIndex(
            "subjectrecord",
            models.Index(
                Collate("surname", "C"), Collate("forename", "C"), name="identity_led_by_surname"
            ),
        ),
        migrations.AddIndex(
            "subjectrecord",
            models.Index(Collate("forename", "C"), name="identity_led_by_forename"),
        ),
        migrations.RunSQL(LED + POLICIES),
    ]
