"""The rows of each table, as far as things had come on the day of the return.

What the county does not live through (health checks, adoption, social workers) is drawn for each
child and stays the same from one return to the next; shares are our own assumptions.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from keepsight.synthetic.desk import english
from keepsight.synthetic.feeds.ssda903.child import CaredFor
from keepsight.synthetic.happenings import Placement
from keepsight.synthetic.life.care import FOR_ADOPTION
from keepsight.synthetic.life.choices import in_working_days

Row = tuple[object, ...]
WORKER_LEAVES = ("LEFTRL", "ORGRST", "MANAGE", "ABSENC", "TSPROC")
REVIEW_CODES = ("PN1", "PN1", "PN3", "PN5", "PN7", "PN2")


NO_UPN_YET, NO_UPN_KNOWN = "UN1", "UN4"
"""Why there is no UPN: not of school age, and not known (mark M)."""


def header(child: CaredFor, until: date) -> Iterator[Row]:
    known, at = child.known, child.at
    unknown = NO_UPN_YET if child.age_on(until) < 5 else NO_UPN_KNOWN
    grown_girl = known.sex[at] == "F" and child.age_on(until) >= 12
    yield (
        child.key,
        str(known.sex[at]),
        child.birth,
        known.ethnicity[at] or "NOBT",
        known.upn[at] or unknown,
        "0" if grown_girl else "",
        "",
    )


def episodes(child: CaredFor, until: date) -> Iterator[Row]:
    for placement, postcode in zip(child.placements, child.postcodes, strict=True):
        if placement.started >= until:
            continue
        ended = placement.ended if placement.ended and placement.ended < until else None
        yield (
            child.key,
            english(placement.started),
            placement.reason_new,
            placement.legal_status,
            placement.need,
            placement.place,
            placement.provider,
            english(ended),
            placement.reason_ended if ended else "",
            placement.reason_changed if ended else "",
            child.known.postcode[child.at],
            postcode,
            child.homes_urn(placement),
        )


def reviews(child: CaredFor, until: date) -> Iterator[Row]:
    """The first within 20 working days, then after three and six months; some are late."""
    late = 20 if child.chance[0] < 0.1 else 0
    code = REVIEW_CODES[int(child.chance[1] * len(REVIEW_CODES))]
    first, later = child.every(24 + late, 10_000, until), child.every(110 + late, 175, until)
    for day in (*first, *later):
        held = in_working_days(day, 0)
        if held < until:
            yield child.key, child.birth, english(held), "PN0" if child.age_on(day) < 4 else code


def unaccompanied(child: CaredFor, until: date) -> Iterator[Row]:
    if child.unaccompanied:
        ceased = child.born.replace(year=child.born.year + 18, day=min(child.born.day, 28))
        known, at = child.known, child.at
        yield (
            child.key,
            str(known.sex[at]),
            child.birth,
            english(ceased if ceased < until else None),
        )


def health(child: CaredFor, until: date) -> Iterator[Row]:
    """OC2: of children looked after for a year and more."""
    if child.since > until - timedelta(days=365) or not child.still_on(until):
        return
    age, chance = child.age_on(until), child.chance
    asked = 4 <= age < 17
    scored = asked and chance[2] < 0.8
    misuse = age >= 11 and chance[3] < 0.03
    yield (
        child.key,
        child.birth,
        int(chance[4] * 30) if scored else "",
        "SDQ2" if asked and not scored else "",
        int(chance[5] < 0.03) if age >= 10 else "",
        int(chance[6] < 0.9) if age < 5 else "",
        int(chance[7] < 0.82),
        int(chance[8] < 0.79),
        int(chance[9] < 0.89),
        int(misuse),
        int(misuse and chance[10] < 0.5) if misuse else "",
        1 if misuse and chance[10] >= 0.5 else "",
    )


def leavers(child: CaredFor, until: date) -> Iterator[Row]:
    """OC3: of those who had left care and have their seventeenth birthday behind them."""
    if child.ended is None or child.ended >= until or child.age_on(until) < 17:
        return
    touch = "YES" if child.chance[11] < 0.9 else "NO"
    yield (
        child.key,
        child.birth,
        touch,
        "F2" if child.chance[12] < 0.5 else "G5" if touch == "YES" else "",
        "B1" if child.chance[13] < 0.6 else "U1" if touch == "YES" else "",
    )


def with_adopters(child: CaredFor) -> Placement | None:
    """The placement for adoption, if the child has one."""
    return next((each for each in child.placements if each.place == FOR_ADOPTION), None)


def adoption(child: CaredFor, until: date) -> Iterator[Row]:
    placed = with_adopters(child)
    if placed is None or placed.started >= until:
        return
    decided = child.since + timedelta(days=200)
    sexes = ("MF", "FF", "MF", "F1", "M1")[int(child.chance[14] * 5)]
    single = sexes.endswith("1")
    yield (
        child.key,
        child.birth,
        english(decided),
        english(placed.started - timedelta(days=30)),
        int(child.chance[15] < 0.2),
        1 if single else 2,
        sexes,
        "L0" if single else "L11",
    )


def placed_for_adoption(child: CaredFor, until: date) -> Iterator[Row]:
    placed = with_adopters(child)
    if placed is not None and placed.started < until:
        yield child.key, child.birth, english(placed.started), "", ""


def previous_permanence(child: CaredFor, until: date) -> Iterator[Row]:
    """Of each child who came into care: whether it had left care to a permanent home before."""
    before = child.chance[17] < 0.04 and child.age_on(child.since) > 3
    day = child.since - timedelta(days=400 + int(600 * child.chance[18]))
    yield (
        child.key,
        child.birth,
        ("P1", "P2", "P3")[int(child.chance[19] * 3)] if before else "Z1",
        "UNK" if before else "",
        english(day) if before else "",
    )


def missing(child: CaredFor, until: date) -> Iterator[Row]:
    before = datetime.combine(until, time.min)
    for episode in child.missing:
        if episode.left >= before:
            continue
        back = episode.back.date() if episode.back and episode.back < before else None
        kind = "A" if episode.away else "M"
        yield child.key, child.birth, kind, english(episode.left.date()), english(back)


def social_workers(child: CaredFor, until: date) -> Iterator[Row]:
    """A new worker every so often, and none after care; the more often, the worse for the child."""
    stays = timedelta(days=120 + int(700 * child.chance[20]))
    last, begin, number = child.ended or date.max, child.since, 0
    while begin < min(until, last):
        end = min(begin + stays, last)
        leaves = WORKER_LEAVES[(int(stays.days) + number) % len(WORKER_LEAVES)]
        done = end < until
        yield (
            child.key,
            child.birth,
            f"SW{(int(child.chance[20] * 7000) + number * 31) % 900 + 100}",
            english(begin),
            english(end) if done else "",
            ("CHCHAN" if end == last else leaves) if done else "",
        )
        begin, number = end, number + 1


def deprivation_of_liberty(child: CaredFor, until: date) -> Iterator[Row]:
    begin = child.since + timedelta(days=60)
    if child.chance[21] < 0.02 and child.age_on(begin) > 12:
        end = begin + timedelta(days=84)
        if begin < until and child.still_on(end):
            yield child.key, child.birth, english(begin), english(end if end < until else None)


TABLES: dict[str, Callable[[CaredFor, date], Iterator[Row]]] = {
    "header": header,
    "episodes": episodes,
    "reviews": reviews,
    "uasc": unaccompanied,
    "oc2": health,
    "oc3": leavers,
    "ad1": adoption,
    "placed_for_adoption": placed_for_adoption,
    "previous_permanence": previous_permanence,
    "missing": missing,
    "sw_episodes": social_workers,
    "deprivation_of_liberty": deprivation_of_liberty,
}
CHANCES = 22
"""How many numbers of chance each child has."""
