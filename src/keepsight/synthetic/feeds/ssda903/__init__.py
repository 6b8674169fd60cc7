"""The looked-after children return (SSDA903) as CSV, monthly: all of its tables."""

from keepsight.synthetic.feeds.ssda903.write import write_return

__all__ = ["write_return"]
