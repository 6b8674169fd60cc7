"""A report that the child did not go on with, and signs that it did not stop."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, SIGNS
from keepsight.kernel.indicators.catalogue.sources import IICSA_2022, IICSA_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    began,
    in_last,
    preceded,
    says,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

REPORTED_WITHIN = local_practice(
    365, "days", "The time in which such reports are looked at", IICSA_PUBLISHED
)
DAYS_BETWEEN = local_practice(
    180, "days", "How soon after it the other sign was recorded", IICSA_PUBLISHED
)

DOES_NOT_SUPPORT = "Victim does not support"
"""A force’s outcome of a report that ended because the victim did not wish to go on."""

withdrew = began("crime_victim", in_last(REPORTED_WITHIN), says("outcome", DOES_NOT_SUPPORT))
since = tuple(
    preceded(sign, by=withdrew, within=DAYS_BETWEEN) for sign in SIGNS if sign.kind != withdrew.kind
)

VICTIM_WITHDREW_AND_CONCERN_SINCE = Indicator(
    code="victim_withdrew_and_concern_since",
    version=1,
    title="Victim of a crime whose report was not supported, and a concern since",
    question=(
        "Why did the child not go on with the report, and what has happened since? Who is keeping"
        " in touch with the child?"
    ),
    reason=(
        "That a child does not support a report does not undo the harm that it told of. Children"
        " are threatened, and are tired of not being believed. A concern since says that it may not"
        " have stopped."
    ),
    changes=(
        "Half a year after the report without a concern; or one of them recorded in error and"
        " corrected."
    ),
    source=IICSA_2022,
    mark=Mark.UNCONFIRMED,
    concern=Concern.HARM_RECORDED,
    standing=Standing.HARM,
    rule=all_of(some(withdrew), any_of(*map(some, since))),
    in_force_from=IICSA_PUBLISHED,
    thresholds=(REPORTED_WITHIN, DAYS_BETWEEN, *SIGN_THRESHOLDS),
)
