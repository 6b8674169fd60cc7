"""One row's named values, read one by one; what is faulty is remarked on, or refuses the row."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from keepsight.intake.rows import Context, Fact, Refused, Remark
from keepsight.intake.values import NotReadable, ReadDay, flag, whole_number
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.identifiers import UPN, IdentifierError, NHSNumber, Postcode
from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.content.base import Content

_T = TypeVar("_T")
Identifier = type[UPN] | type[NHSNumber] | type[Postcode]

ALLOWED_AHEAD = timedelta(days=1)
"""How far after the day received a day may lie before it is remarked on: clocks differ."""


class Unfit(Exception):
    """The row cannot stand as a fact because of this field."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


class Fields:
    """The values of one row by name, spaces at the ends off, empty ones being none.

    Optional readers keep a faulty value as a remark; those named `required_…`, `moment` and
    `period` raise `Unfit`. `codes` are the code sets of the names that have any.
    """

    __slots__ = ("codes", "context", "read_day", "remarks", "values")

    def __init__(
        self,
        values: Mapping[str, str],
        context: Context,
        read_day: ReadDay,
        codes: Mapping[str, tuple[CodeSet, ...]],
    ) -> None:
        self.values = values
        self.context = context
        self.read_day = read_day
        self.codes = codes
        self.remarks: list[Remark] = []

    def note(self, field: str, reason: str) -> None:
        self.remarks.append(Remark(field, self.values.get(field, ""), reason))

    def text(self, field: str) -> str | None:
        return self.values.get(field, "").strip() or None

    def required(self, field: str) -> str:
        text = self.text(field)
        if text is None:
            raise Unfit(field, "", f"{field} is empty, and without it the fact cannot stand.")
        return text

    def day(self, field: str) -> date | None:
        return self._or_remark(field, self.read_day)

    def flag(self, field: str) -> bool | None:
        return self._or_remark(field, flag)

    def count(self, field: str) -> int | None:
        return self._or_remark(field, whole_number)

    def required_count(self, field: str) -> int:
        return self._or_unfit(field, whole_number)

    def required_day(self, field: str) -> date:
        """A day on which something happened; one after the file was received is remarked on."""
        day = self._or_unfit(field, self.read_day)
        if day > self.context.received + ALLOWED_AHEAD:
            self.note(field, "This day lies after the day on which the file was received.")
        return day

    def period(self, start: str, end: str) -> tuple[date, date | None]:
        """The first and last day of what has both; it must not end before it starts."""
        first = self.required_day(start)
        if self.text(end) is None:
            return first, None
        last = self.required_day(end)
        if last < first:
            raise Unfit(end, self.values[end], f"{end} is before {start} ({self.values[start]}).")
        return first, last

    def code(self, field: str) -> str | None:
        """A code as sent, with a remark where none of its code sets has it."""
        code = self.text(field)
        sets = self.codes.get(field, ())
        if code and sets and not any(code in allowed for allowed in sets):
            self.note(field, f"“{code}” is not a code for {sets[0].name}.")
        return code

    def identifier(self, field: str, kind: Identifier) -> str | None:
        """An identifier as sent, with a remark where it cannot be right."""
        text = self.text(field)
        if text is not None:
            try:
                kind.parse(text)
            except IdentifierError as error:
                self.note(field, str(error))
        return text

    def fact(
        self,
        row: str,
        subject: str,
        key: tuple[str, ...],
        occurred: date,
        content: Content,
        until: date | None = None,
    ) -> Fact:
        """The fact that the row states by days, with every remark made on the way."""
        return Fact(
            row=row,
            subject_key=subject,
            source_key="|".join(key),
            occurred=start_of_day(occurred),
            content=content,
            occurred_until=start_of_day(until) if until else None,
            day_only=True,
            remarks=tuple(self.remarks),
        )

    def refused(self, row: str, unfit: Unfit) -> Refused:
        return Refused(row, unfit.field, unfit.value, unfit.reason, dict(self.values))

    def moment(self, field: str, read: Callable[[str], datetime]) -> datetime:
        return self._or_unfit(field, read)

    def optional_moment(self, field: str, read: Callable[[str], datetime]) -> datetime | None:
        return self._or_remark(field, read)

    def _or_remark(self, field: str, read: Callable[[str], _T]) -> _T | None:
        text = self.text(field)
        if text is None:
            return None
        try:
            return read(text)
        except NotReadable as error:
            self.note(field, str(error))
            return None

    def _or_unfit(self, field: str, read: Callable[[str], _T]) -> _T:
        text = self.required(field)
        try:
            return read(text)
        except NotReadable as error:
            raise Unfit(field, text, str(error)) from error
