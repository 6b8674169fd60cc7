"""The School Census of each school, term by term, in the flattened form of authorities' pipelines.

Of the 16 groups those that bear on safeguarding. Columns as in `formats.md` section 4; those that
this county's schools do not fill in are sent empty.
"""

from keepsight.synthetic.feeds.school_census.write import write_census

__all__ = ["write_census"]
