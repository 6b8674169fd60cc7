"""What may be erased, and by which function alone: what has stood outside its feed's cohort for
longer than its clock allows, and no hold keeps.

`chronology_purge` is the one way in. Nobody but the batch role may call it and it takes nothing
from its caller: which records stand outside, since when, and what is held, it works out itself. A
clock begins in the night that first finds a record outside, ends when the record matches, and is
never brought forward. Content may go only where a tombstone stands, and only the function sets one.
"""

from django.db import migrations

from keepsight.access.terms_in_sql import holds, quoted
from keepsight.engines.rls import allow, force, grant
from keepsight.engines.roles import role_name
from keepsight.kernel.looking import LEADS

PATH = "SET search_path = pg_catalog, public, pg_temp"
OWNER, APP, BATCH = role_name("owner"), role_name("app"), role_name("batch")

ERASABLE = {
    "chronology_eventcontent": ("event", "event_id"),
    "chronology_eventplace": ("event", "event_id"),
    "chronology_attendanceweek": ("week", "id"),
}
READ = ("chronology_event", "identity_link", "identity_subjectrecord")


def buried(of: str, ref: str) -> str:
    """That a tombstone stands for a row."""
    return f"EXISTS (SELECT 1 FROM chronology_tombstone t WHERE t.of = '{of}' AND t.ref = {ref})"


ONLY_ERASED = f"""
CREATE FUNCTION chronology_refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row_ref bigint := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
BEGIN
  IF current_user = '{OWNER}' AND EXISTS (
      SELECT 1 FROM chronology_tombstone t WHERE t.of = TG_ARGV[0] AND t.ref = row_ref) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: only what is erased by law leaves it', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION chronology_refuse_unless_erased() FROM PUBLIC;
"""

TRIGGERS = "".join(
    f"""
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE TRIGGER {table}_erased_only BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION chronology_refuse_unless_erased('{of}', '{ref}');
"""
    for table, (of, ref) in ERASABLE.items()
)

STAYS = """
CREATE TRIGGER chronology_tombstone_stays BEFORE UPDATE OR DELETE ON chronology_tombstone
  FOR EACH ROW EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE TRIGGER chronology_tombstone_no_truncate BEFORE TRUNCATE ON chronology_tombstone
  FOR EACH STATEMENT EXECUTE FUNCTION keepsight_refuse_rewrite();
CREATE FUNCTION chronology_hold_is_lifted_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.lifted IS NOT NULL OR NEW.lifted IS NULL
     OR (to_jsonb(NEW) - 'lifted' - 'lifted_because')
        <> (to_jsonb(OLD) - 'lifted' - 'lifted_because') THEN
    RAISE EXCEPTION 'a legal hold can only be lifted, once'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION chronology_hold_is_lifted_once() FROM PUBLIC;
CREATE TRIGGER chronology_hold_is_lifted_once BEFORE UPDATE OR DELETE ON chronology_legalhold
  FOR EACH ROW EXECUTE FUNCTION chronology_hold_is_lifted_once();
"""

BROUGHT = """
    FROM chronology_feed f JOIN chronology_delivery d ON d.feed_id = f.id"""

OUTSIDE = f"""
  WITH vouching AS (
    SELECT DISTINCT l.child_id, l.agency_id
    FROM identity_link l
    JOIN chronology_event e ON e.subject_record_id = l.subject_record_id
    LEFT JOIN chronology_delivery d ON d.id = e.delivery_id
    LEFT JOIN chronology_feed v ON v.id = d.feed_id
    WHERE l.recorded_until IS NULL AND l.tier = 'ordinary' AND (v.id IS NULL OR v.vouches)
      AND NOT {buried("event", "e.id")}),
  brought AS (
    SELECT f.id AS feed_id, e.subject_record_id {BROUGHT}
    JOIN chronology_event e ON e.delivery_id = d.id
    WHERE f.cohort = 'known' AND NOT {buried("event", "e.id")}
    UNION
    SELECT f.id, w.subject_record_id {BROUGHT}
    JOIN chronology_attendanceweek w ON w.delivery_id = d.id WHERE f.cohort = 'known')
  SELECT b.feed_id, b.subject_record_id, 'unmatched'
  FROM brought b JOIN identity_subjectrecord s ON s.id = b.subject_record_id
  LEFT JOIN identity_link l
    ON l.subject_record_id = b.subject_record_id AND l.recorded_until IS NULL
  WHERE NOT EXISTS (
      SELECT 1 FROM vouching v WHERE v.child_id = l.child_id AND v.agency_id <> s.agency_id)
    AND NOT EXISTS (
      SELECT 1 FROM access_tie t WHERE t.child_id = l.child_id AND {holds("t")}
        AND t.relation IN {quoted(LEADS)})
  UNION
  SELECT f.id, e.subject_record_id, 'existence' {BROUGHT}
  JOIN chronology_event e ON e.delivery_id = d.id
  WHERE f.cohort = 'existence' AND e.kind <> 'person_details' AND NOT {buried("event", "e.id")}
  UNION
  SELECT f.id, w.subject_record_id, 'existence' {BROUGHT}
  JOIN chronology_attendanceweek w ON w.delivery_id = d.id WHERE f.cohort = 'existence'"""

TEND = """
  WITH outside AS MATERIALIZED (SELECT * FROM chronology_outside()),
  ended AS (
    DELETE FROM chronology_cohortclock c WHERE NOT EXISTS (
      SELECT 1 FROM outside o WHERE o.feed_id = c.feed_id
        AND o.subject_record_id = c.subject_record_id AND o.rule = c.rule))
  INSERT INTO chronology_cohortclock (feed_id, subject_record_id, rule, since, due)
  SELECT o.feed_id, o.subject_record_id, o.rule, now(),
    now() + f.unmatched_days * interval '1 day'
  FROM outside o JOIN chronology_feed f ON f.id = o.feed_id
  ON CONFLICT DO NOTHING"""

HELD = """
  SELECT EXISTS (
    SELECT 1 FROM chronology_legalhold h
    JOIN chronology_feed f ON f.id = asked_feed
    JOIN agencies_agency a ON a.id = f.agency_id
    WHERE h.lifted IS NULL AND (h.area_id IS NULL OR h.area_id = a.area_id)
      AND (h.agency_id IS NULL OR h.agency_id = a.id)
      AND (h.feed_id IS NULL OR h.feed_id = f.id)
      AND (h.child_id IS NULL OR EXISTS (
        SELECT 1 FROM identity_link l
        WHERE l.subject_record_id = asked_subject AND l.child_id = h.child_id)))"""
"""A child whom the record was ever believed to be: a hold does not end with a link."""

PURGE = f"""
#variable_conflict use_column
DECLARE
  part record;
  purged bigint;
  subjects bigint[];
BEGIN
  PERFORM chronology_tend_clocks();
  FOR part IN SELECT DISTINCT c.feed_id AS feed, c.rule AS broken FROM chronology_cohortclock c
      WHERE c.due <= now() ORDER BY 1, 2 LOOP
    subjects := ARRAY(
      SELECT c.subject_record_id FROM chronology_cohortclock c
      WHERE c.feed_id = part.feed AND c.rule = part.broken AND c.due <= now()
        AND NOT chronology_held(part.feed, c.subject_record_id));
    CONTINUE WHEN cardinality(subjects) = 0;
    INSERT INTO chronology_purge (feed_id, rule, at, records, events, weeks, rows)
    VALUES (part.feed, part.broken, now(), cardinality(subjects), 0, 0, 0)
    RETURNING id INTO purged;
    INSERT INTO chronology_tombstone (of, ref, purge_id)
    SELECT 'event', e.id, purged
    FROM chronology_event e JOIN chronology_delivery d ON d.id = e.delivery_id
    WHERE d.feed_id = part.feed AND e.subject_record_id = ANY(subjects)
      AND (part.broken = 'unmatched' OR e.kind <> 'person_details')
      AND NOT {buried("event", "e.id")}
    UNION ALL
    SELECT 'week', w.id, purged
    FROM chronology_attendanceweek w JOIN chronology_delivery d ON d.id = w.delivery_id
    WHERE d.feed_id = part.feed AND w.subject_record_id = ANY(subjects);
    DELETE FROM chronology_eventplace p USING chronology_tombstone t
    WHERE t.purge_id = purged AND t.of = 'event' AND p.event_id = t.ref;
    DELETE FROM chronology_eventcontent c USING chronology_tombstone t
    WHERE t.purge_id = purged AND t.of = 'event' AND c.event_id = t.ref;
    DELETE FROM chronology_attendanceweek w USING chronology_tombstone t
    WHERE t.purge_id = purged AND t.of = 'week' AND w.id = t.ref;
    UPDATE chronology_purge p SET
      events = (SELECT count(*) FROM chronology_tombstone t
                WHERE t.purge_id = purged AND t.of = 'event'),
      weeks = (SELECT count(*) FROM chronology_tombstone t
               WHERE t.purge_id = purged AND t.of = 'week')
    WHERE p.id = purged;
    DELETE FROM chronology_cohortclock c
    WHERE c.feed_id = part.feed AND c.rule = part.broken AND c.subject_record_id = ANY(subjects);
    RETURN QUERY
    SELECT purged, s.id, NOT EXISTS (
        SELECT 1 FROM chronology_event e
        WHERE e.subject_record_id = s.id AND NOT {buried("event", "e.id")})
      AND NOT EXISTS (
        SELECT 1 FROM chronology_attendanceweek w WHERE w.subject_record_id = s.id)
    FROM unnest(subjects) AS s(id);
  END LOOP;
END"""

ERASED = f"SELECT {buried('event', 'asked')}"


def function(signature: str, returns: str, body: str, *, language: str, volatile: str, to: str):
    """A SECURITY DEFINER function; `to` is the one role that may call it, or nobody."""
    grants = f"GRANT EXECUTE ON FUNCTION {signature} TO {to};\n" if to else ""
    return (
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE {language} {volatile}"
        f" SECURITY DEFINER {PATH} AS $$ {body} $$;\n"
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;\n{grants}"
    )


FUNCTIONS = (
    function(
        "chronology_outside()",
        "TABLE (feed_id bigint, subject_record_id bigint, rule text)",
        OUTSIDE,
        language="sql",
        volatile="STABLE",
        to="",
    )
    + function(
        "chronology_held(asked_feed bigint, asked_subject bigint)",
        "boolean",
        HELD,
        language="sql",
        volatile="STABLE",
        to="",
    )
    + function("chronology_tend_clocks()", "void", TEND, language="sql", volatile="VOLATILE", to="")
    + function(
        "chronology_purge()",
        "TABLE (purge_id bigint, subject_record_id bigint, whole boolean)",
        PURGE,
        language="plpgsql",
        volatile="VOLATILE",
        to=BATCH,
    )
    + function(
        "chronology_is_erased(asked bigint)",
        "boolean",
        ERASED,
        language="sql",
        volatile="STABLE",
        to=APP,
    )
)

POLICIES = (
    "".join(
        allow(table, "erasing", "owner", "SELECT", "true")
        + allow(table, "erased", "owner", "DELETE", buried(of, f"{table}.{ref}"))
        for table, (of, ref) in ERASABLE.items()
    )
    + "".join(allow(table, "erasing", "owner", "SELECT", "true") for table in READ)
    + force("chronology_cohortclock")
    + allow("chronology_cohortclock", "owner", "owner", "ALL", "true")
    + allow("chronology_cohortclock", "batch", "batch", "SELECT", "true")
    + grant("chronology_cohortclock", batch="SELECT")
    + force("chronology_legalhold")
    + allow("chronology_legalhold", "owner", "owner", "SELECT", "true")
    + allow("chronology_legalhold", "batch", "batch", "ALL", "true")
    + grant("chronology_legalhold", batch="SELECT, INSERT, UPDATE")
    + grant("chronology_tombstone", batch="SELECT")
    + grant("chronology_purge", app="SELECT", batch="SELECT, INSERT")
    + grant("chronology_feedweek", app="SELECT", batch="SELECT, INSERT")
)


class Migration(migrations.Migration):
    dependencies = [
        ("chronology", "0004_governed"),
        ("identity", "0006_forgotten"),
        ("access", "0005_apart"),
        ("audit", "0004_log_policies"),
    ]

    operations = [migrations.RunSQL(ONLY_ERASED + TRIGGERS + STAYS + POLICIES + FUNCTIONS)]
