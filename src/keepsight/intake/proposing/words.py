"""What headings are called in the systems of agencies: hints, which values must bear out."""

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

PERSON: dict[str, tuple[str, ...]] = {
    "surname": ("surname", "last name", "family name", "lastname", "second name"),
    "forename": ("forename", "forenames", "first name", "given name", "firstname"),
    "preferred_name": ("preferred name", "known as", "preferred forename"),
    "former_surname": ("former surname", "previous surname", "birth surname"),
    "date_of_birth": ("dob", "date of birth", "birth date", "born", "d o b", "birthdate"),
    "sex": ("sex", "gender"),
    "ethnicity": ("ethnicity", "ethnic group", "ethnic origin", "ethnic"),
    "address": ("address", "home address", "street"),
    "postcode": ("postcode", "post code"),
    "phone": ("phone", "telephone", "mobile", "phone number"),
    "nhs_number": ("nhs", "nhs number", "nhs no"),
    "upn": ("upn", "unique pupil number"),
}
"""By field of the personal details, what its column is called."""

PEOPLE = (
    *("person", "child", "client", "pupil", "student", "young person", "yp", "patient"),
    *("subject", "nominal", "resident", "service user", "member", "learner"),
)
NUMBERS = ("id", "urn", "number", "no", "ref", "reference", "key", "code")
"""A person’s id is called by one of each, as in “Client No”."""

BEGINS = (
    *("reported", "start", "started", "began", "begin", "occurred", "happened", "when", "from"),
    *("incident", "seen", "attended", "received", "offered", "held", "date", "noticed", "left"),
)
ENDS = ("end", "ended", "until", "returned", "return", "closed", "back", "finished", "discharged")

CONTENT: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "notes", "details", "narrative", "description", "concern", "account"),
    "reason": ("reason", "complaint", "presenting", "why"),
    "category": ("category", "type", "kind"),
    "missing_from": ("missing from", "from where", "left from", "went from", "away from"),
    "found_at": ("found at", "found where", "location found", "found"),
    "found_with": ("found with", "with whom", "in company of"),
    "independent": ("independent",),
    "declined": ("declined", "refused"),
    "decision": ("decision", "outcome"),
    "worker": ("worker", "social worker"),
}
"""By field of an event, what its column may be called, besides the words of the field itself."""

KINDS: dict[str, tuple[str, ...]] = {
    "missing_episode": ("missing", "absent", "absconded", "awol", "away", "returned", "curfew"),
    "return_interview_held": ("interview", "interviewed", "rhi"),
    "school_concern": ("concern", "cause", "safeguarding", "pastoral"),
    "emergency_attendance": ("emergency", "ae", "triage", "ambulance"),
    "hospital_stay": ("admission", "admitted", "ward", "discharged"),
    "health_contact": ("appointment", "visit", "clinic", "contact"),
    "referral_received": ("referral", "referred", "referrer"),
    "assessment_started": ("assessment",),
    "placement": ("placement", "placed"),
    "mental_health_contact": ("camhs", "mental"),
    "school_enrolment": ("enrolment", "roll", "admitted"),
}
"""By kind of event, words that its table’s headings or name use."""


def words_of(name: str) -> list[str]:
    """A heading’s words in lower case: “ChildRef_No” is child, ref and no."""
    return [part.casefold() for part in _PARTS.findall(name)]


def says(name: str, phrases: Iterable[str]) -> str:
    """The longest of some phrases whose words all stand in a name, next to one another."""
    said = f" {' '.join(words_of(name))} "
    return max((each for each in phrases if f" {each} " in said), key=len, default="")
