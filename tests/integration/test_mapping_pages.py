"""A data officer makes a feed from another system’s file."""

import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from keepsight.chronology.models import Delivery, Event, Feed
from keepsight.intake.mappings import keep_mapping, mapping_of
from keepsight.intake.working import take_in_waiting
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.mapping_office import (
    COLUMNS,
    Office,
    begin,
    kept,
    lying,
    say,
)
from tests.factories.roles import acting_as
from tests.factories.tables import ADA, home_log
from tests.factories.world import READER, TESTER, govern, make_person, make_world


@pytest.fixture
def office(database: None) -> Office:
    for path in lying():
        path.unlink()
    world = make_world()
    officer = make_person(world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE], Role.DATA_OFFICER)
    return Office(world, officer, signed_in(officer))


def test_each_column_is_shown_with_examples_and_a_reason(office: Office) -> None:
    said = begin(office)
    assert "Say what each column is" in said
    assert all(name in said for name in COLUMNS)
    assert "3 of 3 values pass the check digit of the NHS number." in said
    assert "What the words of Type mean" in said
    assert '<option value="missing_episode" selected>' in said


def test_the_first_lines_are_shown_before_anything_is_kept(office: Office) -> None:
    begin(office, home_log(f"L1,{ADA},Missing,01/02/2026 21:00,,Kitchen,",
                           f"L2,{ADA},Away,31/02/2026 21:00,,Garden,"))  # fmt: skip
    said = say(office, "preview")
    assert "Missing from Kitchen" in said
    assert "Ada Example, born 4 May 2012" in said
    assert "Left At: This is not a day and time; write it as dd/mm/yyyy HH:MM." in said
    assert kept() == []


def test_what_is_missing_is_said_and_nothing_is_kept(office: Office) -> None:
    begin(office)
    assert "Say which column holds the agency’s own id of the person." in say(
        office, "save", **{"column-1": ""}
    )
    assert "Type: say what “Away” means." in say(office, "preview", **{"word-category-1": ""})
    assert "Give the feed a name." in say(office, "save", title="")
    assert kept() == []


def test_another_kind_offers_its_own_fields(office: Office) -> None:
    begin(office)
    said = say(office, "again", kind="school_concern", kind_before="missing_episode")
    assert "Event: summary" in said
    assert "Event: missing from" not in said
    assert '<option value="content.summary" selected>' in said


def test_a_feed_that_is_made_is_switched_off_and_then_reads_its_files(office: Office) -> None:
    begin(office)
    said = say(office, "save", rhythm_days="7")
    assert "The feed is made" in said
    assert "The feed is switched off." in said
    [mapping] = kept()
    assert (mapping.key, mapping.version, mapping.made_by) == (
        "own-home-log", 1, office.officer.name
    )  # fmt: skip
    assert lying() == [], "the sample is forgotten"
    with acting_as("batch"):
        feed = Feed.objects.select_related("agency__area").get(source=mapping.key)
        assert (feed.state, feed.rhythm_days, feed.agency_id) == (
            "off", 7, office.officer.agency_id
        )  # fmt: skip
    send = {"feed": feed.key, "file": io.BytesIO(home_log())}
    assert "is switched off" in office.browser.post("/deliveries/new/", send).content.decode()
    with acting_as("batch"):
        govern(feed)
    send = {"feed": feed.key, "file": io.BytesIO(home_log())}
    office.browser.post("/deliveries/new/", send)
    with acting_as("batch"):
        assert take_in_waiting(reader=READER) == 1
        [done] = Delivery.objects.all()
        assert (done.state, done.rows_new, done.refusal) == ("done", 5, "")
        assert Event.objects.filter(kind="missing_episode").count() == 3


def workbook() -> bytes:
    """The same log as somebody keeps it in Excel: days and times are such cells."""
    book = Workbook()
    book.active.append(COLUMNS)
    for line in home_log().decode().splitlines()[1:]:
        cells: list[Any] = [text or None for text in line.split(",")]
        cells[4] = datetime.strptime(cells[4], "%d/%m/%Y")  # noqa: DTZ007 - cells have no zone
        for place in (8, 9):
            if cells[place]:
                cells[place] = datetime.strptime(cells[place], "%d/%m/%Y %H:%M")  # noqa: DTZ007
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_mapped_and_read_like_a_table(office: Office) -> None:
    said = begin(office, workbook(), "home-log.xlsx")
    assert "3 of 3 values pass the check digit of the NHS number." in said
    assert "Missing from Kitchen" in say(office, "preview")
    say(office, "save")
    [mapping] = kept()
    with acting_as("batch"):
        feed = govern(Feed.objects.select_related("agency__area").get(source=mapping.key))
    file = io.BytesIO(workbook())
    file.name = "home-log.xlsx"
    office.browser.post("/deliveries/new/", {"feed": feed.key, "file": file})
    with acting_as("batch"):
        assert take_in_waiting(reader=READER) == 1
        [done] = Delivery.objects.all()
        assert (done.state, done.rows_new, done.refusal) == ("done", 5, "")


def test_a_file_with_other_columns_is_refused_in_words(office: Office) -> None:
    begin(office)
    say(office, "save")
    with acting_as("batch"):
        feed = govern(Feed.objects.select_related("agency__area").get(source="own-home-log"))
    other = home_log().replace(b"Went From", b"Room")
    office.browser.post("/deliveries/new/", {"feed": feed.key, "file": io.BytesIO(other)})
    with acting_as("batch"):
        take_in_waiting(reader=READER)
        [refused] = Delivery.objects.all()
    assert refused.refusal == (
        "The columns are not those of Home log. It lacks Went From. It has Room, which the "
        "mapping does not know."
    )


def test_a_second_feed_of_one_name_is_refused_in_words(office: Office) -> None:
    for _ in range(2):
        begin(office)
        said = say(office, "save")
    assert "There is a feed of this name already." in said
    assert len(kept()) == 1


def test_a_new_version_is_the_one_in_use_and_the_old_one_stays(office: Office) -> None:
    begin(office)
    say(office, "save")
    agency = office.world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    [first] = kept()
    with acting_as("batch"):
        changed = first.mapping | {"title": "Home log, corrected"}
        keep_mapping(by=TESTER, agency=agency, key=first.key, mapping=changed)
        feed = Feed.objects.get(source=first.key)
        found = mapping_of(feed)
    assert found is not None
    assert found["title"] == "Home log, corrected"
    assert [each.version for each in kept()] == [1, 2]
    assert kept()[0].mapping["title"] == "Home log"


def test_what_is_no_table_is_refused_in_words_and_not_kept(office: Office) -> None:
    assert "separated by semicolons" in begin(office, b"a;b\n1;2\n")
    assert lying() == []


def test_a_sample_that_is_gone_is_asked_for_again(office: Office) -> None:
    begin(office)
    for path in lying():
        path.unlink()
    assert "Send it again." in say(office, "preview")
    assert (
        "Send it again."
        in signed_in(office.officer).get("/feeds/new/columns/", follow=True).content.decode()
    )
