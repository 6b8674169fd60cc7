"""Reports of a charity's workers on their work with a child."""

from pathlib import Path

from keepsight.intake.mapping import MappedCSV

SOURCE = MappedCSV(Path(__file__).with_name("mapping.yaml"))
