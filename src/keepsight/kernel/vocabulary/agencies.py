"""Kinds of agency, and the parts that people play in them."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an organisation is, in the words of *Working Together*."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    POLICE = "police"
    HEALTH = "health"
    SEXUAL_HEALTH = "sexual_health"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"
    YOUTH_JUSTICE = "youth_justice"
    HOUSING = "housing"
    CHILDRENS_HOME = "childrens_home"
    INSPECTORATE = "inspectorate"
    PARTNERSHIP = "partnership"

    @property
    def in_words(self) -> str:
        return AGENCY_TITLES[self]


AGENCY_TITLES = {
    AgencyKind.CHILDRENS_SOCIAL_CARE: "children’s social care",
    AgencyKind.POLICE: "police",
    AgencyKind.HEALTH: "health",
    AgencyKind.SEXUAL_HEALTH: "sexual health service",
    AgencyKind.SCHOOL: "school",
    AgencyKind.VOLUNTARY: "voluntary organisation",
    AgencyKind.YOUTH_JUSTICE: "youth justice service",
    AgencyKind.HOUSING: "housing service",
    AgencyKind.CHILDRENS_HOME: "children’s home",
    AgencyKind.INSPECTORATE: "inspectorate",
    AgencyKind.PARTNERSHIP: "safeguarding partnership",
}

CONFIDENTIAL_AGENCIES = frozenset({AgencyKind.SEXUAL_HEALTH})
"""Agencies whose very knowledge of a child is confidential: no other agency learns of it."""


class Role(StrEnum):
    """What a person does; access is decided by role, agency and relation together."""

    PRACTITIONER = "practitioner"
    SOCIAL_WORKER = "social_worker"
    DATA_OFFICER = "data_officer"
    PARTNERSHIP_LEAD = "partnership_lead"
    INSPECTOR = "inspector"

    @property
    def in_words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def reads_only(self) -> bool:
        """An inspector never writes: neither on pages nor in the database."""
        return self is Role.INSPECTOR
