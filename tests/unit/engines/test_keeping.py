"""Small files are whole or not there, whoever writes and reads at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest

from keepsight.engines.keeping import made_once, write_whole

LONG = 200_000


def test_a_reader_never_meets_half_of_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "roles.json"
    write_whole(path, json.dumps("a" * LONG))

    def write(turn: int) -> None:
        write_whole(path, json.dumps("ab"[turn % 2] * LONG))

    def read(_: int) -> int:
        return len(json.loads(path.read_text()))

    with ThreadPoolExecutor(4) as pool:
        written = pool.map(write, range(40))
        lengths = set(pool.map(read, range(400)))
        list(written)
    assert lengths == {LONG}
    assert [each.name for each in tmp_path.iterdir()] == ["roles.json"]


def test_whoever_comes_second_uses_what_the_first_made(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "secret-key"
    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(lambda turn: made_once(path, lambda: f"made by {turn}"), range(8)))
    assert got == {path.read_text()}
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "roles.json"
    write_whole(path, "whole")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half \ud800")
    assert path.read_text() == "whole"
    assert [each.name for each in tmp_path.iterdir()] == ["roles.json"]
