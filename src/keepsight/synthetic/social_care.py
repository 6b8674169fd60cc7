"""Ordinary work of children's social care: referrals, plans, conferences, looked-after children.

Rates: `domain.md` section 7. Shares within a case are our own assumptions where it has none.
"""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.calendar import add_working_days
from keepsight.synthetic.happenings import (
    Assessment,
    Case,
    Enquiry,
    Happenings,
    Placement,
    ProtectionPlan,
)
from keepsight.synthetic.people import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

REFERRALS = 530 / 10_000
IN_NEED = 333 / 10_000
LOOKED_AFTER = 67 / 10_000
NO_FURTHER_ACTION, UNDECIDED, DECIDED_LATE = 0.07, 0.03, 0.12
ENQUIRIES, CONFERENCES, CONFERENCES_LATE, PLANS = 0.35, 0.35, 0.21, 0.87
SOURCES = (("6", 0.28), ("2A", 0.21), ("1A", 0.1), ("3E", 0.08), ("3B", 0.06), ("5B", 0.12),
           ("4", 0.03), ("8", 0.06), ("9", 0.03), ("10", 0.03))  # fmt: skip
NEEDS = (("N1", 0.57), ("N5", 0.15), ("N4", 0.09), ("N2", 0.08), ("N6", 0.03), ("N3", 0.04),
         ("N8", 0.03), ("N9", 0.01))  # fmt: skip
FACTORS = ("4B", "3B", "3A", "1B", "2B", "16A", "17A", "4A", "14A", "15A", "20", "18C", "7A")
CATEGORIES = (("NEG", 0.5), ("EMO", 0.37), ("PHY", 0.08), ("SAB", 0.05))
PLACES = (("U6", 0.45), ("U4", 0.2), ("U1", 0.13), ("K2", 0.15), ("P1", 0.07))
LEGAL_STATUSES = (("C2", 0.6), ("C1", 0.18), ("V2", 0.22))
MOVED_IN_PERIOD = 0.15


def looked_after_children(people: People, today: date, seed: int) -> NDArray[np.int64]:
    """Who is looked after: 67 in 10,000, one in each area at least, older ones more."""
    rng, ages = stream(seed, "looked after"), people.ages(today)
    chosen = []
    for area in (0, 1):
        here = np.flatnonzero(people.area == area)
        weights = np.where(ages[here] >= 10, 2.0, 1.0)
        count = max(1, round(LOOKED_AFTER * len(here)))
        chosen.append(rng.choice(here, count, replace=False, p=weights / weights.sum()))
    return np.sort(np.concatenate(chosen))


def ordinary_care(
    people: People, looked_after: NDArray[np.int64], period: Period, seed: int
) -> Happenings:
    """The cases and placements of children in ordinary times."""
    rng, count = stream(seed, "cases"), len(people)
    cases = []
    for person in _drawn(count, REFERRALS * period.days / 365, rng):
        cases.append(_case(person, max(_birth(people, person), period.day(rng)), period, rng))
    for person in _drawn(count, IN_NEED * 0.8, rng):
        before = period.start - timedelta(days=int(rng.integers(5, 500)))
        if before > _birth(people, person):
            cases.append(_open_case(person, before, period, rng))
    placements = [
        placement
        for person in looked_after.tolist()
        for placement in _care(person, _birth(people, person), period, rng)
    ]
    starts = {placement.person: placement.started for placement in reversed(placements)}
    for person, started in starts.items():
        referral = max(_birth(people, person), started - timedelta(days=40))
        cases.append(_open_case(person, referral, period, rng, in_care=True))
    return Happenings(cases=cases, placements=placements)


def pick(choices: tuple[tuple[str, float], ...], rng: np.random.Generator) -> str:
    """One of the choices, by its weight."""
    weights = np.array([weight for _, weight in choices])
    return choices[int(rng.choice(len(choices), p=weights / weights.sum()))][0]


def conference_by(started: date, late: bool, rng: np.random.Generator) -> date:
    """The day of an initial conference: within 15 working days of the enquiry's start, or later."""
    return add_working_days(started, int(rng.integers(16, 40) if late else rng.integers(8, 16)))


def _drawn(count: int, rate: float, rng: np.random.Generator) -> list[int]:
    return [int(person) for person in rng.choice(count, max(1, round(count * rate)))]


def _birth(people: People, person: int) -> date:
    born: date = people.birth[person].astype(object)
    return born + timedelta(days=1)


def _case(person: int, referral: date, period: Period, rng: np.random.Generator) -> Case:
    """A referral in the period: turned down, not yet decided, or assessed."""
    source, need, fate = pick(SOURCES, rng), pick(NEEDS, rng), rng.random()
    wait = int(rng.integers(2, 16) if rng.random() < DECIDED_LATE else rng.integers(0, 2))
    decided = period.past(add_working_days(referral, wait))
    if fate < NO_FURTHER_ACTION:
        return Case(
            person=person,
            referral=referral,
            source=source,
            need=need,
            no_further_action=decided,
            closed=decided,
            closure_reason="RC7" if decided else "",
        )
    if fate < NO_FURTHER_ACTION + UNDECIDED or decided is None:
        return Case(person=person, referral=referral, source=source, need=need)
    return _assessed(person, referral, decided, (source, need), period, rng)


def _assessed(
    person: int,
    referral: date,
    started: date,
    why: tuple[str, str],
    period: Period,
    rng: np.random.Generator,
) -> Case:
    finished = period.past(add_working_days(started, int(rng.integers(15, 55))))
    enquiry = _enquiry(started, period, rng) if rng.random() < ENQUIRIES else None
    protection = None
    if enquiry and enquiry.conference and rng.random() < PLANS:
        category = pick(CATEGORIES, rng)
        protection = ProtectionPlan(started=enquiry.conference, ended=None, category=category)
    closes = finished is not None and protection is None and bool(rng.random() < 0.6)
    waiting = enquiry is not None and enquiry.conference_needed and not enquiry.conference
    closed = finished if closes and not waiting else None
    factors = rng.choice(FACTORS, int(rng.integers(1, 4)), replace=False)
    return Case(
        person=person,
        referral=referral,
        source=why[0],
        need=why[1],
        assessment=Assessment(
            started=started,
            authorised=finished,
            factors=tuple(str(factor) for factor in factors) if finished else (),
        ),
        enquiry=enquiry,
        protection=protection,
        plan_started=finished if not closed and not protection else None,
        closed=closed,
        closure_reason="RC8" if closed else "",
    )


def _enquiry(started: date, period: Period, rng: np.random.Generator) -> Enquiry:
    needed = bool(rng.random() < CONFERENCES)
    late = bool(rng.random() < CONFERENCES_LATE)
    held = period.past(conference_by(started, late, rng)) if needed else None
    return Enquiry(started=started, conference_needed=needed, conference=held)


def _open_case(
    person: int, referral: date, period: Period, rng: np.random.Generator, in_care: bool = False
) -> Case:
    """A case from before the period, on a plan, that may close within it."""
    finished = add_working_days(referral, int(rng.integers(20, 46)))
    closes = period.day(rng) if not in_care and rng.random() < 0.35 else None
    closed = closes if closes and closes > finished else None
    return Case(
        person=person,
        referral=referral,
        source=pick(SOURCES, rng),
        need=pick(NEEDS, rng),
        assessment=Assessment(
            started=add_working_days(referral, 1),
            authorised=period.past(finished),
            factors=(str(rng.choice(FACTORS)),) if period.past(finished) else (),
        ),
        plan_started=period.past(finished),
        closed=closed,
        closure_reason="RC7" if closed else "",
    )


def _care(person: int, born: date, period: Period, rng: np.random.Generator) -> list[Placement]:
    """One child's episodes: since some day before the period, some with a move within it."""
    since = max(born, period.start - timedelta(days=int(rng.integers(30, 1500))))
    moved = period.day(rng) if rng.random() < MOVED_IN_PERIOD else None
    legal = pick(LEGAL_STATUSES, rng)
    first = Placement(
        person=person,
        started=since,
        ended=moved if moved and moved > since else None,
        reason_new="S",
        legal_status=legal,
        place=pick(PLACES, rng),
        provider="PR1",
        reason_ended="X1" if moved and moved > since else "",
        reason_changed="CARPL" if moved and moved > since else "",
    )
    if first.ended is None:
        return [first]
    return [first, next_placement(first, first.ended, pick(PLACES, rng))]


def next_placement(before: Placement, started: date, place: str) -> Placement:
    """The episode that begins where another placement ended."""
    return Placement(
        person=before.person,
        started=started,
        ended=None,
        reason_new="P",
        legal_status=before.legal_status,
        place=place,
        provider="PR4" if place == "K2" else "PR1",
    )
