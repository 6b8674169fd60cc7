"""Going through the searches for somebody, and what comes of it: matched, or for a person.

Only `MATCHED` gives a number that linking may use. Everything else is somebody’s to look at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.tracing.answers import TOO_MANY_MATCHES, Answer, Found
from keepsight.kernel.tracing.comparing import TELLING_APART, differences
from keepsight.kernel.tracing.sought import Sought
from keepsight.kernel.tracing.steps import Parameters, searches

MATCH = 0.95
"""The score from which a person is taken for the one sought (`formats.md` 5, SUI_Matcher)."""

POSSIBLE = 0.85
"""The score from which a person may be the one sought (the same)."""


class Outcome(StrEnum):
    """What came of tracing somebody, from the most that is known to the least."""

    MATCHED = "matched"
    POSSIBLE = "possible"
    SEVERAL = "several"
    LOW = "low"
    REFUSED = "refused"
    NONE = "none"

    @property
    def for_review(self) -> bool:
        """Whether a person has something to decide."""
        return self in (Outcome.POSSIBLE, Outcome.SEVERAL)


ORDER = tuple(Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """What was found in the end, by which search, and how many were made.

    `restricted` is told of whoever was found: where they live is then withheld.
    """

    outcome: Outcome = Outcome.NONE
    nhs_number: str | None = None
    score: float | None = None
    restricted: bool = False
    step: str = ""
    searches: int = 0


NOBODY = Traced()


def trace(sought: Sought, search: Callable[[Parameters], Answer]) -> Traced:
    """Make one search after another until somebody is matched, and keep the best that was found.

    Two searches that find two different people find several: neither of them is linked.
    """
    best, made = NOBODY, 0
    for step, parameters in searches(sought):
        made += 1
        outcome, found = judge(sought, search(parameters))
        seen = _traced(outcome, found, step.name)
        best = _both(best, seen)
        if best.outcome in (Outcome.MATCHED, Outcome.SEVERAL) and seen.nhs_number:
            break
    return Traced(
        outcome=best.outcome,
        nhs_number=best.nhs_number,
        score=best.score,
        restricted=best.restricted,
        step=best.step,
        searches=made,
    )


def judge(sought: Sought, answer: Answer) -> tuple[Outcome, Found | None]:
    """What one answer says of somebody, and whom it names.

    A score says how close they are to what was asked, which a search may have changed or left out.
    So whoever has another first name or birth than the one sought is possible at best, and never
    linked by machine.
    """
    if answer.fault:
        return (Outcome.SEVERAL if answer.fault == TOO_MANY_MATCHES else Outcome.REFUSED), None
    if not answer.found:
        return Outcome.NONE, None
    if len({each.nhs_number for each in answer.found}) > 1:
        return Outcome.SEVERAL, None
    (found, *_) = answer.found
    if found.score is None or found.score < POSSIBLE:
        return Outcome.LOW, None
    differ = TELLING_APART.intersection(differences(sought, found))
    known = bool(found.born and found.given and sought.given)
    sure = found.score >= MATCH and known and not differ
    return (Outcome.MATCHED if sure else Outcome.POSSIBLE), found


def _traced(outcome: Outcome, found: Found | None, step: str) -> Traced:
    if found is None:
        return Traced(outcome=outcome, step=step)
    return Traced(
        outcome=outcome,
        nhs_number=found.nhs_number,
        score=found.score,
        restricted=found.restricted,
        step=step,
    )


def _both(best: Traced, seen: Traced) -> Traced:
    if best.nhs_number and seen.nhs_number and best.nhs_number != seen.nhs_number:
        return Traced(
            outcome=Outcome.SEVERAL, restricted=best.restricted or seen.restricted, step=seen.step
        )
    return seen if ORDER.index(seen.outcome) < ORDER.index(best.outcome) else best
