"""A block's fact, withdrawn where the block is to be purged, or its refusal."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact, Part, Refused
from keepsight.intake.sources.csc_daily.blocks import Block
from keepsight.kernel.vocabulary.content.base import ContentError

Build = Callable[[Block, Fields, str], Fact]


def stated(
    block: Block, row: str, child: str, build: Callable[[Fields], Fact], *, first: bool = True
) -> Fact | Refused:
    """Build one fact; the block's own remarks go to its first."""
    fields = block.fields(with_remarks=first)
    try:
        return replace(build(fields), withdrawn=block.purged)
    except Unfit as unfit:
        found = unfit
    except ContentError as error:
        found = Unfit("", "", str(error))
    lists = {name: "; ".join(said) for name, said in block.lists.items()}
    raw = {"la_child_id": child} | block.values | lists
    return Refused(row, found.field, found.value, found.reason, raw)


def each_of(block: Block | Refused, name: str, child: str, build: Build) -> Iterator[Part]:
    """One fact of each block of a name within another."""
    if isinstance(block, Refused):
        yield block
        return
    for found in block.blocks(name):
        yield found if isinstance(found, Refused) else _built(found, child, build)


def _built(block: Block, child: str, build: Build) -> Fact | Refused:
    return stated(block, block.row, child, lambda fields: build(block, fields, child))
