"""An indicator read from plain data that somebody wrote: every mistake in a sentence of its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from typing import Any

from keepsight.kernel.indicators.conditions import NEVER_READ, IndicatorError
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.mistakes_of_parts import MISTAKES
from keepsight.kernel.indicators.written import (
    NAMES,
    WRITTEN_AS,
    alternatives,
    hints_of,
    items_of,
    may_be_left_out,
    parts_among,
    word_of,
)

Place = tuple[str | int, ...]

FRACTION = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where: the names and numbers (from 0) that lead to it."""

    place: Place
    says: str


class WrittenWrongly(ValueError):
    """A definition with mistakes in it: all that were found."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(" ".join(mistake.says for mistake in mistakes))
        self.mistakes = mistakes


class Nothing(Enum):
    """Stands for what could not be read, once its mistake is noted."""

    READ = 0


def indicator_of(data: object) -> Indicator:
    """The indicator that the data say; raises `WrittenWrongly`."""
    found: Indicator = part_of(data, Indicator)
    return found


def part_of(data: object, hint: Any) -> Any:
    """The part that the data say, where `hint` says what may stand; raises `WrittenWrongly`."""
    reading = _Reading()
    found = reading.value(data, hint, ())
    if reading.mistakes:
        raise WrittenWrongly(reading.mistakes)
    return found


@dataclass(slots=True)
class _Reading:
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, place: Place, says: str) -> Nothing:
        self.mistakes.append(Mistake(place, says))
        return Nothing.READ

    def value(self, raw: object, hint: Any, place: Place) -> Any:
        if raw is None and type(None) in alternatives(hint):
            return None
        if isinstance(raw, Mapping) and parts_among(hint):
            return self.part(raw, parts_among(hint), place)
        if isinstance(raw, list) and (items := items_of(hint)) is not None:
            read = [self.value(each, items, (*place, at)) for at, each in enumerate(raw)]
            return Nothing.READ if Nothing.READ in read else tuple(read)
        for each in alternatives(hint):
            read_it = SCALARS.get(each, _member_of(each) if _is_enum(each) else _no)
            if (found := read_it(raw)) is not None:
                return found
        return self.wrong(place, f"{_shown(raw)} cannot stand here: it takes {_takes(hint)}.")

    def part(self, raw: Mapping[Any, object], choice: list[type[Any]], place: Place) -> Any:
        if len(choice) == 1:
            return self.fields(raw, choice[0], place)
        named = {NAMES[each]: each for each in choice}
        if len(raw) != 1:
            held = ", ".join(map(str, raw)) or "none"
            return self.wrong(
                place, f"One name stands here, of: {', '.join(named)}. There is: {held}."
            )
        [(name, under)] = raw.items()
        if name not in named:
            return self.wrong(place, _unknown(name, list(named)))
        if not isinstance(under, Mapping):
            takes = _names(named[name])
            return self.wrong((*place, name), f"Under “{name}” stand names: {', '.join(takes)}.")
        return self.fields(under, named[name], (*place, name))

    def fields(self, raw: Mapping[Any, object], part: type[Any], place: Place) -> Any:
        written = WRITTEN_AS.get(part, part)
        known, before = hints_of(written), len(self.mistakes)
        for name in raw:
            if name not in known:
                self.wrong((*place, str(name)), _unknown(name, list(known)))
        for each in fields(written):
            if each.name not in raw and not may_be_left_out(each):
                self.wrong(place, f"“{each.name}” is missing.")
        said = {
            name: self.value(raw[name], hint, (*place, name))
            for name, hint in known.items()
            if name in raw
        }
        for under, says in MISTAKES.get(written, _none)(said):
            self.wrong((*place, *under), says)
        return self.made(written, said, place) if len(self.mistakes) == before else Nothing.READ

    def made(self, written: type[Any], said: dict[str, Any], place: Place) -> Any:
        try:
            found = written(**said)
            return found.meant() if written in WRITTEN_AS.values() else found
        except IndicatorError as error:
            return self.wrong(place, str(error))


def _none(said: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    return iter(())


# --- Values that are neither parts nor lists ---


def _no(raw: object) -> None:
    return None


def _exactly(plain: type[Any]) -> Any:
    return lambda raw: raw if type(raw) is plain else None


def _fraction(raw: object) -> Fraction | None:
    found = FRACTION.fullmatch(raw) if isinstance(raw, str) else None
    return Fraction(int(found[1]), int(found[2])) if found and int(found[2]) else None


def _day(raw: object) -> date | None:
    if isinstance(raw, datetime) or not isinstance(raw, date | str):
        return None
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(raw)
    except ValueError:
        return None


SCALARS: dict[Any, Any] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    Fraction: _fraction,
    date: _day,
}


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _member_of(choice: type[Enum]) -> Any:
    words = {word_of(each): each for each in choice}
    return lambda raw: words.get(raw) if isinstance(raw, str) else None


# --- What is said of a mistake ---

TAKES = {
    str: "text (in quotes where it looks like a number or a day)",
    int: "a whole number",
    bool: "true or false",
    Fraction: "a fraction such as “2/3”",
    date: "a day such as 2026-03-31",
    type(None): "nothing",
}


def _takes(hint: Any) -> str:
    said = [TAKES[each] for each in alternatives(hint) if each in TAKES]
    for each in alternatives(hint):
        if _is_enum(each):
            said.append(f"one of {', '.join(map(word_of, each))}")
    if items_of(hint) is not None:
        said.append("a list")
    if choice := parts_among(hint):
        names = [NAMES[each] for each in choice] if len(choice) > 1 else _names(choice[0])
        said.append(f"names such as {', '.join(names[:4])}")
    return ", or ".join(said)


def _names(part: type[Any]) -> list[str]:
    return list(hints_of(WRITTEN_AS.get(part, part)))


def _unknown(name: object, known: list[str]) -> str:
    if name in NEVER_READ:
        return f"No indicator may read {name}."
    close = get_close_matches(str(name), known, n=1)
    meant = f" Did you mean “{close[0]}”?" if close else ""
    return f"{_shown(name)} is not known here; known are {', '.join(known)}.{meant}"


def _shown(raw: object) -> str:
    match raw:
        case None:
            return "Nothing"
        case Mapping():
            return "A group of names"
        case list():
            return "A list"
        case bool():
            return "true" if raw else "false"
    text = str(raw)
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"
