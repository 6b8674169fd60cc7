"""Harmed by a crime, and not without other signs."""

from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than, lately
from keepsight.kernel.indicators.catalogue.sources import IICSA_2022, IICSA_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import all_of, began, some
from keepsight.kernel.vocabulary.content.base import Standing

victim = began("crime_victim", lately)

VICTIM_WITH_OTHER_SIGNS = Indicator(
    code="victim_with_other_signs",
    version=1,
    title="Victim of a crime, together with another sign",
    question="Who harmed the child, is that person still near, and do the other signs go with it?",
    reason=(
        "That a child was the victim of a crime is harm that has happened. The national inquiry"
        " found that marks of exploitation are put on crimes by hand, and vary; so the crime is"
        " read here beside what others recorded, whatever mark it bears."
    ),
    changes="Half a year without either; or one of them recorded in error and corrected.",
    source=IICSA_2022,
    mark=Mark.READ,
    concern=Concern.HARM_RECORDED,
    standing=Standing.HARM,
    rule=all_of(some(victim), another_sign_than("crime_victim")),
    in_force_from=IICSA_PUBLISHED,
    thresholds=SIGN_THRESHOLDS,
)
