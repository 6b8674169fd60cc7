"""What a school writes down, and what it does."""

from dataclasses import dataclass
from datetime import timedelta

from keepsight.synthetic.happenings import AbsencePattern, Exclusion, RollChange, SchoolConcern
from keepsight.synthetic.life.choices import pick
from keepsight.synthetic.life.education import SESSIONS
from keepsight.synthetic.period import in_school
from keepsight.synthetic.stories.beats.reading import Misread, Window, read
from keepsight.synthetic.stories.naming import CONCERN
from keepsight.synthetic.stories.teller import SCHOOL, Teller


@dataclass(frozen=True, slots=True)
class Log:
    """An entry in the school's safeguarding log."""

    at: Window
    category: str
    text: str
    suspects: bool = False
    misread: Misread = ("", "")

    def tell(self, teller: Teller) -> None:
        day = teller.school_day(teller.day_in(self.at))
        entry = read(teller, SCHOOL, self.category, self.text, self.suspects, self.misread)
        if day is None or entry is None:
            return
        category, text = entry
        action = "Told the safeguarding lead" if category == CONCERN else "Watch and record"
        teller.happenings.concerns.append(
            SchoolConcern(
                person=teller.person,
                noticed=in_school(day, teller.rng),
                category=category,
                text=text,
                action=action,
            )
        )


@dataclass(frozen=True, slots=True)
class Absent:
    """A growing share of school missed, between the ends of the window."""

    at: Window
    share: float
    marks: tuple[str, ...] = ("N", "O", "U")
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    part: str = "day"

    def tell(self, teller: Teller) -> None:
        length = (teller.until - teller.since).days
        begin, end = (teller.since + timedelta(days=int(share * length)) for share in self.at)
        teller.happenings.absence.append(
            AbsencePattern(
                person=teller.person,
                since=begin,
                until=min(end, teller.period.today),
                share=self.share,
                marks=self.marks,
                weekdays=self.weekdays,
                part=self.part,
            )
        )


@dataclass(frozen=True, slots=True)
class Suspended:
    """A suspension, or a permanent exclusion, after which the pupil leaves the roll."""

    at: Window
    reason: str = "DB"
    permanent: bool = False

    def tell(self, teller: Teller) -> None:
        day = teller.school_day(teller.day_in(self.at))
        if day is None:
            return
        sessions = 10 if self.permanent else pick(SESSIONS[:4], teller.rng)
        teller.happenings.exclusions.append(
            Exclusion(
                person=teller.person,
                start=day,
                sessions=sessions,
                permanent=self.permanent,
                reason=self.reason,
            )
        )


@dataclass(frozen=True, slots=True)
class OffRoll:
    """A pupil who leaves the roll and is not found at another school."""

    at: Window
    why: str = "elective home education"

    def tell(self, teller: Teller) -> None:
        day = teller.day_in(self.at)
        if teller.past(day):
            teller.happenings.roll_changes.append(
                RollChange(person=teller.person, left=day, why=self.why)
            )
