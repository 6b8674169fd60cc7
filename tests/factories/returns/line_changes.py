"""Changes to a looked-after return in words, such as “episodes 2 DEC emptied”."""

import re

from keepsight.kernel.checks.ssda903 import Line
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from tests.factories.returns import ssda903_full

CHANGE = re.compile(
    r"(?P<table>\w+) (?:added (?P<line>.*)|(?P<row>\d+) "
    r"(?:(?P<whole>removed|twice)|(?P<column>\w+) (?:emptied|= (?P<value>.*))))"
)


def changed(change: str) -> list[Line]:
    """The clean return with one change, or several with “; ” between them."""
    lines = ssda903_full.lines()
    for each in change.split("; "):
        found = CHANGE.fullmatch(each)
        assert found, each
        lines = _change(lines, found)
    return lines


def _change(lines: list[Line], found: re.Match[str]) -> list[Line]:
    name = found["table"]
    if found["line"]:
        table = next(each for each in ALL_TABLES if each.name == name)
        cells = ["" if cell == "-" else cell.replace("_", " ") for cell in found["line"].split()]
        values = dict(zip(table.names, cells, strict=True))
        return [*lines, Line(name, f"{name}, row 99", values)]
    place = next(n for n, each in enumerate(lines) if each.row == f"{name}, row {found['row']}")
    line = lines[place]
    if found["whole"]:
        copies = [line, line] if found["whole"] == "twice" else []
        return [*lines[:place], *copies, *lines[place + 1 :]]
    assert found["column"] in line.values
    values = {**line.values, found["column"]: found["value"] or ""}
    return [*lines[:place], line._replace(values=values), *lines[place + 1 :]]
