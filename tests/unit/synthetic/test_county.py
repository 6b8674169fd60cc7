"""The made-up county: repeatable, in order, on any day, with feeds that are late and that stop."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic import County, load_county, write_county
from keepsight.synthetic.agencies import SOURCE_TITLES
from keepsight.synthetic.districts import MOST_DISTRICTS, districts
from tests.unit.synthetic.conftest import CHILDREN, SEED, TODAY, Made

Make = Callable[..., County]


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_same_bytes_and_another_seed_others(small: Make, tmp_path: Path) -> None:
    for name, seed in (("one", SEED), ("again", SEED), ("other", SEED + 1)):
        small(tmp_path / name, seed=seed)
    one, other = fingerprint(tmp_path / "one"), fingerprint(tmp_path / "other")
    assert fingerprint(tmp_path / "again") == one
    assert {Path(path).suffix for path in one} == {
        "", ".csv", ".json", ".md", ".ndjson", ".xlsx", ".xml"
    }  # fmt: skip
    same = {path for path in one.keys() & other.keys() if one[path] == other[path]}
    # Headers of empty tables, and lists of what never changes, are all that two seeds share.
    assert len(same) < len(one) / 10


def test_districts_in_processes_of_their_own_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large county is made in several processes; here a small one is, to compare."""
    terms = {"children": 300, "seed": SEED, "today": TODAY, "weeks": 26}
    write_county(tmp_path / "alone", **terms)
    monkeypatch.setattr("keepsight.synthetic.make.ALONE_BELOW", 100)
    write_county(tmp_path / "apart", **terms)
    assert fingerprint(tmp_path / "apart") == fingerprint(tmp_path / "alone")


def test_what_was_there_before_is_replaced(small: Make, tmp_path: Path) -> None:
    small(tmp_path, today=TODAY - timedelta(days=90))
    again = small(tmp_path)
    written = {path for path in (tmp_path / "feeds").rglob("*") if path.is_file()}
    assert written == {delivery.path for delivery in again.deliveries}


def test_county_file_comes_back_as_it_was(made: Made) -> None:
    assert load_county(made.folder) == made.county


def test_every_feed_delivers_in_order_and_never_after_today(made: Made) -> None:
    received = [delivery.received for delivery in made.county.deliveries]
    assert received == sorted(received)
    assert received[-1] <= TODAY
    assert all(delivery.path.is_file() for delivery in made.county.deliveries)
    assert len({delivery.path for delivery in made.county.deliveries}) == len(received)


def test_every_kind_of_file_is_sent(made: Made) -> None:
    sent = {made.county.feed(delivery.feed).source for delivery in made.county.deliveries}
    assert sent == set(SOURCE_TITLES)
    assert {agency.kind for agency in made.county.agencies} == {
        AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE, AgencyKind.HEALTH,
        AgencyKind.SEXUAL_HEALTH, AgencyKind.SCHOOL, AgencyKind.VOLUNTARY,
        AgencyKind.YOUTH_JUSTICE, AgencyKind.HOUSING, AgencyKind.CHILDRENS_HOME,
    }  # fmt: skip


def test_one_feed_is_late_and_one_stopped_for_three_weeks(made: Made) -> None:
    interviews = [each.received for each in made.deliveries("return_interviews")]
    assert (TODAY - interviews[-1]).days > 28 + 14
    (begin, until) = (
        (date.fromisoformat(row["since"]), date.fromisoformat(row["until"]))
        for row in made.truth("silences")
        if row["feed"] == "mere-police.police_missing" and row["district"] == "northmere"
    ).__next__()
    assert until - begin == timedelta(weeks=3)
    received = {each.received for each in made.deliveries("police_missing")}
    assert not any(begin <= day < until for day in received)
    after = min(day for day in received if day >= until)
    told = next(each for each in made.deliveries("police_missing") if each.received == after)
    assert "missing-reports" in told.path.name


def test_an_area_without_an_action_plan_is_there(made: Made) -> None:
    assert {area.action_plan for area in made.county.areas} == {True, False}


def test_sizes_are_of_several_councils_and_add_up() -> None:
    for children in (100, 1_000, 10_000, 123_457, 1_000_000):
        places = districts(children, SEED)
        assert sum(place.children for place in places) == children
        assert [place.first for place in places] == [
            sum(before.children for before in places[:number]) for number in range(len(places))
        ]
        assert 3 <= len(places) <= MOST_DISTRICTS
        assert len({place.seed for place in places}) == len(places)
    assert max(place.children for place in districts(1_000_000, SEED)) < 100_000


def test_too_few_children_or_weeks_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 100 children; 9 were asked for"):
        write_county(tmp_path, children=9, seed=1, today=TODAY)
    with pytest.raises(ValueError, match="at least 26 weeks; 4 were asked"):
        write_county(tmp_path, children=CHILDREN, seed=1, today=TODAY, weeks=4)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("today", [date(2026, 8, 20), date(2026, 9, 2), date(2028, 2, 29)])
def test_a_county_can_be_made_on_any_day(small: Make, tmp_path: Path, today: date) -> None:
    county = small(tmp_path, children=200, seed=3, today=today)
    assert {"cin", "daily_register", "fhir"} <= {
        county.feed(delivery.feed).source for delivery in county.deliveries
    }
