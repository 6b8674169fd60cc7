"""What must be so across children, held in small sets while they pass by."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from keepsight.kernel.checks.cin.return_rules import ACROSS, FEWEST_CODES, FEWEST_TO_JUDGE
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Fault, Finding, found
from keepsight.kernel.checks.year import ReturnYear


@dataclass(slots=True)
class Across:
    """What has been seen of the children so far: hashes and counts, no child."""

    year: ReturnYear
    ids: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    disabled: int = 0
    with_several: int = 0
    plans: int = 0
    conferences: int = 0

    def add(self, child: Record) -> Iterator[Finding]:
        """Take one child into account; what it repeats is found at once."""
        yield from self._repeats(child, "LAchildID", "8510", self.ids)
        yield from self._repeats(child, "UPN", "1520", self.numbers)
        codes = set(child.texts("Disability")) - {"NONE"}
        self.codes |= codes
        self.disabled += bool(codes)
        self.with_several += len(codes) > 1
        for case in child.each("CINdetails"):
            self.plans += self._in_year(case, "ChildProtectionPlans", "CPPstartDate")
            self.conferences += self._in_year(case, "Section47", "DateOfInitialCPC")
            day = case.day("DateOfInitialCPC")
            self.conferences += bool(day and self.year.has(day))

    def end(self, header: Record) -> Iterator[Finding]:
        """What can be said of the whole."""
        if self.plans > self.conferences:
            detail = f"There are {self.plans} plans and {self.conferences} conferences."
            yield self._found("2883", header, "CPPstartDate", detail)
        if self.disabled >= FEWEST_TO_JUDGE:
            if len(self.codes) < FEWEST_CODES:
                yield self._found("2887Q", header, "Disability", f"Used: {len(self.codes)}.")
            if not self.with_several:
                yield self._found("2888Q", header, "Disability", "")

    def _repeats(self, child: Record, name: str, code: str, seen: set[int]) -> Iterator[Finding]:
        if text := child.text(name):
            if (known := hash(text.upper())) in seen:
                yield found(ACROSS[code], child, Fault(name))
            seen.add(known)

    def _in_year(self, case: Record, kind: str, name: str) -> int:
        days = (each.day(name) for each in case.each(kind))
        return sum(1 for day in days if day and self.year.has(day))

    def _found(self, code: str, header: Record, name: str, detail: str) -> Finding:
        return found(ACROSS[code], header, Fault(name, detail=detail, value=""))
