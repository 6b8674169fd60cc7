"""One world in which every rule of visibility has somebody to whom it makes a difference."""

from keepsight.kernel.vocabulary.agencies import AgencyKind, Role
from keepsight.kernel.vocabulary.content.base import Tier
from tests.factories.known_world import PersonPlan, RecordPlan, WorldPlan

COUNCIL = (0, AgencyKind.CHILDRENS_SOCIAL_CARE)
POLICE = (0, AgencyKind.POLICE)
HEALTH = (0, AgencyKind.HEALTH)
CLINIC = (0, AgencyKind.SEXUAL_HEALTH)
SCHOOL = (0, AgencyKind.SCHOOL)
INSPECTORATE = (0, AgencyKind.INSPECTORATE)
OTHER_COUNCIL = (1, AgencyKind.CHILDRENS_SOCIAL_CARE)
OTHER_POLICE = (1, AgencyKind.POLICE)

EVERY_TIER = tuple(Tier)

FIXED = WorldPlan(
    children=3,
    records=(
        RecordPlan(0, COUNCIL, case="open"),
        RecordPlan(0, POLICE, EVERY_TIER, corrected=True),
        RecordPlan(0, HEALTH, EVERY_TIER),
        RecordPlan(0, CLINIC, (Tier.CONFIDENTIAL,)),
        RecordPlan(0, SCHOOL, week=True),
        RecordPlan(0, OTHER_POLICE, (Tier.ORDINARY,)),
        RecordPlan(1, COUNCIL, case="closed"),
        RecordPlan(1, HEALTH, (Tier.ORDINARY,)),
        RecordPlan(1, SCHOOL, week=True, unlinked=True),
        RecordPlan(2, OTHER_COUNCIL, case="closed and open again"),
        RecordPlan(2, POLICE, (Tier.ORDINARY,)),
    ),
    people=(
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER),
        PersonPlan(COUNCIL, Role.PRACTITIONER),
        PersonPlan(COUNCIL, Role.DATA_OFFICER),
        PersonPlan(POLICE, Role.PRACTITIONER),
        PersonPlan(CLINIC, Role.PRACTITIONER),
        PersonPlan(SCHOOL, Role.PARTNERSHIP_LEAD),
        PersonPlan(INSPECTORATE, Role.INSPECTOR),
        PersonPlan(INSPECTORATE, Role.INSPECTOR, inspects=1),
    ),
    front_doors=((2, 0),),
    alerts=((0, 0), (1, 1)),
    duties=((0, COUNCIL), (1, HEALTH)),
    quarantine=(POLICE, CLINIC),
)
