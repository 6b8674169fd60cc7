"""What every feed's writer works with: what happened in a district, and a place to write."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import POLICE, RHYTHMS, feed_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.districts import District
from keepsight.synthetic.happened import Happened
from keepsight.synthetic.happenings import Happenings
from keepsight.synthetic.people.columns import People
from keepsight.synthetic.people.knowing import Known, know
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.rolls import Enrolments

FEEDS = "feeds"
CARELESS = 5
"""Of so many deliveries of a feed one has faulty rows: the last but one, and so on back."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Three weeks in which a feed stopped; what it would have sent comes with the next file."""

    agency: str
    source: str
    weeks_before_today: int
    weeks: int = 3

    def within(self, period: Period) -> tuple[date, date]:
        """The first day without the feed, and the first with it again."""
        begin = period.today - timedelta(weeks=self.weeks_before_today)
        return begin, begin + timedelta(weeks=self.weeks)


SILENCES = (Silence(POLICE, "police_missing", 20), Silence(POLICE, "police_notices", 61))


@dataclass(frozen=True, slots=True)
class Window:
    """What one delivery tells of: from `since` to before `until`, which is when it is received.

    `careless` deliveries have faulty rows.
    """

    since: date
    until: date
    careless: bool

    def has(self, day: date) -> bool:
        return self.since <= day < self.until

    @property
    def before(self) -> datetime:
        return datetime.combine(self.until, time.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that the writers of one district share.

    `known_as` collects who each subject record is. `faults` collects what is wrong in each file
    that has anything wrong on purpose: rows that cannot stand, and rows that are odd and can.
    Both are truth.
    """

    folder: Path
    happened: Happened
    known_as: list[tuple[str, Known]] = field(default_factory=list)
    faults: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def district(self) -> District:
        return self.happened.district

    @property
    def period(self) -> Period:
        return self.happened.period

    @property
    def people(self) -> People:
        return self.happened.people

    @property
    def happenings(self) -> Happenings:
        return self.happened.happenings

    @property
    def enrolments(self) -> Enrolments:
        return self.happened.enrolments

    def know(
        self, agency: str, kind: AgencyKind, members: Iterable[int], prefix: str = ""
    ) -> Known:
        """The agency's records of these children, noted as truth; `prefix` goes before each id."""
        known = know(self.people, members, agency, kind, self.district, self.period, prefix)
        self.known_as.append((agency, known))
        return known

    def windows(self, agency: str, source: str, late: timedelta = timedelta(0)) -> Iterator[Window]:
        """What each delivery of a feed tells of, in order; none ends while the feed is silent.

        The last is received yesterday, or so much earlier.
        """
        step = timedelta(days=RHYTHMS[source])
        ends = [self.period.today - timedelta(days=1) - late]
        while ends[-1] - step > self.period.start:
            ends.append(ends[-1] - step)
        for silence in SILENCES:
            if (silence.agency, silence.source) == (agency, source):
                begin, again = silence.within(self.period)
                ends = [end for end in ends if not begin <= end < again]
        since = date.min
        for left, end in zip(range(len(ends) - 1, -1, -1), reversed(ends), strict=True):
            yield Window(since, end, careless=left % CARELESS == 1)
            since = end

    def deliver_csv(
        self,
        received: date,
        agency: str,
        source: str,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[object]],
        faulty: Sequence[Sequence[object]] = (),
        odd: Sequence[Sequence[object]] = (),
    ) -> Delivery:
        """Write a CSV file; `faulty` rows cannot stand, and `odd` ones can."""
        path = self.path_for(received, agency, source, name, len(faulty), len(odd))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(header)
            writer.writerows(rows)
            writer.writerows([*faulty, *odd])
        return Delivery(received=received, feed=feed_key(agency, source), path=path)

    def deliver(
        self,
        received: date,
        agency: str,
        source: str,
        name: str,
        lines: Iterable[str],
        faults: int = 0,
        odd: int = 0,
    ) -> Delivery:
        """Write text; so many of its rows cannot stand, and so many are odd and can."""
        path = self.path_for(received, agency, source, name, faults, odd)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        return Delivery(received=received, feed=feed_key(agency, source), path=path)

    def path_for(
        self, received: date, agency: str, source: str, name: str, faults: int = 0, odd: int = 0
    ) -> Path:
        """Where a file goes: the folder of the agency and the source, with the day received.

        An agency that serves several districts sends a file for each, so give such a file a name
        with `for_district`.
        """
        path = self.folder / FEEDS / agency / source / f"{received.isoformat()}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if faults or odd:
            self.faults.append((path.relative_to(self.folder).as_posix(), faults, odd))
        return path

    def for_district(self, name: str) -> str:
        """The file's name with the district in it: `reports.csv` is `reports-northmere.csv`."""
        stem, dot, ending = name.partition(".")
        return f"{stem}-{self.district.key}{dot}{ending}"


def english(day: date | np.datetime64 | None) -> str:
    """dd/mm/yyyy, or empty."""
    if isinstance(day, np.datetime64):
        day = None if np.isnat(day) else day.astype(object)
    return day.strftime("%d/%m/%Y") if day else ""


def english_time(moment: datetime | None) -> str:
    """dd/mm/yyyy HH:MM, or empty."""
    return moment.strftime("%d/%m/%Y %H:%M") if moment else ""


def iso(day: date | np.datetime64 | None) -> str:
    """yyyy-mm-dd, or empty."""
    if day is None or (isinstance(day, np.datetime64) and np.isnat(day)):
        return ""
    return str(day)
