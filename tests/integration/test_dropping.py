"""The drop folder: what is complete is accepted once, what is not is left, nothing is lost."""

import os
from pathlib import Path

import pytest

from keepsight.chronology.actions.governing import switch_off
from keepsight.chronology.models import Delivery, Feed
from keepsight.intake import dropping
from keepsight.intake.dropping import drain
from keepsight.intake.working import take_in_waiting
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.files import police, zipped
from tests.factories.roles import acting_as
from tests.factories.world import READER, TESTER, make_feed, make_world

LINE = "R1,01/02/2026 21:00,"


@pytest.fixture
def feed(database: None) -> Feed:
    return make_feed(make_world().agencies[AgencyKind.POLICE], "police_missing")


@pytest.fixture
def folder(feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEEPSIGHT_DROP", str(tmp_path / "drop"))
    monkeypatch.setattr(dropping, "QUIET_SECONDS", -1)
    made = tmp_path / "drop" / feed.key
    made.mkdir(parents=True)
    return made


def drop() -> bool:
    with acting_as("batch"):
        return drain()


def deliveries() -> list[Delivery]:
    with acting_as("batch"):
        return list(Delivery.objects.order_by("pk"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_file_is_accepted_once_and_moved_aside_with_a_sentence(folder: Path) -> None:
    police(folder, LINE)
    assert drop()
    [accepted] = deliveries()
    assert (accepted.filename, accepted.state) == ("police.csv", "accepted")
    assert names(folder) == ["accepted"]
    assert names(folder / "accepted") == ["police.csv", "police.csv.why.txt"]
    said = (folder / "accepted" / "police.csv.why.txt").read_text()
    assert f"as delivery {accepted.pk}." in said
    assert not drop()
    with acting_as("batch"):
        assert take_in_waiting(reader=READER) == 1


def test_two_files_of_one_name_are_both_kept(folder: Path) -> None:
    for line in (LINE, "R2,02/02/2026 21:00,"):
        police(folder, line)
        drop()
    assert len(deliveries()) == 2
    assert "police (2).csv" in names(folder / "accepted")


def test_what_is_still_being_written_waits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "QUIET_SECONDS", 3_600)
    path = police(folder, LINE)
    os.utime(path, (0, 0))
    assert not drop(), "a copy may carry an old date"
    (folder / "police.csv.done").touch()
    assert drop()
    assert names(folder) == ["accepted"], "the marker goes with its file"


@pytest.mark.parametrize("name", [".police.csv", "police.csv.part", "police.csv.TMP"])
def test_what_is_named_as_half_sent_is_left_alone(folder: Path, name: str) -> None:
    police(folder, LINE, name=name)
    assert not drop()
    assert names(folder) == [name]


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "police.csv").symlink_to(police(tmp_path, LINE))
    assert not drop()
    assert deliveries() == []


def test_a_file_for_no_feed_is_refused_in_words(folder: Path) -> None:
    stray = folder.parent / "nobody"
    stray.mkdir()
    police(stray, LINE)
    assert drop()
    said = (stray / "refused" / "police.csv.why.txt").read_text()
    assert "There is no feed “nobody”" in said
    assert deliveries() == []


def test_a_file_for_a_feed_that_is_switched_off_is_refused_in_words(
    folder: Path, feed: Feed
) -> None:
    with acting_as("batch"):
        switch_off(by=TESTER, feed=feed, because="a test")
    police(folder, LINE)
    assert drop()
    assert "is switched off" in (folder / "refused" / "police.csv.why.txt").read_text()


def test_a_zip_that_is_not_sane_is_refused_in_words(folder: Path) -> None:
    zipped(folder, "all.zip", {"../a.csv": b"a"})
    assert drop()
    assert "unsafe path" in (folder / "refused" / "all.zip.why.txt").read_text()


def test_what_was_accepted_is_removed_after_its_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police(folder, LINE)
    drop()
    assert len(names(folder / "accepted")) == 2
    monkeypatch.setattr(dropping, "KEPT_SECONDS", -1)
    drop()
    assert names(folder / "accepted") == []
