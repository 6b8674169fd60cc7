"""The shape of a document of the Standard Data Model (JSON:API): nothing of it is trusted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """One object: its id, its type, what it says, and the ids that each relationship names."""

    id: str
    type: str
    attributes: Json
    related: dict[str, tuple[str, ...]]


def entity(found: object) -> Entity:
    """An object of the document; whatever is not of the expected shape is empty."""
    body = mapping(found)
    related = {
        name: tuple(_ids(mapping(each).get("data")))
        for name, each in mapping(body.get("relationships")).items()
    }
    named, kind = text(body.get("id")) or "", text(body.get("type")) or ""
    return Entity(named, kind, mapping(body.get("attributes")), related)


def mapping(found: object) -> Json:
    return found if isinstance(found, dict) else {}


def listed(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def text(found: object) -> str | None:
    """What is said in words, spaces at the ends off; nothing where it is empty or no text."""
    return (found.strip() or None) if isinstance(found, str) else None


def yes(found: object) -> bool:
    """Whether it says yes: examples of the model write true both bare and in quotes."""
    return found is True or found == "true"


def _ids(data: object) -> Iterator[str]:
    for each in listed(data) or [data]:
        named = text(mapping(each).get("id"))
        if named:
            yield named
