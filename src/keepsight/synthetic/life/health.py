"""Health in ordinary times: accidents and illness, appointments kept and missed, waits."""

from datetime import timedelta

import numpy as np

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.happenings import (
    CLINIC,
    ED,
    SEXUAL_HEALTH_CLINIC,
    Appointment,
    Happenings,
    HealthFlag,
    Visit,
)
from keepsight.synthetic.life.choices import aged, at_a_moment, on_a_day, times
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.period import Period, at, in_office_hours, on_weekday
from keepsight.synthetic.randomness import stream

EMERGENCY = (
    ("Fall", 0, 17, 0.30), ("Sports injury", 6, 17, 0.24), ("Fever", 0, 6, 0.55),
    ("Asthma", 2, 17, 0.05), ("Abdominal pain", 4, 17, 0.08), ("Burn", 0, 10, 0.02),
    ("Assault", 12, 17, 0.010), ("Alcohol intoxication", 13, 17, 0.009),
    ("Self-harm", 11, 17, 0.016), ("Overdose", 12, 17, 0.006),
    ("Unexplained injury", 0, 17, 0.002),
)  # fmt: skip
"""Reason, youngest, oldest, and how often, to one another (our own assumption)."""
CLINIC_VISITS, SEXUAL_HEALTH_VISITS = 0.30, 0.05
LEFT_BEFORE_SEEN = 0.03
HEALTH_VISITOR = "Health visitor review"
SERVICES = (
    (HEALTH_VISITOR, 0, 4, 0.3, 10, 0.05),
    ("School nurse", 5, 16, 0.10, 14, 0.06),
    ("Speech and language therapy", 2, 11, 0.12, 90, 0.09),
    ("Community paediatrics", 1, 17, 0.08, 120, 0.10),
    ("CAMHS assessment", 6, 17, 0.05, 70, 0.13),
    ("CAMHS treatment", 7, 17, 0.12, 30, 0.14),
    ("Community dental service", 3, 17, 0.06, 60, 0.12),
)
"""Service, ages, booked a year, days waited on average, share not brought (our own assumption)."""
REVIEWS = ((10, 5), (42, 15), (275, 90), (730, 180))
"""Days after birth, and within how many: those that every child is due (Local Authorities (Public
Health Functions and Entry to Premises by Local Healthwatch Representatives) Regulations 2013, as
amended in 2015), without the one before birth."""
REVIEW_MISSED = 0.06
"""Share to which the child is not brought (our own assumption)."""
UNLIKE = 0.5
"""Shape of the gamma law by which families differ in what they miss."""
FLAG_AFTER = 3
"""Appointments to which a child was not brought before the record is flagged."""
FLAG = "Not brought to three or more appointments"


def ordinary_health(people: People, period: Period, seed: int) -> Happenings:
    """Visits, appointments and flags."""
    booked = _appointments(people, period, seed) + _reviews_of_infants(people, period, seed)
    return Happenings(
        visits=_visits(people, period, seed), appointments=booked, health_flags=_flags(booked)
    )


def _visits(people: People, period: Period, seed: int) -> list[Visit]:
    rng, visits = stream(seed, "visits"), []
    expected = sum(w * len(aged(people, young, old, period)) for _, young, old, w in EMERGENCY)
    scale = per_child("emergency") * len(people) / max(1.0, expected)
    for reason, youngest, oldest, weight in EMERGENCY:
        for person in times(aged(people, youngest, oldest, period), weight * scale, period, rng):
            visits.append(
                Visit(
                    person=person,
                    start=at_a_moment(people, person, period, rng),
                    setting=ED,
                    reason=reason,
                    left_before_seen=bool(rng.random() < LEFT_BEFORE_SEEN),
                )
            )
    for setting, reason, youngest, yearly in (
        (CLINIC, "Review by a consultant", 0, CLINIC_VISITS),
        (SEXUAL_HEALTH_CLINIC, "Sexual health", 14, SEXUAL_HEALTH_VISITS),
    ):
        for person in times(aged(people, youngest, 17, period), yearly, period, rng):
            start = on_weekday(in_office_hours(at_a_moment(people, person, period, rng)))
            visits.append(Visit(person=person, start=start, setting=setting, reason=reason))
    return visits


def _appointments(people: People, period: Period, seed: int) -> list[Appointment]:
    rng, booked = stream(seed, "appointments"), []
    # Some families miss most of what is booked for their children.
    unlike = rng.gamma(UNLIKE, 1 / UNLIKE, int(people.household.max(initial=0)) + 1)
    for service, youngest, oldest, yearly, wait, missed in SERVICES:
        share = missed * per_child("not_brought") / _mean_missed()
        for person in times(aged(people, youngest, oldest, period), yearly, period, rng):
            asked = on_a_day(people, person, period, rng)
            waited = timedelta(days=1 + int(rng.gamma(2, wait / 2)))
            start = on_weekday(in_office_hours(at(asked + waited, rng)))
            ahead = start.date() >= period.today
            missed_by = min(0.95, share * unlike[people.household[person]])
            kept = "noshow" if rng.random() < missed_by else "fulfilled"
            cancelled = rng.random() < 0.05
            outcome = "booked" if ahead else "cancelled" if cancelled else kept
            booked.append(
                Appointment(
                    person=person, asked=asked, start=start, service=service, outcome=outcome
                )
            )
    return booked


def _reviews_of_infants(people: People, period: Period, seed: int) -> list[Appointment]:
    rng, booked = stream(seed, "health visitor"), []
    born = people.birth.astype("datetime64[D]")
    for after, spread in REVIEWS:
        day = born + after + rng.integers(0, spread, len(people))
        missed = rng.random(len(people)) < REVIEW_MISSED
        first, last = np.datetime64(period.start), np.datetime64(period.today)
        for person in np.flatnonzero((day >= first) & (day < last)).tolist():
            start = on_weekday(in_office_hours(at(day[person].astype(object), rng)))
            ahead = start.date() >= period.today
            booked.append(
                Appointment(
                    person=person,
                    asked=max(people.born(person), start.date() - timedelta(days=10)),
                    start=start,
                    service=HEALTH_VISITOR,
                    outcome="booked" if ahead else "noshow" if missed[person] else "fulfilled",
                )
            )
    return booked


def _mean_missed() -> float:
    """The share not brought over all services, weighed by bookings and years of age."""
    weights = [(old - young + 1) * yearly for _, young, old, yearly, _, _ in SERVICES]
    return sum(w * s[5] for w, s in zip(weights, SERVICES, strict=True)) / sum(weights)


def _flags(booked: list[Appointment]) -> list[HealthFlag]:
    missed: dict[int, list[Appointment]] = {}
    for appointment in booked:
        if appointment.outcome == "noshow":
            missed.setdefault(appointment.person, []).append(appointment)
    return [
        HealthFlag(
            person=person,
            since=sorted(each.start for each in theirs)[FLAG_AFTER - 1].date(),
            until=None,
            text=FLAG,
        )
        for person, theirs in missed.items()
        if len(theirs) >= FLAG_AFTER
    ]
