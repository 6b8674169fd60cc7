"""Each kind of agency's records are judged beside all of them, in one pass."""

from collections.abc import Sequence
from datetime import date, datetime

import ibis

from keepsight.cli.detection.running import Replayed, _add_apart, _sort
from keepsight.engines.event_tables import create_event_tables, fill_event_tables
from keepsight.engines.indicators import evaluate_prepared, prepare
from keepsight.engines.kind_tables import create_kind_tables
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.indicators.catalogue.belongings_and_absence import BELONGINGS_AND_ABSENCE
from keepsight.kernel.indicators.catalogue.seen_with_other_signs import SEEN_WITH_OTHER_SIGNS
from keepsight.kernel.indicators.catalogue.signs_at_two_agencies import SIGNS_AT_TWO_AGENCIES
from keepsight.kernel.indicators.catalogue.vehicle_shared import VEHICLE_SHARED
from keepsight.kernel.vocabulary.events import Event, content_of

DAY = date(2026, 3, 31)
POLICE, SCHOOL = 1, 2
RULES = (SIGNS_AT_TWO_AGENCIES, BELONGINGS_AND_ABSENCE, SEEN_WITH_OTHER_SIGNS, VEHICLE_SHARED)


def event(name: str, agency: int, kind: str, **said) -> Event:
    noon = datetime(2026, 3, 20, 12, tzinfo=LONDON)
    content = content_of(kind, said)
    return Event(
        id=name, subject=1, agency=agency, occurred=noon, occurred_until=None, received=noon,
        content=content,
    )  # fmt: skip


def judged(*events: Event, others: Sequence[tuple[str, Event]] = ()) -> Replayed:
    backend = ibis.duckdb.connect()
    try:
        create_event_tables(backend)
        fill_event_tables(backend, [*(("child", each) for each in events), *others])
        for table in ("mentions", "attendance"):
            # The copy has these as views.
            backend.con.execute(f"ALTER TABLE {table} RENAME TO all_{table}")
            backend.con.execute(f"CREATE TEMPORARY VIEW {table} AS FROM all_{table}")
        _add_apart(backend.con, [(POLICE, "police"), (SCHOOL, "school")])
        create_kind_tables(backend)
        found = Replayed([DAY])
        _sort(evaluate_prepared(backend.con, prepare(RULES, DAY)), {"child": "the child"}, found)
        return found
    finally:
        backend.disconnect()


def test_what_two_agencies_say_together_neither_says_alone():
    found = judged(
        event("m", POLICE, "missing_episode", category="missing"),
        event("c", SCHOOL, "school_concern", summary="A second phone", topic="Possessions"),
    )
    codes = {each.code for each in found.catalogue}
    assert codes == {"signs_at_two_agencies", "belongings_and_absence"}
    assert found.alone == {}
    assert {each.person for each in found.catalogue} == {"the child"}


def test_what_one_agency_says_it_says_alone_too():
    found = judged(
        event("m", POLICE, "missing_episode", category="missing"),
        event("s", POLICE, "sighting", place="Retail park"),
    )
    assert {each.code for each in found.catalogue} == {"seen_with_other_signs"}
    assert {kind: [each.code for each in met] for kind, met in found.alone.items()} == {
        "police": ["seen_with_other_signs"]
    }


def test_what_two_agencies_name_is_shared_by_neither_alone():
    """The school's log and the police name one car, each about another child."""
    ours = event("s", POLICE, "sighting", place="Retail park", vehicle="QI12 QQI, silver")
    theirs = event("c", SCHOOL, "school_concern", summary="Met by a car, QI12 QQI")
    again = event("d", SCHOOL, "school_concern", summary="QI12 QQI again")
    found = judged(ours, others=[("other", theirs), ("third", again)])
    assert "vehicle_shared" in {each.code for each in found.catalogue}
    assert "vehicle_shared" not in {each.code for met in found.alone.values() for each in met}
