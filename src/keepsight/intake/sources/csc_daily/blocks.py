"""One block of the payload as named values; what is not of its shape is remarked on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Context, Refused, Remark
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.csc_daily import BLOCKS, CODES, LISTS, PURGE

NOT_KNOWN = "The payload has no such property here; it is kept here only."
NOT_A_VALUE = "A single value was expected here."
NOT_A_BLOCK = "This should be a JSON object."


@dataclass(slots=True)
class Block:
    """A block's values as text, the blocks within it, and what was wrong with it."""

    name: str
    row: str
    context: Context
    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    inner: dict[str, list[Any]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    purged: bool = False

    def fields(self, *, with_remarks: bool = True) -> Fields:
        fields = Fields(self.values, self.context, iso_day, CODES)
        fields.remarks += self.remarks if with_remarks else []
        return fields

    def coded(self, name: str, fields: Fields) -> tuple[str, ...]:
        """A list of codes as sent, with a remark on each that is none."""
        allowed = LISTS[name]
        found = self.lists.get(name, ())
        fields.remarks += [
            Remark(name, code, f"“{code}” is not a code for {allowed.name}.")
            for code in found
            if code not in allowed
        ]
        return found

    def blocks(self, name: str) -> Iterator["Block | Refused"]:
        """Each block of a name within this one; purged where this one is."""
        title = BLOCKS[name].title
        for number, body in enumerate(self.inner.get(name, ()), start=1):
            row = f"{self.row}, {title} {number}"
            if not isinstance(body, dict):
                yield Refused(row, name, "", NOT_A_BLOCK, as_raw(body))
                continue
            yield block_of(name, body, row, self.context, purged=self.purged)


def block_of(
    name: str, body: dict[str, Any], row: str, context: Context, *, purged: bool = False
) -> Block:
    """A block read by its shape; nothing in it is lost."""
    shape = BLOCKS[name]
    block = Block(name, row, context, purged=purged or body.get(PURGE) is True)
    for key, value in body.items():
        if value is None or key in (PURGE, *shape.left):
            continue
        if key in shape.blocks:
            block.inner[key] = value if isinstance(value, list) else [value]
        elif key in shape.lists and isinstance(value, list):
            block.lists[key] = tuple(_text(each) for each in value if each is not None)
        elif key not in (*shape.values, *shape.lists):
            block.remarks.append(Remark(key, _text(value), NOT_KNOWN))
        elif isinstance(value, dict | list):
            block.remarks.append(Remark(key, _text(value), NOT_A_VALUE))
        else:
            block.values[key] = _text(value)
    return block


def as_raw(body: Any) -> dict[str, str]:
    """Anything as it was sent, for quarantine."""
    return {"json": _text(body)}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
