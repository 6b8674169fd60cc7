"""The made-up county: repeatable, valid where it should be, and with its truth kept apart."""

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber, Postcode
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic import County, load_county, write_county

CHILDREN, SEED, TODAY = 300, 7, date(2026, 11, 23)
SOURCES = {
    "cin", "ssda903", "school_census", "daily_register", "fhir", "police_missing",
    "return_interviews",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="module")
def county(folder: Path) -> County:
    return write_county(folder, children=CHILDREN, seed=SEED, today=TODAY)


def rows(county: County, source: str) -> Iterator[dict[str, str]]:
    for delivery in county.deliveries:
        if county.feed(delivery.feed).source == source:
            with delivery.path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file)


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def resources(county: County) -> Iterator[dict[str, object]]:
    for delivery in county.deliveries:
        if county.feed(delivery.feed).source == "fhir":
            for line in delivery.path.read_text(encoding="utf-8").splitlines():
                yield json.loads(line)


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_same_bytes_and_another_seed_others(
    folder: Path, county: County, tmp_path: Path
) -> None:
    write_county(tmp_path / "again", children=CHILDREN, seed=SEED, today=TODAY)
    write_county(tmp_path / "other", children=CHILDREN, seed=SEED + 1, today=TODAY)
    assert fingerprint(tmp_path / "again") == fingerprint(folder)
    assert fingerprint(tmp_path / "other") != fingerprint(folder)


def test_what_was_there_before_is_replaced(county: County, tmp_path: Path) -> None:
    write_county(tmp_path, children=CHILDREN, seed=SEED, today=TODAY - timedelta(days=90))
    again = write_county(tmp_path, children=CHILDREN, seed=SEED, today=TODAY)
    written = {path for path in (tmp_path / "feeds").rglob("*") if path.is_file()}
    assert written == {delivery.path for delivery in again.deliveries}


def test_county_file_comes_back_as_it_was(folder: Path, county: County) -> None:
    assert load_county(folder) == county


def test_every_feed_delivers_in_order_and_never_after_today(county: County) -> None:
    received = [delivery.received for delivery in county.deliveries]
    assert received == sorted(received)
    assert received[-1] <= TODAY
    assert {feed.source for feed in county.feeds} == SOURCES
    assert {delivery.feed for delivery in county.deliveries} == {feed.key for feed in county.feeds}
    assert all(delivery.path.is_file() for delivery in county.deliveries)


def test_only_the_charity_is_late(county: County) -> None:
    last = {delivery.feed: delivery.received for delivery in county.deliveries}
    late = {
        county.agency(feed.agency).kind
        for feed in county.feeds
        if (TODAY - last[feed.key]).days > feed.rhythm_days + 14
    }
    assert late == {AgencyKind.VOLUNTARY}


def test_nhs_numbers_are_valid_and_synthetic(county: County) -> None:
    numbers = [
        NHSNumber.parse(identifier["value"])
        for patient in resources(county)
        for identifier in patient.get("identifier", [])
    ]
    assert numbers
    assert all(number.value.startswith("9") for number in numbers)


def test_upns_are_valid_but_for_the_planted_faults(county: County) -> None:
    kinds = Counter[bool]()
    for upn in {row["UPN"] for row in rows(county, "daily_register")} - {""}:
        try:
            kinds[UPN.parse(upn).value[1:4] in ("998", "999")] += 1
        except IdentifierError:
            kinds[False] += 1
    schools = sum(agency.kind is AgencyKind.SCHOOL for agency in county.agencies)
    assert kinds[True] > 100
    assert 0 < kinds[False] <= 2 * schools


def test_postcodes_have_the_shape_and_are_of_no_real_area(county: County) -> None:
    found = {row["Home Postcode"] for row in rows(county, "police_missing")}
    found |= {row["Postcode"] for row in rows(county, "daily_register")}
    for postcode in found - {""}:
        assert Postcode.parse(postcode).outward[:2] in ("ZZ", "ZY")
        assert not Postcode.parse(postcode).placeholder


def test_registers_cover_school_days_only(county: County) -> None:
    days = {row["Date"] for row in rows(county, "daily_register")}
    assert "2026-11-20" in days
    assert not days & {"2026-11-21", "2026-10-28", "2026-08-12", "2026-05-25"}


def test_siblings_and_twins_exist(folder: Path, county: County) -> None:
    people = truth(folder, "households.csv")
    homes = Counter(person["household"] for person in people)
    births = Counter((person["household"], person["birth"]) for person in people)
    assert len(people) == CHILDREN
    assert max(homes.values()) > 1
    assert max(births.values()) == 2


def test_every_subject_record_in_a_feed_has_one_person(folder: Path, county: County) -> None:
    known = Counter((one["agency"], one["subject_key"]) for one in truth(folder, "people.csv"))
    assert set(known.values()) == {1}
    sent = {("mere-police", row["Person URN"]) for row in rows(county, "police_missing")}
    sent |= {("lanternlight", row["Young Person ID"]) for row in rows(county, "return_interviews")}
    for delivery in county.deliveries:
        if county.feed(delivery.feed).source == "cin":
            tree = ElementTree.parse(delivery.path)  # noqa: S314 (the county wrote it)
            agency = county.feed(delivery.feed).agency
            sent |= {(agency, str(found.text)) for found in tree.iter("LAchildID")}
    assert sent <= set(known)


def test_no_truth_in_any_feed(folder: Path, county: County) -> None:
    stories = truth(folder, "storylines.csv")
    secrets = {story["person"] for story in stories} | {story["shape"] for story in stories}
    pattern = re.compile("|".join(map(re.escape, secrets | {"storyline", "truth"})))
    for delivery in county.deliveries:
        assert not pattern.search(delivery.path.read_text(encoding="utf-8")), delivery.path
    assert not pattern.search((folder / "county.json").read_text(encoding="utf-8"))


def test_storylines_are_of_both_sexes_and_some_are_unassessed(folder: Path, county: County) -> None:
    sexes = {person["person"]: person["sex"] for person in truth(folder, "households.csv")}
    stories = truth(folder, "storylines.csv")
    assert len(stories) >= 6
    assert {sexes[story["person"]] for story in stories} == {"F", "M"}
    assert {story["exploitation_assessed"] for story in stories} == {"yes", "no"}


def test_storylines_show_in_more_than_one_agency(folder: Path, county: County) -> None:
    holders: dict[str, set[str]] = {}
    for one in truth(folder, "people.csv"):
        holders.setdefault(one["person"], set()).add(one["agency"])
    for story in truth(folder, "storylines.csv"):
        agencies = holders[story["person"]]
        assert "mere-police" in agencies
        assert any(agency.startswith("school-") for agency in agencies)


def test_too_few_children_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 10"):
        write_county(tmp_path, children=9, seed=1, today=TODAY)


@pytest.mark.parametrize("today", [date(2026, 8, 20), date(2026, 9, 2), date(2027, 2, 28)])
def test_a_county_can_be_made_on_any_day(tmp_path: Path, today: date) -> None:
    county = write_county(tmp_path, children=200, seed=3, today=today)
    assert {county.feed(delivery.feed).source for delivery in county.deliveries} == SOURCES
