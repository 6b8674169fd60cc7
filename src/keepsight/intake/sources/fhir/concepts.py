"""What a FHIR concept says, by its code or in words, and what is closely held for what it says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from keepsight.intake.sources.fhir.codes import MENTAL_HEALTH, SEXUAL_HEALTH, SNOMED, Meaning

Json = Mapping[str, Any]


def concepts(resource: Json, *names: str) -> Iterator[Json]:
    """Each concept in some elements of a resource, whether R4 allows one there or many."""
    for name in names:
        found = resource.get(name, [])
        yield from found if isinstance(found, list) else [found]


def text_of(concept: Json) -> str:
    """A concept in words; empty where there are none."""
    displays = (coding.get("display", "") for coding in concept.get("coding", []))
    return concept.get("text") or next(filter(None, displays), "")


def in_words(found: Iterable[Json]) -> str | None:
    """Some concepts in words, or nothing."""
    return "; ".join(filter(None, map(text_of, found))) or None


def means(concept: Json, meaning: Meaning) -> bool:
    """Whether a concept has one of a meaning’s codes, or one of its words."""
    words = concept.get("text", "")
    for coding in concept.get("coding", []):
        if coding.get("system") == SNOMED and coding.get("code") in meaning.codes:
            return True
        words += " " + coding.get("display", "")
    said = words.casefold()
    return any(word in said for word in meaning.words)


def closely_held(services: Iterable[Json], reasons: Iterable[Json]) -> str | None:
    """The category of what must be held closely: by its service, and by its reason for sexual
    health.
    """
    services = list(services)
    if any(means(concept, SEXUAL_HEALTH) for concept in (*services, *reasons)):
        return SEXUAL_HEALTH.meaning
    if any(means(concept, MENTAL_HEALTH) for concept in services):
        return MENTAL_HEALTH.meaning
    return None
