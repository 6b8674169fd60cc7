"""A county's rates beside the published ones."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from keepsight.synthetic.calibration import FIGURES
from keepsight.synthetic.reading.files import CountyFiles, NotDelivered
from keepsight.synthetic.reading.measured import Measured
from keepsight.synthetic.reading.others import measure_health, measure_people, measure_police
from keepsight.synthetic.reading.schools import measure_schools
from keepsight.synthetic.reading.social_care import measure_in_need, measure_looked_after


def describe(folder: Path) -> tuple[Measured, ...]:
    """Every figure of the county in a folder, in the order of the table of figures.

    A figure of whose files the county has none, as one that lives for half a year, is left out.
    Raises `FileNotFoundError` where there is no county.
    """
    files = CountyFiles(folder)
    children = files.county.children
    found = {
        measured.key: measured
        for figures in (
            measure_people(files),
            measure_schools(files),
            measure_in_need(files, children),
            measure_looked_after(files, children),
            measure_police(files, children),
            measure_health(files, children),
        )
        for measured in _delivered(figures)
    }
    return tuple(found[key] for key in FIGURES if key in found)


def _delivered(figures: Iterator[Measured]) -> Iterator[Measured]:
    with suppress(NotDelivered):
        yield from figures
