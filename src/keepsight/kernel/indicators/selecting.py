"""Which events count: those of a kind that say, fall and stand as a rule asks."""

from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.naming import KINDS_THAT_NAME
from keepsight.kernel.indicators.conditions import Condition, IndicatorError
from keepsight.kernel.indicators.windows import AnyWindow, Moment, Weekday
from keepsight.kernel.vocabulary.events import BY_KIND

LASTING_KINDS = frozenset(
    {
        "school_enrolment",
        "attendance_summary",
        "attendance_week",
        "absence_spell",
        "on_no_roll",
        "missing_episode",
        "hospital_stay",
        "in_need",
        "child_in_need_plan",
        "child_protection_plan",
        "placement",
        "social_worker_allocated",
    }
)
"""Kinds that have an end. Of any other, no end means an instant and not that it goes on."""

WEEKLY_KINDS = frozenset({"attendance_week"})


class Bond(StrEnum):
    """How another event of the same child stands to one."""

    AFTER = "after"
    BEFORE = "before"
    DURING = "during"


LONGEST_BOND = 366
"""Days between two events that a rule may join: a year."""


@dataclass(frozen=True, slots=True)
class Beside:
    """That another event stands to an event so, or, if not `there`, that none does.

    After and before include the same day, and reach `within` so many days, or without limit. During
    is that both were going on, or happened, on some same day. An event never stands to itself.
    """

    bond: Bond
    events: "Select"
    within: int | None = None
    there: bool = True

    def __post_init__(self) -> None:
        if self.bond is Bond.DURING and self.within is not None:
            raise IndicatorError("“During” is on the same days, so it is within no number of days.")
        if self.within is not None and not 0 <= self.within <= LONGEST_BOND:
            raise IndicatorError(
                f"Within {self.within} days cannot be: it is from 0, the same day, to"
                f" {LONGEST_BOND}."
            )
        if self.events.beside:
            raise IndicatorError("What stands beside an event has nothing beside it in turn.")


FEWEST_OTHERS = 2
MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """That an entity which an event names was named about other children too, within so many days.

    About one other child of whom harm is on record, or about `others` other children: a rule always
    asks for either, so that no alert tells a reader that another child was harmed. Only the child's
    own event is evidence.
    """

    by: tuple[EntityKind, ...]
    within: int
    others: int

    def __post_init__(self) -> None:
        if not self.by or len(set(self.by)) < len(self.by):
            raise IndicatorError(
                "Name each kind of entity that may be shared once, and one at least."
            )
        if not 0 <= self.within <= LONGEST_BOND:
            raise IndicatorError(
                f"Shared within {self.within} days cannot be: it is from 0, days in common, to"
                f" {LONGEST_BOND}."
            )
        if not FEWEST_OTHERS <= self.others <= MOST_OTHERS:
            raise IndicatorError(
                f"Shared with {self.others} other children cannot be asked for: it is from"
                f" {FEWEST_OTHERS}, so that an alert does not tell that another child was harmed,"
                f" to {MOST_OTHERS}."
            )

    def check(self, kind: str) -> None:
        """Raises `IndicatorError` unless such an event can name such entities."""
        for each in self.by:
            if kind not in KINDS_THAT_NAME[each]:
                raise IndicatorError(f"{kind} never names a {each.in_words} that may be shared.")


@dataclass(frozen=True, slots=True)
class Select:
    """The events of one kind that meet every condition, fall in the window, and on a weekday.

    Their day is the one that `moment` names, the first one if in progress; without `weekdays` any
    day of the week will do. With `beside`, only those to which other events stand as it says. With
    `shared`, only those that name what was named about other children too.
    """

    kind: str
    window: AnyWindow
    where: tuple[Condition, ...] = ()
    moment: Moment = Moment.BEGAN
    beside: tuple[Beside, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    shared: Shared | None = None

    def __post_init__(self) -> None:
        if self.kind not in BY_KIND:
            raise IndicatorError(f"“{self.kind}” is not a kind of event that Keepsight knows.")
        if not BY_KIND[self.kind].readable:
            raise IndicatorError(f"No indicator may read {self.kind}: it says who somebody is.")
        if self.moment is not Moment.BEGAN and self.kind not in LASTING_KINDS:
            raise IndicatorError(f"{self.kind} is over in an instant, so it only ever began.")
        if self.weekdays and self.kind in WEEKLY_KINDS:
            raise IndicatorError(f"{self.kind} is a whole week, so it falls on no weekday.")
        if len(set(self.weekdays)) < len(self.weekdays) or len(self.weekdays) == len(Weekday):
            raise IndicatorError("Name each weekday once, and none where any will do.")
        for condition in self.where:
            condition.check(BY_KIND[self.kind])
        if self.shared:
            self.shared.check(self.kind)
