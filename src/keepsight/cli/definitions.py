"""Definitions of indicators in files: YAML or JSON, with the line of whatever is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from keepsight.cli.errors import Unusable
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.named_numbers import unnamed
from keepsight.kernel.indicators.reading_written import (
    Mistake,
    Place,
    WrittenWrongly,
    indicator_of,
)
from keepsight.kernel.indicators.written import as_data

LONGEST = 200_000
"""Letters of a definition: the longest of ours has some thousands."""

DEEPEST = 60
"""Levels of a definition: each node of a rule takes three or four."""

TOO_DEEP = "It holds more parts within parts than a rule that anybody could read."


@dataclass(frozen=True, slots=True)
class Said:
    """A mistake as a person is told of it."""

    line: int
    place: str
    says: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.place}" if self.place else f"line {self.line}"
        return f"{where}: {self.says}"


class Refused(Exception):
    """A definition that cannot be used, with all that was found to be wrong."""

    def __init__(self, mistakes: list[Said]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


def definition_in(path: Path) -> Indicator:
    """The indicator that a file defines; raises `Refused`, or `Unusable` where nothing is read."""
    if not path.is_file():
        raise Unusable(f"There is no file {path}.")
    try:
        return definition_of(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise Unusable(f"{path.name} is not text in UTF-8.") from None


def definition_of(text: str) -> Indicator:
    """The indicator that a text defines; raises `Refused`."""
    written = _Written()
    data = written.read(text)
    if written.mistakes:
        raise Refused(written.said(written.mistakes))
    try:
        found = indicator_of(data)
    except WrittenWrongly as wrong:
        raise Refused(written.said(wrong.mistakes)) from None
    if numbers := [Mistake(place, says) for place, says in unnamed(found)]:
        raise Refused(written.said(numbers))
    return found


def as_text(indicator: Indicator) -> str:
    """An indicator as a file that can be changed and checked."""
    return yaml.safe_dump(as_data(indicator), sort_keys=False, allow_unicode=True, width=100)


@dataclass(slots=True)
class _Written:
    """A text as plain data, and the line on which each part of it begins."""

    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    groups: set[int] = field(default_factory=set)

    def read(self, text: str) -> Any:
        if len(text) > LONGEST:
            return self.wrong((), "The file is longer than any definition is.")
        try:
            # A tab can stand between the parts of JSON only, which YAML does not allow.
            root = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.lines[()] = mark.line + 1 if mark else 1
            return self.wrong((), f"This is neither YAML nor JSON: {error.problem}.")
        except yaml.YAMLError:
            return self.wrong((), "This is neither YAML nor JSON: it holds what is not text.")
        except RecursionError:
            return self.wrong((), TOO_DEEP)
        return None if root is None else self.data(root, ())

    def wrong(self, place: Place, says: str) -> None:
        self.mistakes.append(Mistake(place, says))

    def data(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(place) > DEEPEST:
            return self.wrong(place, TOO_DEEP)
        if isinstance(node, yaml.CollectionNode):
            # What an alias repeats could repeat itself, and grow without end.
            if id(node) in self.groups:
                return self.wrong(place, "Write this part out: an alias is not taken.")
            self.groups.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.data(each, (*place, at)) for at, each in enumerate(node.value)]
        try:
            return yaml.SafeLoader("").construct_object(node)  # type: ignore[no-untyped-call]
        except (yaml.YAMLError, ValueError):
            return str(node.value)

    def pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            here = (*place, name)
            self.lines[here] = key.start_mark.line + 1
            if name in seen:
                self.wrong(here, f"“{name}” stands here twice.")
            seen.add(name)
            yield name, self.data(value, here)

    def said(self, mistakes: list[Mistake]) -> list[Said]:
        found = [Said(self.line(each.place), _place(each.place), each.says) for each in mistakes]
        return sorted(found, key=lambda said: said.line)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest part around it that the file has."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def _place(place: Place) -> str:
    """A place as names with dots, and the first of a list as 1."""
    said = ""
    for each in place:
        said += f"[{each + 1}]" if isinstance(each, int) else f".{each}"
    return said.removeprefix(".")
