"""One block of a census return read against its schema: nothing in it is passed over."""

from dataclasses import dataclass, field

from lxml import etree

from keepsight.intake.fields import Fields
from keepsight.intake.readers.xml import local_name
from keepsight.intake.rows import Context, Refused, Remark
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.cin_census import NOT_TAKEN
from keepsight.kernel.formats.schema import Element, Type


@dataclass(slots=True)
class Block:
    """What stands in one block: single values, repeated values, inner blocks, and faults."""

    element: etree._Element
    schema: Element
    context: Context
    row: str
    values: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, list[etree._Element]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def fields(self, *, with_remarks: bool = False) -> Fields:
        """The block's values to read one fact from; the block's own remarks go to one of them."""
        codes = {child.name: child.codes for child in self.schema.children}
        fields = Fields(self.values, self.context, iso_day, codes)
        if with_remarks:
            fields.remarks.extend(self.remarks)
        return fields

    def coded(self, name: str, fields: Fields) -> tuple[str, ...]:
        """A repeated code as sent, in order; faulty ones are remarked on among the fields."""
        sets = self.schema.child(name).codes
        found = [code for code in self.many.get(name, ()) if code]
        for code in found:
            if not any(code in allowed for allowed in sets):
                reason = f"“{code}” is not a code for {sets[0].name}."
                fields.remarks.append(Remark(name, code, reason))
        return tuple(found)

    def inner(self, name: str, *, row: str = "") -> list["Block"]:
        """The inner blocks of one name, each known by the name and its number."""
        schema = self.schema.child(name)
        return [
            read_block(element, schema, self.context, row or f"{self.row}, {name} {number}")
            for number, element in enumerate(self.groups.get(name, ()), start=1)
        ]


def read_block(element: etree._Element, schema: Element, context: Context, row: str) -> Block:
    """Sort what an element holds by its schema, with a remark or refusal for all that is not it."""
    block = Block(element, schema, context, row)
    _note_stray(block, element.text)
    last = 0
    for inner in element:
        name = local_name(inner)
        place = schema.places.get(name)
        if place is None:
            block.refused.append(refused_element(inner, element, row))
        else:
            _take(block, inner, schema.children[place], place < last)
            last = max(last, place)
        _note_stray(block, inner.tail)
    _note_missing(block)
    return block


def refused_element(
    element: etree._Element, parent: etree._Element | None, row: str, *, stray: str = ""
) -> Refused:
    """The refusal of an element, or of text beside it, that the census does not have here."""
    name = local_name(element)
    where = local_name(parent) if parent is not None else "the file"
    raw = all_texts(element)
    if stray:
        reason = f"This text stands loose in {where}, in no element of its own."
        return Refused(row, where, stray, reason, {where: stray})
    reason = NOT_TAKEN.get(name, f"The census has no element {name} in {where}") + "."
    return Refused(f"{row}, {name}", name, (element.text or "").strip(), reason, raw)


def _take(block: Block, inner: etree._Element, schema: Element, late: bool) -> None:
    name = schema.name
    if late:
        reason = f"{name} stands after an element that should follow it."
        block.remarks.append(Remark(name, "", reason))
    if schema.type is Type.GROUP:
        _take_group(block, inner, schema)
        return
    text = (inner.text or "").strip()
    if len(inner):
        block.refused.append(refused_element(inner[0], inner, block.row))
    if schema.many:
        block.many.setdefault(name, []).append(text)
    elif name in block.values:
        block.remarks.append(Remark(name, text, f"{name} is given twice; the first was used."))
    else:
        block.values[name] = text


def _take_group(block: Block, inner: etree._Element, schema: Element) -> None:
    found = block.groups.setdefault(schema.name, [])
    if found and not schema.many:
        reason = f"{schema.name} is given twice; the first was used."
        block.refused.append(
            Refused(f"{block.row}, {schema.name}", schema.name, "", reason, all_texts(inner))
        )
    else:
        found.append(inner)


def _note_stray(block: Block, text: str | None) -> None:
    if text and (stray := text.strip()):
        reason = f"This text stands loose in {block.schema.name}, in no element of its own."
        block.remarks.append(Remark(block.schema.name, stray, reason))


def _note_missing(block: Block) -> None:
    for child in block.schema.children:
        given = child.name in block.values or child.name in block.many or child.name in block.groups
        if child.required and not given:
            reason = f"{child.name} is missing, and the census requires it."
            block.remarks.append(Remark(child.name, "", reason))


def all_texts(element: etree._Element) -> dict[str, str]:
    """Every text in an element by the name of where it stands, for quarantine."""
    raw: dict[str, str] = {}
    for part in element.iter():
        for text in (part.text, part.tail if part is not element else None):
            if text and (found := text.strip()):
                name = local_name(part)
                raw[name] = f"{raw[name]}, {found}" if name in raw else found
    return raw
