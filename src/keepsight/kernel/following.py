"""What keeps people from a child follows the records that were that child’s, wherever links lead.

A link says only whose a record is believed to be: nobody may see more by it than before.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Child = TypeVar("Child", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Kept(Generic[Child]):
    """Something that keeps people from a child, and since when: a seal, an exclusion, a protected
    address. `key` is a name for it.
    """

    key: Hashable
    child: Child
    since: datetime


@dataclass(frozen=True, slots=True)
class Held(Generic[Child]):
    """Which child a record was held to be, from a moment until another, or still (`None`)."""

    child: Child
    since: datetime
    until: datetime | None


def followed(
    kept: Iterable[Kept[Child]], histories: Iterable[Sequence[Held[Child]]]
) -> dict[Hashable, dict[Child, datetime]]:
    """For each of `kept` the other children that a record of its child is now held to be, with the
    moment since which the first such record is.

    `histories` holds for each record all that it was held to be, the earliest first. A record that
    came to a child who was kept from people already, and went back to whom it was before, takes
    nothing with it: that is how a link is undone.
    """
    of_child: dict[Child, list[Kept[Child]]] = defaultdict(list)
    for each in kept:
        of_child[each.child].append(each)
    found: dict[Hashable, dict[Child, datetime]] = defaultdict(dict)
    for history in map(_without_repeats, histories):
        if not history or history[-1].until is not None:
            continue
        now = history[-1]
        for child in {held.child for held in history} - {now.child}:
            for each in of_child.get(child, ()):
                if _takes_along(each, history):
                    since = found[each.key].get(now.child, now.since)
                    found[each.key][now.child] = min(since, now.since)
    return dict(found)


def _takes_along(kept: Kept[Child], history: Sequence[Held[Child]]) -> bool:
    """Whether the record still has with it what it was kept by, one stay after another."""
    free: set[Child] = set()
    carried = False
    for held in history:
        if held.child == kept.child:
            if held.since <= kept.since and (held.until is None or held.until > kept.since):
                return True
            carried = carried or held.since > kept.since
        elif held.child in free:
            carried = False
        elif not carried:
            free.add(held.child)
    return carried


def _without_repeats(history: Sequence[Held[Child]]) -> list[Held[Child]]:
    """One entry for each stay: a link that was stated again of the same child went on."""
    found: list[Held[Child]] = []
    for held in history:
        if found and found[-1].child == held.child:
            found[-1] = Held(held.child, found[-1].since, held.until)
        else:
            found.append(held)
    return found
