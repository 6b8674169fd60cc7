"""Cutting an old identity from a new one: functions that migrations make, run as their owner.

The new identity becomes a child whom nobody knew by its reference; the old one keeps its own, so
whoever holds that finds the old records and nothing that leads on.
"""

from keepsight.access.terms_in_sql import quoted
from keepsight.engines.rls import definer
from keepsight.identity.joining import LINKING
from keepsight.identity.moving_functions import writer
from keepsight.kernel.reviewing import LEAST_REASON
from keepsight.kernel.roles import Permission, roles_that_may
from keepsight.kernel.vocabulary.agencies import AgencyKind

SEVERER = f"""
  SELECT v.person_id, v.agency_id FROM access_viewer() v
  WHERE v.role IN {quoted(roles_that_may(Permission.SEVER))}
    AND v.agency_kind = '{AgencyKind.CHILDRENS_SOCIAL_CARE}' AND access_governs(asked)"""
"""For social care only: it is the council that places a child, and knows of the new identity."""

SEVERABLE = """
  SELECT s.id, s.agency_id, CASE WHEN s.agency_id = v.agency_id THEN s.key ELSE '' END,
    s.first_received
  FROM identity_severer(asked) v
  JOIN access_subjectplace p ON p.child_id = asked
  JOIN identity_subjectrecord s ON s.id = p.subject_record_id
  WHERE s.severance_id IS NULL AND s.tier <> 'sealed'
    AND (s.tier = 'ordinary' OR s.agency_id = v.agency_id)
  ORDER BY s.first_received, s.id"""

SEVER = f"""
DECLARE
  severer record;
  cut uuid := gen_random_uuid();
  fresh uuid := gen_random_uuid();
  each bigint;
  severed bigint[];
BEGIN
  SELECT * INTO severer FROM identity_severer(asked);
  IF severer.person_id IS NULL OR length(trim(why)) < {LEAST_REASON} OR cardinality(mine) = 0
  THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock({LINKING});
  severed := ARRAY(SELECT p.subject_record_id FROM access_subjectplace p
    WHERE p.child_id = asked AND p.subject_record_id <> ALL(mine));
  IF cardinality(severed) = 0 OR NOT mine <@ ARRAY(
      SELECT o.subject FROM identity_severable(asked) o)
  THEN RETURN NULL; END IF;
  INSERT INTO identity_child (id, recorded) VALUES (fresh, now());
  FOREACH each IN ARRAY mine LOOP
    PERFORM identity_move(each, fresh, NULL, 'Keepsight', 'recorded anew');
  END LOOP;
  PERFORM identity_close_alike(asked, fresh);
  INSERT INTO identity_severance (id, recorded, severed_by_id, agency_id, reason, links)
  SELECT cut, now(), severer.person_id, severer.agency_id, trim(why),
    coalesce(jsonb_agg(l.id ORDER BY l.id), '[]')
  FROM identity_link l WHERE l.subject_record_id = ANY(mine) AND l.child_id = asked;
  UPDATE identity_subjectrecord SET severance_id = cut WHERE id = ANY(severed);
  DELETE FROM identity_formerdetail WHERE subject_record_id = ANY(mine);
  UPDATE identity_judgement SET lifted = now(), lifted_by_id = severer.person_id,
    lifted_reason = 'severed'
  WHERE lifted IS NULL AND ((one_id = ANY(mine)) <> (other_id = ANY(mine)))
    AND (one_id = ANY(severed) OR other_id = ANY(severed));
  UPDATE identity_linkquestion q SET closed = now(), outcome = 'gone'
  WHERE q.closed IS NULL AND EXISTS (
    SELECT 1 FROM identity_linkquestionrecord r
    WHERE r.question_id = q.id AND r.subject_record_id = ANY(severed));
  RETURN fresh;
END"""
"""What is not named as of the new identity stays with the old one. What the new one’s records said
before would name the old one.
"""

SEVERED_LINKS = """
  SELECT coalesce(array_agg(l.value::bigint), '{}')
  FROM identity_severance s CROSS JOIN jsonb_array_elements_text(s.links) l"""
"""Links of the past that would lead from the one identity to the other."""


def every() -> str:
    """All of them, in the order in which they call one another."""
    return (
        definer(
            "identity_severer(asked uuid)",
            "TABLE (person_id bigint, agency_id bigint)",
            SEVERER,
            to=("app",),
        )
        + definer(
            "identity_severable(asked uuid)",
            "TABLE (subject bigint, agency_id bigint, key text, first_received timestamptz)",
            SEVERABLE,
            to=("app",),
        )
        + writer(
            "identity_sever(asked uuid, mine bigint[], why text)",
            "identity_sever(uuid, bigint[], text)",
            "uuid",
            SEVER,
            to="app",
        )
        + definer("identity_severed_links()", "bigint[]", SEVERED_LINKS, to=("app",))
    )
