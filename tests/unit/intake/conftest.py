"""Reading made-up files as intake does, without a database."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from keepsight.intake.files import head_of
from keepsight.intake.recognise import source_for
from keepsight.intake.rows import Context, Part

REPO = Path(__file__).parents[3]
SOURCES = REPO / "src/keepsight/intake/sources"
RECEIVED = date(2026, 5, 8)


@pytest.fixture
def parts_of() -> Callable[..., list[Part]]:
    """Every part of a file that is recognised by its bytes alone."""

    def read(content: bytes | str | Path, filename: str = "file") -> list[Part]:
        if isinstance(content, Path):
            filename, content = content.name, content.read_bytes()
        if isinstance(content, str):
            content = content.encode()
        stream = io.BytesIO(content)
        source = source_for(filename, head_of(stream))
        return list(source.rows(stream, Context(filename, "agency", RECEIVED, RECEIVED)))

    return read


@pytest.fixture
def fixture_of() -> Callable[[str], Path]:
    """A source's own fixture file, such as “cin/fixture.xml”."""
    return lambda name: SOURCES / name
