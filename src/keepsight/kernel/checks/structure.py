"""One walk through a tree by its schema: what it holds, as a record, and what is not as it must be.

Every fault that a schema can see is found here: what is unknown, missing, given twice or out of
order, text that stands loose, and values of another type, shape or code set.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keepsight.kernel.checks.days import FIRST, LAST, iso_day
from keepsight.kernel.checks.record import Record
from keepsight.kernel.formats.schema import Element, Type
from keepsight.kernel.formats.tree import Node

_COUNT = re.compile("[0-9]{1,9}", re.ASCII)


class Wrong(StrEnum):
    """What a schema can see to be wrong."""

    UNKNOWN = "unknown"
    ORDER = "order"
    MISSING = "missing"
    TWICE = "twice"
    LOOSE = "loose"
    EMPTY = "empty"
    NESTED = "nested"
    ATTRIBUTE = "attribute"
    SPACE = "space"
    DAY = "day"
    FLAG = "flag"
    FLAG_WORD = "flag word"
    COUNT = "count"
    CODE = "code"
    SHAPE = "shape"
    OTHER_YEAR = "other year"


class Seen(NamedTuple):
    """One such fault: what, in which record, of which element, with its value and a detail."""

    wrong: Wrong
    record: Record
    field: str
    value: str = ""
    detail: str = ""


@dataclass(slots=True)
class Walk:
    """How a tree is walked: for the year in which a return ends, and where in it values go.

    `on` is the last day of the return's year, or `None` where it is not known. A group that does
    not repeat gives its values to the record around it, so that a rule finds them there; `known`
    are elements that may stand outside the schema, with the reason why they are not read.
    """

    on: date | None
    known: Mapping[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def group(self, node: Node, schema: Element, record: Record) -> None:
        """Put what stands in a group into a record, and note what is wrong with it."""
        counts: dict[str, int] = {}
        last = 0
        self._loose(node, record)
        if node.attributes:
            self._note(Wrong.ATTRIBUTE, record, node.name, ", ".join(node.attributes))
        for child in node.children:
            place = schema.places.get(child.name)
            if place is None:
                self._unknown(child, schema, record)
                continue
            if place < last:
                self._note(Wrong.ORDER, record, child.name)
            last = max(last, place)
            counts[child.name] = counts.get(child.name, 0) + 1
            self._child(child, schema.children[place], record, counts[child.name])
        self._missing(schema, counts, record)

    def _child(self, node: Node, schema: Element, record: Record, number: int) -> None:
        if number > 1 and not schema.many:
            self._note(Wrong.TWICE, record, schema.name, node.text.strip())
        if not self._of_the_year(schema):
            self._note(Wrong.OTHER_YEAR, record, schema.name, node.text.strip())
        elif schema.type is not Type.GROUP:
            self._value(node, schema, record)
        elif not schema.many:
            if not node.children:
                self._note(Wrong.EMPTY, record, schema.name)
            self.group(node, schema, record)
        else:
            row = f"{record.row}, {schema.name} {number}"
            inner = Record(row, iso_day, record.child, record)
            record.inner.setdefault(schema.name, []).append(inner)
            self.group(node, schema, inner)

    def _of_the_year(self, schema: Element) -> bool:
        """Whether returns of the year have the element: some of its code sets are in force."""
        if not schema.codes or self.on is None:
            return True
        return any(codes.in_force_on(self.on) for codes in schema.codes)

    def _value(self, node: Node, schema: Element, record: Record) -> None:
        name, text = schema.name, node.text.strip()
        if node.children:
            self._note(Wrong.NESTED, record, name, node.children[0].name)
        if node.loose:
            self._loose(Node(name, "", [], node.loose), record)
        if node.attributes:
            self._note(Wrong.ATTRIBUTE, record, name, ", ".join(node.attributes))
        if not text:
            self._note(Wrong.EMPTY, record, name)
            return
        record.put(name, text)
        if schema.type is Type.TEXT and text != node.text:
            self._note(Wrong.SPACE, record, name, text)
        if (wrong := self._wrong_value(schema, text)) is not None:
            self._note(wrong, record, name, text, self._expected(schema, wrong))

    def _wrong_value(self, schema: Element, text: str) -> Wrong | None:
        if schema.type is Type.DAY:
            return None if iso_day(text) else Wrong.DAY
        if schema.type is Type.COUNT:
            return None if _COUNT.fullmatch(text) else Wrong.COUNT
        if schema.type is Type.FLAG:
            words = {"0": None, "1": None, "true": Wrong.FLAG_WORD, "false": Wrong.FLAG_WORD}
            return words.get(text, Wrong.FLAG)
        if schema.codes and not any(text in codes for codes in schema.codes):
            return Wrong.CODE
        return Wrong.SHAPE if schema.shape and not schema.shape.fits(text) else None

    def _expected(self, schema: Element, wrong: Wrong) -> str:
        if wrong is Wrong.CODE:
            codes = [code for each in schema.codes for code in each.codes]
            short = ", ".join(codes) if len(codes) <= 12 else ""
            return f"It must be one of {short}." if short else ""
        if wrong is Wrong.DAY:
            return f"It must be a day from {FIRST.year} to {LAST.year}."
        return f"It must be {schema.shape.means}." if wrong is Wrong.SHAPE and schema.shape else ""

    def _missing(self, schema: Element, counts: Mapping[str, int], record: Record) -> None:
        for child in schema.children:
            if child.required and not counts.get(child.name) and self._of_the_year(child):
                self._note(Wrong.MISSING, record, child.name)

    def _unknown(self, node: Node, schema: Element, record: Record) -> None:
        why = self.known.get(node.name, "")
        detail = f"{why}." if why else f"{schema.name} has no such element."
        self._note(Wrong.UNKNOWN, record, node.name, node.text.strip(), detail)

    def _loose(self, node: Node, record: Record) -> None:
        for text in (node.text.strip(), *node.loose):
            if text:
                self._note(Wrong.LOOSE, record, node.name, text)

    def _note(
        self, wrong: Wrong, record: Record, name: str, value: str = "", detail: str = ""
    ) -> None:
        self.seen.append(Seen(wrong, record, name, value, detail))
