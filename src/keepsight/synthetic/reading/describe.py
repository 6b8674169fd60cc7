"""A county's rates beside the published ones."""

from pathlib import Path

from keepsight.synthetic.calibration import FIGURES
from keepsight.synthetic.reading.files import CountyFiles
from keepsight.synthetic.reading.measured import Measured
from keepsight.synthetic.reading.others import measure_health, measure_people, measure_police
from keepsight.synthetic.reading.schools import measure_schools
from keepsight.synthetic.reading.social_care import measure_social_care


def describe(folder: Path) -> tuple[Measured, ...]:
    """Every figure of the county in a folder, in the order of the table of figures.

    Raises `FileNotFoundError` where there is no county.
    """
    files = CountyFiles(folder)
    children = files.county.children
    found = {
        measured.key: measured
        for measured in (
            *measure_people(files),
            *measure_schools(files),
            *measure_social_care(files, children),
            *measure_police(files, children),
            *measure_health(files, children),
        )
    }
    return tuple(found[key] for key in FIGURES if key in found)
