"""Children who are looked after: who they are, since when, and from placement to placement."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from keepsight.synthetic.calibration import per_child
from keepsight.synthetic.happenings import Placement
from keepsight.synthetic.life.choices import YEAR_DAYS, age_on, pick
from keepsight.synthetic.people.columns import NEVER, Days, People
from keepsight.synthetic.period import Period
from keepsight.synthetic.randomness import stream

LEFT_CARE_A_YEAR = per_child("looked_after_in_year") - per_child("looked_after")
"""In a county that stays as it is, as many leave care in a year as come into it."""
IN_CARE_SINCE = ((1, 0.33), (2, 0.18), (6, 0.49))
"""Share of those looked after who came into care within so many years (mark M)."""
CHILDRENS_HOME, PARENTS, FOR_ADOPTION = "K2", "P1", "A6"
"""Codes of the return: a children's home, own parents, placed for adoption under an order."""
YOUNG = (("U6", 0.6), ("U4", 0.12), ("U1", 0.18), (PARENTS, 0.1))
CHILD = (("U6", 0.46), ("U4", 0.24), ("U1", 0.14), (CHILDRENS_HOME, 0.09), (PARENTS, 0.07))
TEENAGER = (("U6", 0.38), ("U4", 0.18), ("U1", 0.1), (CHILDRENS_HOME, 0.29), (PARENTS, 0.05))
ALONE = (("U6", 0.55), (CHILDRENS_HOME, 0.45))
"""Where children live who came into care before 5, before 11, later, and unaccompanied (mark M)."""
LEGAL_STATUSES = (("C2", 0.64), ("C1", 0.16), ("V2", 0.2))
"""Full order, interim order, accommodated (mark M)."""
PLACEMENT_ORDER = 0.15
"""Share of children who came into care before five and are under a placement order (mark M)."""
ADOPTED_AFTER = timedelta(days=360)
"""A child under a placement order is with its adopters so long after coming into care."""
NEEDS = (("N1", 0.66), ("N5", 0.14), ("N4", 0.08), ("N8", 0.05), ("N3", 0.03), ("N2", 0.02),
         ("N6", 0.02))  # fmt: skip
"""Category of need (mark M)."""
MOVES_A_YEAR, MOST_MOVES = 0.45, 9
WHY_MOVED = (("CARPL", 0.45), ("CREQB", 0.15), ("PLACE", 0.2), ("CHILD", 0.1), ("LAREQ", 0.1))
"""Moves of a child a year, and why (our own assumption)."""
LEAVING = (("E4A", 0.45), ("E46", 0.15), ("E45", 0.15), ("E13", 0.05), ("E8", 0.2))
LEAVING_GROWN = (("E4A", 0.3), ("E5", 0.25), ("E6", 0.1), ("E8", 0.35))
"""Why care ends, before sixteen and after (mark M)."""
ADOPTION = "E12"


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
    last, age = ended or period.today, age_on(people, person, started)
    legal = _legal_status(people, person, age, rng)
    places = _places(people, person, age, legal)
    first = Placement(
        person=person,
        started=started,
        ended=None,
        reason_new="S",
        legal_status=legal,
        need="N8" if people.unaccompanied[person] else pick(NEEDS, rng),
        place=pick(places, rng),
        provider="",
        home=int(rng.integers(homes)),
    )
    episodes = [provided(first)]
    for day in _days_of_moves(started, last, rng):
        episodes += move(episodes.pop(), day, pick(places, rng), pick(WHY_MOVED, rng), homes)
    with_adopters = started + ADOPTED_AFTER
    if legal == "E1" and with_adopters < last - timedelta(days=30):
        episodes = [each for each in episodes if each.started < with_adopters]
        episodes += move(episodes.pop(), with_adopters, FOR_ADOPTION, "CARPL", homes)
    if ended:
        episodes[-1] = replace(
            episodes[-1], ended=ended, reason_ended=_why_ended(people, episodes[-1], ended, rng)
        )
    return episodes


def _days_of_moves(started: date, last: date, rng: np.random.Generator) -> list[date]:
    length = (last - started).days
    moves = rng.poisson(MOVES_A_YEAR * rng.gamma(0.8, 1 / 0.8) * length / YEAR_DAYS)
    days = rng.integers(5, max(6, length), min(moves, MOST_MOVES))
    return sorted({day for d in days if (day := started + timedelta(days=int(d))) < last})


def _places(people: People, person: int, age: int, legal: str) -> tuple[tuple[str, float], ...]:
    if people.unaccompanied[person]:
        return ALONE
    places = YOUNG if age < 5 else CHILD if age < 11 else TEENAGER
    # A child who is accommodated with its parents' agreement does not live with them.
    return places if legal != "V2" else tuple(each for each in places if each[0] != PARENTS)


def _legal_status(people: People, person: int, age: int, rng: np.random.Generator) -> str:
    if people.unaccompanied[person]:
        return "V2"
    return "E1" if age < 5 and rng.random() < PLACEMENT_ORDER else pick(LEGAL_STATUSES, rng)


def _why_ended(people: People, last: Placement, ended: date, rng: np.random.Generator) -> str:
    if last.place == FOR_ADOPTION:
        return ADOPTION
    grown = age_on(people, last.person, ended) >= 16
    return pick(LEAVING_GROWN if grown else LEAVING, rng)


def provided(placement: Placement) -> Placement:
    """The same with who provides it: homes are private here, foster carers the council's own."""
    providers = {CHILDRENS_HOME: "PR4", PARENTS: "PR0"}
    return replace(placement, provider=providers.get(placement.place, "PR1"))


def move(before: Placement, day: date, place: str, why: str, homes: int) -> list[Placement]:
    """The placement ended by a move, and the one that begins with it, in another home."""
    ended = replace(before, ended=day, reason_ended="X1", reason_changed=why)
    home = (before.home + 1) % homes
    after = replace(before, started=day, ended=None, reason_new="P", place=place, home=home)
    return [ended, provided(after)]
