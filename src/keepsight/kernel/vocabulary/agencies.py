"""Kinds of agency, and the parts that people play in them."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an organisation is, in the words of *Working Together*."""

    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    POLICE = "police"
    HEALTH = "health"
    SEXUAL_HEALTH = "sexual_health"
    SEXUAL_ASSAULT_CENTRE = "sexual_assault_centre"
    MENTAL_HEALTH = "mental_health"
    REFUGE = "refuge"
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
    AgencyKind.SEXUAL_ASSAULT_CENTRE: "sexual assault referral centre",
    AgencyKind.MENTAL_HEALTH: "child and adolescent mental health service",
    AgencyKind.REFUGE: "refuge",
    AgencyKind.SCHOOL: "school",
    AgencyKind.VOLUNTARY: "voluntary organisation",
    AgencyKind.YOUTH_JUSTICE: "youth justice service",
    AgencyKind.HOUSING: "housing service",
    AgencyKind.CHILDRENS_HOME: "children’s home",
    AgencyKind.INSPECTORATE: "inspectorate",
    AgencyKind.PARTNERSHIP: "safeguarding partnership",
}

CONFIDENTIAL_AGENCIES = frozenset(
    {
        AgencyKind.SEXUAL_HEALTH,
        AgencyKind.SEXUAL_ASSAULT_CENTRE,
        AgencyKind.MENTAL_HEALTH,
        AgencyKind.REFUGE,
    }
)
"""Agencies whose very knowledge of a child is confidential: no other agency learns of it."""

TELL_NO_PLACE = frozenset(
    {AgencyKind.CHILDRENS_SOCIAL_CARE, AgencyKind.POLICE, AgencyKind.PARTNERSHIP}
)
"""Agencies whose names do not tell where a child is: all others are masked for a child whose
address is protected."""
