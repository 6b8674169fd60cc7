"""Sightings of a child at a place or in a vehicle, as a police force exports them."""

from pathlib import Path

from keepsight.intake.mapping import MappedCSV

SOURCE = MappedCSV(Path(__file__).with_name("mapping.yaml"))
