"""Rules of the children in need census, and checking a return against them."""

from keepsight.kernel.checks.cin.check import RULES, Checking

__all__ = ["RULES", "Checking"]
