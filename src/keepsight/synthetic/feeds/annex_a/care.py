"""The rows of the lists of looked-after children, care leavers and adoption (lists 8 to 11)."""

from collections.abc import Iterator
from datetime import date, timedelta

from keepsight.synthetic.feeds.annex_a import columns
from keepsight.synthetic.feeds.annex_a.lists import A_YEAR, Row, Scope
from keepsight.synthetic.happenings import Missing, Placement, ReturnInterview
from keepsight.synthetic.life.care import FOR_ADOPTION

STAFF = 4
"""The team of those who work with children in care."""


def looked_after(scope: Scope) -> Iterator[Row]:
    missing, interviews = _missing(scope), _interviews(scope)
    for person, placements in _placements(scope).items():
        last, first = placements[-1], placements[0]
        ended = scope.by_then(last.ended)
        if ended and not scope.recent(ended):
            continue
        until = ended or scope.until
        gone = [e for e in missing.get(person, []) if scope.recent(e.left.date(), A_YEAR)]
        answer = interviews.get(person) if gone else None
        yield [
            *scope.child(person, first.started),
            columns.YES if scope.desk.people.unaccompanied[person] else columns.NO,
            scope.disability(person),
            first.started,
            columns.NEED[first.need],
            columns.NO,
            first.started,
            columns.LEGAL_STATUS[last.legal_status],
            max(first.started, until - timedelta(days=10 + scope.lot(person) % 150)),
            max(first.started, until - timedelta(days=1 + scope.lot(person) % 42)),
            "Long-term fostering" if last.place == "U4" else "Not yet decided",
            max(first.started, until - timedelta(days=5 + scope.lot(person) % 90)),
            _if_old_enough(first.started, until, 20 + scope.lot(person) % 330),
            _if_old_enough(first.started, until, 30 + scope.lot(person) % 330),
            sum(scope.recent(p.started, A_YEAR) for p in placements[1:]) + 1,
            ended,
            last.reason_ended if ended else "",
            last.started,
            columns.PLACEMENT[last.place],
            columns.PROVIDER[last.provider],
            "",
            "",
            "",
            scope.desk.district.name,
            sum(not e.away for e in gone),
            sum(e.away for e in gone),
            _yes(answer is not None and answer.outcome != "Not offered") if gone else "",
            _yes(answer is not None and answer.outcome == "Held") if gone else "",
            *scope.allocated(person, STAFF),
        ]


def care_leavers(scope: Scope) -> Iterator[Row]:
    """Those of 16 and 17 who were looked after: the county has nobody older."""
    for person, placements in _placements(scope).items():
        ended = scope.by_then(placements[-1].ended)
        born = scope.desk.people.born(person)
        if ended is None or (scope.until - born).days < 16 * 365.25:
            continue
        yield [
            *scope.child(person, placements[0].started),
            columns.YES if scope.desk.people.unaccompanied[person] else columns.NO,
            scope.disability(person),
            *scope.allocated(person, STAFF),
            "",
            "a) Relevant child",
            max(ended, scope.until - timedelta(days=scope.lot(person) % 180)),
            columns.YES,
            max(ended, scope.until - timedelta(days=scope.lot(person) % 56)),
            "B: With parents or relatives",
            "a) Suitable",
            "F2: Full time in education other than higher",
        ]


def adoption(scope: Scope) -> Iterator[Row]:
    for person, first, decided in _for_adoption(scope):
        who = scope.child(person, first.started)
        yield [
            who[0],
            f"F{scope.family(person):07d}",
            *who[1:],
            scope.disability(person),
            first.started,
            decided,
            scope.by_then(decided + timedelta(days=30)),
            scope.by_then(decided + timedelta(days=130)),
            scope.by_then(decided + timedelta(days=160)),
            None,
            None,
            "",
            None,
        ]


def adopters(scope: Scope) -> Iterator[Row]:
    """One for each child with a match; adults are numbers only."""
    for person, _, decided in _for_adoption(scope):
        matched = scope.by_then(decided + timedelta(days=130))
        if matched is None:
            continue
        steps = [matched - timedelta(days=days) for days in (400, 380, 320, 315, 200, 190, 170)]
        yield [
            f"AD{scope.lot(person) % 10_000_000:07d}",
            f"F{scope.family(person):07d}",
            columns.GENDER["F" if scope.lot(person) % 2 else "M"],
            columns.ETHNICITY["NOBT"],
            columns.NO,
            "No",
            *steps,
            matched,
            scope.by_then(matched + timedelta(days=30)),
            1,
            None,
            None,
            "",
        ]


def _for_adoption(scope: Scope) -> Iterator[tuple[int, Placement, date]]:
    for person, placements in _placements(scope).items():
        decided = placements[0].started + timedelta(days=200)
        if placements[-1].place == FOR_ADOPTION and decided < scope.until:
            yield person, placements[0], decided


def _placements(scope: Scope) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = {}
    for each in sorted(
        scope.desk.happenings.placements,
        key=lambda placement: (placement.person, placement.started),
    ):
        if each.started < scope.until:
            found.setdefault(each.person, []).append(each)
    return found


def _missing(scope: Scope) -> dict[int, list[Missing]]:
    found: dict[int, list[Missing]] = {}
    for episode in scope.desk.happenings.missing:
        if episode.origin == "Placement" and episode.left.date() < scope.until:
            found.setdefault(episode.person, []).append(episode)
    return found


def _interviews(scope: Scope) -> dict[int, ReturnInterview]:
    """What was done after each child's last return."""
    last: dict[int, ReturnInterview] = {}
    for each in sorted(
        scope.desk.happenings.interviews, key=lambda one: (one.returned, one.person)
    ):
        if each.recorded.date() < scope.until:
            last[each.person] = each
    return last


def _if_old_enough(since: date, until: date, ago: int) -> date | None:
    day = until - timedelta(days=ago)
    return day if day > since else None


def _yes(answer: bool) -> str:
    return columns.YES if answer else columns.NO
