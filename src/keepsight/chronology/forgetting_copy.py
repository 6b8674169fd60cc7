"""Taking out of the nightly copy what was erased: a part that holds any of it is written anew.

A file beside the parts says up to which tombstone that was done. It is written last, so a night
that breaks off does it again.
"""

import os
from collections import defaultdict
from pathlib import Path

import duckdb
from django.db import connection

from keepsight.engines.keeping import write_whole

MARK = "forgotten-up-to"
ERASED = 'SELECT id, "of", ref FROM chronology_tombstone WHERE id > %s ORDER BY id'
PARTS = {"event": "events-*.parquet", "week": "weeks-*.parquet"}


def forget_erased(folder: Path) -> int:
    """Bring the parts under `folder` in line with the tombstones; returns how many were rewritten.

    A copy that was begun after something was erased does not hold it, so going over it again does
    no harm. The caller holds the transaction.
    """
    mark = folder / MARK
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(45)")
        cursor.execute(ERASED, [int(mark.read_text()) if mark.exists() else 0])
        rows = cursor.fetchall()
    if not rows:
        return 0
    erased: dict[str, list[int]] = defaultdict(list)
    for _, of, ref in rows:
        erased[of].append(ref)
    rewritten = sum(
        _rewritten(part, refs) for of, refs in erased.items() for part in folder.glob(PARTS[of])
    )
    write_whole(mark, str(rows[-1][0]))
    return rewritten


def _rewritten(part: Path, refs: list[int]) -> bool:
    fresh = part.with_suffix(".fresh")
    with duckdb.connect() as duck:
        duck.execute("CREATE TABLE erased AS SELECT unnest(?) AS id", [refs])
        held = f"read_parquet('{part}') p WHERE p.id IN (SELECT id FROM erased)"
        found = duck.execute(f"SELECT count(*) FROM {held}").fetchone()
        if not found or not found[0]:
            return False
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        kept = held.replace(" IN (", " NOT IN (")
        duck.execute(f"COPY (SELECT p.* FROM {kept}) TO '{fresh}' (FORMAT parquet)")
    fresh.chmod(0o600)
    fresh.replace(part)
    return True
