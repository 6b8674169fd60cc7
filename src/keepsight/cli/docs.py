"""`keepsight docs`: writes docs/reference/generated from code, or says what of it is stale."""

from pathlib import Path

from keepsight.cli.reference import pages
from keepsight.cli.reference.openapi import openapi_document
from keepsight.engines.paths import REPOSITORY

FOLDER = REPOSITORY / "docs" / "reference" / "generated"


def write_docs(*, check: bool) -> list[str]:
    """Bring the generated reference up to date, and name the files that were not.

    With `check` nothing is written. A file that no page makes is stale too. No database is needed.
    """
    wanted = pages() | {"openapi.json": openapi_document()}
    stale = [name for name, text in wanted.items() if _text(FOLDER / name) != text]
    there = (path for path in FOLDER.rglob("*") if path.is_file())
    names = sorted(path.relative_to(FOLDER).as_posix() for path in there)
    strangers = [name for name in names if name not in wanted]
    if not check:
        for name in stale:
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        for name in strangers:
            (FOLDER / name).unlink()
    return [*stale, *strangers]


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
