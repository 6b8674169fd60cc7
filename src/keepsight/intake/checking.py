"""Checking files before anybody takes them in: what is in them against the rules of their format.

Nothing is written and no database is needed. For a format that has no rules of its own, findings
are what its reader refuses, and what it would keep with a remark.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from keepsight.intake.files import head_of, open_files
from keepsight.intake.readers import csv, trees
from keepsight.intake.readers.workbook import begins_like_one
from keepsight.intake.reading.reader import Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.recognise import SOURCES, formats_taken
from keepsight.intake.rows import Context, Fact, FileRefused, Part, Refused, Source, UnknownFormat
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.checks import Finding, Severity, cin, ssda903
from keepsight.kernel.checks.ssda903.file_rules import OTHER_TABLE, OTHER_WIDTH
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats.schema import Table
from keepsight.kernel.formats.ssda903_more import ALL_TABLES

FORMATS = tuple(source.name for source in SOURCES)
REFUSED, REMARK = "refused", "remark"
"""What stands for a rule where a reader has no numbered ones."""

ENDINGS = frozenset({".csv", ".xml", ".zip"})
"""Files of a folder that are looked at: a return may lie beside notes about it."""

CORRECT = "Correct it where it was exported from, and export it again."


@dataclass(slots=True)
class Checked:
    """What checking some files of one format found. `rows` are children, lines or row parts."""

    format: str
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    year: int | None = None

    @property
    def errors(self) -> int:
        return sum(each.severity is Severity.ERROR for each in self.findings)


def check_files(
    paths: Sequence[Path], format: str, *, year: int | None = None, before: Sequence[Path] = ()
) -> Checked:
    """Check files as one return of a format; raises `FileRefused` for what cannot be read.

    `year` is the one in which the return’s year ends, for a format that says it nowhere, and
    `before` are the files of last year’s return.
    """
    if format == "ssda903":
        return _check_ssda903(paths, year, before)
    if len(paths) != 1:
        raise FileRefused(f"A return of the format {format} is one file; check one at a time.")
    checked = Checked(format)
    for name, stream in _open(paths[0]):
        first = len(checked.findings)
        if format == "cin":
            _check_cin(stream, checked)
        else:
            _check_other(_source(format), name, paths[0], stream, checked)
        if name != paths[0].name:
            new = checked.findings[first:]
            checked.findings[first:] = [each._replace(row=f"{name}, {each.row}") for each in new]
    return checked


def format_of(paths: Sequence[Path]) -> str:
    """The format that the first file is in; raises `UnknownFormat`."""
    for path in _each_file(paths):
        for name, stream in _open(path):
            head = head_of(stream)
            if _table_of(head) is not None:
                return "ssda903"
            for source in SOURCES:
                if source.recognises(name, head):
                    return source.name
    raise UnknownFormat(f"The format is not known. Keepsight takes: {formats_taken()}.")


def _check_cin(stream: BinaryIO, checked: Checked) -> None:
    checking = cin.Checking()
    take = {"Header": checking.take_header, "Child": checking.take_child, "Message": checking.end}
    for piece in trees.pieces(stream):
        checked.findings += take[piece.kind](piece.node)
    checked.rows += checking.children
    checked.year = checking.year.year


def _check_ssda903(paths: Sequence[Path], year: int | None, before: Sequence[Path]) -> Checked:
    checked = Checked("ssda903")
    lines = list(_lines(paths, checked.findings))
    if not lines and not checked.findings:
        raise FileRefused("There is no line in what was given, so there is nothing to check.")
    try:
        of = ReturnYear.ending(year) if year else ssda903.year_of(lines)
    except ValueError as error:
        raise FileRefused(f"{error} Say with --year which year the return is of.") from error
    checked.rows, checked.year = len(lines), of.year
    checked.findings += ssda903.check(lines, of, _lines(before, []))
    return checked


def _lines(paths: Sequence[Path], findings: list[Finding]) -> Iterator[ssda903.Line]:
    """Every line of every table; a file that is none of them is a finding."""
    seen: set[str] = set()
    for path in _each_file(paths):
        for name, stream in _open(path):
            table = _table_of(head_of(stream))
            if table is None:
                findings.append(OTHER_TABLE.in_file(name, csv.heading(head_of(stream))))
                continue
            row = f"{table.name} ({name})" if table.name in seen else table.name
            seen.add(table.name)
            yield from _lines_of(stream, table, row, findings)


def _lines_of(
    stream: BinaryIO, table: Table, row: str, findings: list[Finding]
) -> Iterator[ssda903.Line]:
    for line in csv.lines(stream, table):
        if isinstance(line, Refused):
            findings.append(OTHER_WIDTH.in_row(f"{row}, {line.row}", line.reason))
        else:
            values = dict(zip(table.names, line.values, strict=True))
            yield ssda903.Line(table.name, f"{row}, {line.row}", values)


def _check_other(source: Source, name: str, path: Path, stream: BinaryIO, checked: Checked) -> None:
    """A file is taken as received on the day on which it was last written."""
    received = datetime.fromtimestamp(path.stat().st_mtime, LONDON).date()
    context = Context(name, "", received, received)
    if begins_like_one(head_of(stream)):
        _take(_parts_of_workbook(source, stream, context), source, checked)
        return
    if not source.recognises(name, head_of(stream)):
        raise FileRefused(f"“{name}” is not in the format {source.name}: {source.title}.")
    _take(source.rows(stream, context), source, checked)


def _take(parts: Iterable[Part], source: Source, checked: Checked) -> None:
    for part in parts:
        checked.rows += 1
        checked.findings += _of_part(part, source.name)


def _parts_of_workbook(source: Source, stream: BinaryIO, context: Context) -> Iterator[Part]:
    """A workbook is read by the process that reads what agencies send, and nowhere else."""
    with TemporaryDirectory() as name, Reader() as reader:
        folder = Path(name)
        path = folder / "workbook.xlsx"
        path.write_bytes(stream.read())
        for some in reader.read(Asked(path, source.name, context, folder)):
            yield from [] if isinstance(some, Marks) else some


def _of_part(part: Part, format: str) -> Iterator[Finding]:
    if isinstance(part, Refused):
        yield Finding(
            f"{format}.{REFUSED}", Severity.ERROR, part.row, "", part.field, part.value,
            part.reason, CORRECT,
        )  # fmt: skip
        return
    child = part.subject_key
    for remark in part.remarks if isinstance(part, Fact) else ():
        yield Finding(
            f"{format}.{REMARK}", Severity.QUERY, part.row, child, remark.field, remark.value,
            remark.reason, CORRECT,
        )  # fmt: skip


def _source(name: str) -> Source:
    return next(source for source in SOURCES if source.name == name)


def _table_of(head: bytes) -> Table | None:
    names = csv.heading(head)
    return next((table for table in ALL_TABLES if table.has_heading(names)), None)


def _each_file(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = (each for each in path.rglob("*") if each.suffix.lower() in ENDINGS)
            yield from sorted(each for each in found if each.is_file())
        else:
            yield path


def _open(path: Path) -> Iterator[tuple[str, BinaryIO]]:
    try:
        with path.open("rb") as stream:
            yield from open_files(path.name, stream)
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.") from error
