"""Every forbidden change of one kind to one place in a return: what the schema itself rules out."""

import copy
from collections.abc import Iterator
from typing import NamedTuple

from keepsight.kernel.checks.ssda903 import Line
from keepsight.kernel.formats.schema import Element, Table, Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from keepsight.kernel.formats.tree import Node

BAD_DAYS = ("2025-02-30", "31/03/2025", "2025-3-1", "20250301", "yesterday", "2025-13-01", "")
BAD_FLAGS = ("2", "Y", "yes", "", "-1")
BAD_COUNTS = ("-1", "1.5", "two", "", "1 000 000 000 000")
BAD_BRITISH_DAYS = ("30/02/2026", "2026-03-31", "1/3/2026", "31/03/26", "yesterday")


class Mutation(NamedTuple):
    """A tree with one change, and what a finding may name for it."""

    what: str
    tree: Node
    names: frozenset[str]


class Place(NamedTuple):
    """An element by the numbers of its way down the tree, with its schema."""

    way: tuple[int, ...]
    schema: Element
    within: Element


def places(tree: Node, schema: Element) -> list[Place]:
    """Every element of a tree."""
    return list(_places(tree, schema, ()))


def mutations(tree: Node, place: Place) -> Iterator[Mutation]:
    """Every forbidden change at a place."""
    for text in bad_values(place.schema):
        yield _at(tree, place, f"= {text!r}", lambda node, _, text=text: _write(node, text))
    if place.schema.required and not _one_of_several(tree, place):
        yield _at(tree, place, "removed", _remove)
    if not place.schema.many:
        yield _at(tree, place, "twice", _twice)
    yield _at(tree, place, "loose text", lambda node, _: node.loose.append("loose"))
    yield _at(tree, place, "renamed", lambda node, _: setattr(node, "name", f"{node.name}X"), "X")
    for other in _later(tree, place):
        yield _at(tree, place, f"moved after {other}", lambda n, up, o=other: _move(n, up, o))


def bad_values(schema: Element) -> tuple[str, ...]:
    """Values that the element may not have, whatever else stands in the return."""
    if schema.type is Type.GROUP:
        return ()
    if schema.type is Type.DAY:
        return BAD_DAYS
    if schema.type is Type.FLAG:
        return BAD_FLAGS
    if schema.type is Type.COUNT:
        return BAD_COUNTS
    if schema.codes:
        some = next(iter(schema.codes[0].codes))
        return ("?", f"{some}{some}", some.lower() if some.lower() != some else "x", "")
    return ("", "!!") if schema.shape else ("",)


def line_mutations(lines: list[Line], place: int) -> Iterator[tuple[str, str, list[Line]]]:
    """Every forbidden value in one line: what, in which column, and the lines with it."""
    line = lines[place]
    table = next(each for each in ALL_TABLES if each.name == line.table)
    for name, text in line.values.items():
        for bad in _bad_cells(table, name) if text else ():
            values = {**line.values, name: bad}
            changed = [*lines[:place], line._replace(values=values), *lines[place + 1 :]]
            yield f"{line.row} {name} = {bad!r}", name, changed


def _bad_cells(table: Table, name: str) -> tuple[str, ...]:
    column = next(each for each in table.columns if each.name == name)
    if column.type is Type.DAY:
        return BAD_BRITISH_DAYS
    return ("?", "ZZZ9") if column.codes else ("", "??") if name == "CHILD" else ("??",)


def _places(node: Node, schema: Element, way: tuple[int, ...]) -> Iterator[Place]:
    for number, child in enumerate(node.children):
        inner = schema.child(child.name)
        yield Place((*way, number), inner, schema)
        yield from _places(child, inner, (*way, number))


def _at(tree: Node, place: Place, what: str, change, suffix: str = "") -> Mutation:
    changed = copy.deepcopy(tree)
    above, node = changed, changed
    for number in place.way:
        above, node = node, node.children[number]
    name = node.name
    change(node, above)
    inner = {each.name for each in _all(node)}
    return Mutation(f"{name} {what}", changed, frozenset({name, f"{name}{suffix}", *inner}))


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


def _write(node: Node, text: str) -> None:
    node.text = text


def _remove(node: Node, above: Node) -> None:
    above.children = [each for each in above.children if each is not node]


def _twice(node: Node, above: Node) -> None:
    above.children.insert(above.children.index(node), copy.deepcopy(node))


def _one_of_several(tree: Node, place: Place) -> bool:
    above = tree
    for number in place.way[:-1]:
        above = above.children[number]
    return sum(each.name == place.schema.name for each in above.children) > 1


def _later(tree: Node, place: Place) -> list[str]:
    """Siblings of another name that stand after an element."""
    above = tree
    for number in place.way[:-1]:
        above = above.children[number]
    after = above.children[place.way[-1] + 1 :]
    return sorted({each.name for each in after if each.name != place.schema.name})


def _move(node: Node, above: Node, other: str) -> None:
    above.children = [each for each in above.children if each is not node]
    last = max(n for n, each in enumerate(above.children) if each.name == other)
    above.children.insert(last + 1, node)
