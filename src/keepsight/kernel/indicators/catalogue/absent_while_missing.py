"""Away from school while missing from home or care."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_ON_ABSENCE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    days_of,
    during,
    in_last,
    in_progress,
    some,
)
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(
    90, "days", "The time in which absence and missing episodes are read together"
)
TWICE = local_practice(
    2, "days", "Days on which such an absence began; once is enough with another sign"
)

episodes = in_progress("missing_episode", in_last(WITHIN))
spells = in_progress("absence_spell", in_last(WITHIN))
absent_meanwhile = during(spells, episodes)

ABSENT_WHILE_MISSING = Indicator(
    code="absent_while_missing",
    version=1,
    title="Absent from school while missing",
    question=(
        "Did the school know that the child was missing, and did those who looked for the child"
        " know that school had lost sight of them too?"
    ),
    reason=(
        "A child who is missing at home and absent at school is out of everybody’s sight at once."
        " Each of the two records is incomplete without the other, and they are held by different"
        " agencies."
    ),
    changes=(
        "Ninety days in which no absence and no missing episode fall together; or one of them"
        " recorded in error and corrected."
    ),
    source=OFSTED_ON_ABSENCE,
    mark=Mark.READ_SECOND_HAND,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(
        some(during(episodes, spells)),
        any_of(
            at_least(TWICE, days_of(absent_meanwhile)),
            all_of(some(absent_meanwhile), another_sign_than("missing_episode")),
        ),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, TWICE, *SIGN_THRESHOLDS),
)
