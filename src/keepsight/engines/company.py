"""Which events name what was named about other children too, as columns beside the events.

The relation `mentions` holds a row for each entity that an event names, and `told` is whether it
counts for other children. Of these only a count leaves, and of it only whether it is enough.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import ibis
from ibis import Table

from keepsight.engines.bonds import NO_DAY, Column
from keepsight.kernel.entities.company import EXPIRES_AFTER, HARMING
from keepsight.kernel.indicators.selecting import Select, Shared

MENTIONS = {
    "child_id": "string",
    "event_id": "string",
    "entity_kind": "string",
    "entity": "string",
    "begun": "date",
    "gone": "date",
    "told": "boolean",
}
EVENTS = {"child_id": "string", "kind": "string", "day": "date"}


def shared_column(shared: Shared) -> str:
    """The column that says of an event whether it names what was so named."""
    kinds = "_".join(sorted(shared.by))
    return f"shared_{kinds}_{shared.within}_{shared.others}"


def with_company(events: Table, selects: Iterable[Select], as_of: date) -> Table:
    """The events, with a column for each way of sharing that a selection of them asks for."""
    asked = {shared_column(each.shared): each.shared for each in selects if each.shared}
    if not asked:
        return events
    sharing = _sharing(asked, as_of)
    joined = events.left_join(
        sharing,
        (events.child_id == sharing.sharing_child, events.event_id == sharing.sharing_event),
    )
    columns = {name: joined[name].fill_null(False) for name in asked}
    return joined.select(*(joined[name] for name in events.columns), **columns)


def _sharing(asked: Mapping[str, Shared], as_of: date) -> Table:
    """A row per event that shares anything, and a column for each way of sharing."""
    pairs = _pairs(asked, as_of)
    by_entity = pairs.group_by("child_id", "event_id", "entity_kind", "entity").aggregate(
        **{name: _enough(pairs, shared) for name, shared in asked.items()}
    )
    return by_entity.group_by(sharing_child="child_id", sharing_event="event_id").aggregate(
        **{name: by_entity[name].any() for name in asked}
    )


def _enough(pairs: Table, shared: Shared) -> Column:
    here = pairs.entity_kind.isin([str(each) for each in shared.by]) & (
        pairs.apart <= shared.within
    )
    several = pairs.other.nunique(where=here) >= shared.others
    return several | (here & pairs.harmed).any()


def _pairs(asked: Mapping[str, Shared], as_of: date) -> Table:
    """Two events of different children that name one entity, near enough for some of what is asked.

    Of the other child's event only what has happened by the day counts, and has not expired.
    """
    mentions = _with_day_numbers(ibis.table(MENTIONS, name="mentions"))
    day = _number(ibis.literal(as_of))
    told = mentions.filter(
        mentions.told, mentions.begun <= day, mentions.gone >= day - EXPIRES_AFTER
    )
    others = told.select(
        other="child_id",
        other_kind="entity_kind",
        other_entity="entity",
        other_begun="begun",
        other_gone="gone",
    ).view()
    widest = max(each.within for each in asked.values())
    wanted = sorted({str(kind) for each in asked.values() for kind in each.by})
    ours = mentions.filter(mentions.entity_kind.isin(wanted))
    pairs = ours.join(
        others,
        (
            ours.entity_kind == others.other_kind,
            ours.entity == others.other_entity,
            ours.child_id != others.other,
            others.other_begun <= ours.gone + widest,
            others.other_gone >= ours.begun - widest,
        ),
    )
    harmed = _harmed(as_of)
    pairs = pairs.left_join(harmed, pairs.other == harmed.harmed_child)
    apart = ibis.greatest(
        ibis.literal(0, "int64"), pairs.other_begun - pairs.gone, pairs.begun - pairs.other_gone
    )
    return pairs.select(
        *("child_id", "event_id", "entity_kind", "entity", "other"),
        apart=apart,
        harmed=pairs.harmed_child.notnull(),
    )


def _harmed(as_of: date) -> Table:
    """Every child of whom harm is on record by the day."""
    events = ibis.table(EVENTS, name="events")
    harming = events.filter(events.kind.isin(sorted(HARMING)), events.day <= ibis.literal(as_of))
    return harming.select(harmed_child="child_id").distinct()


def _with_day_numbers(mentions: Table) -> Table:
    return mentions.mutate(**{name: _number(mentions[name]) for name in ("begun", "gone")})


def _number(day: Column) -> Column:
    return day.delta(ibis.literal(NO_DAY), unit="day").cast("int64")
