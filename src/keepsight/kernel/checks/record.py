"""What rules look at: the values of one block or line by name, with those around it."""

from collections.abc import Iterator
from datetime import date

from keepsight.kernel.formats.days import ReadDay

_FLAGS = {"0": False, "1": True, "false": False, "true": True}


class Record:
    """One block of a return, or one line of a table; spaces at the ends are off.

    `row` says where it stands in the file, `child` is the sender's own id of the child. `inner`
    holds the blocks in it by kind, in order, and `outer` is the one that it is in. A value that
    cannot be read gives `None`, as a missing one does: that it is wrong is a rule of its own.
    """

    __slots__ = ("child", "inner", "outer", "read_day", "row", "values")

    def __init__(
        self, row: str, read_day: ReadDay, child: str = "", outer: "Record | None" = None
    ) -> None:
        self.row = row
        self.read_day = read_day
        self.child = child
        self.outer = outer
        self.values: dict[str, list[str]] = {}
        self.inner: dict[str, list[Record]] = {}

    def put(self, field: str, text: str) -> None:
        """Add a value; an empty one is none."""
        if text := text.strip():
            self.values.setdefault(field, []).append(text)

    def texts(self, field: str) -> list[str]:
        return self.values.get(field, [])

    def text(self, field: str) -> str | None:
        found = self.values.get(field)
        return found[0] if found else None

    def shown(self, field: str) -> str:
        """A field's values for a person to read."""
        return ", ".join(self.texts(field))

    def day(self, field: str) -> date | None:
        found = self.values.get(field)
        return self.read_day(found[0]) if found else None

    def days(self, field: str) -> list[date]:
        """Every day of a repeated field that can be read."""
        return [day for text in self.texts(field) if (day := self.read_day(text))]

    def near(self, field: str) -> date | None:
        """A day of this record or, where it has none of that name, of the nearest around it."""
        record: Record | None = self
        while record is not None:
            if field in record.values:
                return record.day(field)
            record = record.outer
        return None

    def flag(self, field: str) -> bool | None:
        found = self.values.get(field)
        return _FLAGS.get(found[0]) if found else None

    def each(self, kind: str) -> "list[Record]":
        return self.inner.get(kind, [])

    def pairs(self, kind: str) -> "Iterator[tuple[Record, Record]]":
        """Every two inner records of a kind, both ways round."""
        records = self.each(kind)
        for one in records:
            for other in records:
                if one is not other:
                    yield one, other
