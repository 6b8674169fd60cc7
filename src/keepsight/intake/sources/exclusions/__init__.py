"""A school’s notices of suspensions and exclusions: a CSV described by a mapping file."""

from pathlib import Path

from keepsight.intake.mapping import MappedCSV

SOURCE = MappedCSV(Path(__file__).with_name("mapping.yaml"))
