"""Mapping files that somebody else wrote: read with a sentence for whatever is wrong with them."""

from collections.abc import Mapping
from typing import Any, cast

import yaml
from django.utils.text import slugify

from keepsight.intake.mapping import MappedCSV, MappingError

LONGEST = 200_000
"""Bytes of a mapping file: one with 150 columns has some thousands."""

TEXTS = ("name", "title", "source", "days", "subject")
PARTS = ("name", "title", "source", "columns", "days", "subject", "person", "events")

OWN = "own-"
LONGEST_KEY, LONGEST_FEED = 50, 80
"""So that no mapping has the name of a format of ours; and the longest that a feed can hold."""


def key_for(title: str) -> str:
    """The name under which a mapping is kept, from what people call it."""
    return f"{OWN}{slugify(title)}"[:LONGEST_KEY].rstrip("-")


def feed_key_for(agency_key: str, title: str) -> str:
    """The key of the feed that is made with a mapping."""
    return f"{agency_key}-{slugify(title)}"[:LONGEST_FEED].rstrip("-")


def mapping_in(text: str) -> dict[str, Any]:
    """What a mapping file says; raises `MappingError` with one sentence where it cannot work."""
    if len(text) > LONGEST:
        raise MappingError("The mapping file is longer than any mapping is.")
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MappingError(f"The mapping file is not YAML: {_first_line(error)}.") from error
    checked(said)
    return cast("dict[str, Any]", said)


def checked(said: Any) -> MappedCSV:
    """A source from what a mapping file says; raises `MappingError` likewise."""
    if not isinstance(said, Mapping):
        raise MappingError("The mapping file must hold names with what they say, not a list.")
    missing = [part for part in (*PARTS, "states_nothing") if part not in said]
    if missing:
        raise MappingError(f"The mapping file lacks {', '.join(missing)}.")
    for part in TEXTS:
        if not isinstance(said[part], str) or not said[part].strip():
            raise MappingError(f"The mapping file must say {part} as text.")
    try:
        return MappedCSV(said)
    except MappingError:
        raise
    except KeyError as error:
        raise MappingError(f"The mapping file lacks {error}, or does not know it.") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise MappingError(f"The mapping file cannot be understood: {error}.") from error


def as_text(mapping: Mapping[str, Any], comments: list[str]) -> str:
    """A mapping as a file, with lines of comment before it."""
    said = "".join(f"# {line}".rstrip() + "\n" for line in comments)
    return said + yaml.safe_dump(dict(mapping), sort_keys=False, allow_unicode=True, width=100)


def _first_line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())
