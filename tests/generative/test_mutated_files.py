"""Files of every format, damaged at random: each one error in words, or an account of every row.

They are read as in earnest, by a process with limits of time and memory: that none is stopped by
them is that each took less.
"""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from keepsight.intake.reading.limits import READING
from keepsight.intake.reading.reader import STOPPED, Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.recognise import SOURCES as TAKEN
from keepsight.intake.recognise import source_for
from keepsight.intake.rows import Context, Fact, FileRefused, Refused

SOURCES = Path(__file__).parents[2] / "src" / "keepsight" / "intake" / "sources"
FIXTURES = sorted(path for path in SOURCES.rglob("fixture*") if path.is_file())
DAY = date(2026, 5, 8)
NASTY = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b",",
    b"\r",
    b"\n\n",
    b"<!DOCTYPE x>",
    b"&lol;",
    b"<a>" * 400,
    b"{" * 4000,
    b"[" * 4000,
    b"9" * 400,
    b"'; DROP TABLE x; --",
    b"=1+1",
    "\u202e\U0001f600".encode(),
    b"A" * 70_000,
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One to four damages: bytes changed, left out, said again, put in, or the end cut off."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        first, last = sorted(chance.randrange(len(changed) + 1) for _ in range(2))
        last = min(last, first + chance.choice((1, 8, 64, 1024)))
        kind = chance.randrange(5)
        if kind == 0:
            changed[first:last] = chance.randbytes(last - first)
        elif kind == 1:
            del changed[first:last]
        elif kind == 2:
            changed[first:first] = changed[first:last] * chance.choice((1, 2, 50))
        elif kind == 3:
            changed[first:first] = chance.choice(NASTY)
        else:
            del changed[first + chance.randrange(len(changed) - first + 1) :]
    return bytes(changed)


def account(reader: Reader, path: Path, folder: Path) -> Iterator[object]:
    context = Context("2025_spring_" + path.name, "agency", DAY, DAY)
    with path.open("rb") as stream:
        source = source_for(context.filename, stream.read(65_536))
    for some in reader.read(Asked(path, source.name, context, folder)):
        yield from [some] if isinstance(some, Marks) else some


@pytest.mark.parametrize("files", [300, pytest.param(10_000, marks=pytest.mark.full)])
def test_a_damaged_file_is_an_error_in_words_or_an_account_of_its_rows(files: int) -> None:
    chance = random.Random(files)  # noqa: S311 - the same files each time
    read = 0
    refusals: list[str] = []
    with TemporaryDirectory() as name, Reader() as reader:
        folder = Path(name)
        for number in range(files):
            fixture = FIXTURES[number % len(FIXTURES)]
            path = folder / fixture.name
            path.write_bytes(mutated(fixture.read_bytes(), chance))
            try:
                parts = list(account(reader, path, folder))
            except FileRefused as refusal:
                refusals.append(str(refusal))
            else:
                assert all(isinstance(part, Fact | Refused | Marks) for part in parts)
                read += 1
            for left in folder.iterdir():
                left.unlink()
    assert read > files / 10, "some are still read"
    assert len(refusals) > files / 10, "and some are not"
    assert STOPPED not in refusals
    assert all(refusal.endswith(".") for refusal in refusals)


def test_every_format_has_a_fixture_to_damage() -> None:
    assert {source.name for source in TAKEN} == {path.parent.name for path in FIXTURES}


def test_each_damaged_file_may_cost_so_much_and_no_more() -> None:
    largest = max(path.stat().st_size for path in FIXTURES)
    assert READING.cpu_seconds(largest) <= 5
    assert READING.memory_bytes(largest) <= 520 << 20
