"""Measuring detection: a nightly copy of many children, and what judging them takes."""
