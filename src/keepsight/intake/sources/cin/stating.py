"""A block's fact, or its refusal with the child's id beside the block's values."""

from collections.abc import Callable

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact, Refused
from keepsight.intake.sources.cin.blocks import Block, all_texts
from keepsight.kernel.formats.cin_census import CASE


def stated(
    block: Block, row: str, child: str, build: Callable[[Fields], Fact], *, first: bool = True
) -> Fact | Refused:
    """Build one fact; the block's own remarks go to its first."""
    fields = block.fields(with_remarks=first)
    try:
        return build(fields)
    except Unfit as unfit:
        # What stands in the blocks of a case is stated, or refused, by those blocks.
        held = block.values if block.schema is CASE else all_texts(block.element)
        remarked = {f"{remark.field}, remark": remark.value for remark in fields.remarks}
        raw = {"LAchildID": child} | held | remarked
        return Refused(row, unfit.field, unfit.value, unfit.reason, raw)
