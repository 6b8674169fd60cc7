"""Which attendance codes a register may hold on a day, by session."""

from datetime import date

from keepsight.intake.fields import ALLOWED_AHEAD
from keepsight.intake.rows import Remark
from keepsight.kernel.formats.daily_register import AFTERNOON_ONLY, MORNING_ONLY
from keepsight.kernel.vocabulary.attendance import ATTENDANCE_CODES, code_on
from keepsight.kernel.vocabulary.code_sets import UnknownCodeError

NO_MARK = ""


class RegisterDay:
    """One day of registers: the codes that may stand in each session, and no mark."""

    __slots__ = ("afternoon", "ahead", "day", "morning")

    def __init__(self, day: date, received: date) -> None:
        codes = {row.code for row in ATTENDANCE_CODES if row.in_force_on(day)} | {NO_MARK}
        self.day = day
        self.ahead = day > received + ALLOWED_AHEAD
        # On a day that lies ahead no code is right, so that every row of it is remarked on.
        self.morning = frozenset() if self.ahead else frozenset(codes - {AFTERNOON_ONLY})
        self.afternoon = frozenset() if self.ahead else frozenset(codes - {MORNING_ONLY})

    def remarks(self, morning: str, afternoon: str) -> tuple[Remark, ...]:
        """Why these marks are not right on this day."""
        found = []
        if self.ahead:
            reason = "This day lies after the day on which the file was received."
            found.append(Remark("Date", self.day.isoformat(), reason))
        found += self._session("AM", morning, AFTERNOON_ONLY)
        found += self._session("PM", afternoon, MORNING_ONLY)
        return tuple(found)

    def _session(self, field: str, code: str, of_other: str) -> list[Remark]:
        if code == NO_MARK:
            return []
        if code == of_other:
            return [Remark(field, code, f"“{code}” is the mark of the other session.")]
        try:
            code_on(code, self.day)
        except UnknownCodeError as error:
            return [Remark(field, code, str(error))]
        return []
