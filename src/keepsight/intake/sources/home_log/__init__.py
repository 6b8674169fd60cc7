"""The log of a children's home."""

from pathlib import Path

from keepsight.intake.mapping import MappedCSV

SOURCE = MappedCSV(Path(__file__).with_name("mapping.yaml"))
