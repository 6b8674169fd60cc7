"""The catalogue as this room looks things up in it."""

from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.former import FORMER
from keepsight.kernel.indicators.indicator import Indicator

BY_CODE = {(each.code, each.version): each for each in (*CATALOGUE, *FORMER)}


def indicator_in(code: str, version: int) -> Indicator:
    """The indicator, in the version that met an alert."""
    return BY_CODE[code, version]


def title_of(code: str) -> str:
    """What an indicator is called, in its latest version."""
    return max((each for each in CATALOGUE if each.code == code), key=lambda e: e.version).title
