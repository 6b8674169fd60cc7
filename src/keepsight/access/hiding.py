"""What keeps a child from a viewer, in SQL: exclusions, seals, and addresses that are protected.

Each is said twice: of all children as a list, and of one child, which is quicker where a query is
about few. Tests weaken both.
"""

from keepsight.access.policies import WHEREABOUTS
from keepsight.access.terms_in_sql import holds

HIDDEN_CHILDREN = f"""
  SELECT coalesce(array_agg(DISTINCT hidden.child_id), '{{}}') FROM (
    SELECT x.child_id FROM access_exclusion x JOIN access_viewer() v ON v.person_id = x.person_id
    WHERE {holds("x")}
    UNION ALL
    SELECT l.child_id FROM access_seal l CROSS JOIN access_viewer() v
    WHERE {holds("l")} AND NOT EXISTS (
      SELECT 1 FROM access_sealname n WHERE n.seal_id = l.id AND n.person_id = v.person_id)
  ) hidden"""

HIDES = f"""
    (EXISTS (SELECT 1 FROM access_exclusion x
       WHERE x.child_id = asked AND x.person_id = viewer.person_id AND {holds("x")})
     OR EXISTS (SELECT 1 FROM access_seal l WHERE l.child_id = asked AND {holds("l")}
       AND NOT EXISTS (SELECT 1 FROM access_sealname n
         WHERE n.seal_id = l.id AND n.person_id = viewer.person_id)))"""
"""The same of one child, for a viewer who is at hand."""

SHOWS_CHILD = "SELECT NOT " + HIDES.replace("viewer.person_id", "(SELECT access_person())")
SHOWS_SUBJECT = """
  SELECT coalesce((SELECT access_shows_child(p.child_id) FROM access_subjectplace p
    WHERE p.subject_record_id = asked), true)"""

HIDDEN_SUBJECTS = """
  SELECT coalesce(array_agg(p.subject_record_id), '{}') FROM access_subjectplace p
  WHERE p.child_id = ANY((SELECT access_hidden_children())::uuid[])"""

PROTECTED = f"""
    (EXISTS (SELECT 1 FROM access_subjectplace w WHERE w.child_id = p.child_id AND w.withheld)
     OR EXISTS (
       SELECT 1 FROM access_protection h WHERE h.child_id = p.child_id AND {holds("h")}))"""

LISTED_CHILDREN = f"""
  SELECT array_agg(DISTINCT l.child_id) FROM access_viewer() v
  JOIN access_sealname n ON n.person_id = v.person_id
  JOIN access_seal l ON l.id = n.seal_id
  WHERE {holds("l")} AND access_shows_child(l.child_id)"""

LISTED = f"""
  SELECT array_agg(p.subject_record_id) FROM access_subjectplace p
  WHERE p.child_id = ANY((SELECT access_listed_children())::uuid[])
    AND (asked < {WHEREABOUTS} OR p.agency_id = (SELECT agency_id FROM access_viewer())
         OR NOT {PROTECTED})"""
