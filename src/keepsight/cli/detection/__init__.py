"""Measuring detection on a made-up county: what was found, how early, and at how many alerts."""
