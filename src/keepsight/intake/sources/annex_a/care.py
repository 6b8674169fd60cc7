"""What a row of lists 8 to 10 states: being looked after, leaving care, and adoption."""

from dataclasses import replace

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact
from keepsight.intake.sources.annex_a.words import code, words, yes
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats.annex_a import CHILD as CHILD_COLUMN
from keepsight.kernel.vocabulary.content.adoption import (
    AdoptionDecided,
    AdoptionOrderMade,
    PlacedForAdoption,
)
from keepsight.kernel.vocabulary.content.help_given import LookedAfterPeriod
from keepsight.kernel.vocabulary.content.looked_after import CareLeaver
from keepsight.kernel.vocabulary.content.social_care import LookedAfterReview, Placement
from keepsight.kernel.vocabulary.ssda903_codes import (
    CATEGORY_OF_NEED,
    LEGAL_STATUS,
    PLACEMENT_TYPE,
    PLACEMENT_TYPE_RETIRED,
    REASON_EPISODE_CEASED,
)
from keepsight.kernel.vocabulary.ssda903_more_codes import (
    ACCOMMODATION,
    ACTIVITY,
    WHY_NO_LONGER_PLACED,
)

CHILD = CHILD_COLUMN.name
BEGAN, CEASED = "Date Started to be Looked After", "Date Ceased to be Looked After"
REVIEWED = "Date of Latest Statutory Review"
PLACED = "Start Date of Most Recent Placement"
MISSING = (
    "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months"
)
AWAY = "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months"
OFFERED = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
ACCEPTED = "Did the child accept a Return Interview after their last missing episode (Y/N)?"


def _period(fields: Fields, row: str) -> Fact:
    child = fields.required(CHILD)
    first, last = fields.period(BEGAN, CEASED)
    content = LookedAfterPeriod(
        legal_status=code(fields, "Child's Legal Status", LEGAL_STATUS),
        category_of_need=code(fields, "Child's Category of Need", CATEGORY_OF_NEED),
        permanence_plan=words(fields, "What is the permanence plan for this child?"),
        reason_ended=code(fields, "Reason Ceased to be Looked After", REASON_EPISODE_CEASED),
        placements_in_a_year=fields.count("Number of Placements in the Last 12 months"),
        missing_in_a_year=fields.count(MISSING),
        away_in_a_year=fields.count(AWAY),
        interview_offered=yes(fields, OFFERED),
        interview_accepted=yes(fields, ACCEPTED),
        reviewing_officer_seen=fields.day("Date of Last IRO Visit / Contact to the Child"),
        health_assessed=fields.day("Date of Last Health Assessment"),
        teeth_checked=fields.day("Date of Last Dental Check"),
    )
    return fields.fact(row, child, ("looked-after", child, first.isoformat()), first, content, last)


def _placement(fields: Fields, row: str) -> Fact | None:
    if fields.text(PLACED) is None or fields.text(CHILD) is None:
        return None
    child = fields.required(CHILD)
    first, last = fields.period(PLACED, CEASED)
    content = Placement(
        legal_status=code(fields, "Child's Legal Status", LEGAL_STATUS),
        placement_type=code(fields, "Placement Type", PLACEMENT_TYPE, PLACEMENT_TYPE_RETIRED),
        category_of_need=code(fields, "Child's Category of Need", CATEGORY_OF_NEED),
    )
    key = ("placement", child, first.isoformat())
    return replace(fields.fact(row, child, key, first, content, last), retold=True)


def _review(fields: Fields, row: str) -> Fact | None:
    if fields.text(REVIEWED) is None or fields.text(CHILD) is None:
        return None
    child, day = fields.required(CHILD), fields.required_day(REVIEWED)
    key = ("review", child, day.isoformat())
    return replace(fields.fact(row, child, key, day, LookedAfterReview()), retold=True)


def _leaver(fields: Fields, row: str) -> Fact:
    child = fields.required(CHILD)
    touch = yes(fields, "LA in Touch")
    content = CareLeaver(
        in_touch=None if touch is None else "YES" if touch else "NO",
        activity=code(fields, "Activity Status", ACTIVITY),
        accommodation=_accommodation(fields),
        eligibility=words(fields, "Eligibility Category"),
        last_contact=fields.day("Latest Date of Contact"),
        plan_reviewed=fields.day("Latest Pathway Plan Review Date"),
    )
    key = ("care-leaver", child)
    return replace(fields.fact(row, child, key, fields.context.received, content), retold=True)


def _accommodation(fields: Fields) -> str | None:
    """The return’s code: a letter for the kind, and 1 or 2 for suitable or not."""
    text = words(fields, "Type of Accommodation")
    suitable = (words(fields, "Suitability of Accommodation") or "").casefold()
    if text is None:
        return None
    said = f"{text.partition(':')[0].strip()}{'2' if suitable.startswith(('un', 'not')) else '1'}"
    if said not in ACCOMMODATION:
        fields.note("Type of Accommodation", "This is no kind of accommodation of the return.")
        return text
    return said


DECIDED = "Date of Decision that Child Should be Placed for Adoption"
FOR_ADOPTION = "Date Placed for Adoption"
NO_LONGER = "Date of Decision that Child Should No Longer be Placed for Adoption"
ORDERED = "Date of Adoption Order"


def _decided(fields: Fields, row: str) -> Fact:
    child, day = fields.required(CHILD), fields.required_day(DECIDED)
    content = AdoptionDecided(
        matched=fields.day("Date of Matching Child and Prospective Adopters"),
        placement_order=fields.day("Date of Placement Order"),
    )
    key = ("adoption", child, day.isoformat())
    return replace(fields.fact(row, child, key, day, content), retold=True)


def _placed(fields: Fields, row: str) -> Fact | None:
    if fields.text(FOR_ADOPTION) is None or fields.text(CHILD) is None:
        return None
    child = fields.required(CHILD)
    first, last = fields.period(FOR_ADOPTION, NO_LONGER)
    why = "Reason Why Child No Longer Placed for Adoption"
    content = PlacedForAdoption(
        reason_ended=code(fields, why, WHY_NO_LONGER_PLACED) if fields.text(why) else None
    )
    key = ("placed-for-adoption", child, first.isoformat())
    return replace(fields.fact(row, child, key, first, content, last), retold=True)


def _ordered(fields: Fields, row: str) -> Fact | None:
    if fields.text(ORDERED) is None or fields.text(CHILD) is None:
        return None
    child, day = fields.required(CHILD), fields.required_day(ORDERED)
    return fields.fact(row, child, ("adoption-order", child), day, AdoptionOrderMade())


PARTS: dict[str, tuple[PartOfLine, ...]] = {
    "List 8": (
        PartOfLine("", _period),
        PartOfLine("placement", _placement),
        PartOfLine("review", _review),
    ),
    "List 9": (PartOfLine("", _leaver),),
    "List 10": (
        PartOfLine("", _decided),
        PartOfLine("placed", _placed),
        PartOfLine("order", _ordered),
    ),
}
