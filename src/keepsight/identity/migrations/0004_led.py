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

SIGNATURE = (
    "identity_led(first text, last text, nhs text, pupil text, enough int)"
    " RETURNS TABLE (rank int, subject bigint, child uuid)"
)
TYPES = "identity_led(text, text, text, text, int)"


def starts(column: str, word: str) -> str:
    """As `^@` says it, in a way that needs no constant to use an index: the last code point of
    Unicode stands after all others.
    """
    name = f's.{column} COLLATE "C"'
    return f"{name} >= {word} AND {name} < {word} || U&'\\+10FFFF'"


BY_SURNAME = 's.surname COLLATE "C", s.forename COLLATE "C", s.id'
BY_FORENAME = 's.forename COLLATE "C", s.surname COLLATE "C", s.id'
NARROW = """
SELECT s.id, p.child_id
FROM identity_subjectrecord s JOIN access_subjectplace p ON p.subject_record_id = s.id
WHERE {where} AND p.child_id = ANY($1) AND p.agency_id <> $6"""
"""From the children led for, or from the names: as the planner sees fit."""
WIDE = """
SELECT s.id, p.child_id
FROM (SELECT s.* FROM identity_subjectrecord s WHERE {where} ORDER BY {order} OFFSET 0) s
CROSS JOIN LATERAL (
  SELECT p.child_id FROM access_subjectplace p
  WHERE p.subject_record_id = s.id AND p.child_id = ANY($1) AND p.agency_id <> $6 OFFSET 0) p"""
"""By the names in their order, and no further than is asked for: among tens of thousands led for,
some are soon met.
"""


def way(rank: int, where: str, order: str, shape: str = NARROW) -> str:
    """The candidates of one way to find them, in their place."""
    rows = shape.format(where=where, order=order)
    return (
        f"SELECT {rank} AS rank, id, child_id, row_number() OVER () AS place"
        f" FROM ({rows} ORDER BY {order} LIMIT $7) ways"
    )


def ways(*each: str) -> str:
    return f"$ways${' UNION ALL '.join(each)}$ways$"


def one_word(shape: str) -> str:
    """By surname, then by forename: ranked as `identity.finding` shows them."""
    return ways(
        way(1, starts("surname", "$2"), BY_SURNAME, shape),
        way(2, starts("forename", "$2"), BY_FORENAME, shape),
    )


def two_words(shape: str) -> str:
    surname_last = f"{starts('surname', '$3')} AND {starts('forename', '$2')}"
    surname_first = f"{starts('surname', '$2')} AND {starts('forename', '$3')}"
    return ways(way(1, surname_last, BY_SURNAME, shape), way(2, surname_first, BY_SURNAME, shape))


NUMBERS = ways(way(0, "s.nhs_number = $4", BY_SURNAME), way(0, "s.upn = $5", BY_SURNAME))
MANY = 5_000
"""Children led for, from how many on the names are gone through."""
KEY = key_of("s.id", str(Category.PERSON.number)).replace("tier", "s.tier")
LED = f"""
CREATE OR REPLACE FUNCTION {SIGNATURE}
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  tied uuid[] := (SELECT array_agg(t.child_id) FROM access_ties() t WHERE t.serves IN {SEEN});
  own bigint := (SELECT v.agency_id FROM access_viewer() v);
  wide boolean := cardinality(tied) > {MANY};
  named text := concat_ws(' UNION ALL ',
    CASE WHEN coalesce(nhs, pupil) IS NOT NULL THEN {NUMBERS} END,
    CASE WHEN first = '' THEN NULL
      WHEN first = last THEN CASE WHEN wide THEN {one_word(WIDE)} ELSE {one_word(NARROW)} END
      ELSE CASE WHEN wide THEN {two_words(WIDE)} ELSE {two_words(NARROW)} END END);
  asked bigint := 2 * enough;
  candidates bigint;
  found jsonb;
BEGIN
  LOOP
    EXIT WHEN tied IS NULL OR named = '';
    EXECUTE 'WITH n AS MATERIALIZED (' || named || $query$),
      given AS MATERIALIZED (
        SELECT unnest(access_keys_of({Sight.CONTENT.value},
          (SELECT array_agg(DISTINCT child_id) FROM n))) AS key),
      seen AS (
        SELECT n.* FROM n JOIN identity_subjectrecord s ON s.id = n.id
        WHERE (s.tier <> 'sealed' AND {KEY} IN (SELECT key FROM given))
          OR s.id = ANY((SELECT access_listed({Sight.CONTENT.value}))::bigint[]))
      SELECT (SELECT count(*) FROM n), (SELECT jsonb_agg(seen) FROM seen)
    $query$ INTO candidates, found USING tied, first, last, nhs, pupil, own, asked;
    EXIT WHEN jsonb_array_length(coalesce(found, '[]')) >= enough OR candidates < asked;
    asked := 4 * asked;
  END LOOP;
  RETURN QUERY SELECT r.rank, r.id, r.child_id
    FROM jsonb_to_recordset(coalesce(found, '[]')) r (rank int, id bigint, child_id uuid, place int)
    ORDER BY r.rank, r.place LIMIT enough;
END $$;
REVOKE ALL ON FUNCTION {TYPES} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {TYPES} TO {role_name("app")};
"""
"""Where too few of those whose name it is are given, more are asked for."""

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
    dependencies = [("identity", "0003_break_glass"), ("access", "0004_narrowed")]

    operations = [
        migrations.RemoveIndex("subjectrecord", "identity_find_by_forename"),
        migrations.AddIndex(
            "subjectrecord",
            models.Index(
                models.F("agency"),
                Collate("forename", "C"),
                Collate("surname", "C"),
                name="identity_find_by_forename",
            ),
        ),
        migrations.AddIndex(
            "subjectrecord",
            models.Index(
                models.F("agency"),
                models.F("surname_sound"),
                Collate("surname", "C"),
                Collate("forename", "C"),
                name="identity_find_by_sound",
            ),
        ),
        migrations.AddIndex(
            "subjectrecord",
            models.Index(
                Collate("surname", "C"),
                Collate("forename", "C"),
                models.F("id"),
                name="identity_led_by_surname",
            ),
        ),
        migrations.AddIndex(
            "subjectrecord",
            models.Index(
                Collate("forename", "C"),
                Collate("surname", "C"),
                models.F("id"),
                name="identity_led_by_forename",
            ),
        ),
        migrations.RunSQL(LED + POLICIES),
    ]
