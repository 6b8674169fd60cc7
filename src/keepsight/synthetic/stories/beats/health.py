"""What hospitals and clinics write down."""

from dataclasses import dataclass
from datetime import timedelta

from keepsight.synthetic.happenings import ED, SEXUAL_HEALTH_CLINIC, Appointment, Visit
from keepsight.synthetic.period import in_office_hours, on_weekday
from keepsight.synthetic.stories.beats.reading import Window
from keepsight.synthetic.stories.teller import Teller

YOUNGEST_AT_CLINIC = 13
"""A younger child who came to a sexual health clinic would be referred the same day."""


@dataclass(frozen=True, slots=True)
class Hospital:
    """A visit to the emergency department."""

    at: Window
    reason: str
    left: bool = False

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if teller.past(day):
            teller.happenings.visits.append(
                Visit(
                    person=teller.person,
                    start=teller.moment(day),
                    setting=ED,
                    reason=self.reason,
                    left_before_seen=self.left,
                )
            )


@dataclass(frozen=True, slots=True)
class Clinic:
    """A visit to the sexual health service."""

    at: Window

    def tell(self, teller: Teller) -> None:
        start = on_weekday(in_office_hours(teller.moment(teller.day_in(self.at))))
        if teller.past(start.date()) and teller.age(start.date()) >= YOUNGEST_AT_CLINIC:
            teller.happenings.visits.append(
                Visit(
                    person=teller.person,
                    start=start,
                    setting=SEXUAL_HEALTH_CLINIC,
                    reason="Sexual health",
                )
            )


@dataclass(frozen=True, slots=True)
class NotBrought:
    """An appointment asked for, and not come to."""

    at: Window
    service: str = "CAMHS assessment"

    def tell(self, teller: Teller) -> None:
        asked = teller.day_in(self.at)
        wait = timedelta(days=int(teller.rng.integers(14, 90)))
        start = on_weekday(in_office_hours(teller.moment(asked + wait)))
        if teller.past(asked):
            outcome = "noshow" if teller.past(start.date()) else "booked"
            teller.happenings.appointments.append(
                Appointment(
                    person=teller.person,
                    asked=asked,
                    start=start,
                    service=self.service,
                    outcome=outcome,
                )
            )
