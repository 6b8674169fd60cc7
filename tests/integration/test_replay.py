"""Indicators put to a day of the past see what was known then, with the links of that day."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.detection.models import Alert
from keepsight.detection.replaying import QUIET, replay, weigh
from keepsight.detection.settings import last_weighed
from keepsight.identity.models import Child, Link
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from tests.factories.log import entries
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER, World, make_child, make_event, make_world

COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
TODAY = NOW.astimezone(LONDON).date()


@dataclass
class Past:
    """A child whom the council knows, and the folder of the nightly copy."""

    world: World
    child: uuid.UUID
    folder: Path

    def missing(self, days_ago: int, told: int | None = None, key: str | None = None) -> int:
        occurred, received = at(days_ago), at(days_ago if told is None else told)
        content = MissingEpisode(category="missing")
        council = self.world.agencies[COUNCIL]
        return make_event(
            self.child, council, content, occurred=occurred, received=received, key=key
        )

    def found(self, days_ago: int) -> dict[uuid.UUID, tuple[str, ...]]:
        day = TODAY - timedelta(days=days_ago)
        with acting_as("batch"):
            met = replay(by=TESTER, folder=self.folder, indicators=[REPEAT_MISSING], day=day)
        assert {each.as_of for each in met} <= {day}
        return {uuid.UUID(each.child_id): each.evidence for each in met}


def at(days_ago: int) -> datetime:
    return NOW - timedelta(days=days_ago)


@pytest.fixture
def past(database: None, tmp_path: Path) -> Past:
    world = make_world()
    details = PersonDetails(forename="Ada", surname="Example", date_of_birth=date(2011, 5, 2))
    return Past(world, make_child((world.agencies[COUNCIL], details)), tmp_path / "night")


@action
def moved(*, by: Actor, child: uuid.UUID, days_ago: int) -> uuid.UUID:
    """The child’s record is another child’s since a day."""
    link = Link.objects.get(child_id=child, recorded_until=None)
    other = Child.objects.create(recorded=at(days_ago))
    link.recorded_until = at(days_ago)
    link.save()
    link.pk, link.child_id, link.recorded_from, link.recorded_until = (
        None,
        other.pk,
        at(days_ago),
        None,
    )
    link.save(force_insert=True)
    return other.pk


def test_what_was_told_late_was_not_known_before(past: Past) -> None:
    events = [past.missing(60), past.missing(40), past.missing(30, told=5)]
    assert past.found(10) == {}
    assert past.found(6) == {}
    assert past.found(5) == {past.child: tuple(sorted(map(str, events)))}


def test_what_had_not_happened_is_not_seen(past: Past) -> None:
    for days_ago in (60, 40, 20):
        past.missing(days_ago)
    assert past.found(21) == {}
    assert set(past.found(20)) == {past.child}


def test_a_revision_counts_from_when_it_came(past: Past) -> None:
    first = past.missing(60, key="one")
    past.missing(40)
    past.missing(30)
    again = past.missing(61, told=10, key="one")
    assert first != again
    assert str(first) in past.found(20)[past.child]
    assert str(again) in past.found(10)[past.child]
    assert str(first) not in past.found(10)[past.child]


def test_links_are_those_of_the_day(past: Past) -> None:
    for days_ago in (60, 50, 40):
        past.missing(days_ago)
    with acting_as("batch"):
        other = moved(by=TESTER, child=past.child, days_ago=20)
    assert set(past.found(21)) == {past.child}
    assert set(past.found(20)) == {other}
    assert set(past.found(0)) == {other}


def test_no_alert_comes_of_it_and_that_it_was_done_is_written_down(past: Past) -> None:
    for days_ago in (60, 50, 40):
        past.missing(days_ago)
    assert past.found(0)
    said = [each["what"] for each in entries() if each["what"].startswith("detection replayed")]
    assert said == [f"detection replayed as of {TODAY}: 1 findings"]
    with acting_as("batch"):
        assert not Alert.objects.exists()


def test_an_alert_is_weighed_once_and_anew_after_it_was_quiet(past: Past) -> None:
    """Met from 200 days ago until 90 days after the first, and again much later."""
    for days_ago in (210, 205, 200, 60, 55, 50):
        past.missing(days_ago)
    with acting_as("batch"):
        done = weigh(
            by=TESTER, folder=past.folder, indicators=[REPEAT_MISSING], until=TODAY, weeks=30
        )
    raised = done.met[REPEAT_MISSING.code]
    assert done.raised == {Concern.GOING_MISSING: raised}, "one rule of a concern is one alert"
    days = [day for day, count in zip(done.weeks, raised, strict=True) if count]
    assert sum(raised) == 2
    assert days[1] - days[0] > timedelta(weeks=QUIET)
    assert done.known == 0
    assert done.together == pytest.approx(2 / 30)


def test_rules_of_one_concern_are_one_alert_and_the_area_is_shown_what_was_weighed(
    past: Past,
) -> None:
    for days_ago in (30, 25, 3):
        past.missing(days_ago)
    assert last_weighed() is None
    with acting_as("batch"):
        done = weigh(by=TESTER, folder=past.folder, indicators=CATALOGUE, until=TODAY, weeks=1)
    met = [code for code, counts in done.met.items() if sum(counts)]
    assert len(met) > 1
    assert sum(done.raised[Concern.GOING_MISSING]) == 1
    shown = last_weighed()
    assert shown is not None
    assert shown.a_week == pytest.approx(done.together)
    assert {each.title: each.most for each in shown.concerns}["Going missing"] == 1


def test_what_was_there_before_the_first_week_is_not_raised(past: Past) -> None:
    for days_ago in (60, 55, 50):
        past.missing(days_ago)
    with acting_as("batch"):
        done = weigh(
            by=TESTER, folder=past.folder, indicators=[REPEAT_MISSING], until=TODAY, weeks=4
        )
        assert (done.known, done.together) == (1, 0.0)
        with pytest.raises(ValueError, match="at least one week"):
            weigh(by=TESTER, folder=past.folder, indicators=[], until=TODAY, weeks=0)


def test_a_copy_of_an_earlier_keepsight_is_made_again(past: Past) -> None:
    for days_ago in (60, 50, 40):
        past.missing(days_ago)
    before = past.found(0)
    (past.folder / "columns").write_text("other columns")
    (past.folder / "events-0-1.parquet").write_bytes(b"not one that can be read")
    assert past.found(0) == before
