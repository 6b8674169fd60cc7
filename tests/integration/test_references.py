"""What an event refers to is there, and its parts are held as closely as its header."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from keepsight.engines.roles import role_name
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police
from tests.factories.roles import acting_as
from tests.factories.world import World, make_feed, make_world, receive

EVENT = """
INSERT INTO chronology_event (subject_record_id, agency_id, area_id, tier, category, kind, occurred,
  day_only, received, recorded, delivery_id, row, source_key, revision, withdrawn, leaf)
SELECT {subject_record_id}, {agency_id}, {area_id}, tier, category, kind, occurred, day_only,
  received, recorded, {delivery_id}, row, source_key || '-again', revision, withdrawn, leaf
FROM chronology_event WHERE kind = 'missing_episode'"""

CONTENT = """
INSERT INTO chronology_eventcontent (event_id, subject_record_id, agency_id, area_id, tier,
  category, content, remarks, salt, fingerprint)
SELECT {event_id}, {subject_record_id}, {agency_id}, {area_id}, {tier}, {category}, '{{}}', '[]',
  '', ''
FROM chronology_event WHERE source_key LIKE '%%-again'"""

OF_EVENT = ("subject_record_id", "agency_id", "area_id", "delivery_id")
OF_CONTENT = ("event_id", "subject_record_id", "agency_id", "area_id", "tier", "category")


@pytest.fixture
def world(database: None, tmp_path: Path) -> World:
    made = make_world()
    feed = make_feed(made.agencies[AgencyKind.POLICE], "police_missing")
    receive(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    return made


def _write(statement: str, columns: tuple[str, ...], wrong: str = "") -> int:
    """Write a row like the one that is there, but for one column."""
    said = {name: name for name in columns} | ({"event_id": "id"} if "event_id" in columns else {})
    if wrong:
        said[wrong] = "'sealed'" if wrong == "tier" else f"{said[wrong]} + 1"
    with acting_as("batch"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**said))
        return int(cursor.rowcount)


@pytest.mark.parametrize("wrong", OF_EVENT)
def test_an_event_refers_to_what_is_there(world: World, wrong: str) -> None:
    with pytest.raises(IntegrityError, match="an event"):
        _write(EVENT, OF_EVENT, wrong)
    assert _write(EVENT, OF_EVENT) == 1, "and what is right may be written"


@pytest.mark.parametrize("wrong", OF_CONTENT)
def test_what_an_event_says_is_held_as_its_header_is(world: World, wrong: str) -> None:
    assert _write(EVENT, OF_EVENT) == 1
    with pytest.raises(IntegrityError, match="a part of an event"):
        _write(CONTENT, OF_CONTENT, wrong)
    assert _write(CONTENT, OF_CONTENT) == 1


REFERRED_TO = (
    "agencies_agency",
    "agencies_area",
    "chronology_delivery",
    "chronology_event",
    "identity_subjectrecord",
)


@pytest.mark.parametrize("table", REFERRED_TO)
@pytest.mark.parametrize("role", ["app", "batch", "backup"])
def test_no_role_deletes_what_is_referred_to(database: None, role: str, table: str) -> None:
    with acting_as("batch"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'DELETE, TRUNCATE')", [role_name(role), table]
        )
        assert cursor.fetchone() == (False,)
