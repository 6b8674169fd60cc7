"""Which other children the entities of a child's events were named about, and when.

It holds what a rule needs and no more: no kind of event, no text, and of another child only a key
by which to count, and since when harm is on record. None of it leaves detection.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.kernel.entities.kinds import EntityKind, key_of
from keepsight.kernel.entities.naming import mentions_of
from keepsight.kernel.vocabulary.content.base import Standing
from keepsight.kernel.vocabulary.events import CONFIDENTIAL_KINDS, CONTENTS, Event

HARMING = frozenset(
    content.kind
    for content in CONTENTS
    if content.standing is Standing.HARM
    and content.readable
    and content.kind not in CONFIDENTIAL_KINDS
)
"""Kinds of event by which harm is on record. What is closely held is never among them: that there
is such a record is content in itself, and an alert about another child must not rest on it."""

EXPIRES_AFTER = 365
"""Days after which a mention says nothing any more. Local practice; no national number."""


@dataclass(frozen=True, slots=True)
class Named:
    """That an event of a child names an entity. One that is not `told` counts for its own child
    only: where a protected address is, nothing about another child may rest on the record.
    """

    child: str
    event: str
    kind: EntityKind
    entity: str
    begun: date
    gone: date
    told: bool = True


@dataclass(frozen=True, slots=True)
class Companion:
    """An event of the child and one of another child that name the same entity.

    `apart` is how many days lie between them, 0 where they share one.
    """

    event: str
    kind: EntityKind
    entity: str
    other: str
    begun: date
    gone: date
    apart: int
    harmed_since: date | None


Company = Mapping[str, Sequence[Companion]]
"""The companions of each event of one child, by its id."""


def named_by(child: str, event: Event, *, area: int = 0) -> Iterator[Named]:
    """What an event names that other events may name too."""
    for mention in mentions_of(event.content):
        entity = key_of(mention.kind, mention.mark, agency=event.agency, area=area)
        if entity:
            gone = event.last_day or event.day
            yield Named(child, event.id, mention.kind, entity, event.day, gone)


def harmed_since(children: Iterable[tuple[str, Event]]) -> dict[str, date]:
    """Since when harm is on record of each child of whom it is."""
    since: dict[str, date] = {}
    for child, event in children:
        if event.kind in HARMING:
            since[child] = min(event.day, since.get(child, event.day))
    return since


def company_of(
    child: str, named: Iterable[Named], harmed: Mapping[str, date]
) -> dict[str, list[Companion]]:
    """The companions of a child's events among all that was named."""
    held = list(named)
    others: dict[tuple[EntityKind, str], list[Named]] = defaultdict(list)
    for each in held:
        if each.child != child and each.told:
            others[each.kind, each.entity].append(each)
    found: dict[str, list[Companion]] = defaultdict(list)
    for ours in held:
        if ours.child == child:
            found[ours.event] += [
                _companion(ours, other, harmed) for other in others[ours.kind, ours.entity]
            ]
    return found


def _companion(ours: Named, other: Named, harmed: Mapping[str, date]) -> Companion:
    apart = max(0, (other.begun - ours.gone).days, (ours.begun - other.gone).days)
    return Companion(
        event=ours.event,
        kind=ours.kind,
        entity=ours.entity,
        other=other.child,
        begun=other.begun,
        gone=other.gone,
        apart=apart,
        harmed_since=harmed.get(other.child),
    )


def is_shared(
    companions: Iterable[Companion],
    *,
    by: Collection[EntityKind],
    within: int,
    others: int,
    as_of: date,
) -> bool:
    """Whether one entity of these kinds was named, within so many days, about another child of whom
    harm is on record by the day, or about so many other children.
    """
    earliest = as_of - timedelta(days=EXPIRES_AFTER)
    children: dict[tuple[EntityKind, str], set[str]] = defaultdict(set)
    for each in companions:
        current = each.begun <= as_of and each.gone >= earliest
        if each.kind in by and each.apart <= within and current:
            if each.harmed_since is not None and each.harmed_since <= as_of:
                return True
            children[each.kind, each.entity].add(each.other)
    return any(len(found) >= others for found in children.values())
