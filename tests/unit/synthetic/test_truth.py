"""The truth is whole, adds up, and is in no feed."""

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta

from lxml import etree

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.stories.shapes import SHAPES
from keepsight.synthetic.truth.tables import HEADERS
from tests.unit.synthetic.conftest import CHILDREN, TODAY, Made

UNSEEN = {shape.key for shape in SHAPES if not shape.seen}


def test_every_table_has_its_columns(made: Made) -> None:
    files = {path.name for path in (made.folder / "truth").iterdir()}
    assert files == {f"{table}.csv" for table in HEADERS} | {"summary.json"}
    for table, header in HEADERS.items():
        rows = made.truth(table)
        assert rows, table
        assert tuple(rows[0]) == header


def test_every_child_stands_once_in_a_household(made: Made) -> None:
    children = made.truth("children")
    assert len({child["person"] for child in children}) == len(children) == CHILDREN
    homes = Counter(child["household"] for child in children)
    births = Counter((child["household"], child["birth"]) for child in children)
    assert max(homes.values()) > 1
    assert max(births.values()) >= 2


def test_every_subject_record_in_a_feed_is_somebody(made: Made) -> None:
    known = {(row["agency"], row["subject_key"]): row["person"] for row in made.truth("people")}
    sent = {("mere-police", row["Person URN"]) for row in made.rows("police_missing")}
    sent |= {("mere-police", row["Person URN"]) for row in made.rows("police_notices")}
    sent |= {("lanternlight", row["Young Person ID"]) for row in made.rows("return_interviews")}
    for delivery in made.deliveries("cin"):
        agency = made.county.feed(delivery.feed).agency
        tree = etree.parse(delivery.path)
        sent |= {(agency, str(found.text)) for found in tree.iter("LAchildID")}
    for delivery in made.deliveries("daily_register"):
        agency = delivery.path.parts[-3]
        lines = delivery.path.read_text(encoding="utf-8").splitlines()[1:]
        sent |= {(agency, key) for line in lines if (key := line.split(",")[1])}
    assert len(sent) > CHILDREN * 0.6
    assert sent <= known.keys()


def test_an_agency_may_hold_a_child_twice_and_never_two_children_as_one(made: Made) -> None:
    people = {(row["agency"], row["subject_key"], row["person"]) for row in made.truth("people")}
    assert len(people) == len({(agency, key) for agency, key, _ in people})
    of_police = Counter(person for agency, _, person in people if agency == "mere-police")
    assert max(of_police.values()) == 2


def test_no_truth_in_any_feed(made: Made) -> None:
    stories = made.truth("storylines")
    secrets = {story["person"] for story in stories} | {story["shape"] for story in stories}
    pattern = re.compile("|".join(map(re.escape, secrets | {"storyline", "truth"})))
    for delivery in made.county.deliveries:
        if delivery.path.suffix != ".xlsx":
            assert not pattern.search(delivery.path.read_text(encoding="utf-8")), delivery.path
    assert not pattern.search((made.folder / "county.json").read_text(encoding="utf-8"))


def test_stories_show_in_more_than_one_agency_or_in_none(made: Made) -> None:
    holders: dict[str, set[str]] = {}
    for one in made.truth("people"):
        holders.setdefault(one["person"], set()).add(one["agency"])
    told = Counter(record["person"] for record in made.truth("story_records"))
    for story in made.truth("storylines"):
        assert int(story["records"]) == told[story["person"]]
        assert bool(story["suspected_by"]) == bool(story["first_suspected"])
        if story["shape"] in UNSEEN:
            assert not story["suspected_by"]
        if int(story["records"]) > 4:
            assert len(holders[story["person"]]) > 1


def test_suspicions_are_those_of_the_stories(made: Made) -> None:
    by_person: dict[str, set[str]] = {}
    for row in made.truth("suspicions"):
        by_person.setdefault(row["person"], set()).add(row["agency"])
    for story in made.truth("storylines"):
        said = set(filter(None, story["suspected_by"].split(";")))
        assert said <= by_person.get(story["person"], set())


def test_a_child_known_to_no_agency_is_in_no_agencys_records(made: Made) -> None:
    known = {row["person"] for row in made.truth("people")}
    nobody = {c["person"] for c in made.truth("children") if c["known_to_no_agency"] == "yes"}
    assert nobody
    assert not nobody & known


def test_the_summary_adds_up(made: Made) -> None:
    said = json.loads((made.folder / "truth" / "summary.json").read_text(encoding="utf-8"))
    stories = made.truth("storylines")
    assert said["children"] == CHILDREN
    assert said["exploited"] == len(stories)
    parts = (
        said["exploited_suspected"],
        said["exploited_with_records_and_not_suspected"],
        said["exploited_without_any_record_of_it"],
    )
    assert sum(parts) == len(stories)
    assert said["obligations"] == len(made.truth("obligations"))


def test_what_was_missed_is_what_came_late_or_not_at_all(made: Made) -> None:
    today = datetime.combine(TODAY, datetime.min.time())
    seen: Counter[tuple[str, str]] = Counter()
    for row in made.truth("obligations"):
        started, due = (datetime.fromisoformat(row[name]) for name in ("started", "due"))
        met = datetime.fromisoformat(row["met"]) if row["met"] else None
        assert row["missed"] == ("yes" if (met or today) > due else "no")
        assert started <= due
        if row["duty"] == "return home interview":
            assert due - started == timedelta(hours=72)
        elif row["duty"] == "initial conference":
            assert due.date() == add_working_days(started.date(), 15)
        seen[row["duty"], row["missed"]] += 1
    for duty in ("return home interview", "referral decision", "assessment"):
        assert seen[duty, "yes"] > 0
        assert seen[duty, "no"] > seen[duty, "yes"] / 3


def test_faults_are_in_files_that_exist_and_no_feed_is_all_faults(made: Made) -> None:
    faults = made.faults()
    assert all(path.is_file() and sum(rows) > 0 for path, rows in faults.items())
    sources = {path.parts[-2] for path in faults}
    assert sources >= {
        "cin", "ssda903", "daily_register", "school_census", "fhir", "police_missing",
        "return_interviews",
    }  # fmt: skip
    assert len(faults) < len(made.county.deliveries) / 3


def test_a_council_that_is_late_misses_more(made: Made) -> None:
    """Southmere is the slow council, Eastmere the prompt one."""
    shares = {}
    for district in ("southmere", "eastmere"):
        rows = [
            row["missed"] == "yes"
            for row in made.truth("obligations")
            if row["district"] == district and row["duty"] in ("referral decision", "assessment")
        ]
        shares[district] = sum(rows) / len(rows)
    assert shares["southmere"] > shares["eastmere"]


def test_the_day_of_the_county_is_the_same_everywhere(made: Made) -> None:
    assert made.county.today == TODAY == date(2026, 7, 1)
