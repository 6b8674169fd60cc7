"""What policies ask: functions over access's own tables, run as their owner, for the viewer only.

The viewer is whoever the token of the transaction stands for; without one each answers nothing.
Each says in SQL what one row of `kernel.visibility` says in Python.
"""

from uuid import UUID

from keepsight.access.hiding import (
    HIDDEN_CHILDREN,
    HIDDEN_SUBJECTS,
    HIDES,
    LISTED,
    LISTED_CHILDREN,
    PROTECTED,
    SHOWS_CHILD,
    SHOWS_SUBJECT,
)
from keepsight.access.policies import KEYS_A_SUBJECT, WHEREABOUTS, each_of
from keepsight.access.terms_in_sql import CATEGORIES, CLOSE, GIVABLE, PURPOSE, holds, quoted
from keepsight.engines.rls import definer
from keepsight.kernel.looking import LEADS, Reach, Relation, Serves, Sight
from keepsight.kernel.roles import Permission, Role, roles_that_may
from keepsight.kernel.visibility import (
    GLASS_ROLES,
    INVOLVED_ROLES,
    LEAD_ROLES,
    OWN_ROLES,
)
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind
from keepsight.kernel.vocabulary.categories import Category

READERS = ("app",)
COMPROMISED_NAME = "access_compromised(asked_person bigint, asked_child uuid)"
TIES_OF_NAME = "access_ties_of(children uuid[])"
KEYS_OF_NAME = "access_keys_of(asked int, children uuid[])"
INNER = (COMPROMISED_NAME, TIES_OF_NAME, KEYS_OF_NAME)
"""Only other functions call them: the first, to anybody else, would tell who is kept from whom."""

IN_A_LIST = f"'{UUID(int=2**128 - 1)}'::uuid"

SUSPECTED = ("suspect", "adult_of_concern", "allegation", "household")
"""Grounds on which nothing goes through the person’s line manager either."""


LIVE = "s.closed IS NULL AND s.expires > now() AND s.seen + s.idle > now()"
"""A session that is over, or was left unused for too long, opens nothing."""

VIEWER = f"""
  SELECT p.id, p.agency_id, coalesce(p.area_id, a.area_id), p.role, p.team_id, a.kind
  FROM access_accesssession s
  JOIN agencies_person p ON p.id = s.person_id AND p.is_active
  JOIN agencies_agency a ON a.id = p.agency_id
  WHERE s.token_hash = sha256(convert_to(current_setting('keepsight.token', true), 'UTF8'))
    AND {LIVE}"""

SETTINGS = f"""
  SELECT coalesce((
    SELECT g.reach FROM access_areasetting g JOIN access_viewer() v ON v.area_id = g.area_id
    WHERE {holds("g")} ORDER BY g.since DESC, g.id DESC LIMIT 1), '{Reach.TEAM}')"""

NARROWED = (
    "SELECT string_to_array(nullif(current_setting('keepsight.children', true), ''), ',')::uuid[]"
)
"""The children whom a query is about, where it says so: see `access.narrowing`."""

FEW = f"SELECT {IN_A_LIST} <> ALL(access_narrowed())"
"""Whether each row is asked about by itself, and not the list of all that is hidden worked out."""

TIES_OF = f"""
  SELECT t.id, t.child_id,
    CASE WHEN t.relation IN {quoted(LEADS)} THEN '{Serves.LEAD}' ELSE t.relation END
  FROM access_viewer() v JOIN (
    SELECT * FROM access_tie a WHERE children IS NULL
    UNION ALL SELECT * FROM access_tie b WHERE b.child_id = ANY(children)
  ) t ON v.agency_id = t.agency_id
  WHERE {holds("t")}
    AND (t.person_id IS NULL OR t.person_id = v.person_id)
    AND (t.team_id IS NULL OR t.team_id = v.team_id
         OR (SELECT access_reach()) = '{Reach.COUNCIL}')
    AND ((t.relation IN {quoted(LEADS)} AND v.role IN {quoted(LEAD_ROLES)}
          AND v.agency_kind = '{AgencyKind.CHILDRENS_SOCIAL_CARE}')
      OR (t.relation = '{Relation.CONFERENCE}' AND v.role IN {quoted(INVOLVED_ROLES)})
      OR (t.relation = '{Relation.INSPECTION}' AND v.role = '{Role.INSPECTOR}')
      OR (t.relation = '{Relation.BREAK_GLASS}' AND v.role IN {quoted(GLASS_ROLES)}))
    AND CASE WHEN children IS NULL
      THEN t.child_id NOT IN {each_of("access_hidden_children()")}
      ELSE access_shows_child(t.child_id) END"""

TIES = "SELECT * FROM access_ties_of((SELECT access_narrowed()))"

AGREED = f"""
    access_party giver
    JOIN access_party receiver ON receiver.agreement_id = giver.agreement_id
      AND receiver.agency_id = v.agency_id AND {holds("receiver")}
    JOIN access_term m ON m.agreement_id = giver.agreement_id
      AND m.giver_kind = giver.kind AND m.receiver_kind = receiver.kind
      AND m.purpose = {PURPOSE}"""

KEYS_OF = f"""
  SELECT array_agg(DISTINCT p.subject_record_id * {KEYS_A_SUBJECT} + given.category * 2
    + given.close)
  FROM access_ties_of(children) t
  JOIN access_subjectplace p ON p.child_id = t.child_id
  CROSS JOIN access_viewer() v
  CROSS JOIN LATERAL (
    SELECT m.category, close.close FROM {AGREED}
    CROSS JOIN (VALUES (0), (1)) close(close)
    WHERE giver.agency_id = p.agency_id AND p.agency_id <> v.agency_id AND {holds("giver")}
      AND m.serves = t.serves AND m.sight >= least(asked, {Sight.CONTENT.value})
      AND m.category IN ({GIVABLE}) AND (close.close = 0 OR m.category IN ({CLOSE}))
    UNION ALL
    SELECT every.category, close.close FROM (VALUES {CATEGORIES}) every(category)
    CROSS JOIN (VALUES (0), (1)) close(close)
    WHERE t.serves = '{Relation.INSPECTION}'
      OR (t.serves = '{Relation.BREAK_GLASS}' AND close.close = 0)
  ) given
  WHERE asked < {WHEREABOUTS} OR p.agency_id = v.agency_id OR NOT {PROTECTED}"""

KEYS = "SELECT access_keys_of(asked, (SELECT access_narrowed()))"

SEEN = quoted((Serves.LEAD, Relation.INSPECTION, Relation.BREAK_GLASS))
CHILDREN = f"SELECT array_agg(child_id) FROM access_ties() WHERE serves IN {SEEN}"
LED_CHILDREN = f"SELECT array_agg(child_id) FROM access_ties() WHERE serves = '{Serves.LEAD}'"

KNOWN = f"""
  SELECT NOT hidden AND (tied OR sealed OR own)
  FROM (
    SELECT {HIDES} AS hidden,
      EXISTS (SELECT 1 FROM access_ties_of(ARRAY[asked])) AS tied,
      EXISTS (SELECT 1 FROM access_seal l WHERE l.child_id = asked AND {holds("l")}) AS sealed,
      EXISTS (SELECT 1 FROM access_subjectplace p WHERE p.child_id = asked
        AND p.agency_id = viewer.agency_id AND p.tier <> 'sealed') AS own
    FROM (SELECT v.person_id, access_agency() AS agency_id FROM access_viewer() v OFFSET 0) viewer
    OFFSET 0) answer"""
"""All of it is worked out, whatever the answer, and the viewer first: what is hidden takes as long
as what is not there. A sealed child who is not hidden is one on whose list the viewer is.
"""

MAY_KNOW = f"""
    coalesce((SELECT g.involved_may_know FROM access_areasetting g
      WHERE g.area_id = v.area_id AND {holds("g")} ORDER BY g.since DESC, g.id DESC LIMIT 1),
      true)"""

INVOLVED = f"""
  SELECT DISTINCT theirs.agency_id
  FROM access_viewer() v
  JOIN access_subjectplace ours ON ours.child_id = asked AND ours.agency_id = v.agency_id
    AND ours.involved AND ours.tier <> 'sealed'
  JOIN access_subjectplace theirs ON theirs.child_id = asked AND theirs.agency_id <> v.agency_id
    AND theirs.involved AND theirs.tier = 'ordinary'
  JOIN agencies_agency a ON a.id = theirs.agency_id
    AND a.kind NOT IN {quoted(CONFIDENTIAL_AGENCIES)}
  CROSS JOIN LATERAL (
    SELECT 1 FROM {AGREED}
    WHERE giver.agency_id = theirs.agency_id AND {holds("giver")}
      AND m.serves = '{Serves.INVOLVED}' AND m.category = {Category.PERSON.number} LIMIT 1) agreed
  WHERE v.role IN {quoted(INVOLVED_ROLES)} AND {MAY_KNOW}
    AND access_shows_child(asked)"""

WORKERS = f"""
  SELECT DISTINCT t.agency_id, t.person_id FROM access_tie t
  WHERE t.child_id = asked AND t.relation = '{Relation.ALLOCATED}' AND {holds("t")}
    AND t.agency_id IN (
      SELECT access_involved(asked) UNION SELECT agency_id FROM access_viewer()
      WHERE EXISTS (SELECT 1 FROM access_ties_of(ARRAY[asked]) WHERE serves IN {SEEN}))
    AND NOT access_compromised(t.person_id, asked)"""

COMPROMISED = f"""
  SELECT EXISTS (
    SELECT 1 FROM access_exclusion x
    LEFT JOIN agencies_person kept ON kept.id = x.person_id
    WHERE x.child_id = asked_child AND {holds("x")}
      AND (x.person_id = asked_person
        OR (kept.line_manager_id = asked_person AND x.ground IN {quoted(SUSPECTED)})))"""

WITHHELD = f"""
  SELECT access_known(asked) AND EXISTS (
    SELECT 1 FROM access_subjectplace p WHERE p.child_id = asked AND {PROTECTED})"""

SAFE_WAYS = f"""
  SELECT h.safe_way, h.never_use FROM access_protection h
  WHERE h.child_id = asked AND {holds("h")} AND access_known(asked) ORDER BY h.since"""

AGENCY = f"SELECT agency_id FROM access_viewer() WHERE role IN {quoted(OWN_ROLES)}"
PERSON = "SELECT person_id FROM access_viewer()"
GOVERNED = f"""
  SELECT agency_id FROM access_viewer()
  WHERE role IN {quoted(roles_that_may(Permission.KEEP_APART))}"""
MANAGED = f"""
  SELECT agency_id FROM access_viewer()
  WHERE role IN {quoted(roles_that_may(Permission.ALLOCATE))}
    AND agency_kind = '{AgencyKind.CHILDRENS_SOCIAL_CARE}'"""
GOVERNS = """
  SELECT EXISTS (SELECT 1 FROM access_subjectplace p
    WHERE p.child_id = asked AND p.agency_id = access_governed())"""

REVIEWS = f"""
  SELECT EXISTS (
    SELECT 1 FROM access_viewer() v
    JOIN access_subjectplace p ON p.child_id = asked AND p.agency_id = v.agency_id
    WHERE v.role IN {quoted(roles_that_may(Permission.REVIEW_LOOKING))}
      AND asked <> ALL((SELECT access_hidden_children())::uuid[])
      AND NOT access_compromised(v.person_id, asked))"""

LOOKS = """
  SELECT e.id, e.at, e.act, e.actor_name, e.person_id, e.role, e.what, e."where", e.purpose,
    e.reason, e.known_on
  FROM audit_auditentry e JOIN access_viewer() v ON v.agency_id = e.agency_id
  WHERE e.child_id = asked AND (SELECT access_reviews(asked))"""
LOOK_COLUMNS = (
    "TABLE (id uuid, at timestamptz, act text, actor_name text, person_id bigint, role text,"
    ' what text, "where" text, purpose text, reason text, known_on date)'
)

GLASS_TOLD = """
  SELECT NOT EXISTS (
    SELECT 1 FROM access_breakglass b CROSS JOIN access_viewer() v
    WHERE b.id = glass AND access_compromised(v.person_id, b.child_id))"""
"""By the glass and not by the child, so that nobody can ask it of a child whom they choose."""


def of_looking() -> str:
    """Who looked: for those who answer for it at an agency, of what its own people did."""
    made = (
        ("access_reviews(asked uuid)", "boolean", REVIEWS),
        ("access_looks(asked uuid)", LOOK_COLUMNS, LOOKS),
        ("access_glass_told(glass uuid)", "boolean", GLASS_TOLD),
    )
    return "".join(definer(name, returns, body, to=READERS) for name, returns, body in made)


TIE = "TABLE (tie_id uuid, child_id uuid, serves text)"


ROWS = {
    "access_viewer()": 1,
    TIES_OF_NAME: 10,
    "access_ties()": 10,
    "access_involved(asked uuid)": 10,
    "access_workers(asked uuid)": 10,
    "access_safe_ways(asked uuid)": 1,
}
"""What the planner is to expect: left to itself it expects a thousand, and reads whole tables."""


def every() -> str:
    """All functions, in the order in which they call one another."""
    made = (
        (
            "access_viewer()",
            "TABLE (person_id bigint, agency_id bigint, area_id bigint, role text,"
            " team_id bigint, agency_kind text)",
            VIEWER,
        ),
        ("access_agency()", "bigint", AGENCY),
        ("access_person()", "bigint", PERSON),
        ("access_governed()", "bigint", GOVERNED),
        ("access_managed()", "bigint", MANAGED),
        ("access_governs(asked uuid)", "boolean", GOVERNS),
        ("access_reach()", "text", SETTINGS),
        ("access_hidden_children()", "uuid[]", HIDDEN_CHILDREN),
        ("access_narrowed()", "uuid[]", NARROWED),
        ("access_shows_child(asked uuid)", "boolean", SHOWS_CHILD),
        ("access_shows_subject(asked bigint)", "boolean", SHOWS_SUBJECT),
        ("access_few()", "boolean", FEW),
        ("access_hidden_subjects()", "bigint[]", HIDDEN_SUBJECTS),
        ("access_listed_children()", "uuid[]", LISTED_CHILDREN),
        ("access_listed(asked int)", "bigint[]", LISTED),
        (TIES_OF_NAME, TIE, TIES_OF),
        ("access_ties()", TIE, TIES),
        (KEYS_OF_NAME, "bigint[]", KEYS_OF),
        ("access_keys(asked int)", "bigint[]", KEYS),
        ("access_children()", "uuid[]", CHILDREN),
        ("access_led_children()", "uuid[]", LED_CHILDREN),
        ("access_known(asked uuid)", "boolean", KNOWN),
        ("access_involved(asked uuid)", "SETOF bigint", INVOLVED),
        (COMPROMISED_NAME, "boolean", COMPROMISED),
        ("access_workers(asked uuid)", "TABLE (agency_id bigint, person_id bigint)", WORKERS),
        ("access_withheld(asked uuid)", "boolean", WITHHELD),
        ("access_safe_ways(asked uuid)", "TABLE (safe_way text, never_use text)", SAFE_WAYS),
    )
    return "".join(
        definer(name, returns, body, to=() if name in INNER else READERS, rows=ROWS.get(name))
        for name, returns, body in made
    )
