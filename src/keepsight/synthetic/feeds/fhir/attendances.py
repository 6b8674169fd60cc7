"""Attendances at hospitals and at the sexual health service, one resource a line, monthly."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import HOSPITALS, SEXUAL_HEALTH
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window
from keepsight.synthetic.feeds.fhir.resources import Resource, encounter, patient
from keepsight.synthetic.happenings import CLINIC, ED, SEXUAL_HEALTH_CLINIC, Visit
from keepsight.synthetic.people.knowing import Known, Rows

SOURCE = "fhir"


def write_attendances(desk: Desk) -> Iterator[Delivery]:
    """A file a month from the trust, and one from the sexual health service."""
    yield from _write(desk, HOSPITALS, AgencyKind.HEALTH, {ED, CLINIC})
    yield from _write(desk, SEXUAL_HEALTH, AgencyKind.SEXUAL_HEALTH, {SEXUAL_HEALTH_CLINIC})


def _write(desk: Desk, agency: str, kind: AgencyKind, settings: set[str]) -> Iterator[Delivery]:
    last = desk.period.today - timedelta(days=1)
    visits = sorted(
        (
            visit
            for visit in desk.happenings.visits
            if visit.setting in settings and visit.start.date() < last
        ),
        key=lambda visit: (visit.start, visit.person, visit.reason),
    )
    known = desk.know(agency, kind, (visit.person for visit in visits))
    rows, begin = known.rows_of(), 0
    for window in desk.windows(agency, SOURCE):
        end = begin
        while end < len(visits) and visits[end].start < window.before:
            end += 1
        if end > begin:
            yield _month(
                desk, agency, window, visits[begin:end], begin + 1, known.on(window.until), rows
            )
        begin = end


def _month(
    desk: Desk,
    agency: str,
    window: Window,
    visits: Sequence[Visit],
    first: int,
    known: Known,
    rows: Rows,
) -> Delivery:
    """Each patient once, then the encounters, then in a careless month three faulty lines."""
    at = [rows.on(visit.person, visit.start.date()) for visit in visits]
    patients = [patient(known, row) for row in sorted(set(at))]
    encounters = [
        encounter(f"{known.key[row]}-E{number:07d}", visit, known.key[row])
        for number, (visit, row) in enumerate(zip(visits, at, strict=True), start=first)
    ]
    faulty = _faulty(patients[0], encounters[0]) if window.careless else []
    lines = (_line(resource) for resource in (*patients, *encounters, *faulty))
    name = desk.for_district("attendances.ndjson")
    return desk.deliver(window.until, agency, SOURCE, name, lines, len(faulty))


def _line(resource: Resource) -> str:
    return json.dumps(resource, separators=(",", ":"), ensure_ascii=False) + "\n"


def _faulty(who: Resource, visit: Resource) -> list[Resource]:
    """Second, faulty copies: no such day twice, and an encounter of nobody."""
    start, year = visit["period"]["start"], visit["period"]["start"][:4]
    nobody = {key: value for key, value in visit.items() if key != "subject"}
    return [
        {**visit, "id": f"{visit['id']}-2", "period": {"start": f"{year}-02-31{start[10:]}"}},
        {**nobody, "id": f"{visit['id']}-3"},
        {**who, "birthDate": f"{year}-02-31"},
    ]
