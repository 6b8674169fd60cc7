"""A made-up county through the whole line: every file and every row is accounted for."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from keepsight.casework.models import Obligation
from keepsight.cli.demo_feeds import TakenIn, take_in_all
from keepsight.cli.demo_people import reads_as, set_up
from keepsight.detection.models import Alert
from keepsight.identity.models import Link
from keepsight.intake.recognise import SOURCES
from keepsight.jobs.night import run_night
from keepsight.synthetic import County, write_county
from keepsight.synthetic.desk import FEEDS
from tests.factories.roles import acting_as

TODAY = date(2026, 7, 1)
FROM_SAFETY = {
    *("police_missing", "police_crimes", "police_sightings", "police_notices"),
    *("youth_justice", "home_log", "housing_calls", "return_interviews", "charity_reports"),
    *("school_concerns", "front_door"),
}
"""What police, youth justice, homes, housing, charities, schools and front doors send."""
Take = Callable[[Path, int, int], tuple[County, TakenIn]]


@pytest.fixture
def taken(database: None) -> Take:
    """Makes a county of so many children and weeks, and takes it in."""

    def take(folder: Path, children: int, weeks: int) -> tuple[County, TakenIn]:
        county = write_county(folder, children=children, seed=7, today=TODAY, weeks=weeks)
        set_up(county, lambda: "a password for a test")
        return county, take_in_all(county, lambda _: None)

    return take


def every_row_is_accounted_for(folder: Path, county: County, taken: TakenIn) -> None:
    """Each row read is in one place only, in every file; no file is lost."""
    sources = {feed.key: feed.source for feed in county.feeds}
    reads = {source.name for source in SOURCES}
    for delivery, outcome in taken.outcomes:
        counts = outcome.counts
        known = counts.unchanged + counts.superseded
        assert counts.read == counts.new + known + counts.quarantined, delivery.path
        assert not counts.left_out
        assert reads_as(sources[delivery.feed]) in reads
        assert not outcome.refusal.startswith("This feed takes"), delivery.path
    sent = Counter(sources[delivery.feed] for delivery in county.deliveries)
    read = Counter(sources[delivery.feed] for delivery, _ in taken.outcomes)
    assert read + taken.unread + taken.left == sent
    assert reads - taken.unread.keys() >= {"cin", "daily_register", "fhir"} | FROM_SAFETY
    # What is unread is of sources that nothing reads yet; what is left is left knowingly.
    assert not {reads_as(source) for source in taken.unread} & reads
    census = [d.path.name for d in county.deliveries if sources[d.feed] == "school_census"]
    meals = sum("fsmperiodsonroll" in name for name in census)
    assert taken.left == Counter({"school_census": meals})
    assert not any(outcome.refusal for _, outcome in taken.outcomes if outcome.counts.read)


def what_is_set_aside_is_what_was_planted(folder: Path, taken: TakenIn) -> None:
    """Each row that cannot stand is in quarantine, and no other row of its file is."""
    planted = _planted(folder)
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for delivery, outcome in taken.outcomes:
        path = delivery.path.relative_to(folder).as_posix()
        assert path.startswith(FEEDS)
        found[path] += outcome.counts.quarantined
        expected[path] = planted.get(path, 0) + _states_nothing(delivery.path)
        assert not outcome.refusal or not outcome.counts.read
    assert +found == +expected


def _planted(folder: Path) -> dict[str, int]:
    lines = (folder / "truth" / "faults.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {path: int(rows) for path, rows, _ in (line.rsplit(",", 2) for line in lines)}


def _states_nothing(path: Path) -> int:
    """Lines of interviews that tell of none, and of no offer, are set aside too."""
    if path.parts[-2] != "return_interviews":
        return 0
    return path.read_text(encoding="utf-8").count(",,Not offered,,,")


def the_night_finds_children_and_clocks(tmp_path: Path, children: int) -> None:
    done = run_night(folder=tmp_path / "night", replayed=True)
    assert children * 0.7 < done.linked.children < children * 1.1
    assert Obligation.objects.filter(state=Obligation.State.OVERDUE).exists()
    assert Link.objects.filter(recorded_until=None).count() == done.linked.records


def test_a_small_county_goes_through_the_whole_line(taken: Take, tmp_path: Path) -> None:
    with acting_as("batch"):
        county, all_of_it = taken(tmp_path / "county", 400, 30)
        every_row_is_accounted_for(tmp_path / "county", county, all_of_it)
        what_is_set_aside_is_what_was_planted(tmp_path / "county", all_of_it)
        the_night_finds_children_and_clocks(tmp_path, 400)


@pytest.mark.full
def test_two_thousand_children_and_two_years_go_through_the_whole_line(
    taken: Take, tmp_path: Path
) -> None:
    with acting_as("batch"):
        county, all_of_it = taken(tmp_path / "county", 2_000, 104)
        every_row_is_accounted_for(tmp_path / "county", county, all_of_it)
        what_is_set_aside_is_what_was_planted(tmp_path / "county", all_of_it)
        the_night_finds_children_and_clocks(tmp_path, 2_000)
        assert Alert.objects.exists()
