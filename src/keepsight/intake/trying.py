"""Trying a mapping on a file: what would come in. Nothing is written, and no database is needed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from keepsight.intake.findings import Findings
from keepsight.intake.reading.reader import Reader
from keepsight.intake.reading.wire import Asked, Marks
from keepsight.intake.rows import Context, Fact, Part, Refused
from keepsight.intake.spool import scratch

FIRST = 12
"""How many parts a person is shown before the first load."""


@dataclass(slots=True)
class Tried:
    """What a file came to by a mapping: facts by kind, and rows for quarantine by reason."""

    facts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, object]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.facts.total() + self.refused.total()


def try_mapping(
    reader: Reader, mapping: dict[str, Any], path: Path, filename: str, today: date
) -> Tried:
    """Read a whole file by a mapping; raises `FileRefused`."""
    tried, found = Tried(), Findings(str(mapping.get("name", "")))
    with scratch() as folder:
        for parts in reader.read(_asked(mapping, path, filename, today, folder)):
            if isinstance(parts, Marks):
                continue
            found.take(parts)
            for part in parts:
                if isinstance(part, Refused):
                    tried.refused[f"{part.field}: {part.reason}"] += 1
                elif isinstance(part, Fact):
                    tried.facts[part.content.title] += 1
    tried.findings = found.listed()
    return tried


def first_parts(
    reader: Reader, mapping: dict[str, Any], path: Path, filename: str, today: date
) -> list[Part]:
    """The first facts and refusals of a file by a mapping; raises `FileRefused`."""
    with scratch() as folder:
        asked = _asked(mapping, path, filename, today, folder)
        lists = (each for each in reader.read(asked) if not isinstance(each, Marks))
        return list(islice((part for parts in lists for part in parts), FIRST))


def _asked(mapping: dict[str, Any], path: Path, filename: str, today: date, folder: Path) -> Asked:
    context = Context(filename=filename, agency_key="", received=today, today=today)
    return Asked(path=path, source="", context=context, folder=folder, mapping=mapping)
