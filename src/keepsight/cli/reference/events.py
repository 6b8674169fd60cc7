"""The page of event kinds."""

import inspect
from datetime import date
from types import UnionType
from typing import Any

from keepsight.cli.reference.markdown import cited, table, yes
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD
from keepsight.kernel.vocabulary.content.base import Content, base_type, field_types
from keepsight.kernel.vocabulary.events import CONTENTS

TITLE = "Kinds of event"
ABOUT = (
    "Every kind of fact that an agency can send. An event is never changed and never deleted: "
    "a correction is a new revision."
)
KINDS = (
    "Kind",
    "Title",
    "Shared as",
    "Held",
    "What it can mean",
    "An indicator may read it",
    "Source",
)
FIELDS = ("Field", "Holds", "Always given", "Withheld with a protected address")
TYPES = {str: "text", int: "a whole number", bool: "yes or no", date: "a day"}


def body() -> str:
    sections = "\n".join(map(_section, CONTENTS))
    return f"{table(KINDS, map(_kind, CONTENTS))}\n{sections}"


def _kind(content: type[Content]) -> tuple[str, ...]:
    return (
        f"[`{content.kind}`](#{content.kind})",
        content.title,
        content.heading.in_words,
        _held(content),
        content.standing.in_words.lower(),
        yes(content.readable),
        cited(content.source),
    )


def _held(content: type[Content]) -> str:
    if content.sealed:
        return "sealed"
    if content.heading in CLOSELY_HELD:
        return "closely"
    # A property of its own says what of an event is held closely.
    return "ordinary" if content.filed_under is Content.filed_under else "ordinary or closely"


def _section(content: type[Content]) -> str:
    fields = [
        (*_field(field.name, expected), yes(field.name in content.whereabouts))
        for field, expected in field_types(content)
    ]
    held = table(FIELDS, fields) if fields else "It has no fields: that it happened is all.\n"
    return f"## {content.kind}\n\n{_about(content)}\n\n{held}"


def _about(content: type[Content]) -> str:
    return " ".join((inspect.getdoc(content) or "").split())


def _field(name: str, expected: Any) -> tuple[str, ...]:
    plain = base_type(expected)
    optional = isinstance(expected, UnionType) or plain not in TYPES
    return (f"`{name}`", TYPES.get(plain, "a list of texts"), yes(not optional))
