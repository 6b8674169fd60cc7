"""Child-level data for inspection (Annex A): a workbook of eleven lists, once a year."""

from keepsight.synthetic.feeds.annex_a.write import write_annex

__all__ = ["write_annex"]
