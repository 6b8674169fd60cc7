"""The timeline's filters: which agencies and which kinds of standing are there to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from keepsight.chronology.queries import Entry


@dataclass(frozen=True, slots=True)
class Filter:
    """What was chosen; nothing chosen means everything."""

    agencies: frozenset[str] = frozenset()
    standings: frozenset[str] = frozenset()

    @property
    def chosen(self) -> bool:
        return bool(self.agencies or self.standings)

    def keep(self, entries: Sequence[Entry]) -> list[Entry]:
        """The entries of a chosen agency and a chosen standing, in the same order."""
        return [
            entry
            for entry in entries
            if (not self.agencies or entry.agency in self.agencies)
            and (not self.standings or entry.standing in self.standings)
        ]


def choices(values: Sequence[str], chosen: frozenset[str]) -> list[dict[str, object]]:
    """Checkboxes for the different values, by name, with those chosen ticked."""
    return [
        {"value": value, "text": value, "checked": value in chosen} for value in sorted(set(values))
    ]


def kept_as_sent(remark: dict[str, str]) -> str:
    """A remark in one sentence: what was sent, and what is wrong with it."""
    field, value, reason = (remark.get(name, "") for name in ("field", "value", "reason"))
    said = f"{field} was sent as “{value}”" if value else f"{field} was sent empty"
    return f"{said}. {reason}".strip() if field else reason
