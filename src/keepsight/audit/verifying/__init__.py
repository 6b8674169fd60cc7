"""Checking the log against the rows, the stored tree, our checkpoints and those of witnesses."""
