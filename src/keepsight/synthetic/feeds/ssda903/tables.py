"""The rows of each table, as far as things had come on the day of the return.

What the county does not live through (health checks, adoption, social workers) is drawn for each
child and stays the same from one return to the next; shares are our own assumptions.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from keepsight.synthetic.desk import english
from keepsight.synthetic.feeds.ssda903.child import CaredFor

Row = tuple[object, ...]
WORKER_LEAVES = ("LEFTRL", "ORGRST", "MANAGE", "ABSENC", "TSPROC")
REVIEW_CODES = ("PN1", "PN1", "PN3", "PN5", "PN7", "PN2")
INTERVENTIONS = 0.05


def header(child: CaredFor, until: date) -> Iterator[Row]:
    known, at = child.known, child.at
    ethnicity = known.ethnicity[at] or "NOBT"
    yield child.key, str(known.sex[at]), child.birth, ethnicity, known.upn[at], "", ""


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
            "",
        )


def reviews(child: CaredFor, until: date) -> Iterator[Row]:
    """The first within 20 working days, then after three and six months; some are late."""
    late = 20 if child.chance[0] < 0.1 else 0
    code = REVIEW_CODES[int(child.chance[1] * len(REVIEW_CODES))]
    first, later = child.every(24 + late, 10_000, until), child.every(110 + late, 175, until)
    for day in (*first, *later):
        yield child.key, child.birth, english(day), "PN0" if child.age_on(day) < 4 else code


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
    scored = 4 <= age < 17 and chance[2] < 0.8
    misuse = age >= 11 and chance[3] < 0.03
    yield (
        child.key,
        child.birth,
        int(chance[4] * 30) if scored else "",
        "" if scored or not 4 <= age < 17 else "SDQ1",
        int(age >= 10 and chance[5] < 0.03),
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


def adopted(child: CaredFor) -> bool:
    """Young children under a placement order are on the way to adoption."""
    return child.placements[-1].legal_status == "E1" and child.age_on(child.since) < 5


def adoption(child: CaredFor, until: date) -> Iterator[Row]:
    decided, matched = child.since + timedelta(days=200), child.since + timedelta(days=330)
    if adopted(child) and matched < until and child.still_on(matched):
        sexes = ("MF", "FF", "MM", "F1", "M1")[int(child.chance[14] * 5)]
        single = sexes.endswith("1")
        yield (
            child.key,
            child.birth,
            english(decided),
            english(matched),
            int(child.chance[15] < 0.2),
            1 if single else 2,
            sexes,
            "L0" if single else "L11",
        )


def placed_for_adoption(child: CaredFor, until: date) -> Iterator[Row]:
    placed = child.since + timedelta(days=360)
    if adopted(child) and placed < until and child.still_on(placed):
        ceased = placed + timedelta(days=120) if child.chance[16] < 0.05 else None
        told = ceased is not None and ceased < until
        yield (
            child.key,
            child.birth,
            english(placed),
            english(ceased) if told else "",
            "RD3" if told else "",
        )


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
    """A new worker every so often; the more often, the worse for the child."""
    stays = 120 + int(700 * child.chance[20])
    last, begin, number = min(until, child.ended or until), child.since, 0
    while begin < last:
        end = begin + timedelta(days=stays)
        done = end < last
        worker = f"SW{(child.person * 7 + number * 31) % 900 + 100}"
        if end < until and not done:
            end, done = child.ended or end, child.ended is not None
        reason = WORKER_LEAVES[(child.person + number) % len(WORKER_LEAVES)]
        yield (
            child.key,
            child.birth,
            worker,
            english(begin),
            english(end) if done else "",
            reason if done else "",
        )
        begin, number = end, number + 1
        if not done:
            return


def deprivation_of_liberty(child: CaredFor, until: date) -> Iterator[Row]:
    if child.chance[21] < 0.02 and child.age_on(until) > 12:
        begin = child.since + timedelta(days=60)
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
    "social_workers": social_workers,
    "deprivation_of_liberty": deprivation_of_liberty,
}
CHANCES = 22
"""How many numbers of chance each child has."""
