"""What happened to the children of the benchmark: events with contents, and school weeks."""

from dataclasses import dataclass

from django.db import connection

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.cli.access_bench.taking_part import BY
from keepsight.kernel.vocabulary.content.base import Content
from keepsight.kernel.vocabulary.content.education import SchoolEnrolment
from keepsight.kernel.vocabulary.content.health import EmergencyAttendance, HealthContact
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentStarted,
    ChildInNeedPlan,
    ReferralReceived,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One kind of event: of which agencies' records, how many of each, and what it says."""

    content: type[Content]
    kind: str
    said: str = "'{}'::jsonb"
    whereabouts: str = "NULL::jsonb"
    where: str = "true"
    times: int = 1


NAMED = """jsonb_build_object('forename', initcap(c.forename), 'surname', initcap(c.surname),
  'date_of_birth', c.born, 'sex', c.sex)"""
NUMBERED = {
    "health": f"{NAMED} || jsonb_build_object('nhs_number', c.nhs)",
    "school": f"{NAMED} || jsonb_build_object('upn', c.upn)",
    "police": NAMED,
    "childrens_social_care": f"{NAMED} || jsonb_build_object('upn', c.upn)",
}
LIVES = "jsonb_build_object('address', c.n || ' Example Street', 'postcode', 'ZZ1 1AA')"
MISSING = "jsonb_build_object('category', 'missing')"
FOUND = "jsonb_build_object('found_at', 'a railway station')"
CASE = "c.council < 500"
HAPPENINGS = (
    *(Happening(PersonDetails, kind, said, LIVES) for kind, said in NUMBERED.items()),
    Happening(SchoolEnrolment, "school", "jsonb_build_object('year_group', '9')"),
    Happening(HealthContact, "health"),
    Happening(EmergencyAttendance, "health", where="c.n % 2 = 0"),
    Happening(MissingEpisode, "police", MISSING, FOUND),
    Happening(ReferralReceived, "childrens_social_care"),
    Happening(MissingEpisode, "police", MISSING, FOUND, f"{CASE} OR c.police < 100", 4),
    Happening(AssessmentStarted, "childrens_social_care", where=CASE, times=3),
    Happening(ChildInNeedPlan, "childrens_social_care", where=CASE),
)
"""Five and a half for each child, and a dozen more for one with an open case."""

STAGED = """
CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
SELECT nextval('chronology_event_id_seq') AS id, r.id AS subject, r.agency_id, r.area_id,
  now() - make_interval(days => 5 + (r.n * 7 + number * 31) % 600) AS at,
  {said} AS content, {whereabouts} AS whereabouts, d.id AS delivery,
  decode(md5(r.id::text || number), 'hex') AS salt
FROM bench_record r JOIN bench_child c USING (n)
JOIN (SELECT f.agency_id, min(d.id) AS id FROM chronology_delivery d
      JOIN chronology_feed f ON f.id = d.feed_id GROUP BY 1) d ON d.agency_id = r.agency_id,
generate_series(1, {times}) number
WHERE r.kind = '{kind}' AND ({where})"""
HEADERS = """
INSERT INTO chronology_event (id, subject_record_id, agency_id, area_id, tier, category, kind,
  occurred, day_only, received, recorded, delivery_id, "row", source_key, revision, withdrawn, leaf)
SELECT id, subject, agency_id, area_id, 'ordinary', {category}, '{kind}', at, true, at, at,
  delivery, 'row ' || id, '{kind}:' || id, 1, false,
  sha256(salt || convert_to(content::text, 'UTF8'))
FROM staged"""
CONTENTS = """
INSERT INTO chronology_eventcontent (event_id, subject_record_id, agency_id, area_id, tier,
  category, content, remarks, salt, fingerprint)
SELECT id, subject, agency_id, area_id, 'ordinary', {category}, content, '[]', salt,
  sha256(convert_to(content::text, 'UTF8')) FROM staged"""
WHEREABOUTS = """
INSERT INTO chronology_eventplace (event_id, subject_record_id, agency_id, area_id, tier, category,
  whereabouts)
SELECT id, subject, agency_id, area_id, 'ordinary', {category}, whereabouts FROM staged
WHERE whereabouts IS NOT NULL"""

WEEKS = """
INSERT INTO chronology_attendanceweek (subject_record_id, agency_id, area_id, tier, week, revision,
  marks, possible, absent, unauthorised, unexplained, late, received, delivery_id)
SELECT r.id, r.agency_id, r.area_id, 'ordinary', date_trunc('week', current_date)::date - 7 * w, 1,
  '/\\/\\/\\N N /\\/\\/\\/\\', 10, 2, 0, 2, 0, now() - make_interval(days => 7 * w), d.id
FROM bench_record r JOIN bench_child c USING (n)
JOIN (SELECT f.agency_id, min(d.id) AS id FROM chronology_delivery d
      JOIN chronology_feed f ON f.id = d.feed_id GROUP BY 1) d ON d.agency_id = r.agency_id,
generate_series(1, 20) w
WHERE r.kind = 'school' AND (c.council < 500 OR c.police < 100)"""
"""Twenty weeks of each pupil with an open case or an alert."""


def events() -> None:
    """Every happening, header, content and place."""
    for each in HAPPENINGS:
        _happens(by=BY, each=each)


@action
def _happens(*, by: Actor, each: Happening) -> None:
    words = {
        name: getattr(each, name) for name in ("said", "whereabouts", "kind", "where", "times")
    }
    kind = {"category": each.content.heading.number, "kind": each.content.kind}
    with connection.cursor() as cursor:
        cursor.execute(STAGED.format(**words))
        for statement in (HEADERS, CONTENTS, WHEREABOUTS):
            cursor.execute(statement.format(**kind))


@action
def attendance(*, by: Actor) -> None:
    """The weeks."""
    with connection.cursor() as cursor:
        cursor.execute(WEEKS)
