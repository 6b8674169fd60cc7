"""The records of one child as a person would read them: when, whose, and what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from keepsight.kernel.vocabulary.cin_codes import (
    ASSESSMENT_FACTOR,
    CATEGORY_OF_ABUSE,
    PRIMARY_NEED,
    REASON_FOR_CLOSURE,
    REFERRAL_SOURCE,
)
from keepsight.kernel.vocabulary.ssda903_codes import PLACEMENT_TYPE, REASON_FOR_PLACEMENT_CHANGE
from keepsight.synthetic.happenings import (
    EXCLUDED_FOR,
    Appointment,
    Case,
    CharityReport,
    Contact,
    Crime,
    EarlyHelp,
    Exclusion,
    Happenings,
    HealthFlag,
    HomeEntry,
    HousingCall,
    Missing,
    Notice,
    Placement,
    ReturnInterview,
    RollChange,
    SchoolConcern,
    Sighting,
    Visit,
    YouthJusticeContact,
)

SCHOOL, COUNCIL, EDUCATION, POLICE, HOSPITAL, CLINIC, COMMUNITY, CHARITY, JUSTICE, HOME, HOUSING = (
    "School", "Social care", "Education service", "Police", "Hospital", "Sexual health",
    "Community health", "Charity", "Youth justice", "Children’s home", "Housing",
)  # fmt: skip
SELF = "Returned by self"
VISITED = {"EMER": HOSPITAL, "AMB": HOSPITAL, "SEXUAL_HEALTH": CLINIC}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: when it is of, which agency holds it, and what it says."""

    when: datetime
    agency: str
    text: str


def entries_of(person: int, happenings: Happenings) -> list[Entry]:
    """Every record of one child, in order of time."""
    found = [
        entry
        for kind, tell in TELLERS.items()
        for record in getattr(happenings, kind)
        if record.person == person
        for entry in tell(record)
    ]
    return sorted(found, key=lambda entry: entry.when)


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _lower(text: str) -> str:
    """The text as it stands within a sentence."""
    return text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]


def _within(place: str) -> str:
    """A place as it stands within a sentence: names keep their capital."""
    return _lower(place) if place.startswith(("A ", "An ", "The ")) else place


def _quoted(text: str) -> str:
    """What a record says, in quotation marks; those within it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _source(code: str) -> str:
    return _lower(REFERRAL_SOURCE.meaning(code))


def _missing(each: Missing) -> Iterator[Entry]:
    kind = "Away from placement" if each.away else f"Missing from {each.origin.lower()}"
    if not each.reported:
        return
    yield Entry(each.left, POLICE, f"{kind} since {each.left:%H:%M}.")
    if each.back:
        hours = round((each.back - each.left).total_seconds() / 3600)
        found = SELF if each.found_at == SELF else f"Found: {_within(each.found_at)}"
        company = f", with {_lower(each.found_with)}" if each.found_with else ""
        yield Entry(each.back, POLICE, f"Back after {hours} hours. {found}{company}.")


def _interview(each: ReturnInterview) -> Iterator[Entry]:
    if each.held:
        yield Entry(each.held, CHARITY, f"Return interview held. {_quoted(each.summary)}")
    elif each.outcome == "Declined":
        yield Entry(each.recorded, CHARITY, "Return interview offered and declined.")
    else:
        yield Entry(each.recorded, CHARITY, "No return interview was offered.")


def _visit(each: Visit) -> Iterator[Entry]:
    setting = "Emergency department" if each.setting == "EMER" else "Clinic"
    left = "; left before being seen" if each.left_before_seen else ""
    said = (
        "Attendance."
        if each.setting == "SEXUAL_HEALTH"
        else f"{setting}: {each.reason.lower()}{left}."
    )
    yield Entry(each.start, VISITED[each.setting], said)


def _appointment(each: Appointment) -> Iterator[Entry]:
    outcome = {"noshow": "not brought", "fulfilled": "came", "booked": "booked"}
    said = outcome.get(each.outcome, each.outcome)
    yield Entry(each.start, COMMUNITY, f"{each.service}, asked for on {each.asked:%d %b}: {said}.")


def _flag(each: HealthFlag) -> Iterator[Entry]:
    yield Entry(_at(each.since), COMMUNITY, f"Flag: {each.text}.")


def _contact(each: Contact) -> Iterator[Entry]:
    if not each.referred:
        source = _source(each.source)
        yield Entry(_at(each.day), COUNCIL, f"Contact from {source}; no new referral.")


def _early_help(each: EarlyHelp) -> Iterator[Entry]:
    yield Entry(_at(each.started), COUNCIL, f"Early help assessment begun by {each.organisation}.")


def _case(each: Case) -> Iterator[Entry]:
    need = PRIMARY_NEED.meaning(each.need).lower()
    yield Entry(_at(each.referral), COUNCIL, f"Referral from {_source(each.source)}: {need}.")
    if each.decided:
        told = f"; referrer told on {each.told_referrer:%d %b}" if each.told_referrer else ""
        what = "no further action" if each.no_further_action else "assess"
        yield Entry(_at(each.decided), COUNCIL, f"Decision: {what}{told}.")
    elif not each.assessments:
        yield Entry(_at(each.referral), COUNCIL, "No decision is recorded on this referral.")
    for done in each.assessments:
        if done.authorised:
            factors = "; ".join(_lower(ASSESSMENT_FACTOR.meaning(code)) for code in done.factors)
            yield Entry(_at(done.authorised), COUNCIL, f"Assessment authorised: {factors}.")
    for enquiry in each.enquiries:
        needed = "" if enquiry.conference_needed else "; no conference needed"
        yield Entry(_at(enquiry.started), COUNCIL, f"Strategy discussion, section 47{needed}.")
        if enquiry.conference:
            yield Entry(_at(enquiry.conference), COUNCIL, "Initial child protection conference.")
    if each.plan_started:
        yield Entry(_at(each.plan_started), COUNCIL, "Child in need plan begun.")
    if each.protection:
        category = CATEGORY_OF_ABUSE.meaning(each.protection.category).lower()
        yield Entry(_at(each.protection.started), COUNCIL, f"Child protection plan: {category}.")
    if each.closed:
        why = _lower(REASON_FOR_CLOSURE.meaning(each.closure_reason))
        yield Entry(_at(each.closed), COUNCIL, f"Case closed: {why}.")


def _placement(each: Placement) -> Iterator[Entry]:
    place = _lower(PLACEMENT_TYPE.meaning(each.place))
    begun = "Looked after" if each.reason_new == "S" else "Moved"
    yield Entry(_at(each.started), COUNCIL, f"{begun}: {place}.")
    if each.ended and each.reason_changed:
        why = _lower(REASON_FOR_PLACEMENT_CHANGE.meaning(each.reason_changed))
        yield Entry(_at(each.ended), COUNCIL, f"Placement ended: {why}.")
    elif each.ended:
        yield Entry(_at(each.ended), COUNCIL, "No longer looked after.")


def _exclusion(each: Exclusion) -> Iterator[Entry]:
    said = (
        f"Permanently excluded: {EXCLUDED_FOR[each.reason]}."
        if each.permanent
        else f"Suspended for {each.sessions} sessions: {EXCLUDED_FOR[each.reason]}."
    )
    yield Entry(_at(each.start), SCHOOL, said)


def _roll_change(each: RollChange) -> Iterator[Entry]:
    yield Entry(_at(each.left), SCHOOL, f"Off the school’s roll: {each.why}.")
    if each.why != "moved":
        yield Entry(_at(each.left), EDUCATION, f"Listed as missing education: {each.why}.")
    if each.found:
        yield Entry(_at(each.found), EDUCATION, "On the roll of another school.")


def _concern(each: SchoolConcern) -> Iterator[Entry]:
    yield Entry(each.noticed, SCHOOL, f"Log, {each.category}: {_quoted(each.text)} {each.action}.")


def _crime(each: Crime) -> Iterator[Entry]:
    flag = " Flagged: exploitation." if each.exploitation_flag else ""
    where = _within(each.place)
    said = f"Crime report, {each.role.lower()}: {each.offence}, {where}. {each.outcome}.{flag}"
    yield Entry(each.reported, POLICE, said)


def _sighting(each: Sighting) -> Iterator[Entry]:
    company = f" with {_lower(each.company)}" if each.company else ""
    vehicle = f", in {each.vehicle}" if each.vehicle else ""
    yield Entry(
        each.seen, POLICE, f"Seen at {_within(each.place)}{company}{vehicle} ({each.told_by})."
    )


def _notice(each: Notice) -> Iterator[Entry]:
    yield Entry(each.raised, POLICE, f"Notice, {each.concern}: {_quoted(each.text)}")


def _justice(each: YouthJusticeContact) -> Iterator[Entry]:
    offence = f" for {each.offence.lower()}" if each.offence else ""
    yield Entry(_at(each.day), JUSTICE, f"{each.kind}{offence}: {_quoted(each.text)}")


def _home(each: HomeEntry) -> Iterator[Entry]:
    yield Entry(each.written, HOME, f"{each.kind}: {_quoted(each.text)}")


def _charity(each: CharityReport) -> Iterator[Entry]:
    yield Entry(_at(each.day), CHARITY, f"{each.kind}: {_quoted(each.text)}")


def _housing(each: HousingCall) -> Iterator[Entry]:
    yield Entry(each.called, HOUSING, f"Call, {each.kind}: {_quoted(each.text)}")


TELLERS: dict[str, Callable[[Any], Iterator[Entry]]] = {
    "missing": _missing,
    "interviews": _interview,
    "visits": _visit,
    "appointments": _appointment,
    "health_flags": _flag,
    "contacts": _contact,
    "early_help": _early_help,
    "cases": _case,
    "placements": _placement,
    "exclusions": _exclusion,
    "roll_changes": _roll_change,
    "concerns": _concern,
    "crimes": _crime,
    "sightings": _sighting,
    "notices": _notice,
    "youth_justice": _justice,
    "home_entries": _home,
    "charity_reports": _charity,
    "housing_calls": _housing,
}
"""How each kind of happening is told; a pattern of absence shows in the register instead."""
