"""Where Keepsight keeps what it makes: one folder, `var`, unless `KEEPSIGHT_VAR` names another."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
REPOSITORY = PACKAGE.parents[1]


def var() -> Path:
    """The folder for the embedded database, nightly copies and the demo's feeds."""
    return Path(os.environ.get("KEEPSIGHT_VAR", REPOSITORY / "var")).resolve()
