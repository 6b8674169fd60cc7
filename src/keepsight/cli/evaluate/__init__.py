"""`keepsight identity evaluate`: linkage measured on a labelled file of anybody's."""
