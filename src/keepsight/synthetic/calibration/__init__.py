"""What the county is calibrated on: published figures, each with its year, source and mark."""

from keepsight.synthetic.calibration.figure import Figure, Unit
from keepsight.synthetic.calibration.table import FIGURES, per_child

__all__ = ["FIGURES", "Figure", "Unit", "per_child"]
