"""Missing-person reports, weekly: new reports, and those whose subject has come back."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from keepsight.synthetic.agencies import POLICE
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window, english, english_time
from keepsight.synthetic.happenings import Missing
from keepsight.synthetic.people.knowing import Known

SOURCE = "police_missing"
HEADER = (
    "Report Ref", "Person URN", "Surname", "Forename", "DOB", "Sex", "Ethnicity", "Home Postcode",
    "Category", "Reported Missing", "Returned", "Missing From", "Found At", "Found With",
)  # fmt: skip
CATEGORY, REPORTED = HEADER.index("Category"), HEADER.index("Reported Missing")

Row = tuple[str, ...]


def write_reports(desk: Desk, known: Known) -> Iterator[Delivery]:
    """A file a week; a report that was open is sent again when the child has come back."""
    reports = sorted(
        (episode for episode in desk.happenings.missing if episode.reported),
        key=lambda episode: (episode.left, episode.person),
    )
    rows_of, windows = known.rows_of(), list(desk.windows(POLICE, SOURCE))
    told: list[list[tuple[int, Missing]]] = [[] for _ in windows]
    place = _Places(windows)
    for number, episode in enumerate(reports, start=1):
        days = {place.of(episode.left), place.of(episode.back) if episode.back else None}
        for window in sorted(day for day in days if day is not None):
            told[window].append((number, episode))
    for window, episodes in zip(windows, told, strict=True):
        held = known.on(window.until)
        rows = [
            _row(
                f"MP-{desk.district.number:02d}{number:06d}",
                episode,
                held,
                rows_of.on(episode.person, episode.left.date()),
                window.before,
            )
            for number, episode in episodes
        ]
        if rows or window is windows[-1]:
            yield desk.deliver_csv(
                window.until,
                POLICE,
                SOURCE,
                desk.for_district("missing-reports.csv"),
                HEADER,
                rows,
                _faulty(rows) if window.careless else (),
            )


class _Places:
    """Which delivery tells of a moment."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.ends = [window.until for window in windows]

    def of(self, moment: datetime) -> int | None:
        """The number of the first delivery after the moment, if there has been one."""
        day = moment.date()
        return next((n for n, end in enumerate(self.ends) if day < end), None)


def _row(reference: str, report: Missing, known: Known, at: int, before: datetime) -> Row:
    back = report.back if report.back and report.back < before else None
    return (
        reference,
        known.key[at],
        known.surname[at].upper(),
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
        known.ethnicity[at],
        known.postcode[at],
        "Away" if report.away else "Missing",
        english_time(report.left),
        english_time(back),
        report.origin,
        report.found_at if back else "",
        report.found_with if back else "",
    )


def _faulty(rows: list[Row]) -> list[Row]:
    """Second, faulty copies: a category that does not exist, and a day that does not."""
    if not rows:
        return []
    category, day = list(rows[0]), list(rows[-1])
    category[0], category[CATEGORY] = f"{category[0]}A", "Misper"
    day[0], day[REPORTED] = f"{day[0]}B", "31/06/2025 25:10"
    return [tuple(category), tuple(day)]
