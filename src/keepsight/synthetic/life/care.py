"""Children who are looked after: who they are, since when, and from placement to placement."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.happenings import Placement
from keepsight.synthetic.life.choices import YEAR_DAYS, pick
from keepsight.synthetic.people.columns import NEVER, Days, People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

LEFT_CARE_A_YEAR = per_child("looked_after_in_year") - per_child("looked_after")
"""In a county that stays as it is, as many leave care in a year as come into it."""
IN_CARE_SINCE = ((1, 0.33), (2, 0.18), (6, 0.49))
"""Share of those looked after who came into care within so many years (mark M)."""
PLACES = (("U6", 0.43), ("U4", 0.2), ("U1", 0.13), ("K2", 0.17), ("P1", 0.07))
FOR_OLDER = (("K2", 0.5), ("U6", 0.35), ("P1", 0.15))
LEGAL_STATUSES = (("C2", 0.64), ("C1", 0.16), ("V2", 0.2))
PLACED_FOR_ADOPTION = 0.15
"""Share of children who came into care before five and are under a placement order (mark M)."""
NEEDS = (("N1", 0.66), ("N5", 0.14), ("N4", 0.08), ("N8", 0.05), ("N3", 0.03), ("N2", 0.02),
         ("N6", 0.02))  # fmt: skip
MOVES_A_YEAR = 0.45
WHY_MOVED = (("CARPL", 0.45), ("CREQB", 0.15), ("STAND", 0.05), ("PLACE", 0.15), ("CHILD", 0.1),
             ("LAREQ", 0.1))  # fmt: skip
LEAVING = (("E4A", 0.35), ("E46", 0.1), ("E13", 0.1), ("E45", 0.15), ("E11", 0.1), ("E8", 0.2))
CHILDRENS_HOME = "K2"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfter:
    """Who is or was looked after within the period; `ended` is `NaT` for those who are today."""

    person: NDArray[np.int64]
    started: Days
    ended: Days


def looked_after_children(people: People, period: Period, seed: int) -> LookedAfter:
    """So many in 10,000 today, one at least, older ones more; and those who left care since.

    Every unaccompanied child is looked after, from the day of arrival.
    """
    rng, ages = stream(seed, "looked after"), people.ages(period.today)
    weights = np.where(people.unaccompanied, 1e6, np.where(ages >= 10, 2.0, 1.0))
    # A child in care is never one who moves over a council's border with its family.
    moves = ~np.isnat(people.left) | (~np.isnat(people.arrived) & ~people.from_afar)
    new_born = people.birth > np.datetime64(period.today) - 40
    weights = np.where(moves | new_born | people.unknown, 0.0, weights)
    today = max(1, round(per_child("looked_after") * np.count_nonzero(weights)))
    gone = round(LEFT_CARE_A_YEAR * period.days / YEAR_DAYS * np.count_nonzero(weights))
    drawn = rng.choice(len(people), today + gone, replace=False, p=weights / weights.sum())
    # The unaccompanied come first: they are all looked after today.
    order = np.argsort(~people.unaccompanied[drawn], kind="stable")
    person, days = drawn[order], rng.integers(7, period.days, len(drawn))
    left = np.fmax(np.datetime64(period.start) + days, people.birth[person] + 20)
    ended = np.where(np.arange(len(person)) < today, NEVER, left).astype("datetime64[D]")
    return LookedAfter(
        person=person, started=_started(people, person, ended, period, rng), ended=ended
    )


def _started(
    people: People, person: NDArray[np.int64], ended: Days, period: Period, rng: np.random.Generator
) -> Days:
    upto = np.where(np.isnat(ended), np.datetime64(period.today), ended)
    years = rng.choice([y for y, _ in IN_CARE_SINCE], len(person), p=[s for _, s in IN_CARE_SINCE])
    least = np.select([years == 1, years == 2], [0, YEAR_DAYS], 2 * YEAR_DAYS)
    ago = (least + rng.random(len(person)) * (years * YEAR_DAYS - least)).astype(np.int64) + 3
    started = np.minimum(np.fmax(upto - ago, people.birth[person] + 1), upto - 3)
    arrived = people.arrived[person]
    return np.where(people.unaccompanied[person] & ~np.isnat(arrived), arrived, started)


def placements(
    people: People, cared_for: LookedAfter, homes: int, period: Period, seed: int
) -> list[Placement]:
    """Each child's placements, in order; those in a children's home say in which."""
    rng = stream(seed, "placements")
    return [
        placement
        for person, started, ended in zip(
            cared_for.person.tolist(),
            cared_for.started.astype(object),
            cared_for.ended.astype(object),
            strict=True,
        )
        for placement in _of_one(people, person, started, ended, homes, period, rng)
    ]


def _of_one(
    people: People,
    person: int,
    started: date,
    ended: date | None,
    homes: int,
    period: Period,
    rng: np.random.Generator,
) -> list[Placement]:
    last = ended or period.today
    moves = rng.poisson(MOVES_A_YEAR * rng.gamma(0.8, 1 / 0.8) * (last - started).days / YEAR_DAYS)
    days = sorted(
        {
            started + timedelta(days=int(d))
            for d in rng.integers(5, max(6, (last - started).days), min(moves, 9))
        }
    )
    older = people.born(person) + timedelta(days=10 * YEAR_DAYS) < last
    places = FOR_OLDER if older and rng.random() < 0.45 else PLACES
    first = Placement(
        person=person,
        started=started,
        ended=None,
        reason_new="S",
        legal_status=_legal_status(people, person, started, rng),
        need="N8" if people.unaccompanied[person] else pick(NEEDS, rng),
        place=pick(places, rng),
        provider="",
        home=int(rng.integers(homes)),
    )
    episodes = [provided(first)]
    for day in days:
        if day < last:
            episodes += move(episodes.pop(), day, pick(places, rng), pick(WHY_MOVED, rng), homes)
    if ended:
        reason = pick(LEAVING, rng)
        episodes[-1] = replace(episodes[-1], ended=ended, reason_ended=reason)
    return episodes


def _legal_status(people: People, person: int, started: date, rng: np.random.Generator) -> str:
    young = started - timedelta(days=5 * YEAR_DAYS) < people.born(person)
    if people.unaccompanied[person]:
        return "V2"
    return "E1" if young and rng.random() < PLACED_FOR_ADOPTION else pick(LEGAL_STATUSES, rng)


def provided(placement: Placement) -> Placement:
    """The same with who provides it: homes and some foster placements are private."""
    return replace(placement, provider="PR4" if placement.place == CHILDRENS_HOME else "PR1")


def move(before: Placement, day: date, place: str, why: str, homes: int) -> list[Placement]:
    """The placement ended by a move, and the one that begins with it, in another home."""
    ended = replace(before, ended=day, reason_ended="X1", reason_changed=why)
    home = (before.home + 1) % homes
    after = replace(before, started=day, ended=None, reason_new="P", place=place, home=home)
    return [ended, provided(after)]
