"""What a line of each table of adoption states: all of it sealed, and nothing of adopters."""

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact
from keepsight.intake.sources.ssda903.checks import check_born_before
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import ssda903_more
from keepsight.kernel.vocabulary.content.adoption import (
    AdoptionDecided,
    EarlierPermanence,
    PlacedForAdoption,
)


def _decided(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    day = fields.required_day("DATE_INT")
    check_born_before(fields, "DATE_INT", day)
    content = AdoptionDecided(
        matched=fields.day("DATE_MATCH"), by_foster_carer=fields.flag("FOSTER_CARE")
    )
    return fields.fact(row, child, ("adoption", child, day.isoformat()), day, content)


def _placed(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    first, last = fields.period("DATE_PLACED", "DATE_PLACED_CEASED")
    check_born_before(fields, "DATE_PLACED", first)
    content = PlacedForAdoption(reason_ended=fields.code("REASON_PLACED_CEASED"))
    key = ("placed-for-adoption", child, first.isoformat())
    return fields.fact(row, child, key, first, content, last)


def _earlier(fields: Fields, row: str) -> Fact:
    """The day may be known in part only (zz/06/2019), so it is kept as stated."""
    child = fields.required("CHILD")
    fields.required("PREV_PERM")
    content = EarlierPermanence(
        permanence=fields.code("PREV_PERM") or "",
        authority=fields.text("LA_PERM"),
        day_as_stated=fields.text("DATE_PERM"),
    )
    key = ("earlier-permanence", child)
    return fields.fact(row, child, key, fields.context.received, content)


PARTS = {
    ssda903_more.ADOPTION.name: (PartOfLine("", _decided),),
    ssda903_more.PLACED_FOR_ADOPTION.name: (PartOfLine("", _placed),),
    ssda903_more.EARLIER_PERMANENCE.name: (PartOfLine("", _earlier),),
}
