"""Who somebody is, when several files of an agency say it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from keepsight.kernel.details import details_in_force
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event

SENT = datetime(2026, 3, 2, 6, tzinfo=UTC)
FULL = PersonDetails(
    forename="Ada",
    surname="Example",
    date_of_birth=date(2012, 5, 4),
    disabilities=("HEAR",),
    nhs_number="9000000009",
    postcode="ZZ1 1AA",
    address="1 Example Row",
)


def said(content, number, days=0, subject=1):
    received = SENT + timedelta(days=days)
    return Event(
        id=str(number), subject=subject, agency=1, occurred=SENT, received=received, content=content
    )


def in_force(*events):
    [event] = details_in_force(events).values()
    return event.content


def test_what_a_narrower_feed_leaves_out_stays():
    narrow = PersonDetails(forename="Ada", surname="Example-Jones")
    found = in_force(said(narrow, 2, days=3), said(FULL, 1))
    assert found.surname == "Example-Jones"
    assert found.postcode == "ZZ1 1AA"
    assert found.nhs_number == "9000000009"
    assert found.disabilities == ("HEAR",)


def test_what_was_received_last_stands_whatever_its_number():
    moved = PersonDetails(postcode="ZZ1 1AB", disabilities=("NONE",))
    found = in_force(said(FULL, 9), said(moved, 2, days=1))
    assert (found.postcode, found.disabilities) == ("ZZ1 1AB", ("NONE",))
    assert in_force(said(moved, 9), said(FULL, 2, days=1)).postcode == "ZZ1 1AA"


def test_an_address_that_is_withheld_later_is_gone_and_stays_so_where_nothing_is_said():
    kept = in_force(said(FULL, 1), said(PersonDetails(address_withheld=True), 2, days=1))
    assert (kept.postcode, kept.address, kept.address_withheld) == (None, None, True)
    still = kept.under(PersonDetails(surname="Example"))
    assert still.address_withheld
    assert not still.under(PersonDetails(address_withheld=False)).address_withheld


def test_each_record_has_its_own_and_the_newest_comes_first():
    found = details_in_force([said(FULL, 1), said(PersonDetails(), 2, days=1, subject=2)])
    assert list(found) == [2, 1]
    assert found[2].content == PersonDetails()


def test_nothing_else_says_who_somebody_is():
    with pytest.raises(TypeError):
        details_in_force([said(FULL, 1), said(MissingEpisode(category="missing"), 2)])
