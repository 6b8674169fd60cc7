"""The packaged linkage model: one file, in Splink's words, that every executor reads."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from keepsight.kernel.linkage.model import Model, read_model

MODEL_VERSION = "keepsight-4"
"""Written into every link. A new packaged model, or a change of levels or rules, has a new one."""


@cache
def packaged_model() -> dict[str, Any]:
    """The model that links are made with unless another is given, as it is saved."""
    text = (files("keepsight.engines") / "default_linkage_model.json").read_text(encoding="utf-8")
    saved: dict[str, Any] = json.loads(text)
    return saved


@cache
def model_in_force() -> Model:
    """The packaged model as our own executors read it."""
    return read_model(packaged_model())
