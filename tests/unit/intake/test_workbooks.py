"""Workbooks: hostile ones are refused in words before they cost anything, good ones read as CSV."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import defusedxml.ElementTree
import openpyxl.reader.strings
import openpyxl.worksheet._reader
import pytest
from openpyxl import Workbook

from keepsight.intake.files import is_zip, open_files
from keepsight.intake.readers import workbook
from keepsight.intake.readers.spreadsheet import Spreadsheet, as_text
from keepsight.intake.reading.reader import Reader
from keepsight.intake.reading.wire import Asked
from keepsight.intake.recognise import SOURCES
from keepsight.intake.rows import Context, FileRefused, UnknownFormat

DAY = date(2026, 5, 8)
FEBRUARY = datetime(2026, 2, 1)  # noqa: DTZ001 - cells have no zone
NEARLY = FEBRUARY.replace(hour=21, minute=5, second=59, microsecond=999_999)


def book(*rows: tuple[object, ...], sheet: str = "Sheet1") -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one part added or put in another's place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return out.getvalue()


GOOD = book(("a", "b"), (1, 2))
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            with_part(GOOD, "xl/big.xml", b"<a>" + b"0" * 5_000_000 + b"</a>"),
            "packed over 100 to 1",
        ),
        (with_part(GOOD, "xl/sharedStrings.xml", ENTITIES), "declares a document type"),
        (with_part(GOOD, "xl/x.xml", "<a/>".encode("utf-16")), "not written in UTF-8"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "holds macros"),
        (with_part(GOOD, "xl/workbook.xml", b"<not-a-workbook/>"), "The workbook is damaged"),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet"), "damaged"),
        (GOOD[:-40], "cannot be opened"),
    ],
)
def test_a_hostile_or_damaged_workbook_is_one_refusal_in_words(content, said):
    with pytest.raises(FileRefused) as refused, Spreadsheet(io.BytesIO(content)) as opened:
        list(opened.rows("Sheet1"))
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_an_entity_that_hides_behind_a_long_prolog_is_found():
    padded = b"<!--" + b"-x" * 300_000 + b"-->" + ENTITIES.removeprefix(b'<?xml version="1.0"?>')
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stored, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
        new.writestr("xl/sharedStrings.xml", padded)
    with pytest.raises(FileRefused, match="document type"):
        Spreadsheet(stored)


def test_a_workbook_that_would_unpack_too_large_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_WORKBOOK", 1_000)
    with pytest.raises(FileRefused, match="more than 256 MiB"):
        Spreadsheet(io.BytesIO(GOOD))


def test_a_workbook_costs_what_it_unpacks_to_and_no_more_than_any_may(tmp_path, monkeypatch):
    large = with_part(GOOD, "xl/notes.xml", b"<a>" + b"0" * 900_000 + b"</a>")
    for name, content in (("a.xlsx", large), ("a.csv", b"a,b\n"), ("cut.xlsx", GOOD[:-40])):
        (tmp_path / name).write_bytes(content)
    assert workbook.weight(tmp_path / "a.xlsx") > 900_000 > 10 * len(large)
    assert workbook.weight(tmp_path / "a.csv") == 4
    assert workbook.weight(tmp_path / "cut.xlsx") == len(GOOD) - 40
    monkeypatch.setattr(workbook, "LARGEST_WORKBOOK", 500_000)
    assert workbook.weight(tmp_path / "a.xlsx") == 500_000


def test_openpyxl_reads_xml_with_what_refuses_entities():
    assert openpyxl.worksheet._reader.iterparse is defusedxml.ElementTree.iterparse
    assert openpyxl.reader.strings.iterparse is defusedxml.ElementTree.iterparse


def test_a_workbook_is_a_file_and_a_document_is_refused():
    assert not is_zip(io.BytesIO(GOOD))
    [(name, _)] = open_files("a.xlsx", io.BytesIO(GOOD))
    assert name == "a.xlsx"
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<document/>")
    with pytest.raises(UnknownFormat, match="is a document"):
        list(open_files("a.docx", document))


@pytest.mark.parametrize(
    ("value", "shown", "days", "said"),
    [
        (None, "", "dd/mm/yyyy", ""),
        (" x ", "", "dd/mm/yyyy", "x"),
        (True, "", "dd/mm/yyyy", "true"),
        (9000000009.0, "", "dd/mm/yyyy", "9000000009"),
        (2.5, "", "dd/mm/yyyy", "2.5"),
        (FEBRUARY, "dd/mm/yyyy", "dd/mm/yyyy", "01/02/2026"),
        (FEBRUARY, "yyyy-mm-dd", "yyyy-mm-dd", "2026-02-01"),
        (FEBRUARY, "", "yyyy-Mon-dd", "2026-Feb-01"),
        (FEBRUARY, "dd/mm/yyyy hh:mm", "dd/mm/yyyy", "01/02/2026 00:00:00"),
        (NEARLY, "", "dd/mm/yyyy", "01/02/2026 21:06:00"),
    ],
)
def test_a_cell_says_what_a_csv_would(value, shown, days, said):
    assert as_text(value, shown, days) == said


def read(path: Path, source: str, folder: Path) -> list[object]:
    context = Context("2025_spring_" + path.name, "agency", DAY, DAY)
    with Reader() as reader:
        return [each for some in reader.read(Asked(path, source, context, folder)) for each in some]


CSVS = {
    "police_missing": "police_missing/fixture.csv",
    "exclusions": "exclusions/fixture.csv",
    "ssda903": "ssda903/fixture_episodes.csv",
    "school_census": "school_census/fixture_2025_spring_pupilonroll.csv",
}


@pytest.mark.parametrize("source", CSVS)
def test_a_table_as_a_workbook_says_what_it_says_as_a_csv(fixture_of, tmp_path, source):
    path = fixture_of(CSVS[source])
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    as_book = tmp_path / "table.xlsx"
    as_book.write_bytes(book(*(tuple(as_cell(cell) for cell in row) for row in rows)))
    assert read(as_book, source, tmp_path) == read(path, source, tmp_path)


def as_cell(text: str) -> object:
    """A day or time as the spreadsheet program would hold it; anything else as text."""
    for form in ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%b-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - cells have no zone
        except ValueError:
            continue
    return text or None


def test_a_register_as_a_workbook_comes_to_the_same_weeks(fixture_of, tmp_path):
    path = fixture_of("daily_register/fixture.csv")
    with path.open(encoding="utf-8", newline="") as opened:
        rows = [tuple(cell or None for cell in row) for row in csv.reader(opened)]
    (tmp_path / "register.xlsx").write_bytes(book(*rows))
    weeks = []
    for file in (path, tmp_path / "register.xlsx"):
        read(file, "daily_register", tmp_path)
        weeks.append((tmp_path / "weeks.csv").read_text(encoding="utf-8"))
    assert weeks[0] == weeks[1] != ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book(("a", "b"), (1, 2)), "is not in a format that Keepsight takes"),
        (book(), "The workbook is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older form, or is locked"),
        (with_part(GOOD, "xl/sharedStrings.xml", ENTITIES), "declares a document type"),
    ],
)
def test_what_no_source_takes_is_refused_by_the_reading_process(tmp_path, content, said):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=said):
        read(path, "annex_a", tmp_path)


def test_a_workbook_of_two_tables_is_refused_rather_than_half_read(tmp_path):
    made = Workbook()
    made.active.append(("a",))
    made.create_sheet("Second").append(("b",))
    made.save(tmp_path / "two.xlsx")
    with pytest.raises(FileRefused, match="several sheets that are filled"):
        read(tmp_path / "two.xlsx", "annex_a", tmp_path)


def test_a_workbook_that_another_feed_takes_is_refused_by_name(fixture_of, tmp_path):
    title = next(each.title for each in SOURCES if each.name == "police_missing")
    with pytest.raises(FileRefused, match="This feed takes ") as refused:
        read(fixture_of("annex_a/fixture.xlsx"), "police_missing", tmp_path)
    assert title in str(refused.value)


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(fixture_of, tmp_path):
    with fixture_of("exclusions/fixture.csv").open(encoding="utf-8", newline="") as opened:
        heading, first, _ = csv.reader(opened)
    (tmp_path / "gap.xlsx").write_bytes(book(tuple(heading), (), (), tuple(first)))
    rows = {part.row for part in read(tmp_path / "gap.xlsx", "exclusions", tmp_path)}
    assert rows == {"row 4, person", "row 4, exclusion"}
