"""The truth about the county, in a folder of its own. Nothing in the product may read it."""
