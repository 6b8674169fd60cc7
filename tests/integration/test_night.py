"""A small made-up county through the nightly pass: the same answers from engine and oracle."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.casework.models import Obligation
from keepsight.chronology.actions.events import NewEvent, lock_agency, record_events
from keepsight.chronology.models import Event as Recorded
from keepsight.chronology.relations import open_relations
from keepsight.cli.demo_feeds import take_in_all
from keepsight.cli.demo_people import set_up
from keepsight.detection.actions import detect
from keepsight.detection.models import Alert
from keepsight.identity.models import Link, SubjectRecord
from keepsight.jobs.night import NightDone, run_night
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.entities.company import Named, company_of, harmed_since
from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.indicators import oracle
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.cohorts import COHORTS
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.events import Event, content_of
from keepsight.oversight.models import AreaFigure
from keepsight.synthetic import write_county
from tests.factories.roles import acting_as
from tests.factories.world import NOW, TESTER

TODAY = date(2026, 3, 16)


@pytest.fixture
def county(database: None, tmp_path: Path) -> Iterator[Path]:
    """Four hundred children's feeds, taken in; yields the folder for the nightly copy."""
    made = write_county(tmp_path / "county", children=400, seed=11, today=TODAY, weeks=30)
    with acting_as("batch"):
        set_up(made, lambda: "a password for a test")
        take_in_all(made, lambda _: None)
        yield tmp_path / "night"


def test_a_night_finds_the_same_by_engine_and_oracle_and_a_second_changes_nothing(
    county: Path,
) -> None:
    first = run_night(folder=county, replayed=True)
    found = {(each.child_id, each.code, each.evidence) for each in first.detected.findings}
    assert found == _by_oracle(county)
    assert {code for _, code, _ in found} >= {indicator.code for indicator in CATALOGUE[:2]}

    before = _standing()
    second = run_night(folder=county, replayed=True)
    assert _standing() == before
    assert _changed(second) == (0, 0, 0, 0, 0, 0)


def test_links_copy_and_figures_are_what_they_say(county: Path) -> None:
    run_night(folder=county, replayed=True)
    _links_never_join_conflicting_identifiers()
    _the_copy_is_private_and_holds_no_names(county)
    _figures_are_counts_of_what_is_there()


def test_who_a_child_is_changes_no_alert(county: Path) -> None:
    """Of every child, every agency now says another sex, ethnicity, disability and address."""
    run_night(folder=county, replayed=True)
    before = detect(by=TESTER, folder=county).findings
    assert len(before) > 10
    changed = 0
    for agency in Agency.objects.all():
        changed += _told_otherwise(by=TESTER, agency=agency)
    assert changed > 400
    assert detect(by=TESTER, folder=county).findings == before


@action
def _told_otherwise(*, by: Actor, agency: Agency) -> int:
    lock_agency(by=by, agency=agency)
    said = Recorded.objects.filter(agency=agency, kind="person_details", withdrawn=False)
    latest = {each.source_key: each for each in said.order_by("revision")}
    events = [
        NewEvent(
            subject_record_id=each.subject_record_id,
            source_key=each.source_key,
            occurred=each.occurred,
            tier=each.tier,
            content=PersonDetails(
                forename="Other",
                sex="F" if number % 2 else "M",
                ethnicity="WOTH",
                disabilities=("VIS",),
                postcode="ZZ99 1AA",
            ),
        )
        for number, each in enumerate(latest.values())
    ]
    return len(record_events(by=by, agency=agency, events=events, received=NOW).ids)


def _links_never_join_conflicting_identifiers() -> None:
    numbers: dict[UUID, set[str]] = {}
    upns: dict[UUID, set[str]] = {}
    for link in Link.objects.filter(recorded_until=None).select_related("subject_record"):
        record: SubjectRecord = link.subject_record
        if record.nhs_number:
            numbers.setdefault(link.child_id, set()).add(record.nhs_number)
        if record.upn and record.upn[-1].isdigit():
            upns.setdefault(link.child_id, set()).add(record.upn)
    assert max(len(each) for each in numbers.values()) == 1
    assert max(len(each) for each in upns.values()) == 1
    assert SubjectRecord.objects.count() == Link.objects.filter(recorded_until=None).count()


def _the_copy_is_private_and_holds_no_names(county: Path) -> None:
    parts = list(county.iterdir())
    assert {part.suffix or part.name for part in parts} == {".parquet", "columns"}
    assert {oct(part.stat().st_mode & 0o777) for part in parts} == {"0o600"}
    duck = open_relations(county)
    kinds = {kind for (kind,) in duck.execute("SELECT DISTINCT kind FROM events").fetchall()}
    assert "person_details" not in kinds
    assert "missing_episode" in kinds


def _figures_are_counts_of_what_is_there() -> None:
    overdue = AreaFigure.objects.filter(figure="obligations_overdue")
    counted = Obligation.objects.filter(state=Obligation.State.OVERDUE).count()
    assert sum(figure.value for figure in overdue) == counted > 0
    kinds = {agency.pk: agency.kind for agency in Agency.objects.all()}
    assert {kinds[figure.agency_id] for figure in overdue} == {"childrens_social_care"}


def _standing() -> tuple[object, ...]:
    return (
        sorted(
            Alert.objects.values_list("child_id", "concern", "state", "first_met", "no_longer_met")
        ),
        sorted(Obligation.objects.values_list("pk", "state", "due", "why")),
        sorted(Link.objects.values_list("pk", "child_id", "recorded_until")),
    )


def _changed(night: NightDone) -> tuple[int, ...]:
    linked, detected, reckoned = night.linked, night.detected, night.reckoned
    return (
        linked.links_begun,
        linked.links_ended,
        detected.begun,
        detected.returned,
        detected.ended,
        reckoned.opened + reckoned.changed,
    )


def _by_oracle(folder: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    """Every indicator and cohort on every child, by the plain evaluator."""
    by_child: dict[str, list[Event]] = {}
    known = list(_events(folder))
    for child, event in known:
        by_child.setdefault(child, []).append(event)
    named, harmed = _named(folder), harmed_since(known)
    found = set()
    for child, events in by_child.items():
        company = company_of(child, named, harmed)
        for indicator in (*CATALOGUE, *COHORTS):
            finding = oracle.evaluate(indicator, events, TODAY, company)
            if finding is not None:
                found.add((child, indicator.code, finding.evidence))
    return found


def _named(folder: Path) -> list[Named]:
    """What the events of the nightly copy name."""
    duck = open_relations(folder)
    columns = "child_id, event_id, entity_kind, entity, begun, gone, told"
    rows = duck.execute(f"SELECT {columns} FROM mentions").fetchall()
    assert rows
    return [Named(child, ref, EntityKind(kind), *said) for child, ref, kind, *said in rows]


def _events(folder: Path) -> Iterator[tuple[str, Event]]:
    """The nightly copy as values: what DuckDB reads as rows."""
    duck = open_relations(folder)
    rows = duck.execute(
        "SELECT child_id, event_id, agency, kind, day, last_day, content FROM events UNION ALL "
        "SELECT child_id, event_id, agency, 'attendance_week', day, last_day,"
        " to_json({possible: possible, absent: absent, unauthorised: unauthorised,"
        " unexplained: unexplained, late: late})"
        " FROM attendance"
    ).fetchall()
    for child, ref, agency, kind, day, last_day, content in rows:
        yield (
            child,
            Event(
                id=ref,
                subject=0,
                agency=agency,
                occurred=start_of_day(day),
                occurred_until=start_of_day(last_day) if last_day else None,
                received=start_of_day(day),
                content=content_of(kind, json.loads(content)),
                day_only=True,
            ),
        )
