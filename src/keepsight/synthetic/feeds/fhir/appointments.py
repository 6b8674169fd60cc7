"""Appointments of the community trust as FHIR Bundles, monthly: kept, not brought, ahead; flags."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import COMMUNITY
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window
from keepsight.synthetic.feeds.fhir.resources import Resource, appointment, flag, kept, patient
from keepsight.synthetic.feeds.reports import people_in
from keepsight.synthetic.happenings import Appointment
from keepsight.synthetic.people.knowing import Known, Rows

SOURCE = "fhir_appointments"


def write_appointments(desk: Desk) -> Iterator[Delivery]:
    """What was asked for, and what came of it, since the last Bundle."""
    booked, flags = desk.happenings.appointments, desk.happenings.health_flags
    known = desk.know(COMMUNITY, AgencyKind.HEALTH, people_in(booked, flags))
    writer = _Writer(desk, known, known.rows_of(), sorted(booked, key=_as_asked))
    for window in desk.windows(COMMUNITY, SOURCE):
        resources = list(writer.month(window))
        if resources:
            name = desk.for_district("appointments.json")
            lines = _bundle(window.until, resources)
            yield desk.deliver(window.until, COMMUNITY, SOURCE, name, lines)


def _as_asked(booked: Appointment) -> tuple[date, datetime, str, int]:
    """The order in which appointments stand: nothing else may show in it."""
    return booked.asked, booked.start, booked.service, booked.person


class _Writer:
    """Makes the resources of one month."""

    def __init__(self, desk: Desk, known: Known, rows: Rows, booked: list[Appointment]) -> None:
        self.desk, self.known, self.rows = desk, known, rows
        self.booked = list(enumerate(booked, start=1))

    def month(self, window: Window) -> Iterator[Resource]:
        """Patients, then appointments and encounters, then flags."""
        told: dict[int, None] = {}
        resources: list[Resource] = []
        for number, booked in self.booked:
            if window.has(booked.asked) or window.has(booked.start.date()):
                at = self.rows.on(booked.person, booked.asked)
                told[at] = None
                resources += self._of(number, booked, window, str(self.known.key[at]))
        for raised in self.desk.happenings.health_flags:
            if window.has(raised.since):
                at = self.rows.on(raised.person, raised.since)
                told[at] = None
                key = str(self.known.key[at])
                resources.append(flag(f"{key}-F1", raised, key))
        held = self.known.on(window.until)
        yield from (patient(held, at) for at in sorted(told))
        yield from resources

    def _of(self, number: int, booked: Appointment, window: Window, key: str) -> Iterator[Resource]:
        done = booked.start.date() < window.until
        status = booked.outcome if done else "booked"
        yield appointment(f"{key}-A{number:07d}", booked, status, key)
        if status == "fulfilled":
            yield kept(f"{key}-C{number:07d}", booked, key)


def _bundle(day: date, resources: list[Resource]) -> Iterator[str]:
    """The Bundle, an entry a line."""
    yield '{"resourceType": "Bundle", "type": "collection", '
    yield f'"timestamp": "{day.isoformat()}T05:00:00+00:00", "entry": [\n'
    for number, each in enumerate(resources):
        entry = {"fullUrl": f"{each['resourceType']}/{each['id']}", "resource": each}
        yield (",\n" if number else "") + json.dumps(entry, ensure_ascii=False)
    yield "\n]}\n"
