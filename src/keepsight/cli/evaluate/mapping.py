"""Which column of a labelled file is which of Keepsight's: by a mapping file, or by their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from keepsight.cli.errors import Unusable
from keepsight.engines.linkage import SAID
from keepsight.intake.proposing.words import PEOPLE, PERSON, words_of
from keepsight.kernel.linkage.bulk.columns import Way
from keepsight.kernel.linkage.learning.beyond import MOST_COLUMNS
from keepsight.kernel.linkage.levels import FORMER

GROUPS = ("ethnicity", "sex", "looked_after")
"""Columns by whose values error is told; a child's is what most of its records say."""

COMPARED = tuple(sorted(SAID))
KNOWN = (*COMPARED, *FORMER, "agency", "household", "ethnicity", "looked_after")
"""Keepsight's names of columns."""

NAMES: Mapping[str, tuple[str, ...]] = {
    **{name: (*PERSON.get(name, ()), name.replace("_", " ")) for name in KNOWN},
    "former_postcode": ("former postcode", "previous postcode", "former address postcode"),
    "agency": ("agency", "source", "source dataset", "dataset", "organisation", "system"),
    "household": ("household", "household id", "family", "family id"),
    "looked_after": ("looked after", "lac", "cla", "in care", "child looked after"),
}
"""What each is called where there is no mapping: whole names, in any spelling of words."""

FURTHER_NAMES: Mapping[Way, tuple[str, ...]] = {
    Way.IDENTIFIER: (
        *("soc sec id", "ssn", "social security number", "national insurance number", "ni number"),
        *("nino", "uln", "unique learner number", "passport number", "identifier"),
    ),
    Way.TEXT: (
        *("address", "address 1", "address 2", "address 3", "address line 1", "address line 2"),
        *("street", "suburb", "town", "city", "locality", "phone", "email"),
    ),
    Way.CODE: ("street number", "house number", "state", "county"),
}

DAYS = ("day first", "month first")
"""How a mapping says what 03/04/2015 is; without it the day comes first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`own` gives the file's column for each of Keepsight's names; `further` how others compare."""

    own: Mapping[str, str]
    further: Mapping[str, Way]
    month_first: bool = False


def columns_of(headings: Sequence[str], truth: str, mapping: Path | None) -> Columns:
    """What the columns of a file are; raises `Unusable` with a sentence where that cannot be."""
    if truth not in headings:
        raise Unusable(
            f"The file has no column “{truth}” to hold the truth. It has {_all(headings)}."
        )
    found = _by_name(headings, truth) if mapping is None else _by_mapping(mapping, headings)
    if truth in (*found.own.values(), *found.further):
        raise Unusable(f"The column “{truth}” is the truth, so it cannot be compared as well.")
    if not any(name in found.own for name in COMPARED):
        raise Unusable(
            f"No column of the file is one that linkage compares: {', '.join(COMPARED)}. "
            f"It has {_all(headings)}. Say which is which with --mapping."
        )
    if len(found.further) > MOST_COLUMNS:
        raise Unusable(f"At most {MOST_COLUMNS} further columns can be compared; name fewer.")
    return found


def _by_name(headings: Sequence[str], truth: str) -> Columns:
    called = {heading: _plain(heading) for heading in headings if heading != truth}
    own: dict[str, str] = {}
    for name, names in NAMES.items():
        said = [heading for heading, plain in called.items() if plain in names]
        if len(said) > 1:
            raise Unusable(
                f"{_all(said)} could each be the column {name}. Say which it is with --mapping."
            )
        if said:
            own[name] = said[0]
    further = {
        heading: way
        for heading, plain in called.items()
        for way, names in FURTHER_NAMES.items()
        if plain in names
    }
    return Columns(own, further)


def _plain(heading: str) -> str:
    """Its words in lower case, without one in front that says whose it is."""
    words = " ".join(words_of(heading))
    whose = next((f"{each} " for each in PEOPLE if words.startswith(f"{each} ")), "")
    return words.removeprefix(whose)


def _by_mapping(path: Path, headings: Sequence[str]) -> Columns:
    said = _read(path)
    own, further = _part(said, "columns", path), _part(said, "further", path)
    _known("columns", own, KNOWN, path)
    _known("kinds of further columns", further.values(), tuple(Way), path)
    missing = [each for each in (*own.values(), *further) if each not in headings]
    if missing:
        raise Unusable(
            f"{path.name}: the file has no column {_all(missing)}. It has {_all(headings)}."
        )
    twice = sorted(set(own.values()) & set(further))
    if twice or len(set(own.values())) < len(own):
        raise Unusable(f"{path.name}: one column of the file cannot stand for two.")
    if (days := said.get("days", DAYS[0])) not in DAYS:
        raise Unusable(f"{path.name}: days are {' or '.join(DAYS)}, not “{days}”.")
    ways = {heading: Way(way) for heading, way in further.items()}
    return Columns(own, ways, month_first=days == DAYS[1])


def _read(path: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        raise Unusable(f"There is no mapping file {path} that can be read.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise Unusable(f"{path.name} is not YAML: {' '.join(str(fault).split())}.") from None
    if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
        raise Unusable(f"{path.name} must say columns: each of Keepsight’s names with the file’s.")
    _known("parts", said, ("columns", "further", "days"), path)
    return said


def _part(said: Mapping[str, Any], name: str, path: Path) -> dict[str, str]:
    part = said.get(name) or {}
    if not isinstance(part, dict) or not all(isinstance(each, str) for each in part.values()):
        raise Unusable(f"{path.name}: {name} must be names, each with one word or name beside it.")
    return {str(key): value for key, value in part.items()}


def _known(what: str, said: Iterable[object], known: Sequence[str], path: Path) -> None:
    unheard = [str(each) for each in said if each not in known]
    if unheard:
        raise Unusable(f"{path.name}: {what} are {', '.join(known)}, not {_all(unheard)}.")


def _all(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
