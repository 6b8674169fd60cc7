"""What was found to be wrong in a delivery: each fault once, in how many rows, and where first."""

from collections.abc import Sequence

from keepsight.intake.rows import Fact, Part, Refused

MOST = 100
"""Findings that are kept of one delivery, those in most rows first."""

PUT_RIGHT = "Put it right here if the file is a table, or where it comes from, and send it again."
CORRECT = "It was kept as it was sent. Correct it where it was exported from, and export it again."
REFUSED, REMARK = "refused", "remark"
"""What stands for a rule where a format’s reader has no numbered ones."""


class Findings:
    """Gathers the faults of one delivery’s parts, in memory that stays flat."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._rows: dict[tuple[str, str, str], int] = {}
        self._first: dict[tuple[str, str, str], str] = {}

    def take(self, parts: Sequence[Part]) -> None:
        """Count what is wrong with some parts."""
        for part in parts:
            if isinstance(part, Refused):
                self._count(REFUSED, part.field, part.reason, part.row)
            elif isinstance(part, Fact):
                for remark in part.remarks:
                    self._count(REMARK, remark.field, remark.reason, part.row)

    def listed(self) -> list[dict[str, object]]:
        """As they are kept: refused rows before remarks, and the most frequent first."""
        order = sorted(self._rows, key=lambda each: (each[0] != REFUSED, -self._rows[each], each))
        return [
            {
                "rule": f"{self._source}.{rule}",
                "field": field,
                "says": says,
                "remedy": PUT_RIGHT if rule == REFUSED else CORRECT,
                "row": self._first[rule, field, says],
                "rows": self._rows[rule, field, says],
            }
            for rule, field, says in order[:MOST]
        ]

    def _count(self, rule: str, field: str, says: str, row: str) -> None:
        found = (rule, field, says)
        if found not in self._rows and len(self._rows) >= MOST * MOST:
            return
        self._rows[found] = self._rows.get(found, 0) + 1
        self._first.setdefault(found, row)
