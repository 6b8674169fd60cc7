"""One child across the tables: the header, and what must fall within care."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from keepsight.kernel.checks.conditions import Is, has
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault
from keepsight.kernel.checks.ssda903.child_rules import A_CHILD, episodes, follows
from keepsight.kernel.checks.ssda903.table import in_order, rule, tables
from keepsight.kernel.checks.year import ReturnYear

_CORRECT = "Correct whichever is wrong."


def _no_header(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if not child.each("header"):
        for lines in tables(child).values():
            yield Fault("CHILD", lines[0])


def _two_headers(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for line in child.each("header")[1:]:
        yield Fault("CHILD", line)


def _in_no_table(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if child.each("header") and not child.each("episodes") and not child.each("oc3"):
        yield Fault("CHILD", child.each("header")[0])


def _differs(field: str) -> Breaks:
    """A table repeats something of the header's, and says it differently."""

    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        stated = child.text(field)
        for table, lines in tables(child).items():
            for line in lines if table != "header" else ():
                repeated = line.text(field)
                readable = field != "DOB" or line.day(field)
                if stated and repeated and readable and repeated != stated:
                    yield Fault(field, line, f"The header has {stated}.")

    return breaks


def _left_care(child: Record) -> date | None:
    """When the child left care altogether, if it did."""
    found = episodes(child)
    if not found or not found[-1].texts("REC") or has("REC", "X1")(found[-1]):
        return None
    return found[-1].day("DEC")


def _came_into_care(child: Record) -> date | None:
    """When care began, where the return tells of it."""
    found = episodes(child)
    return found[0].day("DECOM") if found and has("RNE", "S")(found[0]) else None


def _in_care(child: Record, day: date) -> bool:
    return any(
        (began := each.day("DECOM")) is not None
        and began <= day
        and (not each.texts("DEC") or (each.day("DEC") or day) >= day)
        for each in episodes(child)
    )


def _outside_care(table: str, field: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        first = episodes(child)
        for line in child.each(table) if first else ():
            day, began = line.day(field), first[0].day("DECOM")
            if day is None or began is None or _in_care(child, day):
                continue
            # An episode of an earlier year is in the return of that year.
            if day >= began or has("RNE", "S")(first[0]):
                yield Fault(field, line)

    return breaks


def _before_care(table: str, field: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        came = _came_into_care(child)
        for line in child.each(table):
            day = line.day(field)
            if came and day and day < came:
                yield Fault(field, line)

    return breaks


def _after_care(table: str, field: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        left = _left_care(child)
        for line in child.each(table):
            day = line.day(field)
            if left and day and day > left:
                yield Fault(field, line)

    return breaks


def _open_after_care(table: str, start: str, end: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        if _left_care(child):
            for line in child.each(table):
                if line.texts(start) and not line.texts(end):
                    yield Fault(end, line)

    return breaks


def _overlap(table: str, start: str, end: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        for earlier, later in pairwise(in_order(child, table, start)):
            ended, began = earlier.day(end), later.day(start)
            if not earlier.texts(end) or (ended and began and began < ended):
                yield Fault(start, later, f"{earlier.row} is not over.")

    return breaks


def _missing_beyond_placement(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for line in child.each("missing"):
        went = line.day("MIS_START")
        if went is None or line.texts("MIS_END"):
            continue
        for placement, after in pairwise(episodes(child)):
            began, ended = placement.day("DECOM"), placement.day("DEC")
            if not follows(placement, after) or has("RNE", "L")(after):
                continue
            if began and ended and began <= went < ended:
                yield Fault("MIS_END", line, f"{placement.row} ended on {ended}.")


def _twice(table: str, field: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        for earlier, later in pairwise(in_order(child, table, field)):
            if earlier.day(field) == later.day(field):
                yield Fault(field, later)

    return breaks


def _more_than_one(table: str) -> Breaks:
    def breaks(child: Record, year: ReturnYear) -> Iterable[Fault]:
        for line in child.each(table)[1:]:
            yield Fault("CHILD", line)

    return breaks


def _no_earlier_permanence(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if child.each("previous_permanence"):
        return
    for episode in filter(has("RNE", "S"), episodes(child)):
        began = episode.day("DECOM")
        if began and year.begins and began >= year.begins:
            yield Fault("RNE", episode)


def _no_social_worker(child: Record, year: ReturnYear) -> Iterable[Fault]:
    found = episodes(child)
    if found and not child.each("sw_episodes") and not has("LS", "V3", "V4")(found[-1]):
        yield Fault("CHILD", found[-1])


def _final(reasons: Is) -> Is:
    def condition(child: Record) -> bool:
        found = episodes(child)
        return bool(found) and reasons(found[-1])

    return condition


_ADOPTED, _HANDED_OVER = _final(has("REC", "E11", "E12")), _final(has("REC", "E3"))


def _adoption_not_told(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if _ADOPTED(child) and not child.each("ad1"):
        yield Fault("REC", episodes(child)[-1])


def _not_adopted(child: Record, year: ReturnYear) -> Iterable[Fault]:
    if child.each("ad1") and child.each("episodes") and not _ADOPTED(child):
        yield Fault("CHILD", child.each("ad1")[0])


def _followed_up_elsewhere(child: Record, year: ReturnYear) -> Iterable[Fault]:
    for line in child.each("oc3") if _HANDED_OVER(child) else ():
        yield Fault("IN_TOUCH", line)


_ONCE_ONLY = ("uasc", "oc2", "oc3", "ad1", "placed_for_adoption", "previous_permanence")

ACROSS_RULES = (
    rule("KS210", A_CHILD, "The child is in a table and not in the header.",
         "Give the child’s line in the header, or correct CHILD.", "CHILD", breaks=_no_header),
    rule("KS211", A_CHILD, "The child is in the header twice.", "Keep one line.", "CHILD",
         breaks=_two_headers),
    rule("KS212", A_CHILD, "The child is in the header, and has neither episodes nor left care.",
         "Give its episodes, or take it out.", "CHILD", query=True, breaks=_in_no_table),
    rule("KS213", A_CHILD, "The day of birth is not that of the header.", _CORRECT, "DOB",
         breaks=_differs("DOB")),
    rule("KS214", A_CHILD, "The sex is not that of the header.", _CORRECT, "SEX",
         breaks=_differs("SEX")),
    *(rule("KS215", A_CHILD, f"The child has two lines in {table}.", "Keep one line.", "CHILD",
           breaks=_more_than_one(table)) for table in _ONCE_ONLY),
    rule("KS216", A_CHILD, "The review is on a day on which the child was not looked after.",
         _CORRECT, "REVIEW", breaks=_outside_care("reviews", "REVIEW")),
    rule("KS217", A_CHILD, "Two reviews are on one day.", "Keep one line.", "REVIEW", query=True,
         breaks=_twice("reviews", "REVIEW")),
    rule("574", A_CHILD, "The child went missing while already missing.", "Give the day on which "
         "the child was found the first time, or correct it.", "MIS_START", "MIS_END",
         breaks=_overlap("missing", "MIS_START", "MIS_END")),
    rule("575", A_CHILD, "The placement ended, and the child who went missing from it has not been "
         "found.", "Give MIS_END.", "MIS_END", breaks=_missing_beyond_placement),
    rule("577", A_CHILD, "Care ended, and the child who went missing has not been found.",
         "Give MIS_END.", "MIS_END",
         breaks=_open_after_care("missing", "MIS_START", "MIS_END")),
    rule("578", A_CHILD, "The child went missing after care ended.", _CORRECT, "MIS_START",
         breaks=_after_care("missing", "MIS_START")),
    rule("581", A_CHILD, "The child went missing before care began.", _CORRECT, "MIS_START",
         breaks=_before_care("missing", "MIS_START")),
    rule("KS218", A_CHILD, "The child was found after care ended.", _CORRECT, "MIS_END",
         breaks=_after_care("missing", "MIS_END")),
    rule("KS219", A_CHILD, "The child is looked after, and has no social worker.",
         "Give its social workers.", "CHILD", first=2024, breaks=_no_social_worker),
    rule("KS220", A_CHILD, "A social worker began before the one before ended.",
         "Correct the days.", "SW_DECOM", "SW_DEC", first=2024,
         breaks=_overlap("sw_episodes", "SW_DECOM", "SW_DEC")),
    rule("KS221", A_CHILD, "Care ended, and the last social worker did not.", "Give SW_DEC.",
         "SW_DEC", query=True, first=2024,
         breaks=_open_after_care("sw_episodes", "SW_DECOM", "SW_DEC")),
    rule("KS222", A_CHILD, "The social worker began after care ended.", _CORRECT, "SW_DECOM",
         query=True, first=2024, breaks=_after_care("sw_episodes", "SW_DECOM")),
    rule("630", A_CHILD, "Care began in the year, and it is not said whether the child had a "
         "permanent home before.", "Give the child’s line of earlier permanence.", "RNE",
         breaks=_no_earlier_permanence),
    rule("1011", A_CHILD, "Another authority took over the child’s care, and what became of a care "
         "leaver is told.", "Take the line out.", "IN_TOUCH", breaks=_followed_up_elsewhere),
    rule("KS223", A_CHILD, "The child was adopted, and the adoption is not told of.",
         "Give the child’s line of adoption.", "REC", breaks=_adoption_not_told),
    rule("KS224", A_CHILD, "An adoption is told of, and care did not end by one.", _CORRECT,
         "CHILD", breaks=_not_adopted),
    rule("KS225", A_CHILD, "It began before care did.", _CORRECT, "DOLO_START", first=2027,
         breaks=_before_care("deprivation_of_liberty", "DOLO_START")),
    rule("KS226", A_CHILD, "It began while another deprivation of liberty went on.",
         "Correct the days.", "DOLO_START", first=2027,
         breaks=_overlap("deprivation_of_liberty", "DOLO_START", "DOLO_END")),
    rule("KS227", A_CHILD, "It began after care ended.", _CORRECT, "DOLO_START", first=2027,
         breaks=_after_care("deprivation_of_liberty", "DOLO_START")),
    rule("KS228", A_CHILD, "Care ended, and it did not.", "Give DOLO_END.", "DOLO_END", first=2027,
         breaks=_open_after_care("deprivation_of_liberty", "DOLO_START", "DOLO_END")),
)  # fmt: skip
