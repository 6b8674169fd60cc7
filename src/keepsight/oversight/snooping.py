"""Looking for signs of snooping at night: each person's looks of each whole day, once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection

from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.calendar import day_in_london, start_of_day
from keepsight.kernel.looking import Reach
from keepsight.kernel.snooping import Looked, signs_on, surname_of
from keepsight.oversight.models import SnoopingSign

DAYS_BACK = 14
"""Nights that did not run are made up for, this far back: our own assumption."""

ACTS = [Act.SEE.value, Act.EXPORT.value, Act.BREAK_GLASS.value, Act.REFUSE.value]
"""Names in lists are left out: whoever opens a list did not choose its children."""

HELD = "{0}.since <= l.at AND ({0}.until IS NULL OR {0}.until > l.at)"
RECORDS = """
  FROM identity_link k JOIN identity_subjectrecord s ON s.id = k.subject_record_id
  WHERE k.child_id = l.child_id AND k.recorded_from <= l.at
    AND (k.recorded_until IS NULL OR k.recorded_until > l.at)
    AND (s.tier = 'ordinary' OR s.agency_id = l.agency_id)"""
"""What the person's own agency holds, or is ordinary: no other's closely held record is a sign."""

REACH = f"""
  coalesce((SELECT g.reach FROM access_areasetting g
    WHERE g.area_id = a.area_id AND {HELD.format("g")} ORDER BY g.since DESC, g.id DESC LIMIT 1),
    '{Reach.TEAM}')"""

LOOKED = f"""
WITH l AS (
  SELECT e.person_id, e.agency_id, e.child_id, min(e.at) AS at,
    bool_and(e.act = '{Act.REFUSE}') AS refused
  FROM audit_auditentry e
  WHERE e.at >= %s AND e.at < %s AND e.act = ANY(%s)
    AND e.person_id IS NOT NULL AND e.agency_id IS NOT NULL AND e.child_id IS NOT NULL
  GROUP BY e.person_id, e.agency_id, e.child_id, coalesce(e.request_id, e.id))
SELECT l.person_id, l.agency_id, p.name, h.postcode, l.child_id, l.at, l.refused,
  ARRAY(SELECT DISTINCT s.surname {RECORDS} AND s.surname IS NOT NULL),
  ARRAY(SELECT DISTINCT s.postcode {RECORDS} AND s.postcode IS NOT NULL),
  EXISTS (SELECT 1 FROM access_seal c WHERE c.child_id = l.child_id AND {HELD.format("c")}),
  EXISTS (SELECT 1 FROM access_tie t
    WHERE t.child_id = l.child_id AND t.agency_id = l.agency_id AND {HELD.format("t")}
      AND (t.person_id IS NULL OR t.person_id = l.person_id)
      AND (t.team_id IS NULL OR t.team_id = p.team_id OR {REACH} = '{Reach.COUNCIL}')),
  EXISTS (SELECT 1 FROM access_tie t
    WHERE t.child_id = l.child_id AND t.person_id = l.person_id AND t.until <= l.at)
FROM l JOIN agencies_person p ON p.id = l.person_id JOIN agencies_agency a ON a.id = l.agency_id
LEFT JOIN access_staffhome h ON h.person_id = l.person_id
ORDER BY l.at, l.child_id"""


@action
def find_signs(*, by: Actor, now: datetime) -> int:
    """Write the signs of the last whole days that are not written yet; returns how many."""
    today = day_in_london(now)
    days = [today - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]
    rows = [row for day in days for row in _signs_of(day, now)]
    before = SnoopingSign.objects.count()
    SnoopingSign.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    written = int(SnoopingSign.objects.count() - before)
    record(by=by, notes=[Note(act=Act.WRITE, what=f"{written} snooping signs")])
    return written


def _signs_of(day: date, now: datetime) -> Iterable[SnoopingSign]:
    for (person, agency), looks in _looks_of(day).items():
        for code, many in signs_on(day, looks).items():
            yield SnoopingSign(
                person_id=person, agency_id=agency, sign=code, day=day, many=many, recorded=now
            )


def _looks_of(day: date) -> dict[tuple[int, int], list[Looked]]:
    """The looks of one day in London, of each person at each agency."""
    found: dict[tuple[int, int], list[Looked]] = defaultdict(list)
    ends = start_of_day(day + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, [start_of_day(day), ends, ACTS])
        for person, agency, name, home, child, at, refused, *so in cursor.fetchall():
            surnames, postcodes, sealed, tied, ended = so
            look = Looked(
                child=str(child),
                at=at,
                refused=refused,
                own_surname=surname_of(name),
                own_postcode=home,
                surnames=frozenset(surnames),
                postcodes=frozenset(postcodes),
                sealed=sealed,
                tied=tied,
                ended=ended,
            )
            found[person, agency].append(look)
    return found
