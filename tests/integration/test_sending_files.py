"""A data officer sends a file by a page, reads what became of it, and puts rows right."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from keepsight.agencies.models import Person
from keepsight.audit.models import Act
from keepsight.chronology.actions.governing import switch_off
from keepsight.chronology.models import Delivery, Event, Feed
from keepsight.chronology.queries import lines_of
from keepsight.engines.embedded import ServerAddress
from keepsight.intake import correcting
from keepsight.intake.accepting import accept
from keepsight.intake.models import QuarantinedRow
from keepsight.intake.spool import folder_of_spool, say_seen, spooled
from keepsight.intake.working import take_in_waiting
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.files import POLICE_HEADING, police
from tests.factories.roles import acting_as
from tests.factories.world import READER, TESTER, World, make_feed, make_person, make_world
from tests.integration.test_pages import written

CIN = Path(__file__).parents[2] / "src/keepsight/intake/sources/cin/fixture.xml"
COLUMNS = POLICE_HEADING.strip().split(",")
GOOD = "R1,01/02/2026 21:00,02/02/2026 07:00"
BAD_DAY = "R2,31/02/2026 21:00,"
BAD_END = "R3,03/02/2026 21:00,02/02/2026 07:00"


@dataclass
class Office:
    """A police force with a feed, its data officer, and a browser in which they are signed in."""

    world: World
    feed: Feed
    officer: Person
    browser: Client


@pytest.fixture
def office(database: None) -> Office:
    world = make_world()
    agency = world.agencies[AgencyKind.POLICE]
    officer = make_person(agency, Role.DATA_OFFICER)
    return Office(world, make_feed(agency, "police_missing"), officer, signed_in(officer))


def send(office: Office, path: Path, feed: str = "") -> str:
    """Send a file by the page; what the page that follows says."""
    with path.open("rb") as file:
        answer = office.browser.post(
            "/deliveries/new/", {"feed": feed or office.feed.key, "file": file}, follow=True
        )
    return answer.content.decode()


def work() -> int:
    with acting_as("batch"):
        return take_in_waiting(reader=READER)


def deliveries() -> list[Delivery]:
    with acting_as("batch"):
        return list(Delivery.objects.order_by("pk"))


def rows() -> list[QuarantinedRow]:
    with acting_as("batch"):
        return list(QuarantinedRow.objects.select_related("retried_in").order_by("pk"))


def box(row: QuarantinedRow, column: str) -> str:
    return f"row-{row.pk}-{COLUMNS.index(column)}"


def put_right(office: Office, delivery: int, **values: str) -> str:
    """Send the form as it is shown, with some boxes changed."""
    page = f"/deliveries/{delivery}/put-right/"
    shown = {
        box(row, column): row.raw[column]
        for row in rows()
        for column in COLUMNS
        if column in row.raw
    }
    return office.browser.post(page, shown | values, follow=True).content.decode()


def test_a_file_that_is_sent_is_kept_safe_and_then_taken_in(office: Office, tmp_path: Path) -> None:
    said = send(office, police(tmp_path, GOOD, BAD_DAY))
    [waiting] = deliveries()
    assert "The file is accepted." in said
    assert "0 rows read so far" in said
    assert (waiting.state, waiting.filename) == ("accepted", "police.csv")
    assert spooled(waiting.spooled).exists()
    work()
    page = office.browser.get(f"/deliveries/{waiting.pk}/").content.decode()
    assert "Taken in" in page
    assert "police_missing.refused" in page
    assert "This is not a day and time; write it as dd/mm/yyyy HH:MM." in page
    assert "1 row waits to be put right." in page
    assert "police.csv" in office.browser.get("/deliveries/").content.decode()


def test_the_counts_of_a_delivery_add_up(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, GOOD, BAD_DAY, BAD_END))
    work()
    send(office, police(tmp_path, "R1,01/02/2026 21:00,02/02/2026 08:00", BAD_DAY))
    work()
    for each in deliveries():
        kept = each.rows_new + each.rows_unchanged + each.rows_superseded + each.rows_quarantined
        assert each.rows_read == kept + each.rows_left_out > 0
    again = office.browser.get(f"/deliveries/{deliveries()[1].pk}/").content.decode()
    assert "These rows stood in quarantine already" in again


def test_three_rows_are_put_right_and_become_events(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, GOOD, BAD_DAY, BAD_END, "R4,nonsense,"))
    work()
    [first] = deliveries()
    one, two, three = rows()
    said = put_right(
        office,
        first.pk,
        **{
            box(one, "Reported Missing"): "28/02/2026 21:00",
            box(two, "Returned"): "04/02/2026 07:00",
            box(three, "Reported Missing"): "05/02/2026 22:15",
        },
    )
    assert "The rows that you changed are sent again." in said
    work()
    _, second = deliveries()
    assert second.corrects_id == first.pk
    assert (second.rows_new, second.rows_quarantined) == (3, 0)
    assert second.rows_unchanged == 1, "who the person is was said already"
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 4
    assert [row.retried_in_id for row in rows()] == [second.pk] * 3
    assert [row.raw["Report Ref"] for row in rows()] == ["R2", "R3", "R4"], "the first word is kept"
    page = office.browser.get(f"/deliveries/{first.pk}/").content.decode()
    assert page.count("Sent again") >= 3
    assert "None of them waits to be put right." in page


def test_sending_again_twice_sends_once(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, BAD_DAY))
    work()
    [first], [row] = deliveries(), rows()
    change = {box(row, "Reported Missing"): "28/02/2026 21:00"}
    put_right(office, first.pk, **change)
    said = put_right(office, first.pk, **change)
    assert "No row of this delivery waits to be put right." in said
    assert len(deliveries()) == 2
    work()
    put_right(office, first.pk, **change)
    assert len(deliveries()) == 2


def test_a_row_that_was_put_right_is_not_asked_for_again(office: Office, tmp_path: Path) -> None:
    """Its sender may export the same fault for months."""
    path = police(tmp_path, GOOD, BAD_DAY)
    send(office, path)
    work()
    [first], [row] = deliveries(), rows()
    put_right(office, first.pk, **{box(row, "Reported Missing"): "28/02/2026 21:00"})
    work()
    path.write_text(path.read_text().replace("07:00", "07:30"))
    send(office, path)
    work()
    assert deliveries()[2].rows_quarantined == 1
    assert (rows()[0].times_seen, rows()[0].retried_in_id) == (2, deliveries()[1].pk)


def test_rows_sent_again_are_no_file_of_the_feeds_rhythm(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, GOOD, BAD_DAY, BAD_END))
    work()
    [first], [row, _] = deliveries(), rows()
    put_right(office, first.pk, **{box(row, "Reported Missing"): "28/02/2026 21:00"})
    work()
    with acting_as("batch"):
        [line] = lines_of([office.feed])
        assert line.rows_read == first.rows_read == 4
        assert [trouble.rule.name for trouble in line.troubles] == []


def test_a_page_that_waits_asks_again_with_and_without_javascript(
    office: Office, tmp_path: Path
) -> None:
    said = send(office, police(tmp_path, GOOD))
    [only] = deliveries()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in said
    assert f'hx-get="/deliveries/{only.pk}/" hx-trigger="every 2s"' in said
    say_seen(only.spooled, 12_000)
    page = f"/deliveries/{only.pk}/"
    assert "12,000 rows read so far" in office.browser.get(page).content.decode()
    work()
    done = office.browser.get(page).content.decode()
    assert "http-equiv" not in done
    assert "hx-get" not in done


def test_of_two_people_who_send_a_row_again_at_once_one_does(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(office, police(tmp_path, BAD_DAY))
    work()
    [first], [row] = deliveries(), rows()

    def after_somebody_else(**said: Any) -> list[Delivery]:
        QuarantinedRow.objects.filter(pk=row.pk).update(retried_in=first)
        return accept(**said)

    monkeypatch.setattr(correcting, "accept", after_somebody_else)
    said = put_right(office, first.pk, **{box(row, "Reported Missing"): "28/02/2026 21:00"})
    assert "Somebody has just sent some of these rows again." in said
    assert len(deliveries()) == 1


def test_what_nobody_changed_is_not_sent(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, BAD_DAY, BAD_END))
    work()
    [first] = deliveries()
    said = put_right(office, first.pk)
    assert "No value was changed." in said
    _, two = rows()
    put_right(office, first.pk, **{box(two, "Returned"): ""})
    assert [row.retried_in is not None for row in rows()] == [False, True]
    work()
    assert deliveries()[1].rows_read == 2


def test_a_row_that_is_still_wrong_waits_on_its_new_delivery(
    office: Office, tmp_path: Path
) -> None:
    send(office, police(tmp_path, BAD_DAY))
    work()
    [first], [row] = deliveries(), rows()
    put_right(office, first.pk, **{box(row, "Reported Missing"): "30/02/2026 21:00"})
    work()
    _, second = deliveries()
    page = office.browser.get(f"/deliveries/{second.pk}/").content.decode()
    assert second.rows_quarantined == 1
    assert "1 row waits to be put right." in page
    still = rows()[1]
    put_right(office, second.pk, **{box(still, "Reported Missing"): "31/02/2026 21:00"})
    work()
    assert rows()[0].retried_in is None, "it came back as it was first, so it waits once more"


def test_a_line_of_another_width_is_put_right_with_all_its_columns(
    office: Office, tmp_path: Path
) -> None:
    path = police(tmp_path, GOOD)
    path.write_text(path.read_text() + "R7,U1,Example\n")
    send(office, path)
    work()
    [first], [row] = deliveries(), rows()
    said = office.browser.get(f"/deliveries/{first.pk}/put-right/").content.decode()
    assert "The row has 3 values where the heading has 14." in said
    columns = path.read_text().splitlines()[0].split(",")
    values = {"Report Ref": "R7", "Person URN": "U1", "Surname": "Example", "Category": "Missing"}
    values |= {"Reported Missing": "07/02/2026 20:00"}
    boxes = {f"row-{row.pk}-{place}": values.get(name, "") for place, name in enumerate(columns)}
    office.browser.post(f"/deliveries/{first.pk}/put-right/", boxes)
    work()
    assert deliveries()[1].rows_quarantined == 0
    with acting_as("batch"):
        assert Event.objects.filter(kind="missing_episode").count() == 2


def test_rows_of_an_xml_return_are_put_right_where_they_come_from(
    database: None, tmp_path: Path
) -> None:
    world = make_world()
    agency = world.agencies[AgencyKind.CHILDRENS_SOCIAL_CARE]
    officer = make_person(agency, Role.DATA_OFFICER)
    office = Office(world, make_feed(agency, "cin"), officer, signed_in(officer))
    send(office, _with_a_bad_day(tmp_path))
    work()
    [only] = deliveries()
    assert only.rows_quarantined
    said = office.browser.get(f"/deliveries/{only.pk}/put-right/").content.decode()
    assert "cannot be put right here" in said


def _with_a_bad_day(folder: Path) -> Path:
    text = CIN.read_text(encoding="utf-8")
    path = folder / "cin.xml"
    path.write_text(re.sub(r"<CINreferralDate>[^<]+<", "<CINreferralDate>soon<", text, count=1))
    return path


def test_nothing_is_accepted_by_a_feed_that_is_switched_off(office: Office, tmp_path: Path) -> None:
    with acting_as("batch"):
        switch_off(by=TESTER, feed=office.feed, because="a test")
    said = send(office, police(tmp_path, GOOD))
    assert "is switched off, so nothing is taken in by it" in said
    assert deliveries() == []
    assert list(folder_of_spool().glob("*.upload*")) == []


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Choose a file."),
        ({"feed": "nowhere"}, "Choose the feed that the file is of."),
    ],
)
def test_a_form_that_lacks_something_says_so(
    office: Office, form: dict[str, str], says: str
) -> None:
    assert says in office.browser.post("/deliveries/new/", form).content.decode()


@override_settings(KEEPSIGHT_LARGEST_UPLOAD_MIB=1)
def test_a_file_that_is_too_large_is_not_kept(office: Office) -> None:
    big = io.BytesIO(b"x" * (3 << 20))
    big.name = "big.csv"
    answer = office.browser.post("/deliveries/new/", {"feed": office.feed.key, "file": big})
    said = answer.content.decode()
    assert "The file is larger than 1 MB." in said
    assert "Choose a file." not in said
    assert deliveries() == []
    assert list(folder_of_spool().glob("*.upload*")) == []


def test_nobody_else_may_send_or_leaves_bytes(office: Office, tmp_path: Path) -> None:
    worker = signed_in(office.world.people[AgencyKind.POLICE])
    with police(tmp_path, GOOD).open("rb") as file:
        answer = worker.post("/deliveries/new/", {"feed": office.feed.key, "file": file})
    assert answer.status_code == 403
    with police(tmp_path, GOOD).open("rb") as file:
        Client(headers={"host": "localhost"}).post("/sign-in/", {"file": file})
    assert deliveries() == []


def test_what_came_by_another_agency_is_not_there(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, BAD_DAY))
    work()
    [only] = deliveries()
    stranger = signed_in(make_person(office.world.agencies[AgencyKind.SCHOOL], Role.DATA_OFFICER))
    for page in ("", "put-right/", "rows.csv"):
        assert stranger.get(f"/deliveries/{only.pk}/{page}").status_code == 404
    row = rows()[0]
    change = {box(row, "Reported Missing"): "28/02/2026 21:00"}
    assert stranger.post(f"/deliveries/{only.pk}/put-right/", change).status_code == 404
    with police(tmp_path, GOOD).open("rb") as file:
        said = stranger.post("/deliveries/new/", {"feed": office.feed.key, "file": file})
    assert "Choose the feed that the file is of." in said.content.decode()
    assert len(deliveries()) == 1


def test_rows_are_taken_out_as_text_and_that_is_written_down(
    office: Office, tmp_path: Path, server: ServerAddress
) -> None:
    path = police(tmp_path, BAD_DAY)
    path.write_text(path.read_text().replace("Example", "=1+1"))
    send(office, path)
    work()
    [only] = deliveries()
    answer = office.browser.get(f"/deliveries/{only.pk}/rows.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert '"\'=1+1"' in answer.content.decode()
    what = f"rows in quarantine of delivery {only.pk}"
    assert written(server, Act.EXPORT) == [("quarantined-rows-csv", what, None)]
    office.browser.get(f"/deliveries/{only.pk}/")
    assert ("delivery", what, None) in written(server, Act.SEE)


def test_who_has_been_away_confirms_before_taking_rows_out(office: Office, tmp_path: Path) -> None:
    send(office, police(tmp_path, BAD_DAY))
    work()
    unconfirmed = signed_in(office.officer, confirmed=False)
    answer = unconfirmed.get(f"/deliveries/{deliveries()[0].pk}/rows.csv")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/confirm/")
