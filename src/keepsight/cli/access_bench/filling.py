"""Filling the tables straight in, set by set: what intake and the night would have left there."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.cli.access_bench.children import stage
from keepsight.cli.access_bench.happening import attendance, events
from keepsight.cli.access_bench.taking_part import BY, WORKERS, Looking, register
from keepsight.kernel.duties import DUTIES
from keepsight.kernel.indicators.catalogue import CATALOGUE

HELD = """
CREATE TEMPORARY TABLE bench_held AS
SELECT a.id AS agency_id, a.area_id, a.kind, c.n FROM bench_child c
  JOIN agencies_agency a ON a.key = CASE WHEN c.health < 6000 THEN 'trust-0' ELSE 'trust-1' END
UNION ALL SELECT a.id, a.area_id, a.kind, c.n FROM bench_child c
  JOIN agencies_agency a ON a.key = 'police' WHERE c.police < 4000
UNION ALL SELECT a.id, a.area_id, a.kind, c.n FROM bench_child c
  JOIN agencies_agency a ON a.key = 'council-' || c.area WHERE c.council < 3500
UNION ALL SELECT a.id, a.area_id, a.kind, c.n FROM bench_child c
  JOIN agencies_agency a ON a.key = 'school-' || c.school WHERE c.pupil"""
"""Each child at one of two trusts; two in five at the police, 35 in 100 at the council, three in
four at a school: two and a half records a child.
"""

CHILDREN = "INSERT INTO identity_child (id, recorded) SELECT id, now() FROM bench_child"

RECORDS = """
INSERT INTO identity_subjectrecord (agency_id, area_id, tier, key, forename, surname,
  forename_sound, surname_sound, date_of_birth, sex, nhs_number, upn, postcode, address_withheld,
  first_received, details_received)
SELECT h.agency_id, h.area_id, 'ordinary', 'K' || c.n, c.forename, c.surname, c.forename_sound,
  c.surname_sound, c.born, c.sex, CASE WHEN h.kind = 'health' THEN c.nhs END,
  CASE WHEN h.kind IN ('school', 'childrens_social_care') THEN c.upn END, 'ZZ11AA',
  c.owed >= 9990, now() - interval '200 days', now() - interval '200 days'
FROM bench_held h JOIN bench_child c USING (n)"""

KEPT = """
CREATE TEMPORARY TABLE bench_record AS
SELECT s.id, s.agency_id, s.area_id, a.kind, substr(s.key, 2)::int AS n
FROM identity_subjectrecord s JOIN agencies_agency a ON a.id = s.agency_id"""

LINKS = """
INSERT INTO identity_link (agency_id, area_id, tier, weight, reasons, model_version, decided_by,
  recorded_from, child_id, subject_record_id)
SELECT r.agency_id, r.area_id, 'ordinary', 20, '["same names", "same date of birth"]', 'bench',
  'model', now() - interval '190 days', c.id, r.id
FROM bench_record r JOIN bench_child c USING (n)"""

PLACES = """
UPDATE access_subjectplace SET last_contact = now() - interval '30 days', involved = true
WHERE subject_record_id % 5 > 0"""

CASES = """
CREATE TEMPORARY TABLE bench_case AS
SELECT c.n, c.id, a.id AS agency_id, w.person_id, w.team_id
FROM (SELECT *, row_number() OVER (PARTITION BY area ORDER BY n) - 1 AS turn
      FROM bench_child WHERE council < 500) c
JOIN agencies_agency a ON a.key = 'council-' || c.area
LEFT JOIN (
  SELECT p.id AS person_id, p.agency_id, p.team_id, row_number() OVER
    (PARTITION BY p.agency_id ORDER BY p.email <> %(worker)s, p.id) - 1 AS place
  FROM agencies_person p JOIN agencies_team t ON t.id = p.team_id
  WHERE p.role = 'social_worker') w
ON w.agency_id = a.id AND w.place = c.turn %% %(workers)s
  AND c.turn / %(workers)s < 20 + c.turn %% 31"""
"""Open cases, of which twenty to fifty are allocated to each worker; the others to nobody."""

TIES = """
INSERT INTO access_tie (id, since, because, child_id, agency_id, team_id, person_id, relation)
SELECT gen_random_uuid(), now() - interval '60 days', 'an open case', id, agency_id, team, person,
  relation
FROM bench_case, LATERAL (VALUES
  ('allocated', NULL::bigint, person_id), ('team', team_id, NULL), ('case', NULL, NULL))
  tie (relation, team, person)
WHERE (relation = 'case') = (person_id IS NULL)
UNION ALL
SELECT gen_random_uuid(), now() - interval '9 days', 'an alert to read', c.id, a.id, t.id, NULL,
  'front_door'
FROM bench_child c JOIN agencies_agency a ON a.key = 'council-' || c.area
JOIN agencies_team t ON t.agency_id = a.id AND t.front_door
WHERE c.police < 100"""

APART = """
WITH sealed AS (
  INSERT INTO access_seal (id, since, because, ended_because, child_id, agency_id)
  SELECT gen_random_uuid(), now() - interval '90 days', 'an adoption', '', c.id, a.id
  FROM bench_child c JOIN agencies_agency a ON a.key = 'council-' || c.area
  WHERE c.owed BETWEEN 5000 AND 5029 RETURNING id, agency_id)
INSERT INTO access_sealname (id, seal_id, agency_id, person_id)
SELECT gen_random_uuid(), s.id, s.agency_id, p.id FROM sealed s
CROSS JOIN LATERAL (SELECT id FROM agencies_person WHERE agency_id = s.agency_id
  ORDER BY id LIMIT 3) p;
INSERT INTO access_exclusion
  (id, since, because, ended_because, person_id, agency_id, child_id, ground)
SELECT gen_random_uuid(), now() - interval '90 days', 'family', '', p.id, p.agency_id, c.id,
  'family'
FROM (SELECT id, agency_id, row_number() OVER (ORDER BY id) AS place FROM agencies_person) p
JOIN (SELECT id, row_number() OVER (ORDER BY n) AS turn FROM bench_child
      WHERE owed BETWEEN 5100 AND 5119) c
ON c.turn % (SELECT count(*) FROM agencies_person) = p.place - 1;
INSERT INTO access_protection
  (id, since, because, ended_because, child_id, agency_id, safe_way, never_use)
SELECT gen_random_uuid(), now() - interval '90 days', 'a threat', '', c.id, a.id,
  'Through school', ''
FROM bench_child c JOIN agencies_agency a ON a.key = 'council-' || c.area
WHERE c.owed BETWEEN 5200 AND 5219"""
"""Three children in a thousand sealed, two kept from somebody, two with a protected address."""

ALERTS = """
INSERT INTO detection_alert (id, child_id, area_id, concern, harm, first_met, last_met,
  waiting_since, recorded, state, decision)
SELECT gen_random_uuid(), c.id, a.area_id, %(concern)s, false, current_date - c.n %% 60,
  current_date, current_date - c.n %% 60, now(), 'to_read', ''
FROM bench_child c JOIN agencies_agency a ON a.key = 'council-' || c.area WHERE c.police < 100"""

MET = """
INSERT INTO detection_alertmet
  (alert_id, child_id, area_id, indicator, version, first_met, last_met)
SELECT id, child_id, area_id, %(indicator)s, %(version)s, first_met, last_met FROM detection_alert
"""

EVIDENCE = """
INSERT INTO detection_alertevidence (alert_id, child_id, area_id, indicator, event_ref, noted)
SELECT l.id, l.child_id, l.area_id, %(indicator)s, e.id::text, current_date
FROM detection_alert l JOIN bench_child c ON c.id = l.child_id
JOIN bench_record r ON r.n = c.n
JOIN chronology_event e ON e.subject_record_id = r.id AND e.kind = 'missing_episode'"""

OBLIGATIONS = """
INSERT INTO casework_obligation (id, child_id, agency_id, area_id, duty, version, started_by,
  started, due, stopped_by, state, why, recorded)
SELECT gen_random_uuid(), c.id, a.id, a.area_id, %(duty)s, %(version)s, a.id || ':bench|' || c.n,
  due - interval '3 days', due, '', CASE WHEN due < now() THEN 'overdue' ELSE 'due' END,
  'nothing that would stop it has been received', now()
FROM bench_child c JOIN agencies_agency a ON a.key = 'council-' || c.area,
LATERAL (SELECT now() + make_interval(hours => 48 - c.n %% 960) AS due) clock
WHERE c.owed < 300"""

FIGURES = """
INSERT INTO oversight_areafigure (area_id, agency_id, figure, as_of, value, recorded)
SELECT a.area_id, a.id, 'obligations_' || state, current_date - d, 10, now()
FROM agencies_agency a, generate_series(0, 29) d, unnest(ARRAY['due', 'overdue', 'met', 'late'])
  state
WHERE a.kind <> 'school'
UNION ALL SELECT id, NULL, figure, current_date - d, 10, now() FROM agencies_area,
  generate_series(0, 29) d, unnest(ARRAY['missing_from_school', 'missing_from_home']) figure"""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the filling."""

    title: str
    run: Callable[[], None]


def steps(children: int, areas: int) -> tuple[Step, ...]:
    """The whole filling, in order; temporary tables carry it from step to step."""
    return (
        Step("people and agencies", lambda: register(children, areas)),
        Step("making up the children", lambda: stage(children, areas)),
        Step("children", lambda: write(by=BY, parts=[CHILDREN, HELD])),
        Step(
            "subject records", lambda: write(by=BY, parts=[RECORDS, KEPT, "ANALYZE bench_record"])
        ),
        Step("links and places", lambda: write(by=BY, parts=[LINKS, PLACES])),
        Step("ties, seals, exclusions", lambda: write(by=BY, parts=[_cases, TIES, APART])),
        Step("events", events),
        Step("weeks of attendance", lambda: attendance(by=BY)),
        Step("alerts, obligations, figures", lambda: write(by=BY, parts=[_told])),
    )


def _cases() -> None:
    with connection.cursor() as cursor:
        cursor.execute(CASES, {"worker": Looking().worker, "workers": WORKERS})


def _told() -> None:
    indicator = next(each for each in CATALOGUE if "missing" in each.code)
    duty = next(each for each in DUTIES if each.code == "return_home_interview")
    with connection.cursor() as cursor:
        rule = {"indicator": indicator.code, "version": indicator.version}
        cursor.execute(ALERTS, {"concern": indicator.concern.value})
        cursor.execute(MET, rule)
        cursor.execute("CREATE INDEX ON bench_record (n)")
        cursor.execute(EVIDENCE, rule)
        cursor.execute(OBLIGATIONS, {"duty": duty.code, "version": duty.version})
        cursor.execute(FIGURES)


@action
def write(*, by: Actor, parts: Sequence[str | Callable[[], None]]) -> None:
    """Run statements one after another."""
    for part in parts:
        if callable(part):
            part()
        else:
            with connection.cursor() as cursor:
                cursor.execute(part)


OPEN = (
    "NOT EXISTS (SELECT 1 FROM access_seal x WHERE x.child_id = t.child_id)"
    " AND NOT EXISTS (SELECT 1 FROM access_exclusion x WHERE x.child_id = t.child_id)"
)


def known() -> dict[str, object]:
    """What whoever measures must know: children to open, names and numbers to search by."""
    said = {
        "allocated": (
            "SELECT t.child_id FROM access_tie t JOIN agencies_person p ON p.id = t.person_id"
            f" WHERE p.email = %(worker)s AND t.relation = 'allocated' AND {OPEN} LIMIT 20"
        ),
        "at_the_door": (
            f"SELECT child_id FROM access_tie t WHERE relation = 'front_door' AND {OPEN} LIMIT 200"
        ),
        "hidden": (
            "SELECT c.id FROM bench_child c JOIN bench_record r USING (n) JOIN agencies_agency a"
            " ON a.id = r.agency_id AND a.key = 'trust-0' LIMIT 500"
        ),
        "sealed": "SELECT child_id FROM access_seal LIMIT 500",
        "trust": _numbers("trust-1", "nhs_number"),
        "school": _numbers("school-0", "upn"),
        "council": _numbers("council-0", "upn"),
        "key": _numbers("trust-1", "key"),
    }
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for name, query in said.items():
            cursor.execute(query, {"worker": Looking().worker})
            found[name] = [str(row[0]) for row in cursor.fetchall()]
        for table in ("identity_child", "identity_subjectrecord", "access_tie", "chronology_event",
                      "detection_alert", "casework_obligation", "access_seal"):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[f"rows of {table}"] = cursor.fetchone()[0]
    return json.loads(json.dumps(found))


def _numbers(key: str, column: str) -> str:
    return (
        f"SELECT s.{column} FROM identity_subjectrecord s JOIN agencies_agency a"
        f" ON a.id = s.agency_id AND a.key = '{key}' LIMIT 200"
    )
