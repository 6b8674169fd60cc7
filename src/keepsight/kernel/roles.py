"""The parts that people play: what each is for, and what each may do. Nothing else is allowed.

What a person may *see* of a child follows from role, agency and relation together: that is
`kernel.visibility`. A role says which pages and acts there are for its holder at all.
"""

import inspect
from enum import StrEnum
from typing import ClassVar


class Permission(StrEnum):
    """One thing that somebody may do, whoever the child is."""

    READ_CHILD = "read a child’s page"
    FIND_CHILD = "list and search the children of one’s own agency"
    READ_WORKLIST = "see alerts and obligations that wait"
    DECIDE_ALERT = "decide about an alert"
    AGREE_TO_WATCH = "agree that an alert is watched until a day"
    SET_ALERTS = "say how many alerts an area’s people can read in a week"
    RECORD_CASEWORK = "record an interview, an offer or a decision on a referral"
    ALLOCATE = "allocate a child to a worker, and invite to a case conference"
    BREAK_GLASS = "look at a child without a relation, in an emergency, with a reason"
    DECLARE_INTEREST = "say that one knows a child, and be kept from the record"
    READ_FEEDS = "see one’s agency’s feeds and its rows in quarantine"
    SEND_FILES = (
        "send a file by one’s agency’s feeds, say how a new feed is read, and put quarantined rows "
        "right"
    )
    READ_GOVERNANCE = "see what governs feeds and how they stand"
    READ_AREA = "see an area’s plan and counts"
    WRITE_PLAN = "write, change and publish an area’s action plan"
    READ_PSEUDONYMS = "see counts and pseudonyms, with small numbers suppressed"
    REVIEW_LOOKING = "see who in one’s agency looked, and review broken glass and snooping signs"
    RELEASE_LOOKING = "release to somebody who looked at a child’s record"
    KEEP_APART = "keep a person from a child’s record, seal a record, protect an address"
    REVIEW_LINKS = "decide whether agencies’ records are of one child, and undo it"
    ANSWER_LINKS = "answer whether one’s agency’s own record of a child is right"
    SEVER = "cut a child’s old identity from the new one, for good"
    KEEP_PEOPLE = "suspend and restore the people of one’s agency"


class Role(StrEnum):
    """The name of a part, as it is written on a person’s account."""

    PRACTITIONER = "practitioner"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    DATA_OFFICER = "data_officer"
    PARTNERSHIP_LEAD = "partnership_lead"
    INSPECTOR = "inspector"
    ANALYST = "analyst"
    GOVERNANCE_LEAD = "governance_lead"
    RECORDS_STEWARD = "records_steward"

    @property
    def part(self) -> type["Part"]:
        return PARTS[self]

    @property
    def in_words(self) -> str:
        return self.part.title

    @property
    def reads_only(self) -> bool:
        """Neither on pages nor in the database does such a person write."""
        return self.part.reads_only

    def may(self, permission: Permission) -> bool:
        return permission in self.part.may


class Part:
    """Base of the parts: the docstring is shown to people as it stands."""

    title: ClassVar[str]
    may: ClassVar[frozenset[Permission]]
    reads_only: ClassVar[bool] = False

    @classmethod
    def description(cls) -> str:
        return " ".join((inspect.getdoc(cls) or "").split())


class Practitioner(Part):
    """Works with children at a school, a health service, the police, a charity or another agency.

    Sees what their own agency recorded, and of a child whom it works with which other ordinary
    agencies are involved and whom to call. At a case conference to which they are invited, what
    the agreements say.
    """

    title = "Practitioner"
    may = frozenset(
        {
            Permission.READ_CHILD,
            Permission.FIND_CHILD,
            Permission.READ_WORKLIST,
            Permission.BREAK_GLASS,
            Permission.DECLARE_INTEREST,
        }
    )


class SocialWorker(Part):
    """Helps and protects children at a council’s children’s social care.

    Sees the council’s own records, and for children allocated to them, to their team, or at
    their front door, what other agencies agreed to share. Decides about alerts and records what
    was done.
    """

    title = "Social worker"
    may = Practitioner.may | {
        Permission.DECIDE_ALERT,
        Permission.RECORD_CASEWORK,
        Permission.READ_AREA,
    }


class TeamManager(Part):
    """Leads a team of social workers: sees what they see, allocates children to them, and agrees
    that an alert is watched.
    """

    title = "Team manager"
    may = SocialWorker.may | {Permission.ALLOCATE, Permission.AGREE_TO_WATCH}


class DataOfficer(Part):
    """Keeps an agency’s feeds in order: what came in, rows that could not be used, and what governs
    each feed.

    Sees the agency’s own rows, because a fault in a row can be mended only by reading it.
    """

    title = "Data officer"
    may = frozenset(
        {
            Permission.READ_FEEDS,
            Permission.SEND_FILES,
            Permission.READ_GOVERNANCE,
            Permission.DECLARE_INTEREST,
            Permission.ANSWER_LINKS,
        }
    )


class PartnershipLead(Part):
    """Answers for how an area’s agencies work together. Sees counts, plans and what governs each
    feed, says how many alerts can be read in a week, and sees no child.
    """

    title = "Partnership lead"
    may = frozenset(
        {
            Permission.READ_AREA,
            Permission.WRITE_PLAN,
            Permission.READ_GOVERNANCE,
            Permission.SET_ALERTS,
        }
    )


class Inspector(Part):
    """Inspects an area: sees all but what is sealed of the cases sampled, while the inspection
    is open, and changes nothing.
    """

    title = "Inspector"
    reads_only = True
    may = frozenset({Permission.READ_CHILD, Permission.READ_WORKLIST, Permission.READ_AREA})


class Analyst(Part):
    """Studies an area: counts with small numbers suppressed, and pseudonyms. Never a child."""

    title = "Analyst"
    reads_only = True
    may = frozenset({Permission.READ_AREA, Permission.READ_PSEUDONYMS})


class GovernanceLead(Part):
    """Answers for who looks at records in an agency (an information-governance lead).

    Reviews broken glass and signs of snooping, releases who looked, seals records, protects
    addresses, keeps people from records, and suspends accounts. After an adoption or where an
    identity is protected, cuts the old one from the new. Sees names of staff, and of a
    child only the reference that an entry is about.
    """

    title = "Information-governance lead"
    may = frozenset(
        {
            Permission.REVIEW_LOOKING,
            Permission.RELEASE_LOOKING,
            Permission.KEEP_APART,
            Permission.KEEP_PEOPLE,
            Permission.SEVER,
        }
    )


class RecordsSteward(Part):
    """Decides whether records of several agencies are of one child: for a council, in all its area;
    for any other agency, where one of the records is its own.

    Sees of the ordinary records in question, and of confidential ones of their own agency, what
    linking compares: names, date of birth, numbers, the postcode unless it is withheld, and whose
    record it is. Sees nothing of what happened to a child.
    """

    title = "Records steward"
    may = frozenset({Permission.REVIEW_LINKS})


PARTS: dict[Role, type[Part]] = {
    Role.PRACTITIONER: Practitioner,
    Role.SOCIAL_WORKER: SocialWorker,
    Role.TEAM_MANAGER: TeamManager,
    Role.DATA_OFFICER: DataOfficer,
    Role.PARTNERSHIP_LEAD: PartnershipLead,
    Role.INSPECTOR: Inspector,
    Role.ANALYST: Analyst,
    Role.GOVERNANCE_LEAD: GovernanceLead,
    Role.RECORDS_STEWARD: RecordsSteward,
}


def roles_that_may(permission: Permission) -> frozenset[Role]:
    """Every role that has a permission."""
    return frozenset(role for role in Role if role.may(permission))
