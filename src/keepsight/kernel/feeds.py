"""What must be said of a feed before anything is taken in by it, and which children it may bring.

A feed states who answers for it, by what law, what for, why nothing less will do, and whom it is
about. It is not law: the gateways are (`domain.md` 6a). Which cohorts an agency may send, and for
how long a record may wait to match, is Keepsight's own practice, dated and marked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from keepsight.kernel.feed_senders import Gateway, Sender, gateway_of, sender_of
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.code_sets import Mark


class Cohort(StrEnum):
    """Which children’s records of a feed may stand."""

    KNOWN = "known"
    EXISTENCE = "existence"
    ALL = "all"

    @property
    def in_words(self) -> str:
        return COHORT_TITLES[self]


COHORT_TITLES = {
    Cohort.KNOWN: "children already known",
    Cohort.EXISTENCE: "existence only",
    Cohort.ALL: "all children of the feed",
}

COHORT_MEANINGS = {
    Cohort.KNOWN: (
        "A record stands while its child is known: another agency that works with the child has a "
        "record of the same child, or a council has an open case, a front door or a worker for "
        "the child. A list of every pupil or patient makes no child known, and nor does a record "
        "that is closely held. What matches nobody waits, and is then purged."
    ),
    Cohort.EXISTENCE: (
        "Who the child is and that the agency knows them. Everything else in the file is left "
        "out at the door and never kept."
    ),
    Cohort.ALL: "Every record that the agency sends stands, whoever else knows the child.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """What is stated of a feed. Empty means that it was not."""

    controller: str = ""
    gateway: str = ""
    purpose: str = ""
    necessity: str = ""
    necessity_of_all: str = ""
    assessment: str = ""
    assessed: date | None = None
    review_by: date | None = None
    cohort: Cohort | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A feed as the requirements judge it."""

    said: Governance
    sender: Sender
    gateway: Gateway | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that a feed must have before it is switched on, and what to say without it."""

    name: str
    sentence: str
    met: Callable[[Stated], bool] = field(repr=False)
    source: str
    mark: Mark = "M"


def _covers(stated: Stated) -> bool:
    cohort = stated.said.cohort
    return cohort is None or cohort.value in stated.sender.may


def _carries(stated: Stated) -> bool:
    if stated.said.cohort is not Cohort.ALL or not stated.sender.register:
        return True
    return stated.gateway is not None and stated.gateway.whole_register


def _all_is_needed(stated: Stated) -> bool:
    wide = stated.said.cohort is Cohort.ALL and stated.sender.health
    return not wide or bool(stated.said.necessity_of_all.strip())


def _review_to_come(stated: Stated) -> bool:
    return stated.said.review_by is None or stated.said.review_by > stated.today


def _assessed_already(stated: Stated) -> bool:
    return stated.said.assessed is None or stated.said.assessed <= stated.today


PRINCIPLES = "UK GDPR Article 5(1)"
REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        name="controller",
        sentence="Say who answers for what is sent: the controller.",
        met=lambda stated: bool(stated.said.controller.strip()),
        source="UK GDPR Articles 4(7) and 5(2)",
    ),
    Requirement(
        name="gateway",
        sentence="Say by what law it may be sent: the legal gateway.",
        met=lambda stated: bool(stated.said.gateway.strip()),
        source=f"{PRINCIPLES}(a); domain.md 6a",
    ),
    Requirement(
        name="purpose",
        sentence="Say what it is for: the purpose.",
        met=lambda stated: bool(stated.said.purpose.strip()),
        source=f"{PRINCIPLES}(b)",
    ),
    Requirement(
        name="necessity",
        sentence="Say why nothing less will do: the necessity.",
        met=lambda stated: bool(stated.said.necessity.strip()),
        source=f"{PRINCIPLES}(c)",
    ),
    Requirement(
        name="assessment",
        sentence="Name the data protection impact assessment: its reference.",
        met=lambda stated: bool(stated.said.assessment.strip()),
        source="UK GDPR Article 35; domain.md 6d",
    ),
    Requirement(
        name="assessed",
        sentence="Say on which day the impact assessment was made.",
        met=lambda stated: stated.said.assessed is not None,
        source="UK GDPR Article 35",
    ),
    Requirement(
        name="assessed_already",
        sentence="The impact assessment is dated in the future. It is made before a feed begins.",
        met=_assessed_already,
        source="UK GDPR Article 35",
    ),
    Requirement(
        name="review_by",
        sentence="Say by which day the impact assessment is to be reviewed.",
        met=lambda stated: stated.said.review_by is not None,
        source="UK GDPR Article 35(11)",
    ),
    Requirement(
        name="review_to_come",
        sentence="The impact assessment should have been reviewed by now. Review it first.",
        met=_review_to_come,
        source="UK GDPR Article 35(11)",
    ),
    Requirement(
        name="cohort",
        sentence="Say which children it is about: known, existence or all.",
        met=lambda stated: stated.said.cohort is not None,
        source=f"{PRINCIPLES}(c)",
    ),
    Requirement(
        name="covers",
        sentence="An agency of this kind may not send this cohort.",
        met=_covers,
        source="Keepsight’s own setting",
    ),
    Requirement(
        name="carries",
        sentence=(
            "This gateway does not carry a register of every pupil. Name the one that does, or "
            "take children already known."
        ),
        met=_carries,
        source="Keepsight’s own setting; domain.md 6a",
    ),
    Requirement(
        name="necessity_of_all",
        sentence=(
            "This is health content about every child. Say, for that alone, why the children "
            "already known are not enough."
        ),
        met=_all_is_needed,
        source=f"{PRINCIPLES}(c) and Article 9",
    ),
)
"""What a feed must have to be switched on, in the order in which it is asked."""


def missing(
    said: Governance, *, kind: AgencyKind, source: str, today: date
) -> tuple[Requirement, ...]:
    """What is missing before a feed of this kind of agency and format can be switched on."""
    stated = Stated(said, sender_of(kind, source), gateway_of(said.gateway), today)
    return tuple(each for each in REQUIREMENTS if not each.met(stated))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTime:
    """For how many days what matches nobody may be kept, and from when until when that holds."""

    days: int
    in_force_from: date
    in_force_until: date | None = None
    source: str
    mark: Mark = "M"

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day <= (self.in_force_until or day)


OWN_SETTING = f"Keepsight’s own setting; {PRINCIPLES}(c) and (e)"
FROM = date(2018, 5, 25)
"""The day on which the regulation that became the UK GDPR began to apply."""

UNMATCHED = (WaitingTime(days=28, in_force_from=FROM, source=OWN_SETTING),)
"""How long a record may stand that matches no child who is known."""

IN_QUARANTINE = (WaitingTime(days=92, in_force_from=FROM, source=OWN_SETTING),)
"""How long a row that could not be used may be kept whole: until then it can be put right."""

LEAST_DAYS = 14
"""Nothing is purged sooner, whatever is set: the database holds to it too."""


def waiting_days(times: tuple[WaitingTime, ...], day: date) -> int:
    """The setting in force on a day; the earliest where the day lies before all of them."""
    found = next((each for each in times if each.in_force_on(day)), times[0])
    return found.days
