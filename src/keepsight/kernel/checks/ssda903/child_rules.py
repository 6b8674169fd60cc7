"""One child across the tables: its episodes of care in order, and what may lie outside them."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise, zip_longest

from keepsight.kernel.checks.conditions import Is, has
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.ssda903.table import in_order, rule
from keepsight.kernel.checks.ssda903.value_rules import TEMPORARY
from keepsight.kernel.checks.year import ReturnYear

A_CHILD = "a child"
_CORRECT = "Correct whichever is wrong."
_NEW_PLACEMENT = ("P", "B", "T", "U")
_PLACE_FIELDS = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")


def episodes(child: Record) -> list[Record]:
    """The child's episodes that have a start, in order."""
    return in_order(child, "episodes", "DECOM")


def follows(earlier: Record, later: Record) -> bool:
    """Whether one episode goes on from another in the same period of care."""
    ended = earlier.day("DEC")
    return ended is not None and ended == later.day("DECOM") and has("REC", "X1")(earlier)


def _overlap(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        ended, began = earlier.day("DEC"), later.day("DECOM")
        if ended and began and began < ended:
            yield Fault("DECOM", later, f"{earlier.row} ends on {ended}.")


def _left_open(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, _ in pairwise(episodes(child)):
        if not earlier.texts("DEC"):
            yield Fault("DEC", earlier)


def _nothing_follows(child: Record, year: ReturnYear) -> Iterable[Fault]:
    found = episodes(child)
    for earlier, later in zip_longest(found, found[1:]):
        ended = earlier.day("DEC")
        if not ended or not has("REC", "X1")(earlier) or ended == year.ends:
            continue
        if later is None or later.day("DECOM") != ended:
            yield Fault("REC", earlier)


def _care_goes_on(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        ended, reasons = earlier.day("DEC"), earlier.texts("REC")
        if ended and ended == later.day("DECOM") and reasons and "X1" not in reasons:
            yield Fault("REC", earlier)


def _start_within(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        if follows(earlier, later) and has("RNE", "S")(later):
            yield Fault("RNE", later)


def _no_start(child: Record, year: ReturnYear) -> Iterable[Fault]:
    found = episodes(child)
    for earlier, later in zip([None, *found], found, strict=False):
        began = later.day("DECOM")
        if not later.texts("RNE") or has("RNE", "S")(later) or began is None:
            continue
        first_of_year = earlier is None and year.begins is not None and not year.before(began)
        after_care = earlier is not None and earlier.texts("REC") and not has("REC", "X1")(earlier)
        if first_of_year or after_care:
            yield Fault("RNE", later)


def _changed(reasons: tuple[str, ...], fields: tuple[str, ...], changed: bool) -> Breaks:
    """The reason for a new episode says that something changed, or not, and it is not so."""

    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        for earlier, later in pairwise(episodes(child)):
            if not follows(earlier, later) or not has("RNE", *reasons)(later):
                continue
            differs = any(earlier.text(name) != later.text(name) for name in fields)
            if differs is not changed:
                yield Fault("RNE", later)

    return breaks


def _why_moved(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        moved = follows(earlier, later) and has("RNE", *_NEW_PLACEMENT)(later)
        temporary = TEMPORARY(earlier) or TEMPORARY(later)
        if moved and not temporary and not earlier.texts("REASON_PLACE_CHANGE"):
            yield Fault("REASON_PLACE_CHANGE", earlier)


def _moved_for_no_reason(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        stayed = follows(earlier, later) and has("RNE", "L")(later)
        if stayed and earlier.texts("REASON_PLACE_CHANGE"):
            yield Fault("REASON_PLACE_CHANGE", earlier)


def _need_changed(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for earlier, later in pairwise(episodes(child)):
        needs = earlier.text("CIN"), later.text("CIN")
        if follows(earlier, later) and all(needs) and needs[0] != needs[1]:
            yield Fault("CIN", later)


def _lasts_over(days: int, status: Is) -> Breaks:
    """Episodes with one legal status that go on from each other last longer than the law lets."""

    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        began: date | None = None
        before: Record | None = None
        for episode in episodes(child):
            going_on = before is not None and follows(before, episode) and status(before)
            began = began if going_on else episode.day("DECOM")
            ended = episode.day("DEC") or year.ends
            if status(episode) and began and ended and ended - began > timedelta(days=days):
                yield Fault("DEC", episode)
            before = episode

    return breaks


def _breaks_in_year(child: Record, year: ReturnYear) -> Iterable[Fault]:
    total, last = 0, None
    for episode in filter(has("LS", "V3"), episodes(child)):
        began, ended = episode.day("DECOM"), episode.day("DEC") or year.ends
        if began and ended and year.begins and year.ends:
            total += max(0, (min(ended, year.ends) - max(began, year.begins)).days)
            last = episode
    if total > 75 and last:
        yield Fault("DEC", last, f"They come to {total} days.")


_STATUS = "Correct the days, or the legal status."

EPISODES_RULES = (
    rule("501", A_CHILD, "An episode began before the one before it ended.", "Correct the days.",
         "DECOM", "DEC", breaks=_overlap),
    rule("KS190", A_CHILD, "An episode has no end, and another has begun.",
         "Give DEC and REC of the earlier one.", "DEC", breaks=_left_open),
    rule("KS191", A_CHILD, "Another episode should follow on the same day (X1), and none does.",
         "Give the episode that follows, or the reason that care ended.", "REC", "DEC",
         breaks=_nothing_follows),
    rule("KS192", A_CHILD, "Care ended, and another episode began on the same day.",
         "Give REC X1 if care went on.", "REC", query=True, breaks=_care_goes_on),
    rule("KS193", A_CHILD, "The episode is said to start care, and care had begun.",
         "Give what changed: L, P, T, B or U.", "RNE", breaks=_start_within),
    rule("KS194", A_CHILD, "Care began with this episode, and it is not said to start care.",
         "Give RNE S, or the episode before it.", "RNE", breaks=_no_start),
    rule("KS195", A_CHILD, "The legal status is said to have changed, and did not.", _CORRECT,
         "RNE", "LS", breaks=_changed(("L",), ("LS",), True)),
    rule("KS196", A_CHILD, "The placement is said to have changed, and did not.", _CORRECT, "RNE",
         *_PLACE_FIELDS, breaks=_changed(("P", "T"), _PLACE_FIELDS, True)),
    rule("KS197", A_CHILD, "Only the placement is said to have changed, and the legal status did "
         "too.", _CORRECT, "RNE", "LS", breaks=_changed(("P", "T"), ("LS",), False)),
    rule("KS198", A_CHILD, "Only the legal status is said to have changed, and the type of "
         "placement did too.", _CORRECT, "RNE", "PLACE",
         breaks=_changed(("L",), ("PLACE",), False)),
    rule("436", A_CHILD, "Legal status and placement are said to have changed, and the status did "
         "not.", _CORRECT, "RNE", "LS", breaks=_changed(("B", "U"), ("LS",), True)),
    rule("436", A_CHILD, "Legal status and placement are said to have changed, and the placement "
         "did not.", _CORRECT, "RNE", *_PLACE_FIELDS,
         breaks=_changed(("B", "U"), _PLACE_FIELDS, True)),
    rule("225", A_CHILD, "The placement changed, and no reason is given.",
         "Give REASON_PLACE_CHANGE in the episode that ended.", "REASON_PLACE_CHANGE",
         breaks=_why_moved),
    rule("KS199", A_CHILD, "A reason for changing the placement is given, and it did not change.",
         "Take REASON_PLACE_CHANGE out.", "REASON_PLACE_CHANGE", breaks=_moved_for_no_reason),
    rule("KS200", A_CHILD, "The category of need changed within a period of care.",
         "Give the need that care began with.", "CIN", query=True, breaks=_need_changed),
    rule("KS201", A_CHILD, "Police protection (L1) lasted longer than 72 hours.", _STATUS, "DEC",
         "LS", breaks=_lasts_over(3, has("LS", "L1"))),
    rule("KS202", A_CHILD, "An emergency protection order (L2) lasted longer than 21 days.",
         _STATUS, "DEC", "LS", breaks=_lasts_over(21, has("LS", "L2"))),
    rule("363", A_CHILD, "A child assessment order (L3) lasted longer than 7 days.", _STATUS, "DEC",
         "LS", mark="M", breaks=_lasts_over(7, has("LS", "L3"))),
    rule("364", A_CHILD, "Detention by the police (J2) lasted longer than 21 days.", _STATUS,
         "DEC", "LS", breaks=_lasts_over(21, has("LS", "J2"))),
    rule("365", A_CHILD, "A short break (V3) lasted longer than 17 days.", _STATUS, "DEC", "LS",
         breaks=_lasts_over(17, has("LS", "V3"))),
    rule("367", A_CHILD, "Short breaks (V3) come to more than 75 days in the year.", _STATUS, "DEC",
         "LS", breaks=_breaks_in_year),
)  # fmt: skip
