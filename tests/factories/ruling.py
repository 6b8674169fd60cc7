"""Random rules over random histories, valid by construction, for whatever is tried on both."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from keepsight.kernel.calendar import LONDON
from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.naming import KINDS_THAT_NAME, NAMINGS
from keepsight.kernel.indicators.conditions import TAKEN_BY, Condition, Operator, readable_fields
from keepsight.kernel.indicators.nodes import (
    AGENCY,
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    Days,
    Different,
    Given,
    Plus,
    SeveralOf,
    Times,
    Total,
    Unless,
    rests_on_events,
)
from keepsight.kernel.indicators.selecting import (
    LASTING_KINDS,
    WEEKLY_KINDS,
    Beside,
    Bond,
    Select,
    Shared,
)
from keepsight.kernel.indicators.windows import Moment, SchoolYear, Weekday, Window
from keepsight.kernel.vocabulary.content.base import field_types
from keepsight.kernel.vocabulary.events import BY_KIND, CONTENTS, Event

AS_OF = date(2026, 3, 31)
RICHEST = [
    "assessment_completed",
    "association",
    "attendance_week",
    "crime_victim",
    "missing_episode",
    "sighting",
]
READABLE = sorted(content.kind for content in CONTENTS if content.readable)

TEXTS = st.sampled_from(["10A", "11A", "it’s", "it's", '"', ""])
VALUES = {
    str: TEXTS,
    int: st.integers(-1, 4),
    bool: st.booleans(),
    date: st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
}
NAMING = {(each.event, each.field) for each in NAMINGS}
NAMES = st.sampled_from(
    ["Mill Lodge", "AI19 QBQ, van", "on 07700 900123", "“ash 12” in AI19 QBQ", "the park", "7"]
)
LISTS = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)


# --- Random rules ---


@st.composite
def conditions(draw, kind):
    name, plain = draw(st.sampled_from(sorted(readable_fields(BY_KIND[kind]).items(), key=str)))
    operator = draw(st.sampled_from(sorted(TAKEN_BY[plain])))
    if operator in (Operator.PRESENT, Operator.EMPTY):
        return Condition(name, operator)
    takes_list = operator in (Operator.IN, Operator.HAS_ANY)
    return Condition(name, operator, draw(LISTS if takes_list else VALUES[plain]))


@st.composite
def windows(draw):
    if draw(st.integers(0, 5)) == 0:
        return SchoolYear(draw(st.integers(0, 1)))
    first = draw(st.integers(0, 6))
    return Window(first, draw(st.integers(0, first)))


@st.composite
def besides(draw, kinds):
    bond = draw(st.sampled_from(Bond))
    within = None if bond is Bond.DURING else draw(st.none() | st.integers(0, 3))
    return Beside(bond, draw(selects(kinds, alone=True)), within, draw(st.booleans()))


@st.composite
def selects(draw, kinds, alone=False):
    kind = draw(st.sampled_from(kinds))
    readable = readable_fields(BY_KIND[kind])
    where = draw(st.lists(conditions(kind), max_size=1)) if readable else []
    moments = list(Moment) if kind in LASTING_KINDS else [Moment.BEGAN]
    beside = () if alone else tuple(draw(st.lists(besides(kinds), max_size=2)))
    few = st.lists(st.sampled_from(Weekday), max_size=6, unique=True).map(tuple)
    weekdays = () if kind in WEEKLY_KINDS else draw(st.just(()) | few)
    moment = draw(st.sampled_from(moments))
    shared = draw(st.none() | sharings(kind)) if names_anything(kind) else None
    return Select(kind, draw(windows()), tuple(where), moment, beside, weekdays, shared)


def names_anything(kind):
    return any(kind in kinds for kinds in KINDS_THAT_NAME.values())


@st.composite
def sharings(draw, kind):
    may = [each for each in EntityKind if kind in KINDS_THAT_NAME[each]]
    by = draw(st.lists(st.sampled_from(may), min_size=1, unique=True).map(tuple))
    return Shared(by, draw(st.integers(0, 3)), draw(st.integers(2, 3)))


@st.composite
def measures(draw, kinds):
    select = draw(selects(kinds))
    fields = readable_fields(BY_KIND[select.kind])
    if draw(st.integers(0, 3)) == 0:
        return draw(differences(select, kinds))
    wholes = [name for name, plain in fields.items() if plain is int]
    if wholes and draw(st.booleans()):
        return Total(select, draw(st.sampled_from(wholes)))
    return draw(st.sampled_from([Count, Days]))(select)


@st.composite
def differences(draw, select, kinds):
    texts = [name for name, kind in readable_fields(BY_KIND[select.kind]).items() if kind is str]
    if texts and draw(st.booleans()):
        return Different((select,), draw(st.sampled_from(texts)))
    return Different((select, *draw(st.lists(selects(kinds), max_size=2))), AGENCY)


FACTORS = st.integers(1, 3) | st.builds(Fraction, st.integers(1, 5), st.integers(1, 5))


def numbers(kinds):
    simple = measures(kinds) | st.builds(Times, measures(kinds), FACTORS)
    return simple | st.builds(Plus, simple, simple)


def truths(kinds):
    whole, number = st.integers(1, 4), numbers(kinds)
    return st.recursive(
        st.builds(AtLeast, number, whole | number),
        lambda under: st.one_of(
            st.builds(AllOf, several(under)),
            st.builds(AnyOf, several(under)),
            st.builds(SeveralOf, st.just(2), several(under, least=2)),
            st.builds(Unless, under),
            st.builds(Given, under),
        ),
        max_leaves=4,
    )


def several(truth, least=1):
    return st.lists(truth, min_size=least, max_size=3).map(tuple)


@st.composite
def rules(draw, kinds):
    """A rule that rests on events, as an indicator's must."""
    rule = draw(truths(kinds))
    if rests_on_events(rule):
        return rule
    return AllOf((rule, AtLeast(Count(draw(selects(kinds))), 1)))


# --- Random histories ---


@st.composite
def contents(draw, kind):
    content, said = BY_KIND[kind], {}
    plain = readable_fields(content)
    for field, expected in field_types(content):
        optional = st.none() if expected != plain[field.name] else st.nothing()
        value = TEXTS | NAMES if (kind, field.name) in NAMING else VALUES[plain[field.name]]
        said[field.name] = draw(value | optional)
    return content(**said)


@st.composite
def histories(draw, kinds):
    """A child's events, some of them after the day asked about, with ids that are theirs alone."""
    events = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(kinds))
        began = draw(st.integers(-1, 5))
        lasted = draw(st.none() | st.integers(0, 4)) if kind in LASTING_KINDS else None
        events.append(
            Event(
                id=f"e{number}",
                subject=1,
                agency=draw(st.integers(1, 3)),
                occurred=noon(began),
                occurred_until=None if lasted is None else noon(began - lasted),
                received=noon(0),
                content=draw(contents(kind)),
            )
        )
    return events


def noon(days_back):
    return datetime.combine(AS_OF - timedelta(days=days_back), time(12), LONDON)
