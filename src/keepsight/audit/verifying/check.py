"""The check itself, in one pass over the log: memory does not grow with it."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import replace
from hashlib import sha256

from keepsight.audit.leaves import EDITED, GONE
from keepsight.audit.tree import WIDTH
from keepsight.audit.verifying.findings import Finding, Verdict, Wrong
from keepsight.audit.verifying.log import UNPLACED, Log, Row
from keepsight.audit.verifying.roots import Roots, Witnessed, sound
from keepsight.audit.verifying.tiles import Tiles
from keepsight.kernel.checkpoints import VerifierKey
from keepsight.kernel.merkle import Frontier, root_over


def check(log: Log, keys: Collection[VerifierKey], witnessed: Sequence[Witnessed] = ()) -> Verdict:
    """Check everything, and say what is wrong. `witnessed` are checkpoints that others kept."""
    verdict = Verdict(witnesses=len(witnessed))
    ours: list[Witnessed] = []
    for each in sound(log.checkpoints(), keys):
        verdict.add(each) if isinstance(each, Finding) else ours.append(each)
    verdict.checkpoints = len(ours)
    roots, tiles = Roots([*ours, *witnessed]), Tiles(log)
    rest, whole = _placed(log, verdict, tiles, roots)
    told = _tree(verdict, tiles, roots) if whole else True
    if beyond := roots.beyond(verdict.size):
        verdict.add(replace(beyond, index=verdict.size) if told else beyond)
    _unplaced(log, verdict, rest)
    return verdict


def _placed(log: Log, verdict: Verdict, tiles: Tiles, roots: Roots) -> tuple[list[Row], bool]:
    """Go through the leaves that have a place.

    Gives back the rows that have none, and whether the places had no gap: behind a gap neither
    tiles nor roots can be compared.
    """
    full, hashes = Frontier(), list[bytes]()
    erased, expected, whole, next_root = log.erased(), 0, True, roots.next_size()
    rest: list[Row] = []
    for row in log.rows():
        index, _, _, leaf, own, remark = row
        if index != expected:
            if index == UNPLACED:
                rest.append(row)
                continue
            verdict.add(_gap(row, expected))
            expected, whole = index, False
        if own != leaf or remark:
            _judge(log, verdict, row, erased)
        expected += 1
        if whole:
            hashes.append(sha256(b"\0" + leaf).digest())
            if len(hashes) == WIDTH:
                full.append(tiles.compare(hashes))
                hashes.clear()
            if expected == next_root:
                roots.compare(_root(full, hashes))
                next_root = roots.next_size()
    verdict.size = expected
    return rest, whole


def _root(full: Frontier, hashes: Sequence[bytes]) -> bytes:
    """The root over full tiles and the leaves behind them."""
    behind = Frontier()
    for each in hashes:
        behind.append(each)
    return root_over([*full.peaks, *behind.peaks])


def _gap(row: Row, expected: int) -> Finding:
    if row.index > expected:
        says = "Nothing has this place: a leaf was taken out."
        until = row.index - 1
        return Finding(index=expected, until=until, wrong=Wrong.DELETED, says=says)
    return Finding(index=row.index, wrong=Wrong.INSERTED, says="Two rows claim this one place.")


def _judge(log: Log, verdict: Verdict, row: Row, erased: Set[tuple[str, str]]) -> None:
    """A row that does not give the leaf in its place, or of which something is missing."""
    if row.own == row.leaf and row.remark == GONE and (row.source, row.ref) in erased:
        verdict.erased += 1
        return
    if not row.own:
        wrong, says = Wrong.DELETED, "It has a leaf in the log and is no longer there."
    elif row.own != row.leaf:
        wrong, says = Wrong.EDITED, "It no longer gives the leaf that was written with it."
    elif row.remark == EDITED:
        wrong, says = Wrong.EDITED, "Its content is not the one that it was written with."
    else:
        wrong, says = Wrong.DELETED, "Its content is gone, and no erasure by law is on record."
    verdict.add(Finding(index=row.index, wrong=wrong, ref=_named(log, row), says=says))


def _tree(verdict: Verdict, tiles: Tiles, roots: Roots) -> bool:
    """Where tiles and roots part from the leaves, and which of them is at fault.

    Gives back whether a tile tells the very place from which on the leaves are not what they were.
    Where a signed root agrees with the leaves, a tile below it that does not was edited itself.
    Where a root parts, a tile says more closely in which place.
    """
    parted, told = roots.parted, False
    for each in tiles.parted:
        if each.index < roots.agreed:
            says = "The leaves give the signed root. The stored tree does not fit them."
            verdict.add(replace(each, wrong=Wrong.TREE, says=says))
            continue
        if parted and parted.until is not None and each.index > parted.until:
            break
        if each.wrong is not Wrong.TREE:
            parted, told = None, True
        verdict.add(each)
        break
    if parted:
        verdict.add(parted)
    more = tiles.more()
    if more is not None and roots.beyond(verdict.size) is None:
        says = f"{verdict.size:,} entries are there, and the stored tree is of more."
        index = min(roots.agreed, verdict.size)
        verdict.add(Finding(index=index, until=more, wrong=Wrong.TRUNCATED, says=says))
    return told


def _unplaced(log: Log, verdict: Verdict, rows: Iterable[Row]) -> None:
    """Rows that have no place: they wait in the inbox, or nobody wrote them as rows are written."""
    waiting = dict(log.waiting())
    verdict.waiting = len(waiting)
    for row in rows:
        leaf = waiting.pop((row.source, row.ref), None)
        if leaf is None:
            wrong, says = Wrong.INSERTED, "It was never given a leaf, as every row is."
        elif leaf != row.own or row.remark:
            wrong, says = Wrong.EDITED, "It no longer gives the leaf that waits for its place."
        else:
            continue
        verdict.add(Finding(index=verdict.size, wrong=wrong, ref=_named(log, row), says=says))
    for source, ref in waiting:
        says = "Its leaf waits for its place, and it is no longer there."
        named = f"{log.title(source)} {ref}"
        verdict.add(Finding(index=verdict.size, wrong=Wrong.DELETED, ref=named, says=says))


def _named(log: Log, row: Row) -> str:
    return f"{log.title(row.source)} {row.ref}"
