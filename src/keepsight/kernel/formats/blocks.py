"""Typed values in and out of XML by a schema: one schema, so that a round trip is exact.

A block is a dictionary by element name. A repeated element is a list, a group is a block, and a
value is of its schema's type: a `date`, a `bool`, an `int`, or text. What is not given is left
out: a block holds no empty value.
"""

import re
from collections.abc import Mapping
from datetime import date

from keepsight.kernel.formats.days import iso_day
from keepsight.kernel.formats.schema import Element, Type
from keepsight.kernel.formats.tree import Node

Block = Mapping[str, object]

_FLAGS = {"0": False, "1": True, "false": False, "true": True}
_COUNT = re.compile("[0-9]{1,9}", re.ASCII)


class NotOfSchema(ValueError):
    """A block or tree that the schema does not allow; the message names the element and why."""


def written(schema: Element, value: object) -> Node:
    """A block, or one value, as a tree in the schema's order; raises `NotOfSchema`."""
    if schema.type is not Type.GROUP:
        return Node(schema.name, _text(schema, value))
    if not isinstance(value, Mapping):
        raise NotOfSchema(f"{schema.name} is a group, so it must be given as a block.")
    if unknown := sorted(set(value) - set(schema.places)):
        raise NotOfSchema(f"{schema.name} has no {', '.join(map(str, unknown))}.")
    node = Node(schema.name)
    for child in schema.children:
        node.children += [written(child, each) for each in _given(schema, child, value)]
    return node


def read(schema: Element, node: Node) -> dict[str, object]:
    """The block that a tree holds; raises `NotOfSchema` at the first thing that is not right."""
    if node.text.strip() or node.loose:
        raise NotOfSchema(f"Text stands loose in {schema.name}.")
    block: dict[str, object] = {}
    last = 0
    for child in node.children:
        place = schema.places.get(child.name)
        if place is None:
            raise NotOfSchema(f"{schema.name} has no {child.name}.")
        if place < last:
            raise NotOfSchema(f"{child.name} stands after an element that should follow it.")
        last = place
        _take(block, schema.children[place], child)
    for inner in schema.children:
        if inner.required and inner.name not in block:
            raise NotOfSchema(f"{inner.name} is missing from {schema.name}.")
    return block


def _given(schema: Element, child: Element, block: Block) -> list[object]:
    if child.name not in block:
        if child.required:
            raise NotOfSchema(f"{child.name} is missing from {schema.name}.")
        return []
    value = block[child.name]
    if not child.many:
        return [value]
    if not isinstance(value, list) or not value:
        raise NotOfSchema(f"{child.name} may repeat, so it must be a list that is not empty.")
    return value


def _take(block: dict[str, object], schema: Element, node: Node) -> None:
    value = read(schema, node) if schema.type is Type.GROUP else _value(schema, node)
    if schema.many:
        found = block.setdefault(schema.name, [])
        assert isinstance(found, list)  # noqa: S101
        found.append(value)
    elif schema.name in block:
        raise NotOfSchema(f"{schema.name} is given twice.")
    else:
        block[schema.name] = value


def _value(schema: Element, node: Node) -> object:
    text = node.text.strip()
    if node.children:
        raise NotOfSchema(f"{schema.name} holds elements, and should hold a value.")
    value: object = text
    if schema.type is Type.DAY:
        value = iso_day(text)
    elif schema.type is Type.FLAG:
        value = _FLAGS.get(text)
    elif schema.type is Type.COUNT:
        value = int(text) if _COUNT.fullmatch(text) else None
    if value is None:
        raise NotOfSchema(f"{schema.name} is not a {schema.type}.")
    _text(schema, value)
    return value


def _text(schema: Element, value: object) -> str:
    """The value as text; refuses what is of another type, empty, or not a code."""
    match schema.type, value:
        case Type.DAY, date():
            return value.isoformat()[:10]
        case Type.FLAG, bool():
            return str(int(value))
        case Type.COUNT, int() if value is not True and value is not False and 0 <= value < 10**9:
            return str(value)
        case Type.TEXT, str() if value and value == value.strip():
            _refuse_wrong_text(schema, value)
            return value
    raise NotOfSchema(f"{schema.name} cannot be written: it is not a {schema.type}.")


def _refuse_wrong_text(schema: Element, text: str) -> None:
    if schema.codes and not any(text in codes for codes in schema.codes):
        raise NotOfSchema(f"{schema.name} cannot be written: it is not one of its codes.")
    if schema.shape is not None and not schema.shape.fits(text):
        raise NotOfSchema(f"{schema.name} cannot be written: it is not {schema.shape.means}.")
