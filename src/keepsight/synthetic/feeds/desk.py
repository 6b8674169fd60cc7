"""What every feed's writer works with: the county's time and people, and a place to write."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.knowing import Known, know
from keepsight.synthetic.people import People
from keepsight.synthetic.period import Period
from keepsight.synthetic.places import feed_key
from keepsight.synthetic.schools import Enrolments
from keepsight.synthetic.terms import start_of_school_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that the writers share. `known_as` collects who each subject record is."""

    folder: Path
    seed: int
    period: Period
    people: People
    enrolments: Enrolments
    happenings: Happenings
    known_as: list[tuple[str, Known]] = field(default_factory=list)

    def know(
        self, agency: str, kind: AgencyKind, members: Iterable[int], prefix: str = ""
    ) -> Known:
        """The agency's records of these children, noted as truth; `prefix` goes before each id."""
        people = np.array(sorted(set(members)), np.int64)
        upns = self.enrolments.upn
        if kind is AgencyKind.CHILDRENS_SOCIAL_CARE:
            # A council hears of a UPN only once the child is at school.
            of_age = self.enrolments.school_of(start_of_school_year(self.period.today).year) >= 0
            upns = np.where(of_age, upns, "")
        known = know(self.people, upns, people, agency, kind, self.seed, prefix)
        self.known_as.append((agency, known))
        return known

    def deliver(
        self, received: date, agency: str, source: str, name: str, lines: Iterable[str]
    ) -> Delivery:
        """Write one file, in bulk, under the folder of the agency and the source."""
        path = self.folder / "feeds" / agency / source / f"{received.isoformat()}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        return Delivery(received=received, feed=feed_key(agency, source), path=path)

    def living_in(self, area: int) -> NDArray[np.bool_]:
        return np.asarray(self.people.area == area)


def rounds(period: Period, every: int, last: date) -> Iterator[tuple[date, date]]:
    """Windows that end on each day of delivery: the day before which, from which day on."""
    ends = [last]
    while ends[-1] - timedelta(days=every) > period.start:
        ends.append(ends[-1] - timedelta(days=every))
    since = date.min
    for end in reversed(ends):
        yield since, end
        since = end


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file with its header."""
    for row in (header, *rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(row)
        yield line.getvalue()


def english(day: date | np.datetime64 | None) -> str:
    """dd/mm/yyyy, or empty."""
    if isinstance(day, np.datetime64):
        day = None if np.isnat(day) else day.astype(object)
    return day.strftime("%d/%m/%Y") if day else ""


def english_time(moment: datetime | None) -> str:
    """dd/mm/yyyy HH:MM, or empty."""
    return moment.strftime("%d/%m/%Y %H:%M") if moment else ""
