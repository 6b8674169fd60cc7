"""Rules of the looked-after return (SSDA903), and checking one against them."""

from keepsight.kernel.checks.ssda903.check import RULES, Line, check, year_of

__all__ = ["RULES", "Line", "check", "year_of"]
