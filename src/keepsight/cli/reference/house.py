"""The page of rooms, from the order that the import contract states and their own docstrings."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from keepsight.cli.reference.markdown import table
from keepsight.engines.paths import PACKAGE, REPOSITORY

TITLE = "The house"
ABOUT = (
    "Every folder is a room, in the order of imports: a room may use those of an earlier step, "
    "never those of the same step or a later one. `./run check` holds the order."
)
OUTSIDE = (
    "These stand outside that order: see the other import contracts in `pyproject.toml` for what "
    "each may use."
)


HEADING = ("Room", "What it is for", "Folders in it")


def body() -> str:
    layers = enumerate(reversed(_layers()), start=1)
    rows = [(str(step), *_row(room)) for step, layer in layers for room in layer]
    order = table(("Step", *HEADING), rows)
    placed = {room for layer in _layers() for room in layer}
    others = [path.name for path in _packages(PACKAGE) if path.name not in placed]
    return order + (f"\n{OUTSIDE}\n\n{table(HEADING, map(_row, others))}" if others else "")


def _layers() -> list[list[str]]:
    """From the highest to the lowest; rooms of one layer may not use one another."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    return [
        sorted(room.strip().removeprefix("keepsight.") for room in layer.split("|"))
        for layer in layers
    ]


def _row(room: str) -> tuple[str, ...]:
    folder = PACKAGE / room
    inside = ", ".join(f"`{path.name}`" for path in _packages(folder) if path.name != "migrations")
    return (f"`{room}`", _docstring(folder), inside)


def _packages(folder: Path) -> Iterator[Path]:
    return iter(sorted(path.parent for path in folder.glob("*/__init__.py")))


def _docstring(folder: Path) -> str:
    """Read, not imported: a room may need Django, and this page needs nothing."""
    source = (folder / "__init__.py").read_text(encoding="utf-8")
    return " ".join((ast.get_docstring(ast.parse(source)) or "").split())
