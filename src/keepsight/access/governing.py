"""What a governance lead, or an analyst, may ask of the database: functions run as their owner.

Each answers for the agency or the area of whoever the token stands for, and for nobody else.
"""

from keepsight.access.terms_in_sql import holds, quoted
from keepsight.engines.rls import definer
from keepsight.kernel.roles import Permission, roles_that_may

KEPT_FROM = f"""
  SELECT coalesce(array_agg(DISTINCT x.child_id), '{{}}') FROM access_exclusion x
  JOIN access_viewer() v ON v.person_id = x.person_id WHERE {holds("x")}"""

GOVERNS = """
  SELECT asked <> ALL(access_hidden_children()) AND EXISTS (SELECT 1 FROM access_subjectplace p
    WHERE p.child_id = asked AND p.agency_id = access_governed() AND p.tier <> 'sealed')"""

EMPLOYS = """
  SELECT EXISTS (SELECT 1 FROM agencies_person p
    WHERE p.id = asked AND p.agency_id = access_governed())"""

ANALYSED = f"""
  SELECT area_id FROM access_viewer()
  WHERE role IN {quoted(roles_that_may(Permission.READ_PSEUDONYMS))}"""

PEOPLE_OF = f"""
    p.id = asked AND p.agency_id = (SELECT v.agency_id FROM access_viewer() v
      WHERE v.role IN {quoted(roles_that_may(Permission.KEEP_PEOPLE))})
    AND p.id <> (SELECT access_person())"""


def every() -> str:
    """All of them, in the order in which they call one another."""
    pages = ("app",)
    govern = definer("access_governs(asked uuid)", "boolean", GOVERNS, to=pages)
    return (
        govern.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        + definer("access_employs(asked bigint)", "boolean", EMPLOYS, to=pages)
        + definer("access_kept_from()", "uuid[]", KEPT_FROM, to=pages)
        + definer("access_analysed()", "bigint", ANALYSED, to=pages)
    )
