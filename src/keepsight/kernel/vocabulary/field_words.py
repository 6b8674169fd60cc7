"""What the fields of an event hold, in words for the middle of a sentence; and what codes mean.

A field that no indicator may read has no words here.
"""

from keepsight.kernel.vocabulary.cin_codes import (
    ASSESSMENT_FACTOR,
    CATEGORY_OF_ABUSE,
    PRIMARY_NEED,
    REASON_FOR_CLOSURE,
    REFERRAL_SOURCE,
)
from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.school_codes import EXCLUSION_REASON, SEN_PROVISION, SEN_TYPE
from keepsight.kernel.vocabulary.ssda903_codes import (
    CATEGORY_OF_NEED,
    LEGAL_STATUS,
    PLACEMENT_TYPE,
    REASON_EPISODE_CEASED,
    REASON_FOR_NEW_EPISODE,
    REASON_FOR_PLACEMENT_CHANGE,
    REVIEW_PARTICIPATION,
    SOCIAL_WORKER_CHANGE,
)
from keepsight.kernel.vocabulary.ssda903_more_codes import ACCOMMODATION, ACTIVITY, IN_TOUCH

FIELDS: dict[str, str] = {
    "accommodation": "home after care",
    "action": "action taken",
    "activity": "activity after care",
    "adult": "name of the adult",
    "adult_reference": "number that the agency gives the adult",
    "category": "category",
    "category_of_need": "category of need",
    "code": "attendance code",
    "company": "company that the child was in",
    "concern": "concern noted",
    "contact": "kind of contact",
    "contact_source": "source of the contact",
    "decision": "decision",
    "eligibility": "eligibility as a care leaver",
    "enquiries": "record of enquiries made",
    "enrolment_status": "status on the roll",
    "entry": "heading in the log",
    "factors": "factors found at assessment",
    "found_at": "place where the child was found",
    "found_with": "company in which the child was found",
    "from_school": "school that the child left",
    "group": "group",
    "health_assessed": "day of the last health assessment",
    "held_as": "way in which it is held",
    "in_touch": "contact after care",
    "indicator": "indicator",
    "initial_category": "category of abuse at the start",
    "last_contact": "day of the last contact",
    "last_school": "last school",
    "latest_category": "latest category of abuse",
    "legal_status": "legal status",
    "listed": "day on which the child was listed",
    "matter": "matter of the call",
    "missing_from": "place from which the child was missing",
    "need": "need",
    "noticed_on": "day on which it was noticed",
    "offence": "offence",
    "organisation": "organisation",
    "outcome": "outcome",
    "part": "parts that the child has in it",
    "participation": "way in which the child took part",
    "permanence_plan": "plan for a permanent home",
    "place": "place",
    "placement_type": "type of placement",
    "plan_reviewed": "day of the last review of the plan",
    "primary_need": "primary need",
    "reason": "reason",
    "reason_ended": "reason that it ended",
    "reason_for_change": "reason for the change of placement",
    "reason_for_new_episode": "reason for the new episode",
    "reasons": "reasons",
    "reference": "reference",
    "referral_source": "source of the referral",
    "referrer_told": "day on which the referrer was told",
    "reported_on": "day on which it was reported",
    "reviewing_officer_seen": "day on which the reviewing officer last saw the child",
    "sen_provision": "special educational provision",
    "service": "service",
    "status": "status",
    "summary": "account written down",
    "teeth_checked": "day of the last dental check",
    "text": "wording of the flag",
    "to_school": "school that the child went to",
    "told_by": "one who told of it",
    "topic": "heading of the school",
    "vehicle": "vehicle",
    "warning": "warning given to the adult",
    "with_whom": "record of who was with the child",
    "work": "kind of work",
    "worker": "social worker",
    "year": "school year",
    "year_group": "year group",
}
"""Words for a field of text or of days, as they follow “the”."""

COUNTED: dict[str, str] = {
    "absent": "sessions missed",
    "attended": "sessions attended",
    "authorised": "sessions missed with leave",
    "away_in_a_year": "times away in a year",
    "late": "sessions begun late",
    "missing_in_a_year": "times missing in a year",
    "placements_in_a_year": "placements in a year",
    "possible": "sessions that the child could have attended",
    "previous_plans": "earlier child protection plans",
    "rank": "places in the order of needs",
    "sessions": "sessions",
    "unauthorised": "sessions missed without leave",
    "unexplained": "sessions with no reason established",
}
"""Words for a field that holds a number: what is counted."""

STATED: dict[str, tuple[str, str]] = {
    "alone": ("the child was seen alone", "the child was not seen alone"),
    "declined": ("it was declined", "it was not declined"),
    "development_checked": (
        "the child’s development was checked",
        "the child’s development was not checked",
    ),
    "exploitation_flag": (
        "the police flagged exploitation",
        "the police did not flag exploitation",
    ),
    "health_assessed": ("health was assessed", "health was not assessed"),
    "help_offered": (
        "help with substance misuse was offered",
        "no help with substance misuse was offered",
    ),
    "help_received": (
        "help with substance misuse was received",
        "no help with substance misuse was received",
    ),
    "immunised": ("immunisations were up to date", "immunisations were not up to date"),
    "in_care": ("the child was in care", "the child was not in care"),
    "independent": (
        "an independent person held it",
        "nobody independent held it",
    ),
    "interview_accepted": (
        "a return home interview was accepted",
        "no return home interview was accepted",
    ),
    "interview_offered": (
        "a return home interview was offered",
        "no return home interview was offered",
    ),
    "left_before_seen": (
        "the child left before being seen",
        "the child did not leave before being seen",
    ),
    "no_further_action": (
        "no further action was decided",
        "something other than no further action was decided",
    ),
    "substance_misuse": (
        "a substance misuse problem was found",
        "no substance misuse problem was found",
    ),
    "teeth_checked": ("teeth were checked", "teeth were not checked"),
}
"""Words for a field that is yes or no: if it is so, and if it is not."""

MISSING_AS = CodeSet(
    "being missing or away",
    {"missing": "Missing", "away": "Away from placement without authorisation"},
    source="DfE SSDA903 return, MISSING",
)

CONCERN_NOTED = CodeSet(
    "the concern noted at an attendance",
    {
        "assault": "Assault",
        "unexplained_injury": "Unexplained injury",
        "intoxication": "Intoxication",
        "overdose": "Overdose",
        "self_harm": "Self-harm",
    },
    source="domain.md 5b row 21",
)

CODES: dict[tuple[str, str], CodeSet] = {
    ("assessment_completed", "factors"): ASSESSMENT_FACTOR,
    ("care_leaver", "accommodation"): ACCOMMODATION,
    ("care_leaver", "activity"): ACTIVITY,
    ("care_leaver", "in_touch"): IN_TOUCH,
    ("case_closed", "reason"): REASON_FOR_CLOSURE,
    ("child_protection_plan", "initial_category"): CATEGORY_OF_ABUSE,
    ("child_protection_plan", "latest_category"): CATEGORY_OF_ABUSE,
    ("contact_received", "contact_source"): REFERRAL_SOURCE,
    ("emergency_attendance", "concern"): CONCERN_NOTED,
    ("in_need", "primary_need"): PRIMARY_NEED,
    ("left_for_another_school", "sen_provision"): SEN_PROVISION,
    ("looked_after_period", "category_of_need"): CATEGORY_OF_NEED,
    ("looked_after_period", "legal_status"): LEGAL_STATUS,
    ("looked_after_period", "reason_ended"): REASON_EPISODE_CEASED,
    ("looked_after_review", "participation"): REVIEW_PARTICIPATION,
    ("missing_episode", "category"): MISSING_AS,
    ("placement", "category_of_need"): CATEGORY_OF_NEED,
    ("placement", "legal_status"): LEGAL_STATUS,
    ("placement", "placement_type"): PLACEMENT_TYPE,
    ("placement", "reason_ended"): REASON_EPISODE_CEASED,
    ("placement", "reason_for_change"): REASON_FOR_PLACEMENT_CHANGE,
    ("placement", "reason_for_new_episode"): REASON_FOR_NEW_EPISODE,
    ("referral_received", "primary_need"): PRIMARY_NEED,
    ("referral_received", "referral_source"): REFERRAL_SOURCE,
    ("school_enrolment", "sen_provision"): SEN_PROVISION,
    ("school_exclusion", "reasons"): EXCLUSION_REASON,
    ("social_worker_allocated", "reason"): SOCIAL_WORKER_CHANGE,
    ("special_educational_need", "need"): SEN_TYPE,
}
"""Which set the codes of a field are of, so that a sentence says what a code means."""


def in_words(kind: str, field: str, value: str) -> str:
    """What a value of a field of text means; the value itself, spaced, where no set holds it."""
    codes = CODES.get((kind, field))
    if codes is not None and value in codes:
        return codes.meaning(value)
    return value.replace("_", " ")
