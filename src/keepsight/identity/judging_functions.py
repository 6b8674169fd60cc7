"""Writing what people decide about links: functions that migrations make, run as their owner.

A page writes no link by itself. Each of these asks first whether the viewer may review.
"""

from keepsight.access.terms_in_sql import quoted
from keepsight.identity.joining import LINKING
from keepsight.identity.moving_functions import writer
from keepsight.identity.review_functions import ANSWERERS
from keepsight.kernel.reviewing import LEAST_REASON

JUDGED = """
  WITH sorted AS (SELECT key::bigint AS id, value::int AS n FROM jsonb_each_text(d.groups)),
  over AS (
    UPDATE identity_judgement j SET lifted = now(), lifted_by_id = d.decided_by_id,
      lifted_reason = 'decided anew'
    FROM sorted a, sorted b
    WHERE j.lifted IS NULL AND a.id < b.id AND j.one_id = a.id AND j.other_id = b.id
    RETURNING j.id)
  SELECT coalesce(jsonb_agg(id), '[]') INTO replaced FROM over;
  INSERT INTO identity_judgement (one_id, other_id, verdict, decision_id, decided_by_id,
    seconded_by_id, reason, recorded, lifted_reason)
  SELECT a.key::bigint, b.key::bigint,
    CASE WHEN NOT d.sure THEN 'unsure' WHEN a.value = b.value THEN 'same' ELSE 'not_same' END,
    d.id, d.decided_by_id, d.seconded_by_id, d.reason, now(), ''
  FROM jsonb_each_text(d.groups) a JOIN jsonb_each_text(d.groups) b
    ON a.key::bigint < b.key::bigint;"""

KEEP = """
    SELECT l.child_id INTO keep FROM identity_link l JOIN identity_child c ON c.id = l.child_id
    WHERE l.recorded_until IS NULL AND l.child_id <> ALL(taken) AND l.child_id IN (
      SELECT o.child_id FROM identity_link o
      WHERE o.recorded_until IS NULL AND o.subject_record_id = ANY(g.records))
    GROUP BY l.child_id, c.recorded
    ORDER BY count(*) DESC, c.recorded, min(l.subject_record_id) LIMIT 1;"""
"""The child with the most records keeps its id; of equals the one that was there first."""

COMING = """
    SELECT coalesce(array_agg(l.subject_record_id ORDER BY l.subject_record_id), '{}') INTO coming
    FROM identity_link l
    WHERE l.recorded_until IS NULL AND l.child_id <> keep
      AND (l.subject_record_id = ANY(g.records) OR (
        NOT d.groups ? l.subject_record_id::text
        AND l.child_id IN (
          SELECT o.child_id FROM identity_link o
          WHERE o.recorded_until IS NULL AND o.subject_record_id = ANY(g.records))
        AND l.child_id NOT IN (
          SELECT o.child_id FROM identity_link o
          WHERE o.recorded_until IS NULL AND d.groups ? o.subject_record_id::text
            AND o.subject_record_id <> ALL(g.records))
        AND NOT EXISTS (
          SELECT 1 FROM identity_judgement j JOIN identity_link k ON k.recorded_until IS NULL
            AND k.child_id = keep AND j.one_id = least(k.subject_record_id, l.subject_record_id)
            AND j.other_id = greatest(k.subject_record_id, l.subject_record_id)
          WHERE j.lifted IS NULL AND j.verdict = 'not_same')));
    coming := coming || ARRAY(
      SELECT r FROM unnest(g.records) r WHERE NOT EXISTS (
        SELECT 1 FROM identity_link l
        WHERE l.subject_record_id = r AND l.recorded_until IS NULL));"""
"""The records judged, and with them those that were held to be the same child as one of them."""

APPLY = f"""
DECLARE
  d record;
  g record;
  replaced jsonb;
  keep uuid;
  taken uuid[] := '{{}}';
  coming bigint[];
  each bigint;
  moved jsonb;
  shifted jsonb := '[]';
  made jsonb := '[]';
  decider text;
  source uuid;
BEGIN
  SELECT * INTO d FROM identity_decision WHERE id = asked;
  SELECT p.name INTO decider FROM agencies_person p WHERE p.id = d.decided_by_id;
  {JUDGED}
  FOR g IN SELECT array_agg(key::bigint ORDER BY key::bigint) AS records
    FROM jsonb_each_text(d.groups) WHERE d.sure GROUP BY value
    ORDER BY count(*) DESC, min(key::bigint)
  LOOP
    {KEEP}
    IF keep IS NULL AND cardinality(g.records) = 1 AND NOT EXISTS (
        SELECT 1 FROM identity_link l
        WHERE l.subject_record_id = g.records[1] AND l.recorded_until IS NULL)
    THEN CONTINUE; END IF;
    IF keep IS NULL THEN
      keep := gen_random_uuid();
      INSERT INTO identity_child (id, recorded) VALUES (keep, now());
    END IF;
    taken := taken || keep;
    {COMING}
    FOREACH each IN ARRAY coming LOOP
      moved := identity_move(each, keep, NULL, decider, 'a person decided whose record it is');
      shifted := shifted || jsonb_build_array(moved);
    END LOOP;
    FOR source IN SELECT DISTINCT (m ->> 'from')::uuid FROM jsonb_array_elements(shifted) m
      WHERE (m ->> 'subject')::bigint = ANY(coming) AND m ->> 'from' IS NOT NULL
    LOOP made := made || identity_close_alike(source, keep); END LOOP;
  END LOOP;
  UPDATE identity_decision SET in_force = now(),
    moves = jsonb_build_object('links', shifted, 'closed', made, 'replaced', replaced)
  WHERE id = asked;
  UPDATE identity_linkquestion SET closed = now(), outcome = 'decided' WHERE id = d.question_id;
END"""

ASKING = f"""
  SELECT * INTO viewer FROM identity_reviewer();
  IF viewer.person_id IS NULL OR length(trim(why)) < {LEAST_REASON} THEN RETURN 'refused'; END IF;
  PERFORM pg_advisory_xact_lock({LINKING});"""

JUDGE = f"""
DECLARE
  viewer record;
  joins boolean;
  closely boolean;
  made bigint;
BEGIN
  {ASKING}
  IF NOT coalesce(identity_may_review(asked), false) OR EXISTS (
      SELECT 1 FROM identity_linkquestion q WHERE q.id = asked AND q.closed IS NOT NULL)
    OR (SELECT array_agg(key::bigint ORDER BY key::bigint) FROM jsonb_each_text(sorted))
      IS DISTINCT FROM (SELECT array_agg(r.subject_record_id ORDER BY r.subject_record_id)
        FROM identity_linkquestionrecord r WHERE r.question_id = asked)
  THEN RETURN 'refused'; END IF;
  IF EXISTS (SELECT 1 FROM identity_decision d WHERE d.question_id = asked AND d.lifted IS NULL)
  THEN RETURN 'decided'; END IF;
  joins := certain AND (SELECT count(DISTINCT value) < count(*) FROM jsonb_each_text(sorted));
  closely := joins AND identity_restricted(asked);
  INSERT INTO identity_decision (question_id, groups, sure, restricted, reason, recorded,
    decided_by_id, agency_id, moves, lifted_reason)
  VALUES (asked, sorted, certain, closely, trim(why), now(), viewer.person_id, viewer.agency_id,
    '{{}}', '')
  RETURNING id INTO made;
  IF closely THEN RETURN 'waits'; END IF;
  PERFORM identity_apply(made);
  RETURN 'done';
END"""

CONFIRM = f"""
DECLARE
  viewer record;
  d record;
BEGIN
  {ASKING.replace("length(trim(why)) < " + str(LEAST_REASON), "false")}
  SELECT * INTO d FROM identity_decision o
  WHERE o.id = asked AND o.lifted IS NULL AND o.in_force IS NULL AND o.restricted FOR UPDATE;
  IF d.id IS NULL OR d.decided_by_id = viewer.person_id
    OR NOT coalesce(identity_may_review(d.question_id), false)
  THEN RETURN 'refused'; END IF;
  UPDATE identity_decision SET seconded_by_id = viewer.person_id WHERE id = d.id;
  PERFORM identity_apply(d.id);
  RETURN 'done';
END"""

LIFT = f"""
DECLARE
  viewer record;
  d record;
  each record;
BEGIN
  {ASKING}
  SELECT * INTO d FROM identity_decision o WHERE o.id = asked AND o.lifted IS NULL FOR UPDATE;
  IF d.id IS NULL OR NOT coalesce(identity_may_review(d.question_id), false)
  THEN RETURN 'refused'; END IF;
  IF d.in_force IS NOT NULL THEN
    IF EXISTS (SELECT 1 FROM jsonb_array_elements(d.moves -> 'links') m
      JOIN identity_link b ON b.id = (m ->> 'begun')::bigint
      LEFT JOIN identity_link l ON l.subject_record_id = b.subject_record_id
        AND l.child_id = b.child_id AND l.recorded_until IS NULL
      WHERE l.id IS NULL)
      OR EXISTS (SELECT 1 FROM identity_decision o, jsonb_array_elements(d.moves -> 'links') m
        WHERE o.id > d.id AND o.lifted IS NULL AND o.in_force IS NOT NULL
          AND o.groups ? (m ->> 'subject') AND jsonb_array_length(o.moves -> 'links') > 0)
      OR EXISTS (SELECT 1 FROM identity_judgement j
        WHERE j.decision_id = d.id AND NOT EXISTS (SELECT 1 FROM identity_judgement k
          WHERE k.decision_id = d.id AND k.lifted IS NULL
            AND k.one_id = j.one_id AND k.other_id = j.other_id))
    THEN RETURN 'later'; END IF;
    FOR each IN SELECT (m ->> 'subject')::bigint AS subject, (m ->> 'ended')::bigint AS ended
      FROM jsonb_array_elements(d.moves -> 'links') m
    LOOP PERFORM identity_move(each.subject, NULL, each.ended, '', ''); END LOOP;
    PERFORM identity_follow_again((m ->> 'from')::uuid, d.in_force)
    FROM jsonb_array_elements(d.moves -> 'links') m WHERE m ->> 'from' IS NOT NULL;
    PERFORM identity_open_again(ARRAY(
      SELECT value::uuid FROM jsonb_array_elements_text(d.moves -> 'closed')));
    UPDATE identity_judgement SET lifted = now(), lifted_by_id = viewer.person_id,
      lifted_reason = trim(why) WHERE decision_id = d.id AND lifted IS NULL;
    INSERT INTO identity_judgement (one_id, other_id, verdict, decision_id, decided_by_id,
      seconded_by_id, reason, recorded, lifted_reason)
    SELECT j.one_id, j.other_id, j.verdict, j.decision_id, j.decided_by_id, j.seconded_by_id,
      j.reason, j.recorded, '' FROM identity_judgement j
    WHERE j.id IN (
      SELECT value::bigint FROM jsonb_array_elements_text(d.moves -> 'replaced'));
  END IF;
  UPDATE identity_decision SET lifted = now(), lifted_by_id = viewer.person_id,
    lifted_reason = trim(why) WHERE id = d.id;
  UPDATE identity_linkquestion q SET closed = NULL, outcome = ''
  WHERE q.id = d.question_id AND NOT EXISTS (
    SELECT 1 FROM identity_linkquestion o
    WHERE o.closed IS NULL AND o.kind = q.kind AND o.records_key = q.records_key);
  RETURN 'done';
END"""
"""Only while nothing later rests on it: each record that it moved is still of that child, and no
later decision about it moved any.
"""

ASK = """
  INSERT INTO identity_linkask (question_id, subject_record_id, agency_id, asked_by_id, asked,
    answer)
  SELECT q.id, s.id, s.agency_id, v.person_id, now(), ''
  FROM identity_reviewer() v
  JOIN identity_linkquestion q ON q.id = asked_of AND q.closed IS NULL
  JOIN identity_linkquestionrecord r ON r.question_id = q.id AND r.subject_record_id = whose
  JOIN identity_subjectrecord s ON s.id = r.subject_record_id
  WHERE identity_may_review(q.id)
  ON CONFLICT DO NOTHING RETURNING true"""

ANSWER = f"""
  UPDATE identity_linkask k SET answer = said, answered = now(), answered_by_id = v.person_id
  FROM access_viewer() v
  WHERE k.id = asked_of AND k.answered IS NULL AND v.agency_id = k.agency_id
    AND v.role IN {quoted(ANSWERERS)} AND said IN ('right', 'mended', 'unknown')
    AND EXISTS (SELECT 1 FROM identity_asked() mine WHERE mine.ask = k.id)
  RETURNING true"""


def every() -> str:
    """All of them, in the order in which they call one another."""
    return (
        writer("identity_apply(asked bigint)", "identity_apply(bigint)", "void", APPLY)
        + writer(
            "identity_judge(asked bigint, sorted jsonb, certain boolean, why text)",
            "identity_judge(bigint, jsonb, boolean, text)",
            "text",
            JUDGE,
            to="app",
        )
        + writer(
            "identity_confirm(asked bigint)", "identity_confirm(bigint)", "text", CONFIRM, to="app"
        )
        + writer(
            "identity_lift(asked bigint, why text)",
            "identity_lift(bigint, text)",
            "text",
            LIFT,
            to="app",
        )
        + writer(
            "identity_ask(asked_of bigint, whose bigint)",
            "identity_ask(bigint, bigint)",
            "boolean",
            ASK,
            language="sql",
            to="app",
        )
        + writer(
            "identity_answer(asked_of bigint, said text)",
            "identity_answer(bigint, text)",
            "boolean",
            ANSWER,
            language="sql",
            to="app",
        )
    )
