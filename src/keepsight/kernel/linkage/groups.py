"""Records held to be one child so far, and what refuses that two groups of them become one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from keepsight.kernel.linkage.guard import ASKED, FAR_OVER, Ground, forbids
from keepsight.kernel.linkage.judged import Two, two
from keepsight.kernel.linkage.questions import Kind
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.linkage.thresholds import HOLDS_FROM, UNMET


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model may not join; `asks` is why a person is asked, if one is."""

    asks: Kind | None = None


@dataclass(slots=True)
class Group:
    """Records held to be one child so far, with what no further member may bring."""

    records: list[LinkageRecord]
    nhs_numbers: set[str] = field(default_factory=set)
    upns: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    not_the_same: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)

    def refusal(self, other: "Group", weights: Mapping[Two, float]) -> Refusal | None:
        """Why the model may not join the two groups, or `None` if it may."""
        if any(record.subject in self.unsure for record in other.records):
            return Refusal()
        return self._against(other, weights)

    def fits(self, other: "Group", weights: Mapping[Two, float]) -> bool:
        """Whether the two may be one child, though a person was unsure of it."""
        return self._against(other, weights) is None

    def told_apart(self, other: "Group") -> bool:
        """Whether a person said of any two of their records that they are not the same."""
        return any(record.subject in self.not_the_same for record in other.records)

    def absorb(self, other: "Group") -> None:
        self.records += other.records
        self.nhs_numbers |= other.nhs_numbers
        self.upns |= other.upns
        self.former |= other.former
        self.not_the_same |= other.not_the_same
        self.unsure |= other.unsure

    def is_another(self, other: "Group", weights: Mapping[Two, float]) -> bool:
        """Whether the two are two children, and nobody needs to be asked of that."""
        refusal = self.refusal(other, weights)
        return refusal is not None and refusal.asks is None

    def _against(self, other: "Group", weights: Mapping[Two, float]) -> Refusal | None:
        if self.told_apart(other):
            return Refusal()
        ground = self._numbers(other) or self._records(other, weights)
        if ground:
            return Refusal(ASKED.get(ground))
        return None if self._holds(other, weights) else Refusal(Kind.DOES_NOT_HOLD)

    def _numbers(self, other: "Group") -> Ground | None:
        """Two numbers of one kind, unless people joined records with all those of one side."""
        for ground, mine, theirs in (
            (Ground.NHS_NUMBERS, self.nhs_numbers, other.nhs_numbers),
            (Ground.UPNS, self.upns, other.upns),
        ):
            if not (mine <= theirs or theirs <= mine):
                known = self.former & theirs or other.former & mine
                return Ground.FORMER_NUMBER if known else ground
        return None

    def _records(self, other: "Group", weights: Mapping[Two, float]) -> Ground | None:
        """The weightiest ground that any record of the one has against any of the other."""
        found = {
            ground
            for mine, theirs in product(self.records, other.records)
            if (ground := forbids(mine, theirs, weights.get(two(mine.subject, theirs.subject))))
        }
        return next((ground for ground in Ground if ground in found), None)

    def _holds(self, other: "Group", weights: Mapping[Two, float]) -> bool:
        """Whether all that is known between them speaks for one child, not one pair alone."""
        if len(self.records) + len(other.records) == 2:
            return True
        between = [
            min(weights.get(two(mine.subject, theirs.subject), UNMET), FAR_OVER)
            for mine, theirs in product(self.records, other.records)
        ]
        return sum(between) >= HOLDS_FROM * len(between)


def alone(record: LinkageRecord) -> Group:
    """A record by itself."""
    nhs = {record.nhs_number} if record.nhs_number else set()
    upn = {record.permanent_upn} if record.permanent_upn else set()
    return Group([record], nhs, upn, set(record.former_numbers))
