"""How a number of local practice is named: most of the catalogue's numbers are such."""

from datetime import date
from fractions import Fraction

from keepsight.kernel.indicators.catalogue.sources import LOCAL_PRACTICE, OFSTED_PUBLISHED
from keepsight.kernel.indicators.indicator import Mark, Threshold


def local_practice(
    value: int | Fraction, unit: str, meaning: str, since: date = OFSTED_PUBLISHED
) -> Threshold:
    """A number for which there is no national source: a place for an area to disagree."""
    return Threshold(
        value=value,
        unit=unit,
        meaning=meaning,
        source=LOCAL_PRACTICE,
        mark=Mark.UNCONFIRMED,
        in_force_from=since,
    )
