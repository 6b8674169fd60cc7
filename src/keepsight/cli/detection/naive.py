"""What a council might do with one line of a spreadsheet; the catalogue stands beside it."""

from dataclasses import replace
from fractions import Fraction

from keepsight.kernel.indicators.catalogue.repeat_missing import REPEAT_MISSING
from keepsight.kernel.indicators.language import (
    THIS_SCHOOL_YEAR,
    all_of,
    at_least,
    began,
    in_last,
    some,
    times,
    total,
)

weeks = began("attendance_week", THIS_SCHOOL_YEAR)

NAIVE = replace(
    REPEAT_MISSING,
    code="naive",
    title="Persistently absent this school year, and missing once within a year",
    rule=all_of(
        at_least(times(Fraction(1, 10), total("possible", weeks)), total("absent", weeks)),
        some(began("missing_episode", in_last(365))),
    ),
    thresholds=(),
)
"""Persistently absent: a tenth of possible sessions missed (DfE, pupil absence statistics)."""
