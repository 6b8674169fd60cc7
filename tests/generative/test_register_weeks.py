"""A register read as a table, line by line or in memory: all come to the same."""

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepsight.intake.rows import Context, FileRefused
from keepsight.intake.sources.daily_register import queries as sql
from keepsight.intake.sources.daily_register.small import SmallRegister
from keepsight.intake.sources.daily_register.weeks import Register, is_regular, register_of

TODAY = date(2026, 3, 16)
WAYS = sql.WAYS_OF_LINES
CONTEXT = Context("register.csv", "school", TODAY, TODAY)
HEADING = ["UPN", "PupilID", "Surname", "Forename", "DOB", "Postcode", "Date", "AM", "PM"]
SPACED = st.sampled_from(["", " ", "\t", "\u00a0"])
PUPILS = st.sampled_from(["P1", "P2", "p 3", "É4", "", 'q"5', "a,b"])
DAYS = st.sampled_from(
    ["2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07", "2026-03-09", "2027-01-04", "", "x"]
)
CODES = st.sampled_from(["/", "\\", "I", "N", "O", "L", "U", "C2", "", "QQ", "h", " / "])
WORDS = st.sampled_from(["Example", "Sample", "", "Ünal", "O'Ada", 'A "B"', "line\nbreak"])
LINES = st.lists(
    st.tuples(
        st.just(""),
        st.builds("{}{}{}".format, SPACED, PUPILS, SPACED),
        WORDS,
        WORDS,
        st.sampled_from(["2012-01-01", "", "2012-02-30"]),
        st.sampled_from(["", "ZE1 0AA"]),
        DAYS,
        CODES,
        CODES,
    ),
    max_size=12,
)


class LineByLine(Register):
    """The same, with the quick way shut."""

    def _order(self) -> list[int]:
        return []


class Small(SmallRegister):
    """The way of small files, begun and ended as the others are."""

    def __init__(self, path: Path, context: Context, folder: Path) -> None:
        super().__init__(path, context)

    def close(self) -> None:
        """Nothing is held open."""


def come_to(kind: type[Register | Small], content: bytes) -> tuple[object, ...]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.csv"
        path.write_bytes(content)
        register = kind(path, CONTEXT, folder)
        try:
            parts = sorted(map(repr, register.people_and_refusals()))
            register.write_weeks(folder / "weeks.csv")
            with (folder / "weeks.csv").open(newline="") as file:
                weeks = sorted(csv.reader(file))
            return parts, register.marks, register.again, weeks
        except FileRefused as refusal:
            return (str(refusal),)
        finally:
            register.close()


@settings(max_examples=150, deadline=None)
@given(
    lines=LINES,
    ending=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    order=st.permutations(range(9)),
    mark=st.booleans(),
)
def test_all_ways_come_to_the_same(lines, ending, quoting, order, mark):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([HEADING[place] for place in order])
    writer = csv.writer(text, lineterminator=ending, quoting=quoting)
    writer.writerows([[line[place] for place in order] for line in lines])
    content = text.getvalue().encode("utf-8-sig" if mark else "utf-8")
    slow = come_to(LineByLine, content)
    assert come_to(Register, content) == slow
    assert come_to(Small, content) == slow


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([",", "\n", "\r", "\r\n", '"', "P1", "2026-03-02", "/", "\\", " "])),
    st.lists(st.sampled_from([",P1,,,,,2026-03-02,/,\\\n", ",P2,,,,,2026-03-02,I,I\n"])),
)
def test_and_so_does_what_is_hardly_a_table(pieces, lines):
    content = (",".join(HEADING) + "\n" + "".join(lines) + "".join(pieces)).encode()
    slow = come_to(LineByLine, content)
    assert come_to(Register, content) == slow
    assert come_to(Small, content) == slow


def test_a_long_register_keeps_the_order_of_its_lines(tmp_path):
    path = tmp_path / "register.csv"
    days = ["2026-03-02", "2026-03-03"]
    marks = ["/,\\", "I,I"]
    long = "Example" * 30  # so that DuckDB reads it in many blocks, side by side
    with path.open("w") as file:
        file.write(",".join(HEADING) + "\n")
        for number in range(200_000):
            turn = number // 100_000
            file.write(
                f",P{number % 50_000},{long},Ada,,,{days[turn]},{marks[number // 50_000 % 2]}\n"
            )
    with register_of(path, CONTEXT, tmp_path) as register:
        parts = list(register.people_and_refusals())
        refused = [part for part in parts if hasattr(part, "reason")]
        people = [part for part in parts if not hasattr(part, "reason")]
        assert [person.row for person in people[:2]] == ["row 2, pupil", "row 3, pupil"]
        assert len(people) == 50_000
        assert register.marks == 100_000
        assert len(refused) == 100_000, "of each pupil and day the first line stands"
        assert refused[0].row == "row 50002"


def test_what_is_regular():
    for content in (b"a\nb\n", b"a\r\nb\r\n", b"a"):
        assert is_regular(io.BytesIO(content))
    for content in (b"a\n\nb", b"a\r\n\r\nb", b"a\rb", b"a\nb\r"):
        assert not is_regular(io.BytesIO(content))


def test_two_ways_of_one_number_are_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("P1", "2026-03-02", "/", "\\"), ("P1", "2026-03-03", "I", "I")]
    rows = [",".join(("", pupil, "A", "B", "2012-01-01", "", *day)) for pupil, *day in lines]
    content = "\n".join([",".join(HEADING), *rows, ""]).encode()
    expected = come_to(Register, content)
    monkeypatch.setattr(sql, "WAYS_OF_LINES", f"SELECT 1::UBIGINT, * EXCLUDE way FROM ({WAYS})")
    assert come_to(Register, content) == expected
    assert expected[1] == 2
