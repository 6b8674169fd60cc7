"""What is accepted is taken in once, in order, and nothing of it is lost on the way."""

import io
from pathlib import Path

import pytest
from django.db import connection

from keepsight.audit.actor import system
from keepsight.chronology.actions.deliveries import begin_delivery
from keepsight.chronology.models import Delivery, Event, Feed
from keepsight.intake.accepting import accept
from keepsight.intake.rows import FileRefused
from keepsight.intake.spool import seen, spooled, sweep
from keepsight.intake.working import LOCKED, take_in_waiting
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police, zipped
from tests.factories.roles import acting_as
from tests.factories.world import NOW, READER, make_feed, make_world

TESTER = system("tester")


@pytest.fixture
def feed(database: None) -> Feed:
    return make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")


def send(feed: Feed, path: Path) -> list[Delivery]:
    with acting_as("batch"), path.open("rb") as stream:
        return accept(by=TESTER, feed=feed, filename=path.name, stream=stream, received=NOW)


def work() -> int:
    with acting_as("batch"):
        return take_in_waiting(reader=READER)


def deliveries() -> list[Delivery]:
    with acting_as("batch"):
        return list(Delivery.objects.order_by("pk"))


def test_a_file_waits_and_is_taken_in_later(feed: Feed, tmp_path: Path) -> None:
    [accepted] = send(feed, police(tmp_path, "R1,01/02/2026 21:00,", "R2,31/02/2026 21:00,"))
    assert accepted.state == "accepted"
    assert spooled(accepted.spooled).exists()
    assert work() == 1
    [done] = deliveries()
    assert (done.state, done.rows_read, done.rows_new, done.rows_quarantined) == ("done", 3, 2, 1)
    assert done.reasons == [
        ["Reported Missing: This is not a day and time; write it as dd/mm/yyyy HH:MM.", 1]
    ]
    assert not spooled(accepted.spooled).exists()
    assert seen(accepted.spooled) == 0
    assert work() == 0


def test_a_worker_that_is_told_to_stop_ends_with_the_file_in_hand(
    feed: Feed, tmp_path: Path
) -> None:
    send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    send(feed, police(tmp_path, "R2,02/02/2026 21:00,"))
    with acting_as("batch"):
        asked = iter([False, True])
        assert take_in_waiting(reader=READER, stopped=lambda: next(asked)) == 1
    assert [each.state for each in deliveries()] == ["done", "accepted"]


def test_the_same_bytes_sent_again_while_they_wait_are_one_delivery(
    feed: Feed, tmp_path: Path
) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    assert send(feed, path) == send(feed, path)
    work()
    assert [each.state for each in deliveries()] == ["done"]
    assert send(feed, path)[0].pk != deliveries()[0].pk, "later it is a delivery of its own"
    work()
    assert [each.rows_unchanged for each in deliveries()] == [0, 2]


def test_each_file_of_a_zip_is_a_delivery(feed: Feed, tmp_path: Path) -> None:
    one = police(tmp_path, "R1,01/02/2026 21:00,").read_bytes()
    path = zipped(tmp_path, "all.zip", {"a.csv": one, "b.csv": one.replace(b"R1", b"R2")})
    assert [each.filename for each in send(feed, path)] == ["a.csv", "b.csv"]
    assert work() == 2


def test_of_a_zip_that_is_not_sane_nothing_is_accepted(feed: Feed, tmp_path: Path) -> None:
    one = police(tmp_path, "R1,01/02/2026 21:00,").read_bytes()
    path = zipped(tmp_path, "all.zip", {"a.csv": one, "../b.csv": one})
    with pytest.raises(FileRefused, match="has an unsafe path"):
        send(feed, path)
    assert deliveries() == []


def test_a_file_that_cannot_be_read_is_refused_and_the_next_is_taken_in(
    feed: Feed, tmp_path: Path
) -> None:
    with acting_as("batch"):
        accept(by=TESTER, feed=feed, filename="bad.csv", stream=io.BytesIO(b"\x00"), received=NOW)
    send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    assert work() == 2
    bad, good = deliveries()
    assert (bad.state, good.state) == ("refused", "done")
    assert bad.refusal.endswith(".")
    assert bad.rows_read == 0


def test_what_a_worker_left_half_done_is_begun_again(feed: Feed, tmp_path: Path) -> None:
    [accepted] = send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    with acting_as("batch"):
        begin_delivery(by=TESTER, delivery=accepted)
    work()
    [done] = deliveries()
    assert (done.state, done.attempts) == ("done", 2)


def test_while_one_worker_has_a_feed_another_leaves_it(feed: Feed, tmp_path: Path) -> None:
    send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKED, feed.pk])
        with acting_as("batch"):
            assert take_in_waiting(reader=READER) == 0
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKED, feed.pk])
    assert work() == 1


def test_a_file_whose_bytes_are_gone_is_refused_in_words(feed: Feed, tmp_path: Path) -> None:
    [accepted] = send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    spooled(accepted.spooled).unlink()
    work()
    assert "no longer where they waited" in deliveries()[0].refusal


def test_corrections_supersede_in_the_order_in_which_they_came(feed: Feed, tmp_path: Path) -> None:
    send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    send(feed, police(tmp_path, "R1,01/02/2026 21:00,02/02/2026 07:00"))
    work()
    with acting_as("batch"):
        last = Event.objects.filter(kind="missing_episode").order_by("-revision").first()
        assert last is not None
        assert last.occurred_until is not None
    assert [each.rows_superseded for each in deliveries()] == [0, 1]


def test_only_what_nobody_waits_for_is_swept(feed: Feed, tmp_path: Path) -> None:
    [accepted] = send(feed, police(tmp_path, "R1,01/02/2026 21:00,"))
    assert sweep({accepted.spooled}) == 0
    assert spooled(accepted.spooled).exists()
