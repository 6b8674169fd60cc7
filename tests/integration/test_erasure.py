"""What stands outside its feed's cohort goes when its clock is over, nothing else and no sooner.

The clock is the database's own. A test moves it as a superuser, because nobody else can.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from keepsight.access.actions import replace_ties  # noqa: F401
from keepsight.chronology.actions.erasing import Purged, purge_outside_cohorts
from keepsight.chronology.models import Feed
from keepsight.engines.embedded import ServerAddress
from keepsight.identity.linking import link_records
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police
from tests.factories.kept_log import checked, place
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_feed, make_world, receive

Admin = psycopg.Connection[Any]
POLICE = AgencyKind.POLICE
ROW = "R1,01/02/2026 21:00,02/02/2026 07:00"


@pytest.fixture
def world(database: None) -> World:
    return make_world()


@pytest.fixture
def admin(database: None, server: ServerAddress) -> Iterator[Admin]:
    with server.connect(connection.settings_dict["NAME"]) as opened:
        yield opened


def brought(world: World, folder: Path, cohort: Cohort = Cohort.KNOWN) -> Feed:
    """One child's missing episode, by a feed of the police with a cohort."""
    feed = make_feed(world.agencies[POLICE], "police_missing", cohort=cohort)
    receive(feed, police(folder, ROW, "R9,31/02/2026 21:00,"))
    return feed


def night() -> Purged:
    """Linking and purging, as the nightly pass does."""
    with acting_as("batch"):
        link_records(by=TESTER)
        return purge_outside_cohorts(by=TESTER)


def let_pass(admin: Admin, days: int) -> None:
    """Move every clock, as if so many days had gone by."""
    admin.execute(
        "UPDATE chronology_cohortclock SET since = since - make_interval(days => %s),"
        " due = due - make_interval(days => %s)",
        [days, days],
    )


def count(admin: Admin, table: str, where: str = "true") -> int:
    row = admin.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
    return int(row[0]) if row else 0


def test_a_record_that_matches_nobody_goes_when_its_time_is_over(
    world: World, admin: Admin, tmp_path: Path
) -> None:
    brought(world, tmp_path)
    assert night() == Purged()
    let_pass(admin, 27)
    assert night() == Purged()
    let_pass(admin, 2)
    assert night() == Purged(records=1, forgotten=1, events=2, weeks=0)

    assert count(admin, "chronology_event") == 2
    assert count(admin, "chronology_eventcontent") == count(admin, "chronology_eventplace") == 0
    [record] = admin.execute(
        "SELECT key, forename, surname, surname_sound, date_of_birth, postcode, sex,"
        " forgotten IS NOT NULL FROM identity_subjectrecord"
    ).fetchall()
    assert record == (f"forgotten-{1}", None, None, None, None, None, None, True)
    assert count(admin, "identity_link", "recorded_until IS NULL") == 0
    assert count(admin, "access_subjectplace") == 0
    assert night() == Purged()
    assert count(admin, "identity_link", "recorded_until IS NULL") == 0
    place()
    verdict = checked()
    assert (verdict.good, verdict.erased) == (True, 2), list(verdict.lines())
