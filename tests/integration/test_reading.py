"""The process that reads files: what it may cost, what it knows, and what is left when it dies."""

import resource
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from keepsight.intake.reading import reader as reading
from keepsight.intake.reading.limits import READING, Limits
from keepsight.intake.reading.reader import STOPPED, Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.rows import Context, Fact, FileRefused, Refused
from tests.factories.files import police, register

DAY = date(2026, 3, 16)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def asked(path: Path, source: str) -> Asked:
    return Asked(path, source, Context(path.name, "agency", DAY, DAY), path.parent)


def parts_of(reader: Reader, path: Path, source: str) -> list[object]:
    found: list[object] = []
    for some in reader.read(asked(path, source)):
        found += [some] if isinstance(some, Marks) else some
    return found


def child_of(reader: Reader) -> psutil.Process:
    assert reader._child is not None
    return psutil.Process(reader._child.pid)


def test_facts_and_refusals_come_over_as_they_are(reader: Reader, tmp_path: Path) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,", "R2,31/02/2026 21:00,")
    person, report, refused = parts_of(reader, path, "police_missing")
    assert isinstance(person, Fact)
    assert isinstance(report, Fact)
    assert report.occurred.isoformat() == "2026-02-01T21:00:00+00:00"
    assert isinstance(refused, Refused)
    assert refused.raw["Report Ref"] == "R2"


def test_a_register_comes_as_weeks(reader: Reader, tmp_path: Path) -> None:
    path = register(tmp_path, "P1,2026-03-02,N,N", "P1,2026-03-03,/,\\")
    person, marks = parts_of(reader, path, "daily_register")
    assert isinstance(person, Fact)
    assert isinstance(marks, Marks)
    assert (marks.days, marks.again) == (2, 0)
    assert marks.weeks.read_text() == "P1,2026-03-02,N N ,/ \\ ,,,,4,2,2,2,0\n"


def test_one_process_reads_many_files_until_it_is_closed(reader: Reader, tmp_path: Path) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    parts_of(reader, path, "police_missing")
    first = child_of(reader)
    parts_of(reader, path, "police_missing")
    assert child_of(reader) == first
    reader.close()
    assert not first.is_running()


def test_it_is_given_no_password_and_so_much_time_and_memory(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/database")
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    parts_of(reader, path, "police_missing")
    child = child_of(reader)
    assert set(child.environ()) <= set(reading.KEPT)
    size = path.stat().st_size
    memory, _ = resource.prlimit(child.pid, resource.RLIMIT_DATA)
    seconds, _ = resource.prlimit(child.pid, resource.RLIMIT_CPU)
    assert memory == READING.memory_bytes(size)
    assert seconds <= READING.cpu_seconds(size) + child.cpu_times().user + 1


def test_one_that_says_nothing_for_too_long_is_stopped(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    parts_of(reader, path, "police_missing")
    silent = child_of(reader)
    silent.suspend()
    monkeypatch.setattr(reading, "READING", Limits(silence=0, silence_a_mib=0))
    with pytest.raises(FileRefused) as refused:
        parts_of(reader, path, "police_missing")
    assert str(refused.value) == STOPPED
    assert not silent.is_running()
    monkeypatch.undo()
    assert parts_of(reader, path, "police_missing"), "the next file is read by another"


def test_one_that_died_is_not_missed(reader: Reader, tmp_path: Path) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    parts_of(reader, path, "police_missing")
    dead = child_of(reader)
    dead.kill()
    dead.wait()
    assert parts_of(reader, path, "police_missing")


def test_a_file_of_another_format_is_refused_in_words(reader: Reader, tmp_path: Path) -> None:
    path = police(tmp_path, "R1,01/02/2026 21:00,")
    with pytest.raises(FileRefused, match="This feed takes Daily school register"):
        parts_of(reader, path, "daily_register")
