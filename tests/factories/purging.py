"""One child's missing episode by a feed with a cohort, the night's purging, and days that pass.

The clock is the database's own. A test moves it as a superuser, because nobody else can.
"""

from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from keepsight.chronology.actions.erasing import Purged, purge_outside_cohorts
from keepsight.chronology.models import Feed
from keepsight.identity.linking import link_records
from keepsight.intake.purging import purge_quarantine
from keepsight.kernel.feeds import Cohort
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.files import police
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, World, make_child, make_feed, receive

Admin = psycopg.Connection[Any]
ROW = "R1,01/02/2026 21:00,02/02/2026 07:00"
UNFIT = "R9,31/02/2026 21:00,"
ADA = PersonDetails(
    forename="Ada", surname="Example", date_of_birth=date(2012, 5, 4), sex="F", postcode="ZZ1 1AA"
)
"""The same person as in a police file of `tests.factories.files`."""

MOVE = (
    "UPDATE chronology_cohortclock SET since = since - make_interval(days => {0}),"
    " due = due - make_interval(days => {0})",
    "UPDATE chronology_delivery SET recorded = recorded - make_interval(days => {0})",
)


def brought(world: World, folder: Path, cohort: Cohort = Cohort.KNOWN) -> Feed:
    """One child’s missing episode and a row that cannot be used, by a feed of the police."""
    feed = make_feed(world.agencies[AgencyKind.POLICE], "police_missing", cohort=cohort)
    receive(feed, police(folder, ROW, UNFIT))
    return feed


def known_to_council(world: World) -> None:
    """The council works with the same child."""
    make_child((world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE], ADA))


def night() -> Purged:
    """Linking and purging, as the nightly pass does."""
    with acting_as("batch"):
        link_records(by=TESTER)
        return purge_outside_cohorts(by=TESTER)


def empty_quarantine() -> int:
    """Emptying the rows in quarantine, as the nightly pass does."""
    with acting_as("batch"):
        return purge_quarantine(by=TESTER)


def let_pass(admin: Admin, days: int) -> None:
    """Move every clock, as if so many days had gone by."""
    for statement in MOVE:
        admin.execute(statement.format(days))


def count(admin: Admin, table: str, where: str = "true") -> int:
    """How many rows a table has."""
    row = admin.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
    return int(row[0]) if row else 0
