"""The kernel's questions as those that people answer."""

from collections.abc import Sequence

from keepsight.engines.linkage_model import MODEL_VERSION
from keepsight.identity.models import LinkQuestion
from keepsight.identity.raising import PairReasons, RaisedQuestion
from keepsight.kernel.linkage.questions import Question
from keepsight.kernel.linkage.speaking import Asked, Evidence


def raised(asked: Sequence[Asked]) -> list[RaisedQuestion]:
    """Each question with its pair, what the pair weighs, and why."""
    return [_raised(each.question, each.evidence) for each in asked]


def _raised(question: Question, evidence: Sequence[Evidence]) -> RaisedQuestion:
    one, other = question.subjects
    levels = tuple((each.words, each.bits) for each in evidence)
    weight = question.weight
    pairs = () if weight is None else (
        PairReasons(one=one, other=other, weight=weight, levels=levels),
    )  # fmt: skip
    return RaisedQuestion(
        kind=LinkQuestion.Kind(question.kind.value),
        records=frozenset(question.subjects),
        model_version=MODEL_VERSION,
        weight=weight,
        pairs=pairs,
    )
