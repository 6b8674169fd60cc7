"""The nightly copy brought up to date after a night's new rows."""

from time import monotonic

from django.db import connection

from keepsight.audit.actor import Actor, system
from keepsight.audit.writing import action
from keepsight.chronology.extract import bring_up_to_date
from keepsight.cli.access_bench.happening import CONTENTS, HEADERS
from keepsight.cli.detection_bench.county import copy_of_county
from keepsight.kernel.vocabulary.content.missing import MissingEpisode

STAGED = """
CREATE TEMPORARY TABLE staged ON COMMIT DROP AS
SELECT nextval('chronology_event_id_seq') AS id, s.id AS subject, s.agency_id, s.area_id,
  now() - make_interval(days => 5 + (s.id * 7 + number * 31)::int %% 600) AS at,
  '{"category": "missing"}'::jsonb AS content, NULL::jsonb AS whereabouts, d.id AS delivery,
  decode(md5(s.id::text || ' ' || number), 'hex') AS salt
FROM (SELECT * FROM identity_subjectrecord WHERE tier = 'ordinary') s
JOIN (SELECT f.agency_id, min(d.id) AS id FROM chronology_delivery d
      JOIN chronology_feed f ON f.id = d.feed_id GROUP BY 1) d ON d.agency_id = s.agency_id,
generate_series(1, 1 + %s / (
  SELECT count(*) FROM identity_subjectrecord WHERE tier = 'ordinary')) number
LIMIT %s"""


def after_a_night(rows: int) -> float:
    """Seconds to bring the copy up to date after so many new events."""
    _arrive(by=system("benchmark"), rows=rows)
    begun = monotonic()
    bring_up_to_date(copy_of_county())
    return monotonic() - begun


@action
def _arrive(*, by: Actor, rows: int) -> None:
    kind = {"category": MissingEpisode.heading.number, "kind": MissingEpisode.kind}
    with connection.cursor() as cursor:
        cursor.execute(STAGED, [rows, rows])
        cursor.execute(HEADERS.format(**kind))
        cursor.execute(CONTENTS.format(**kind))
