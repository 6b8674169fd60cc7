"""One world in which every rule of visibility has somebody to whom it makes a difference."""

from keepsight.kernel.agreements import USUAL, Clause
from keepsight.kernel.looking import AreaRules, Purpose, Reach, Serves, Sight
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import ORDINARY, Category
from tests.factories.known_world import (
    KINDS,
    AgreementPlan,
    Fact,
    PersonPlan,
    RecordPlan,
    SealPlan,
    TiePlan,
    When,
    WorldPlan,
)

COUNCIL = (0, AgencyKind.CHILDRENS_SOCIAL_CARE)
POLICE = (0, AgencyKind.POLICE)
HEALTH = (0, AgencyKind.HEALTH)
CLINIC = (0, AgencyKind.SEXUAL_HEALTH)
SCHOOL = (0, AgencyKind.SCHOOL)
INSPECTORATE = (0, AgencyKind.INSPECTORATE)
OTHER_COUNCIL = (1, AgencyKind.CHILDRENS_SOCIAL_CARE)
OTHER_POLICE = (1, AgencyKind.POLICE)
OTHER_HEALTH = (1, AgencyKind.HEALTH)
APART = {OTHER_COUNCIL, OTHER_POLICE, OTHER_HEALTH}
TOGETHER = tuple((area, kind) for area in (0, 1) for kind in KINDS if (area, kind) not in APART)

EVERY_FACT = tuple(Fact)
CLOSELY = (
    Clause(
        givers=frozenset({AgencyKind.HEALTH}),
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=(Category.MENTAL_HEALTH,),
        sight=Sight.SUMMARY,
        gateway="test",
    ),
    Clause(
        givers=frozenset({AgencyKind.SEXUAL_HEALTH, AgencyKind.HEALTH}),
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=ORDINARY,
        sight=Sight.CONTENT,
        gateway="test",
    ),
    Clause(
        givers=frozenset({AgencyKind.HEALTH}),
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=(Category.SEXUAL_HEALTH,),
        sight=Sight.EXISTENCE,
        gateway="test",
    ),
    Clause(
        givers=frozenset({AgencyKind.POLICE}),
        receivers=frozenset({AgencyKind.HEALTH}),
        serves=Serves.CONFERENCE,
        categories=(Category.MISSING,),
        sight=Sight.CONTENT,
        gateway="test",
    ),
    Clause(
        givers=frozenset(AgencyKind),
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=(Category.SEXUAL_HEALTH,),
        sight=Sight.CONTENT,
        gateway="test",
        purpose=Purpose.ANALYSIS,
    ),
)
"""An agreement that names something closely held, in summary; what of a closely held agency it
cannot reach; and what it gives for another purpose.
"""

FIXED = WorldPlan(
    children=6,
    records=(
        RecordPlan(0, COUNCIL, case="open"),
        RecordPlan(0, POLICE, EVERY_FACT, corrected=True),
        RecordPlan(0, HEALTH, EVERY_FACT),
        RecordPlan(0, CLINIC, (Fact.SEXUAL_HEALTH,)),
        RecordPlan(0, SCHOOL, week=True),
        RecordPlan(0, OTHER_POLICE, (Fact.MISSING,)),
        RecordPlan(1, COUNCIL, case="closed"),
        RecordPlan(1, HEALTH, (Fact.MISSING,)),
        RecordPlan(1, SCHOOL, week=True, unlinked=True),
        RecordPlan(1, POLICE, (Fact.MISSING,), stale=True),
        RecordPlan(2, OTHER_COUNCIL, case="closed and open again"),
        RecordPlan(2, POLICE, (Fact.MISSING,)),
        RecordPlan(3, COUNCIL, case="open", withheld=True),
        RecordPlan(3, POLICE, (Fact.MISSING,)),
        RecordPlan(3, SCHOOL, (Fact.MISSING,), week=True),
        RecordPlan(4, COUNCIL, (Fact.SEALED,), case="open"),
        RecordPlan(4, POLICE, (Fact.MISSING, Fact.SEXUAL_HEALTH)),
        RecordPlan(4, SCHOOL, week=True, sealed=True),
        RecordPlan(5, COUNCIL, case="open"),
        RecordPlan(3, HEALTH, (Fact.MISSING,), sealed=True),
        RecordPlan(5, OTHER_HEALTH, (Fact.MISSING,)),
        RecordPlan(1, CLINIC, (Fact.MISSING,), sealed=True),
        RecordPlan(5, POLICE, (Fact.MISSING, Fact.INTELLIGENCE)),
        RecordPlan(5, HEALTH, (Fact.MENTAL_HEALTH,)),
        RecordPlan(5, SCHOOL, week=True),
    ),
    people=(
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER, team=0),
        PersonPlan(COUNCIL, Role.PRACTITIONER),
        PersonPlan(COUNCIL, Role.DATA_OFFICER),
        PersonPlan(POLICE, Role.PRACTITIONER),
        PersonPlan(CLINIC, Role.PRACTITIONER),
        PersonPlan(SCHOOL, Role.PARTNERSHIP_LEAD),
        PersonPlan(INSPECTORATE, Role.INSPECTOR),
        PersonPlan(INSPECTORATE, Role.INSPECTOR, inspects=1),
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER, team=1),
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER),
        PersonPlan(HEALTH, Role.PRACTITIONER),
        PersonPlan(SCHOOL, Role.PRACTITIONER),
        PersonPlan(COUNCIL, Role.ANALYST),
        PersonPlan(COUNCIL, Role.SOCIAL_WORKER, team=0),
        PersonPlan(POLICE, Role.DATA_OFFICER),
        PersonPlan(OTHER_COUNCIL, Role.SOCIAL_WORKER, team=0),
    ),
    front_doors=((2, 0),),
    alerts=((0, 0), (1, 1), (4, 0), (5, 0)),
    duties=((0, COUNCIL), (1, HEALTH), (3, COUNCIL), (4, COUNCIL), (5, COUNCIL)),
    quarantine=(POLICE, CLINIC),
    agreements=(
        AgreementPlan(USUAL, TOGETHER),
        AgreementPlan(CLOSELY, TOGETHER),
        AgreementPlan(USUAL, (COUNCIL, OTHER_POLICE), left=(OTHER_POLICE,)),
        AgreementPlan(USUAL, (OTHER_COUNCIL, POLICE), left=(OTHER_COUNCIL,)),
        AgreementPlan(USUAL[:1], (COUNCIL, OTHER_HEALTH)),
        AgreementPlan(USUAL, (COUNCIL, OTHER_POLICE), When.TO_COME),
    ),
    allocated=(TiePlan(5, 8),),
    teams=(TiePlan(5, 8), TiePlan(0, 13, When.OVER)),
    conferences=(
        TiePlan(5, 11),
        TiePlan(5, 3),
        TiePlan(5, 1),
        TiePlan(5, 10, When.OVER),
        TiePlan(0, 5),
    ),
    inspections=(
        TiePlan(0, 6),
        TiePlan(4, 6),
        TiePlan(3, 6),
        TiePlan(1, 6, When.OVER),
        TiePlan(1, 7, When.TO_COME),
    ),
    broken_glass=(TiePlan(3, 3), TiePlan(0, 3), TiePlan(0, 11, When.OVER), TiePlan(0, 14)),
    excluded=(TiePlan(0, 13), TiePlan(1, 3, When.OVER), TiePlan(1, 10)),
    seals=(SealPlan(4, (0, 3)), SealPlan(2, (1,), When.OVER)),
    protections=((0, When.OVER), (4, When.NOW)),
    settings=((1, AreaRules(involved_may_know=False, reach=Reach.COUNCIL)),),
)
"""One world in which every rule of visibility has somebody to whom it makes a difference."""
