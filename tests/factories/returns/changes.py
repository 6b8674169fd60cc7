"""Changes to a return in words, such as “C1001 UPN removed”: one defect each."""

import copy
import re
from collections.abc import Iterator

from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.schema import Element
from keepsight.kernel.formats.tree import Node
from tests.factories.returns import cin_full

CHANGE = re.compile(
    r"(?P<where>\w+) (?P<name>\w+)(?:\[(?P<number>\d+)\])? (?P<what>removed|twice|emptied|nested|"
    r"attribute|spaced|added|=|moved after|renamed|loose:)(?: (?P<value>.*))?"
)
OUTSIDE = {"PreProceedingsandFGDM": ("CINdetails", "Section47")}
"""What no schema has: in which element it is put, and after which."""


def changed(change: str) -> Node:
    """The clean return with one change, or several with “; ” between them."""
    tree = copy.deepcopy(cin_full.message(cin_full.header(), cin_full.children()))
    for each in change.split("; "):
        found = CHANGE.fullmatch(each)
        assert found, each
        tree = _change(tree, found)
    return tree


def _change(tree: Node, found: re.Match[str]) -> Node:
    where = _part(tree, found["where"])
    name, value = found["name"], found["value"] or ""
    number = int(found["number"] or 1)
    if found["what"] == "added":
        _add(where, name, number, value)
        return tree
    above, node = _named(where, name, number)
    index = next((n for n, each in enumerate(above.children) if each is node), 0)
    match found["what"]:
        case "removed":
            del above.children[index]
        case "twice":
            above.children.insert(index, copy.deepcopy(node))
        case "emptied":
            node.text, node.children = "", []
        case "nested":
            node.children.append(Node("CPPendDate", "2025-11-03"))
        case "attribute":
            node.attributes = ("note",)
        case "spaced":
            node.text = f"\n  {node.text}\n"
        case "=":
            node.text = value
        case "renamed":
            node.name = value
        case "loose:":
            node.loose.append(value)
        case "moved after":
            del above.children[index]
            after = max(n for n, each in enumerate(above.children) if each.name == value)
            above.children.insert(after + 1, node)
    return tree


def _part(tree: Node, where: str) -> Node:
    if where == "message":
        return Node("", "", [tree])
    if where == "header":
        return tree.children[0]
    children = tree.children[1].children
    chosen = next(each for each in children if _key(each) == where)
    return Node("", "", [chosen]) if where else chosen


def _key(child: Node) -> str:
    return next((each.text for _, each in _walk(child) if each.name == "LAchildID"), "")


def _walk(node: Node) -> Iterator[tuple[Node, Node]]:
    """Every element under one, each with the element that it is in."""
    for child in node.children:
        yield node, child
        yield from _walk(child)


def _named(where: Node, name: str, number: int) -> tuple[Node, Node]:
    found = [pair for pair in _walk(where) if pair[1].name == name]
    assert len(found) >= number, f"{name} stands {len(found)} times."
    above, node = found[number - 1]
    return (where.children[0] if above is where and not where.name else above), node


def _add(where: Node, name: str, number: int, value: str) -> None:
    """Put an element where the schema has it, in the first place that may hold it."""
    if name in OUTSIDE:
        within, after = OUTSIDE[name]
        above = _named(where, within, 1)[1]
        place = max(n for n, each in enumerate(above.children) if each.name == after)
        above.children.insert(place + 1, Node(name, value))
        return
    parent = next(each for each in _schemas(cin_census.MESSAGE) if name in each.places)
    nodes = [each for _, each in _walk(where) if each.name == parent.name]
    if not nodes:
        _add(where, parent.name, 1, "")
        nodes = [each for _, each in _walk(where) if each.name == parent.name]
    above = nodes[number - 1]
    place = sum(
        1 for each in above.children if parent.places.get(each.name, 0) <= parent.places[name]
    )
    above.children.insert(place, Node(name, value))


def _schemas(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _schemas(child)
