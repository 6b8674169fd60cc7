"""What a row of lists 1 to 7 states. The keys of what the census states too are the census’s."""

from dataclasses import replace

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact
from keepsight.intake.sources.annex_a.care import PARTS as CARE
from keepsight.intake.sources.annex_a.words import abuse, code, sex, words, yes
from keepsight.intake.tabular import PartOfLine
from keepsight.kernel.formats import annex_a
from keepsight.kernel.vocabulary.cin_codes import (
    PRIMARY_NEED,
    REASON_FOR_CLOSURE,
    REFERRAL_SOURCE,
)
from keepsight.kernel.vocabulary.content.help_given import (
    ChildSeen,
    ContactReceived,
    EarlyHelpAssessment,
    InNeed,
)
from keepsight.kernel.vocabulary.content.person import PersonDetails
from keepsight.kernel.vocabulary.content.social_care import (
    AssessmentCompleted,
    AssessmentStarted,
    CaseClosed,
    ChildProtectionPlan,
    InitialConferenceHeld,
    InitialConferenceNotRequired,
    ProtectionPlanReviewed,
    ReferralReceived,
    Section47Started,
)
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY

CHILD = annex_a.CHILD.name


def person(fields: Fields, row: str) -> Fact | None:
    """Who the child is, said in every row and, where it is the same, nothing new."""
    child = fields.text(CHILD)
    if child is None:
        return None
    content = PersonDetails(
        sex=sex(fields, "Gender"),
        ethnicity=code(fields, "Ethnicity", ETHNICITY),
        date_of_birth=fields.day("Date of Birth"),
    )
    key = ("person", "annex-a", child)
    return fields.fact(row, child, key, fields.context.received, content)


def seen(day: str, alone: str = "") -> PartOfLine:
    """A day on which the child was seen, where the list says one."""

    def build(fields: Fields, row: str) -> Fact | None:
        if fields.text(day) is None or fields.text(CHILD) is None:
            return None
        child, when = fields.required(CHILD), fields.required_day(day)
        content = ChildSeen(alone=yes(fields, alone) if alone else None)
        return fields.fact(row, child, ("seen", child, when.isoformat()), when, content)

    return PartOfLine("visit", build)


def _contact(fields: Fields, row: str) -> Fact:
    child, day = fields.required(CHILD), fields.required_day("Date of Contact")
    content = ContactReceived(contact_source=code(fields, "Contact Source", REFERRAL_SOURCE))
    return fields.fact(row, child, ("contact", child, day.isoformat()), day, content)


def _early_help(fields: Fields, row: str) -> Fact:
    child = fields.required(CHILD)
    first, last = fields.period("Assessment start date", "Assessment completion date")
    content = EarlyHelpAssessment(organisation=fields.text("Organisation completing assessment"))
    return fields.fact(row, child, ("early-help", child, first.isoformat()), first, content, last)


def _referral(fields: Fields, row: str) -> Fact:
    child, day = fields.required(CHILD), fields.required_day("Date of Referral")
    content = ReferralReceived(
        referral_source=code(fields, "Referral Source", REFERRAL_SOURCE),
        no_further_action=yes(fields, "Referral NFA?"),
    )
    fact = fields.fact(row, child, ("referral", child, day.isoformat()), day, content)
    return replace(fact, retold=True)


ASSESSED = "Continuous Assessment Start Date"
AUTHORISED = "Continuous Assessment Date of Authorisation"


def _assessment(fields: Fields, row: str) -> Fact:
    child, day = fields.required(CHILD), fields.required_day(ASSESSED)
    key = ("assessment", child, day.isoformat())
    return replace(fields.fact(row, child, key, day, AssessmentStarted()), retold=True)


def _assessed(fields: Fields, row: str) -> Fact | None:
    if fields.text(AUTHORISED) is None or fields.text(CHILD) is None:
        return None
    child = fields.required(CHILD)
    first, last = fields.period(ASSESSED, AUTHORISED)
    key = ("assessment-completed", child, first.isoformat())
    return replace(fields.fact(row, child, key, last or first, AssessmentCompleted()), retold=True)


ENQUIRED = "Strategy discussion initiating Section 47 Enquiry Start Date"
CONFERENCE = "Date of Initial Child Protection Conference"
UNNECESSARY = "Was an Initial Child Protection Conference deemed unnecessary?"


def _enquiry(fields: Fields, row: str) -> Fact:
    child, day = fields.required(CHILD), fields.required_day(ENQUIRED)
    key = ("section47", child, day.isoformat())
    return replace(fields.fact(row, child, key, day, Section47Started()), retold=True)


def _conference(fields: Fields, row: str) -> Fact | None:
    """Held, or not required: that is told on the day of the enquiry’s start, as by the census."""
    if fields.text(CHILD) is None:
        return None
    child, day = fields.required(CHILD), fields.required_day(ENQUIRED)
    key = ("conference", child, day.isoformat())
    if fields.text(CONFERENCE):
        held = fields.required_day(CONFERENCE)
        return replace(fields.fact(row, child, key, held, InitialConferenceHeld()), retold=True)
    if yes(fields, UNNECESSARY):
        not_required = fields.fact(row, child, key, day, InitialConferenceNotRequired())
        return replace(not_required, retold=True)
    return None


NEEDED, CLOSED = "CIN Start Date", "CIN Closure Date"


def _in_need(fields: Fields, row: str) -> Fact:
    child = fields.required(CHILD)
    first, last = fields.period(NEEDED, CLOSED)
    content = InNeed(
        primary_need=code(fields, "Primary Need Code", PRIMARY_NEED),
        status=words(fields, "Case Status"),
    )
    return fields.fact(row, child, ("in-need", child, first.isoformat()), first, content, last)


def _closure(fields: Fields, row: str) -> Fact | None:
    if fields.text(CLOSED) is None or fields.text(CHILD) is None:
        return None
    child = fields.required(CHILD)
    first, last = fields.period(NEEDED, CLOSED)
    content = CaseClosed(reason=code(fields, "Reason for Closure", REASON_FOR_CLOSURE))
    key = ("closure", child, first.isoformat())
    return replace(fields.fact(row, child, key, last or first, content), retold=True)


PLANNED, ENDED = "Child Protection Plan Start Date", "Child Protection Plan End Date"
REVIEWED = "Date of latest review conference"


def _plan(fields: Fields, row: str) -> Fact:
    child = fields.required(CHILD)
    first, last = fields.period(PLANNED, ENDED)
    content = ChildProtectionPlan(
        initial_category=abuse(fields, "Initial Category of Abuse"),
        latest_category=abuse(fields, "Latest Category of Abuse"),
        previous_plans=fields.count("Number of Previous Child Protection Plans"),
    )
    key = ("protection-plan", child, first.isoformat())
    return replace(fields.fact(row, child, key, first, content, last), retold=True)


def _review(fields: Fields, row: str) -> Fact | None:
    if fields.text(REVIEWED) is None or fields.text(CHILD) is None:
        return None
    child, day = fields.required(CHILD), fields.required_day(REVIEWED)
    key = ("plan-review", child, day.isoformat())
    return replace(fields.fact(row, child, key, day, ProtectionPlanReviewed()), retold=True)


_PERSON = PartOfLine("child", person)
PARTS: dict[str, tuple[PartOfLine, ...]] = {
    "List 1": (_PERSON, PartOfLine("", _contact)),
    "List 2": (_PERSON, PartOfLine("", _early_help)),
    "List 3": (_PERSON, PartOfLine("", _referral)),
    "List 4": (_PERSON, PartOfLine("", _assessment), PartOfLine("authorisation", _assessed)),
    "List 5": (_PERSON, PartOfLine("", _enquiry), PartOfLine("conference", _conference)),
    "List 6": (
        _PERSON,
        PartOfLine("", _in_need),
        PartOfLine("closure", _closure),
        seen("Date Child Was Last Seen"),
    ),
    "List 7": (
        _PERSON,
        PartOfLine("", _plan),
        PartOfLine("review", _review),
        seen("Date of the Last Statutory Visit", "Was the Child Seen Alone?"),
    ),
    "List 8": (_PERSON, *CARE["List 8"], seen("Date of Last Social Work Visit")),
    "List 9": (_PERSON, *CARE["List 9"]),
    "List 10": CARE["List 10"],
}
"""The list of adoption states nothing in the open: not even who the child is, which others do."""
