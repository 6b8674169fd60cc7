"""Indicators: rules over events that anyone can read, each with its source and its reason."""
