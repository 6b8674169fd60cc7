"""Returns to check: hand-written ones that hold every element, and those of a made-up county."""
