"""Whose data an indicator reads: where none come, it is not met, whatever happened."""

from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.events import BY_KIND

RECORDED_BY: dict[Category, tuple[AgencyKind, ...]] = {
    Category.EDUCATION: (AgencyKind.SCHOOL, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Category.HEALTH: (AgencyKind.HEALTH,),
    Category.SOCIAL_CARE: (AgencyKind.CHILDRENS_SOCIAL_CARE,),
    Category.MISSING: (
        AgencyKind.POLICE,
        AgencyKind.CHILDRENS_SOCIAL_CARE,
        AgencyKind.VOLUNTARY,
    ),
    Category.SEXUAL_HEALTH: (AgencyKind.SEXUAL_HEALTH,),
    Category.SEXUAL_ASSAULT: (AgencyKind.SEXUAL_ASSAULT_CENTRE,),
    Category.MENTAL_HEALTH: (AgencyKind.MENTAL_HEALTH,),
    Category.REFUGE: (AgencyKind.REFUGE,),
    Category.POLICING: (AgencyKind.POLICE,),
    Category.YOUTH_JUSTICE: (AgencyKind.YOUTH_JUSTICE,),
    Category.RESIDENTIAL_CARE: (AgencyKind.CHILDRENS_HOME,),
    Category.HOUSING: (AgencyKind.HOUSING,),
    Category.VOLUNTARY: (AgencyKind.VOLUNTARY,),
}
"""Which agencies record what is under a heading, of the headings that an indicator may read."""


def whose_data(indicator: Indicator) -> list[str]:
    """Each heading that the rule reads, with the agencies that record such events, in words."""
    headings = {BY_KIND[kind].heading for kind in indicator.kinds}
    return [_said(heading) for heading in sorted(headings, key=lambda each: each.number)]


def _said(heading: Category) -> str:
    agencies = ", ".join(agency.in_words for agency in RECORDED_BY[heading])
    return f"{heading.in_words} ({agencies})"
