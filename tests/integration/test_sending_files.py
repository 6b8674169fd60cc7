"""A data officer sends a file by a page, reads what became of it, and puts rows right."""

import io
from pathlib import Path

import pytest
from django.test import Client, override_settings

from keepsight.audit.models import Act
from keepsight.chronology.actions.governing import switch_off
from keepsight.engines.embedded import ServerAddress
from keepsight.intake.spool import folder_of_spool, say_seen, spooled
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.browsing import signed_in
from tests.factories.delivery_office import (
    BAD_DAY,
    BAD_END,
    GOOD,
    Office,
    box,
    deliveries,
    rows,
    send,
    work,
)
from tests.factories.files import police
from tests.factories.roles import acting_as
from tests.factories.world import TESTER, make_feed, make_person, make_world
from tests.integration.test_pages import written


@pytest.fixture
def office(database: None) -> Office:
    world = make_world()
    agency = world.agencies[AgencyKind.POLICE]
    officer = make_person(agency, Role.DATA_OFFICER)
    return Office(world, make_feed(agency, "police_missing"), officer, signed_in(officer))


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
