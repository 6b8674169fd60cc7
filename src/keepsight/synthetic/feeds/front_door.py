"""The council's front door log, monthly: who referred, what was decided when, who was told.

No national return holds the answer to a referrer, and no public format does, so the columns are
made up. A referral that nobody has decided or answered stands in every log until somebody has.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from keepsight.kernel.vocabulary.cin_codes import REFERRAL_SOURCE
from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window, english
from keepsight.synthetic.happenings import Case
from keepsight.synthetic.people.knowing import Known

SOURCE = "front_door"
HEADER = (
    "Referral Ref", "Child ID", "Surname", "Forename", "DOB", "Received", "Referred By",
    "Decision", "Decided", "Referrer Told",
)  # fmt: skip
ASSESS, NONE = "Assess", "No further action"


def write_log(desk: Desk, known: Known) -> Iterator[Delivery]:
    """Referrals since the last log, and earlier ones whose decision or answer was still open."""
    agency, rows_of = council_key(desk.district), known.rows_of()
    cases = sorted(
        (case for case in desk.happenings.cases if case.referral >= desk.period.start),
        key=lambda case: (case.referral, case.person),
    )
    for window in desk.windows(agency, SOURCE):
        held = known.on(window.until)
        rows = [
            _row(
                f"FD-{desk.district.number:02d}{number:06d}",
                case,
                held,
                rows_of.on(case.person, case.referral),
                window,
            )
            for number, case in enumerate(cases, start=1)
            if case.referral < window.until and _was_open(case, window.since)
        ]
        if rows:
            yield desk.deliver_csv(
                window.until,
                agency,
                SOURCE,
                "front-door.csv",
                HEADER,
                rows,
                _faulty(rows) if window.careless else (),
            )


def _was_open(case: Case, since: date) -> bool:
    """Whether the last log, if there was one, did not have the whole of it."""
    return case.told_referrer is None or case.told_referrer >= since or case.referral >= since


def _row(reference: str, case: Case, known: Known, at: int, window: Window) -> tuple[object, ...]:
    decided = case.decided if case.decided and case.decided < window.until else None
    told = case.told_referrer if case.told_referrer and case.told_referrer < window.until else None
    decision = NONE if case.no_further_action else ASSESS
    return (
        reference,
        known.key[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        english(case.referral),
        REFERRAL_SOURCE.meaning(case.source),
        decision if decided else "",
        english(decided),
        english(told),
    )


def _faulty(rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """A second, faulty copy: a decision that does not exist."""
    first = list(rows[0])
    first[0], first[HEADER.index("Decision")] = f"{first[0]}A", "See notes"
    return [tuple(first)]
