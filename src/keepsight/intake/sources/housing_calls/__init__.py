"""Calls to a housing service about the home of a child."""

from pathlib import Path

from keepsight.intake.mapping import MappedCSV

SOURCE = MappedCSV(Path(__file__).with_name("mapping.yaml"))
