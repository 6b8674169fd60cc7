"""The few shapes that the generated pages are made of, and marks in words."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from keepsight.kernel.indicators.indicator import MARK_MEANINGS, Mark

MADE = "<!-- Made from code by `./run fix`. Change the code, not this file. -->"
BRACKETED = re.compile(r"\[(M\?|M|V2|V|D)\]")
NOTES = re.compile(r" ?\([^()]*domain\.md[^()]*\)")


def page(title: str, about: str, body: str) -> str:
    """A whole file."""
    return f"{MADE}\n\n# {title}\n\n{about}\n\n{body.strip()}\n"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped, and a line break becomes a space."""
    lines = [_row(heading), _row(["---"] * len(heading)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def bullets(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def in_words(mark: str) -> str:
    """How far something was checked against its source: never a letter that must be looked up."""
    return MARK_MEANINGS[Mark(mark)]


def cited(text: str) -> str:
    """A citation, its marks spelled out, without its row in notes that are not kept here."""
    return BRACKETED.sub(lambda found: f"[{in_words(found.group(1))}]", NOTES.sub("", text))


def period(first: date, last: date | None) -> str:
    return f"from {day(first)}" + (f" until {day(last)}" if last else "")


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def yes(value: bool) -> str:
    return "yes" if value else "no"


def said(value: object) -> str:
    """A value as a person says it."""
    return yes(value) if isinstance(value, bool) else str(value)


def spaced(code: str) -> str:
    """“closely_held” as “closely held”."""
    return code.replace("_", " ")


def _row(cells: Iterable[str]) -> str:
    said = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(said)} |"
