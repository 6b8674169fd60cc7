"""Return home interviews as the charity that holds them reports: monthly, and now overdue."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, csv_lines, english, english_time, rounds
from keepsight.synthetic.happenings import ReturnInterview
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.places import CHARITY, OVERDUE_RHYTHM

SOURCE = "return_interviews"
HEADER = (
    "Interview Ref", "Young Person ID", "Surname", "Forename", "DOB", "Postcode", "Returned",
    "Offered", "Outcome", "Held", "Independent", "Summary",
)  # fmt: skip
OVERDUE = timedelta(days=21)
"""How late the charity's next delivery is: every county has one feed that is late."""

Row = tuple[str, ...]


def write_interviews(desk: Desk) -> Iterator[Delivery]:
    """A file every four weeks until the delivery that should have come three weeks ago."""
    last = desk.period.today - timedelta(days=OVERDUE_RHYTHM) - OVERDUE
    here, interviews = desk.living_in(0), desk.happenings.interviews
    told = [held for held in interviews if here[held.person] and held.recorded.date() < last]
    interviews = sorted(
        told,
        key=lambda interview: (interview.recorded, interview.person),
    )
    known = desk.know(CHARITY, AgencyKind.VOLUNTARY, (held.person for held in interviews))
    place = known.row_of()
    for since, until in rounds(desk.period, OVERDUE_RHYTHM, last):
        after, before = datetime.combine(since, time.min), datetime.combine(until, time.min)
        rows = [
            _row(number, interview, known, place[interview.person])
            for number, interview in enumerate(interviews, start=1)
            if after <= interview.recorded < before
        ]
        lines = csv_lines(HEADER, [*rows, *_faults(rows)])
        yield desk.deliver(until, CHARITY, SOURCE, "return-interviews.csv", lines)


def _row(number: int, interview: ReturnInterview, known: Known, at: int) -> Row:
    held = interview.outcome == "Held"
    return (
        f"RHI-{number:05d}",
        known.key[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        known.postcode[at],
        english_time(interview.returned),
        english_time(interview.offered),
        interview.outcome,
        english_time(interview.held),
        ("Yes" if interview.independent else "No") if held else "",
        interview.summary,
    )


def _faults(rows: list[Row]) -> Iterator[Row]:
    """A second, faulty copy: an outcome that does not exist."""
    if rows:
        wrong = list(rows[0])
        wrong[0], wrong[HEADER.index("Outcome")] = f"{wrong[0]}A", "Maybe"
        yield tuple(wrong)
