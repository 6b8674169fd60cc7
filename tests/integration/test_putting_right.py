"""Rows in quarantine are put right on a page and sent again, once."""

from pathlib import Path
from typing import Any

import pytest

from keepsight.chronology.models import Delivery, Event
from keepsight.chronology.queries import lines_of
from keepsight.intake import correcting
from keepsight.intake.accepting import accept
from keepsight.intake.models import QuarantinedRow
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
    put_right,
    rows,
    send,
    with_a_bad_day,
    work,
)
from tests.factories.files import police
from tests.factories.roles import acting_as
from tests.factories.world import make_feed, make_person, make_world


@pytest.fixture
def office(database: None) -> Office:
    world = make_world()
    agency = world.agencies[AgencyKind.POLICE]
    officer = make_person(agency, Role.DATA_OFFICER)
    return Office(world, make_feed(agency, "police_missing"), officer, signed_in(officer))


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
    send(office, with_a_bad_day(tmp_path))
    work()
    [only] = deliveries()
    assert only.rows_quarantined
    said = office.browser.get(f"/deliveries/{only.pk}/put-right/").content.decode()
    assert "cannot be put right here" in said
