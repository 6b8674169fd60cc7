"""Appointments of the community trust as FHIR Bundles, monthly: kept, not brought, ahead; flags."""

import json
from collections.abc import Iterator
from datetime import date

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
    numbered = {
        id(each): number
        for number, each in enumerate(
            sorted(booked, key=lambda one: (one.asked, one.person, one.service)), start=1
        )
    }
    writer = _Writer(desk, known, known.rows_of(), numbered)
    for window in desk.windows(COMMUNITY, SOURCE):
        resources = list(writer.month(window))
        if resources:
            content = json.dumps(_bundle(window.until, resources), ensure_ascii=False, indent=0)
            name = desk.for_district("appointments.json")
            yield desk.deliver(window.until, COMMUNITY, SOURCE, name, [content, "\n"])


class _Writer:
    """Makes the resources of one month."""

    def __init__(self, desk: Desk, known: Known, rows: Rows, numbered: dict[int, int]) -> None:
        self.desk, self.known, self.rows, self.numbered = desk, known, rows, numbered

    def month(self, window: Window) -> Iterator[Resource]:
        """Patients, then appointments and encounters, then flags."""
        told: dict[int, None] = {}
        resources: list[Resource] = []
        for booked in self.desk.happenings.appointments:
            if window.has(booked.asked) or window.has(booked.start.date()):
                at = self.rows.on(booked.person, booked.asked)
                told[at] = None
                resources += self._of(booked, window, str(self.known.key[at]))
        for raised in self.desk.happenings.health_flags:
            if window.has(raised.since):
                at = self.rows.on(raised.person, raised.since)
                told[at] = None
                key = str(self.known.key[at])
                resources.append(flag(f"{key}-F1", raised, key))
        held = self.known.on(window.until)
        yield from (patient(held, at) for at in sorted(told))
        yield from resources

    def _of(self, booked: Appointment, window: Window, key: str) -> Iterator[Resource]:
        number = self.numbered[id(booked)]
        done = booked.start.date() < window.until
        status = booked.outcome if done else "booked"
        yield appointment(f"{key}-A{number:07d}", booked, status, key)
        if status == "fulfilled":
            yield kept(f"{key}-C{number:07d}", booked, key)


def _bundle(day: date, resources: list[Resource]) -> Resource:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": f"{day.isoformat()}T05:00:00+00:00",
        "entry": [
            {"fullUrl": f"{each['resourceType']}/{each['id']}", "resource": each}
            for each in resources
        ],
    }
