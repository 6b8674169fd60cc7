"""What is named about another child too: the parts that the indicators of shared entities have.

None of their words says why another child is named. Whoever reads an alert is told whom to ask.
"""

from keepsight.kernel.entities.kinds import EntityKind
from keepsight.kernel.entities.naming import KINDS_THAT_NAME
from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.indicator import Threshold
from keepsight.kernel.indicators.language import any_of, began, in_last, in_progress, shared, some
from keepsight.kernel.indicators.nodes import Truth
from keepsight.kernel.indicators.selecting import LASTING_KINDS
from keepsight.kernel.vocabulary.content.base import Standing
from keepsight.kernel.vocabulary.events import BY_KIND

NAMED_WITHIN = local_practice(90, "days", "How lately the entity was named about the child")
APART = local_practice(
    180, "days", "How many days may lie between what names it about one child and about another"
)
SEVERAL = local_practice(
    2, "children", "About how many others it was named, where nothing else is recorded of them"
)

WHO_TO_ASK = (
    "Who else is named, and why, is not said here: ask the agency that recorded it, or the lead for"
    " exploitation at the council or the police."
)


def named_about_others(
    *by: EntityKind, others: Threshold = SEVERAL, lately: Threshold = NAMED_WITHIN
) -> Truth:
    """Something of these kinds was named about the child, and about others too."""
    kinds = dict.fromkeys(kind for each in by for kind in KINDS_THAT_NAME[each])
    return any_of(*(_named_in(kind, by, others, lately) for kind in kinds if _tells(kind)))


def _tells(kind: str) -> bool:
    """Whether a rule may read it, and it is more than context."""
    content = BY_KIND[kind]
    return content.readable and content.standing is not Standing.CONTEXT


def _named_in(kind: str, by: tuple[EntityKind, ...], others: Threshold, lately: Threshold) -> Truth:
    happened = in_progress if kind in LASTING_KINDS else began
    may = [each for each in by if kind in KINDS_THAT_NAME[each]]
    return some(shared(happened(kind, in_last(lately)), *may, within=APART, others=others))
