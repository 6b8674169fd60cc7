"""Whether a number that an agency holds is still that person’s, as the service answers for it."""

from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.tracing.answers import (
    INVALID_RESOURCE_ID,
    INVALIDATED_RESOURCE,
    RESOURCE_NOT_FOUND,
    Answer,
)
from keepsight.kernel.tracing.comparing import TELLING_APART, Field, differences
from keepsight.kernel.tracing.sought import Sought


class Standing(StrEnum):
    """How a number stands (`formats.md` 5, reconciliation of SUI_Matcher)."""

    NO_DIFFERENCES = "no differences"
    DIFFERENCES = "differences"
    SUPERSEDED = "superseded"
    NOT_FOUND = "not found"
    INVALIDATED = "invalidated"
    NOT_VALID = "not valid"
    REFUSED = "refused"


FAULTS = {
    RESOURCE_NOT_FOUND: Standing.NOT_FOUND,
    INVALIDATED_RESOURCE: Standing.INVALIDATED,
    INVALID_RESOURCE_ID: Standing.NOT_VALID,
}
"""What the service’s own codes mean (PDS FHIR, get patient details)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """How a number stands, which number replaced it, and in which details the person differs."""

    standing: Standing
    superseded_by: str | None = None
    differ: tuple[Field, ...] = ()
    restricted: bool = False

    @property
    def same_person(self) -> bool:
        """Whether nothing that tells people apart speaks against it that this is the record’s."""
        return not TELLING_APART.intersection(self.differ)


def reconcile(number: str, sought: Sought, answer: Answer) -> Reconciled:
    """Hold a record with a number against the answer for that number.

    The patient who comes back under another number has been given that one instead: the old must
    not be used for anybody (PDS FHIR, superseded patients).
    """
    if not answer.found:
        return Reconciled(standing=_fault(answer.fault))
    (found, *_) = answer.found
    differ = differences(sought, found)
    replaced = found.nhs_number if found.nhs_number != number else None
    standing = Standing.DIFFERENCES if differ else Standing.NO_DIFFERENCES
    return Reconciled(
        standing=Standing.SUPERSEDED if replaced else standing,
        superseded_by=replaced,
        differ=differ,
        restricted=found.restricted,
    )


def _fault(code: str) -> Standing:
    if not code:
        return Standing.INVALIDATED
    return FAULTS.get(code, Standing.REFUSED)
