"""Missing-person reports, weekly: new reports, and those whose subject has come back."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.feeds.desk import Desk, csv_lines, english, english_time, rounds
from keepsight.synthetic.happenings import Missing
from keepsight.synthetic.knowing import Known
from keepsight.synthetic.places import POLICE

SOURCE = "police_missing"
HEADER = (
    "Report Ref", "Person URN", "Surname", "Forename", "DOB", "Sex", "Home Postcode", "Category",
    "Reported Missing", "Returned", "Missing From", "Found At", "Found With",
)  # fmt: skip
CATEGORY, REPORTED = HEADER.index("Category"), HEADER.index("Reported Missing")

Row = tuple[str, ...]


def write_reports(desk: Desk) -> Iterator[Delivery]:
    """A file a week; a report that was open is sent again when the child has come back."""
    last = desk.period.today - timedelta(days=1)
    told = [episode for episode in desk.happenings.missing if episode.left.date() < last]
    reports = sorted(told, key=lambda episode: (episode.left, episode.person))
    known = desk.know(POLICE, AgencyKind.POLICE, (report.person for report in reports))
    place = known.row_of()
    for since, until in rounds(desk.period, 7, last):
        after, before = datetime.combine(since, time.min), datetime.combine(until, time.min)
        rows = [
            _row(number, report, known, place[report.person], before)
            for number, report in enumerate(reports, start=1)
            if after <= report.left < before
            or (report.left < after and report.back and after <= report.back < before)
        ]
        lines = csv_lines(HEADER, [*rows, *_faults(rows, until.month == 1 or until.day < 8)])
        yield desk.deliver(until, POLICE, SOURCE, "missing-reports.csv", lines)


def _row(number: int, report: Missing, known: Known, at: int, before: datetime) -> Row:
    back = report.back if report.back and report.back < before else None
    return (
        f"MP-{number:06d}",
        known.key[at],
        known.surname[at].upper(),
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
        known.postcode[at],
        "Away" if report.away else "Missing",
        english_time(report.left),
        english_time(back),
        report.origin,
        report.found_at if back else "",
        report.found_with if back else "",
    )


def _faults(rows: list[Row], both: bool) -> Iterator[Row]:
    """Second, faulty copies: a category that does not exist, and a day that does not."""
    if rows:
        wrong = list(rows[0])
        wrong[0], wrong[CATEGORY] = f"{wrong[0]}A", "Misper"
        yield tuple(wrong)
    if rows and both:
        wrong = list(rows[-1])
        wrong[0], wrong[REPORTED] = f"{wrong[0]}B", "31/06/2025 25:10"
        yield tuple(wrong)
