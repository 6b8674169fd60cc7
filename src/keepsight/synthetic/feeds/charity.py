"""What the charity sends: return home interviews, whose next file is overdue, and reports."""

from collections.abc import Iterator
from datetime import timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import CHARITY, RHYTHMS
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, english, english_time
from keepsight.synthetic.feeds.reports import Reports, people_in
from keepsight.synthetic.happenings import CharityReport, ReturnInterview
from keepsight.synthetic.people.knowing import Known

OVERDUE = timedelta(days=RHYTHMS["return_interviews"] + 21)
"""How long ago the last file of interviews came: every county has one feed that is late."""
PERSON = ("Young Person ID", "Surname", "Forename", "DOB", "Postcode")


def write_charity(desk: Desk) -> Iterator[Delivery]:
    """Both of the charity's feeds."""
    interviews, reports = desk.happenings.interviews, desk.happenings.charity_reports
    known = desk.know(CHARITY, AgencyKind.VOLUNTARY, people_in(interviews, reports))
    yield from INTERVIEWS.write(desk, interviews, known, late=OVERDUE)
    yield from REPORTS.write(desk, reports, known)


def _person(known: Known, at: int) -> tuple[str, ...]:
    return (
        known.key[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        known.postcode[at],
    )


def _interview(
    reference: str, interview: ReturnInterview, known: Known, at: int
) -> tuple[object, ...]:
    held = interview.outcome == "Held"
    return (
        reference,
        *_person(known, at),
        english_time(interview.returned),
        english_time(interview.offered),
        interview.outcome,
        english_time(interview.held),
        ("Yes" if interview.independent else "No") if held else "",
        interview.summary,
    )


def _report(reference: str, report: CharityReport, known: Known, at: int) -> tuple[object, ...]:
    return (reference, *_person(known, at), english(report.day), report.kind, report.text)


INTERVIEWS: Reports[ReturnInterview] = Reports(
    agency=CHARITY,
    kind=AgencyKind.VOLUNTARY,
    source="return_interviews",
    filename="return-interviews.csv",
    header=("Interview Ref", *PERSON, "Returned", "Offered", "Outcome", "Held", "Independent",
            "Summary"),
    prefix="RHI",
    row=_interview,
    written=lambda interview: interview.recorded.date(),
    wrong=(("Outcome", "Maybe"),),
    reference="Interview Ref",
)  # fmt: skip

REPORTS: Reports[CharityReport] = Reports(
    agency=CHARITY,
    kind=AgencyKind.VOLUNTARY,
    source="charity_reports",
    filename="reports.csv",
    header=("Report Ref", *PERSON, "Day", "Kind", "Report"),
    prefix="LR",
    row=_report,
    written=lambda report: report.day,
    wrong=(("Day", "29/02/2025"),),
    reference="Report Ref",
)
