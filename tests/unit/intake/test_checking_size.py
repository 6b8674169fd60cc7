"""A large census return is checked child by child: memory does not grow with it."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from keepsight.intake.checking import check_files
from keepsight.kernel.formats import cin_return
from keepsight.kernel.formats.blocks import Block
from tests.factories.returns import cin_full


def many(count: int) -> Iterator[Block]:
    """So many children, each with everything that the full one has, and ids of their own."""
    for number in range(count):
        identity = {**cin_full.EVERYTHING["ChildIdentifiers"], "LAchildID": f"C{number}"}  # type: ignore[dict-item]
        identity = {name: value for name, value in identity.items() if "UPN" not in name}
        yield {**cin_full.EVERYTHING, "ChildIdentifiers": {**identity, "UPNunknown": "UN4"}}


def peak(folder: Path, count: int) -> int:
    """The most memory that checking so many children takes, in bytes."""
    path = folder / f"{count}.xml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(cin_return.pieces(cin_full.HEADER, many(count)))
    tracemalloc.start()
    try:
        checked = check_files([path], "cin")
        assert checked.rows == count
        # So many children with the same two disabilities are something to ask about.
        assert {each.rule for each in checked.findings} <= {"2887Q"}
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_is_flat_but_for_an_id_a_child(tmp_path: Path) -> None:
    peak(tmp_path, 10)
    few, more = peak(tmp_path, 200), peak(tmp_path, 1_400)
    assert more - few < 1_200 * 250, "the two sets of hashes, and not the 3 KB of each child"
