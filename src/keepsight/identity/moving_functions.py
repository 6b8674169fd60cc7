"""Moving records from child to child: functions that migrations make, for other functions only."""

from keepsight.access.actions import UNDONE
from keepsight.access.terms_in_sql import holds
from keepsight.engines.roles import role_name

PATH = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

CLOSE_ALIKE = f"""
DECLARE
  made jsonb := '[]';
  each record;
  new_id uuid;
BEGIN
  FOR each IN SELECT x.* FROM access_exclusion x WHERE x.child_id = source AND {holds("x")}
    AND NOT EXISTS (SELECT 1 FROM access_exclusion o
      WHERE o.child_id = target AND o.person_id = x.person_id AND {holds("o")})
  LOOP
    new_id := gen_random_uuid();
    INSERT INTO access_exclusion (id, since, until, because, ended_because, person_id, agency_id,
      child_id, ground, declared_by_id, review_by)
    VALUES (new_id, now(), each.until, each.because, '', each.person_id, each.agency_id, target,
      each.ground, each.declared_by_id, each.review_by);
    made := made || jsonb_build_array(new_id);
  END LOOP;
  FOR each IN SELECT x.* FROM access_seal x WHERE x.child_id = source AND {holds("x")} LOOP
    new_id := gen_random_uuid();
    INSERT INTO access_seal (id, since, until, because, ended_because, child_id, agency_id)
    VALUES (new_id, now(), each.until, each.because, '', target, each.agency_id);
    INSERT INTO access_sealname (id, seal_id, agency_id, person_id)
    SELECT gen_random_uuid(), new_id, n.agency_id, n.person_id
    FROM access_sealname n WHERE n.seal_id = each.id;
    made := made || jsonb_build_array(new_id);
  END LOOP;
  FOR each IN SELECT x.* FROM access_protection x WHERE x.child_id = source AND {holds("x")} LOOP
    new_id := gen_random_uuid();
    INSERT INTO access_protection (id, since, until, because, ended_because, child_id, agency_id,
      safe_way, never_use)
    VALUES (new_id, now(), each.until, each.because, '', target, each.agency_id, each.safe_way,
      each.never_use);
    made := made || jsonb_build_array(new_id);
  END LOOP;
  RETURN made;
END"""
"""What closes the one child closes the other too, so that a link never widens who may see."""

OPEN_AGAIN = f"""
  UPDATE access_exclusion SET until = now(), ended_because = '{UNDONE}'
  WHERE id = ANY(made) AND (until IS NULL OR until > now());
  UPDATE access_seal SET until = now(), ended_because = '{UNDONE}'
  WHERE id = ANY(made) AND (until IS NULL OR until > now());
  UPDATE access_protection SET until = now(), ended_because = '{UNDONE}'
  WHERE id = ANY(made) AND (until IS NULL OR until > now())"""

FOLLOW_AGAIN = "".join(
    f"""
  UPDATE {table} k SET until = o.until, ended_because = '' FROM {table} o
  WHERE k.child_id = target AND k.ended_because = '{UNDONE}' AND k.until >= moment
    AND o.id = k.follows AND {holds("o")};"""
    for table in ("access_exclusion", "access_seal", "access_protection")
)
"""What followed a record to a child, and ended when it left, stands on when it is there again."""

MOVE = """
DECLARE
  held record;
  place record;
  new_id bigint;
BEGIN
  SELECT l.id, l.child_id INTO held FROM identity_link l
  WHERE l.subject_record_id = subject AND l.recorded_until IS NULL;
  SELECT p.last_contact, p.involved INTO place FROM access_subjectplace p
  WHERE p.subject_record_id = subject;
  UPDATE identity_link SET recorded_until = now() WHERE id = held.id;
  IF again IS NULL THEN
    INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, reasons,
      model_version, decided_by, recorded_from)
    SELECT s.id, target, s.agency_id, s.area_id, s.tier, jsonb_build_array(because), '', decider,
      now()
    FROM identity_subjectrecord s WHERE s.id = subject RETURNING id INTO new_id;
  ELSIF again > 0 THEN
    INSERT INTO identity_link (subject_record_id, child_id, agency_id, area_id, tier, weight,
      reasons, model_version, decided_by, valid_from, valid_until, recorded_from,
      first_held)
    SELECT l.subject_record_id, l.child_id, l.agency_id, l.area_id, l.tier, l.weight, l.reasons,
      l.model_version, l.decided_by, l.valid_from, l.valid_until, now(),
      coalesce(l.first_held, l.recorded_from)
    FROM identity_link l WHERE l.id = again RETURNING id INTO new_id;
  END IF;
  UPDATE access_subjectplace
  SET last_contact = place.last_contact, involved = coalesce(place.involved, false)
  WHERE subject_record_id = subject;
  RETURN jsonb_build_object('subject', subject, 'ended', coalesce(held.id, 0), 'begun', new_id,
    'from', held.child_id);
END"""
"""One record’s link ends and another begins. `again` is the link to state again, 0 for none.

When an agency was last in contact stays with the record: it says nothing of which child it is.
"""


def writer(
    signature: str, types: str, returns: str, body: str, *, language: str = "plpgsql", to: str = ""
) -> str:
    """A function that writes as its owner: for one role, or for other functions only."""
    grants = f"GRANT EXECUTE ON FUNCTION {types} TO {role_name(to)};\n" if to else ""
    return (
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE {language} VOLATILE"
        f" {PATH} AS $$ {body} $$;\nREVOKE ALL ON FUNCTION {types} FROM PUBLIC;\n{grants}"
    )


def every() -> str:
    """All of them, in the order in which they call one another."""
    return (
        writer(
            "identity_close_alike(source uuid, target uuid)",
            "identity_close_alike(uuid, uuid)",
            "jsonb",
            CLOSE_ALIKE,
        )
        + writer(
            "identity_open_again(made uuid[])",
            "identity_open_again(uuid[])",
            "void",
            OPEN_AGAIN,
            language="sql",
        )
        + writer(
            "identity_move(subject bigint, target uuid, again bigint, decider text, because text)",
            "identity_move(bigint, uuid, bigint, text, text)",
            "jsonb",
            MOVE,
        )
    )


def follow_again() -> str:
    """What undoing a decision calls besides."""
    return writer(
        "identity_follow_again(target uuid, moment timestamptz)",
        "identity_follow_again(uuid, timestamptz)",
        "void",
        FOLLOW_AGAIN,
        language="sql",
    )
