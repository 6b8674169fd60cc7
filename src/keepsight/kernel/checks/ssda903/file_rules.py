"""What is wrong with a file of the return before any line of it can be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keepsight.kernel.checks.rule import Finding, Rule
from keepsight.kernel.checks.ssda903.table import rule
from keepsight.kernel.formats.schema import Table
from keepsight.kernel.formats.ssda903_more import ALL_TABLES


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule that a whole file, or a line as such, breaks."""

    rule: Rule

    def in_file(self, name: str, heading: Sequence[str]) -> Finding:
        """A file whose heading is that of no table, with what it lacks of the nearest."""
        near = max(ALL_TABLES, key=lambda table: len(_shared(table, heading)))
        names = {each.casefold() for each in heading}
        lacks = [each for each in near.names if each.casefold() not in names]
        more = sorted(set(heading) - {each for each in heading if _has(near, each)})
        detail = f"Beside {near.title} it lacks {_listed(lacks)} and has {_listed(more)} more."
        field = (lacks or more or [""])[0]
        return self._finding(name, field, ", ".join(heading), detail)

    def in_row(self, row: str, reason: str) -> Finding:
        """A line that has more or fewer values than the heading."""
        return self._finding(row, "", "", reason)

    def _finding(self, row: str, field: str, value: str, detail: str) -> Finding:
        says = f"{self.rule.says} {detail}"
        return Finding(
            self.rule.code, self.rule.severity, row, "", field, value, says, self.rule.remedy
        )


OTHER_TABLE = FileRule(
    rule("KS090", "the file", "The columns are those of no table of the return.",
         "Export the table with the columns that the return’s guide names.")
)  # fmt: skip
OTHER_WIDTH = FileRule(
    rule("KS091", "the file", "The line does not fit its heading.",
         "Give each line as many values as the heading; put quotation marks round a value with a "
         "comma in it.")
)  # fmt: skip

FILE_RULES = (OTHER_TABLE.rule, OTHER_WIDTH.rule)


def _shared(table: Table, heading: Iterable[str]) -> list[str]:
    return [each for each in heading if _has(table, each)]


def _has(table: Table, name: str) -> bool:
    return name.casefold() in {each.casefold() for each in table.names}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "nothing"
