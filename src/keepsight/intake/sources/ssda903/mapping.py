"""What a line of each SSDA903 table states: who the child is, care, and what befell it."""

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Fact
from keepsight.intake.sources.ssda903.adoption import PARTS as ADOPTION
from keepsight.intake.sources.ssda903.checks import check_born_before
from keepsight.intake.sources.ssda903.outcomes import PARTS as OUTCOMES
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import ssda903
from keepsight.kernel.identifiers import UPN
from keepsight.kernel.vocabulary.content.missing import MissingEpisode
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import (
    LookedAfterReview,
    Placement,
    SocialWorkerAllocated,
)
from keepsight.kernel.vocabulary.ssda903_more_codes import UPN_NOT_KNOWN

MISSING_CATEGORIES = {"M": "missing", "A": "away"}


NO_UPN = "The reason that there is no UPN is kept here; no event holds it."


def _person(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    has_no_upn = fields.text("UPN") in UPN_NOT_KNOWN
    if has_no_upn:
        fields.note("UPN", NO_UPN)
    content = PersonDetails(
        sex=fields.code("SEX"),
        date_of_birth=fields.day("DOB"),
        ethnicity=fields.code("ETHNIC"),
        upn=None if has_no_upn else fields.identifier("UPN", UPN),
    )
    return fields.fact(row, child, ("person", child), fields.context.received, content)


def _placement(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    first, last = fields.period("DECOM", "DEC")
    content = Placement(
        legal_status=fields.code("LS"),
        placement_type=fields.code("PLACE"),
        reason_for_new_episode=fields.code("RNE"),
        reason_ended=fields.code("REC"),
        reason_for_change=fields.code("REASON_PLACE_CHANGE"),
        category_of_need=fields.code("CIN"),
    )
    return fields.fact(row, child, ("placement", child, first.isoformat()), first, content, last)


def _review(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    day = fields.required_day("REVIEW")
    check_born_before(fields, "REVIEW", day)
    content = LookedAfterReview(participation=fields.code("REVIEW_CODE"))
    return fields.fact(row, child, ("review", child, day.isoformat()), day, content)


def _missing(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    first, last = fields.period("MIS_START", "MIS_END")
    check_born_before(fields, "MIS_START", first)
    category = MISSING_CATEGORIES.get(fields.required("MISSING"))
    if category is None:
        reason = "MISSING must be M (missing) or A (away without authorisation)."
        raise Unfit("MISSING", fields.required("MISSING"), reason)
    content = MissingEpisode(category=category)
    return fields.fact(row, child, ("missing", child, first.isoformat()), first, content, last)


def _social_worker(fields: Fields, row: str) -> Fact:
    child = fields.required("CHILD")
    first, last = fields.period("SW_DECOM", "SW_DEC")
    content = SocialWorkerAllocated(
        worker=fields.required("SW_ID"), reason=fields.code("SW_REASON")
    )
    key = ("social-worker", child, first.isoformat())
    return fields.fact(row, child, key, first, content, last)


PARTS = {
    ssda903.HEADER.name: (PartOfLine("", _person),),
    ssda903.EPISODES.name: (PartOfLine("", _placement),),
    ssda903.REVIEWS.name: (PartOfLine("", _review),),
    ssda903.MISSING.name: (PartOfLine("", _missing),),
    ssda903.SOCIAL_WORKERS.name: (PartOfLine("", _social_worker),),
    **OUTCOMES,
    **ADOPTION,
}
