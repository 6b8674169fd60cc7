"""A made-up county, in its agencies' own files, whose truth is known and kept apart."""

from keepsight.synthetic.county import Agency, Area, County, Delivery, Feed, load_county
from keepsight.synthetic.make import write_county

__all__ = ["Agency", "Area", "County", "Delivery", "Feed", "load_county", "write_county"]
