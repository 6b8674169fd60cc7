"""Absence that keeps beginning beside the weekend."""

from keepsight.kernel.indicators.catalogue.numbers import local_practice
from keepsight.kernel.indicators.catalogue.signs import SIGN_THRESHOLDS, another_sign_than
from keepsight.kernel.indicators.catalogue.sources import OFSTED_PUBLISHED, PUBLIC_TOOLS
from keepsight.kernel.indicators.concerns import Concern
from keepsight.kernel.indicators.indicator import Indicator, Mark
from keepsight.kernel.indicators.language import (
    all_of,
    any_of,
    at_least,
    began,
    days_of,
    given,
    in_last,
    on_weekdays,
    times,
)
from keepsight.kernel.indicators.nodes import Truth
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.indicators.windows import Weekday
from keepsight.kernel.vocabulary.content.base import Standing

WITHIN = local_practice(84, "days", "The time in which absences are counted: twelve weeks")
SPELLS = local_practice(
    4, "days", "Days on which an absence began, all of them Mondays or all Fridays"
)
AT_LEAST_HALF = local_practice(2, "times", "Twice their number is no less than the number of all")

every_spell = began("absence_spell", in_last(WITHIN))
on_mondays = on_weekdays(every_spell, Weekday.MONDAY)
on_fridays = on_weekdays(every_spell, Weekday.FRIDAY)


def _often_and_mostly(spells: Select) -> Truth:
    return all_of(
        at_least(SPELLS, days_of(spells)),
        given(at_least(days_of(every_spell), times(AT_LEAST_HALF, days_of(spells)))),
    )


ABSENT_ON_ONE_WEEKDAY = Indicator(
    code="absent_on_one_weekday",
    version=1,
    title="Absences that begin on Mondays, or on Fridays, together with another sign",
    question=(
        "What happens at the end of the week, or over the weekend, and who is with the child then?"
    ),
    reason=(
        "An absence that keeps falling beside the weekend has a cause that keeps falling there."
        " School sees the days, and somebody else may know of the weekend."
    ),
    changes=(
        "Twelve weeks in which absences begin on other days, or fewer of them; or the other sign"
        " recorded in error and corrected."
    ),
    source=PUBLIC_TOOLS,
    mark=Mark.UNCONFIRMED,
    concern=Concern.MISSING_FROM_SCHOOL,
    standing=Standing.CONCERN,
    rule=all_of(
        any_of(_often_and_mostly(on_mondays), _often_and_mostly(on_fridays)),
        another_sign_than(),
    ),
    in_force_from=OFSTED_PUBLISHED,
    thresholds=(WITHIN, SPELLS, AT_LEAST_HALF, *SIGN_THRESHOLDS),
)
