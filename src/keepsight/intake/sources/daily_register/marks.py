"""What the words of a register's line mean: each way of writing a day with its two marks, once.

A register of a million lines has a few hundred such ways. What Python says of each is looked up
for every line, so that no rule is written a second time in another language.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Context, Refused, Remark
from keepsight.intake.sources.daily_register.checks import RegisterDay
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.daily_register import DAILY_REGISTER
from keepsight.kernel.vocabulary.attendance import count_of
from keepsight.kernel.vocabulary.reduced_codes import reduced_code

FRIDAY = 4
PUPIL, DATE, AM, PM = 1, 6, 7, 8
"""Where they stand in a line."""

MOST_KEPT = 50_000
"""Ways of writing that are remembered, so that a careless file takes no more memory than another.
"""

REPEATED = "An earlier row of this file gives other marks for this pupil and day."
AT_A_WEEKEND = "No register is taken at a weekend."


@dataclass(frozen=True, slots=True)
class Meaning:
    """One day and its two marks: the Monday of its week, which day of it, and what it counts.

    `marks` is two characters a session. `counts` are the sessions possible, absent, unauthorised,
    unexplained and late. With a `fault` none of these stands.
    """

    day: date | None
    monday: date | None = None
    weekday: int = 0
    marks: str = ""
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    fault: Remark | None = None


class Meanings:
    """Reads a day with its marks as a file writes them, each way of writing once.

    `reduces` where codes that tell of health, belief, travelling or crime come in reduced.
    """

    def __init__(self, context: Context, *, reduces: bool = False) -> None:
        self.context = context
        self.reduces = reduces
        self._days: dict[str, RegisterDay | Remark] = {}
        self._found: dict[tuple[str, str, str], Meaning] = {}

    def of(self, day: str, morning: str, afternoon: str) -> Meaning:
        """What these three values mean, spaces around them or not."""
        way = (day, morning, afternoon)
        if way not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[way] = self._meaning(*way)
        return self._found[way]

    def _meaning(self, day: str, morning: str, afternoon: str) -> Meaning:
        found = self._day(day)
        if isinstance(found, Remark):
            return Meaning(None, fault=found)
        first, second = morning.strip(), afternoon.strip()
        if found.day.weekday() > FRIDAY:
            return Meaning(found.day, fault=Remark("Date", day, AT_A_WEEKEND))
        if first not in found.morning or second not in found.afternoon:
            return Meaning(found.day, fault=found.remarks(first, second)[0])
        counted = (count_of(first, found.day), count_of(second, found.day))
        a, b, c, d, e = (sum(pair) for pair in zip(*counted, strict=True))
        if self.reduces:
            first, second = reduced_code(first), reduced_code(second)
        weekday = found.day.weekday()
        monday = found.day - timedelta(days=weekday)
        return Meaning(found.day, monday, weekday + 1, f"{first:<2}{second:<2}", (a, b, c, d, e))

    def _day(self, text: str) -> RegisterDay | Remark:
        if text not in self._days:
            self._days[text] = self._read(text)
        return self._days[text]

    def _read(self, text: str) -> RegisterDay | Remark:
        try:
            day = Fields({"Date": text}, self.context, iso_day, {}).required_day("Date")
        except Unfit as unfit:
            return Remark(unfit.field, unfit.value, unfit.reason)
        return RegisterDay(day, self.context.received)


def refused_line(number: int, values: tuple[str, ...], fault: Remark) -> Refused:
    """A whole line that cannot stand, with its first fault."""
    raw = dict(zip(DAILY_REGISTER.names, values, strict=True))
    return Refused(f"row {number}", fault.field, fault.value, fault.reason, raw)


def said_otherwise(row: str, pupil: str, day: date, marks: str, first: str, stands: str) -> Refused:
    """A line that gives other marks than an earlier one for the same pupil and day."""
    raw = {"PupilID": pupil, "Date": str(day), "AM": marks[:2].strip(), "PM": marks[2:].strip()}
    return Refused(row, "AM, PM", marks, REPEATED, raw | {first: stands})


def pupil_missing() -> Remark:
    """The fault of a line without the school's id of the pupil."""
    return Remark("PupilID", "", "PupilID is empty, and without it the fact cannot stand.")
