"""The command line: `keepsight COMMAND`."""

from keepsight.cli.app import main

__all__ = ["main"]
