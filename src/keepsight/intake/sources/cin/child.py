"""One child of a census return: who it is, and each of its cases."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from keepsight.intake.rows import Context, Part, Refused
from keepsight.intake.sources.cin.blocks import Block, all_texts, read_block
from keepsight.intake.sources.cin.case import parts_of_case
from keepsight.intake.sources.cin.checks import check_child_id, check_sex_given
from keepsight.kernel.formats import cin_census
from keepsight.kernel.identifiers import UPN
from keepsight.kernel.vocabulary.content.person import PersonDetails

NO_ID = "The child has no LAchildID, so nothing here can be told to be of one child."
NOT_HELD = {
    "UPNunknown": "The reason that there is no UPN is kept here; no event holds it.",
    "ExpectedPersonBirthDate": "An expected day of birth is kept here; no event holds it yet.",
    "PersonDeathDate": "A day of death is kept here; no event holds it yet.",
}


def parts_of_child(
    element: etree._Element, number: int, stated_on: date, context: Context
) -> Iterator[Part]:
    """Every part of one child; without an id the child is refused whole."""
    row = f"Child {number}"
    child = read_block(element, cin_census.CHILD, context, row)
    identifiers = next(iter(child.inner("ChildIdentifiers", row=row)), None)
    child_id = identifiers.fields().text("LAchildID") if identifiers else None
    if identifiers is None or child_id is None:
        yield Refused(row, "LAchildID", "", NO_ID, all_texts(element))
        return
    yield from child.refused
    yield from identifiers.refused
    yield from _person(child, identifiers, child_id, stated_on)
    for case in child.inner("CINdetails"):
        yield from parts_of_case(case, child_id)


def _person(child: Block, identifiers: Block, child_id: str, stated_on: date) -> Iterator[Part]:
    fields = identifiers.fields(with_remarks=True)
    fields.remarks.extend(child.remarks)
    check_child_id(fields)
    check_sex_given(fields)
    ethnicity = None
    disabilities: tuple[str, ...] = ()
    for block in child.inner("ChildCharacteristics", row=child.row):
        yield from block.refused
        characteristics = block.fields(with_remarks=True)
        ethnicity = characteristics.code("Ethnicity")
        fields.remarks.extend(characteristics.remarks)
        for group in block.inner("Disabilities", row=child.row):
            yield from group.refused
            fields.remarks.extend(group.remarks)
            disabilities = group.coded("Disability", fields)
    person = PersonDetails(
        date_of_birth=fields.day("PersonBirthDate"),
        sex=fields.code("Sex") or fields.code("GenderCurrent"),
        ethnicity=ethnicity,
        disabilities=disabilities,
        upn=fields.identifier("UPN", UPN),
        former_upn=fields.identifier("FormerUPN", UPN),
    )
    fields.code("UPNunknown")
    for name, reason in NOT_HELD.items():
        if fields.text(name):
            fields.note(name, reason)
    yield fields.fact(child.row, child_id, ("person", child_id), stated_on, person)
