"""Who may know what, and why: the whole rule. The first row that applies decides.

The rule is about one record (what one agency holds) and one viewer. Row-level security says
the same in the database; tests hold the two against one another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from keepsight.kernel.vocabulary.agencies import AgencyKind, Role
from keepsight.kernel.vocabulary.content.base import Tier


class Sight(StrEnum):
    """What may be seen of a record."""

    NOTHING = "nothing"
    EXISTENCE = "existence"
    CONTENT = "content"


class Relation(StrEnum):
    """Children's social care's relation to a child."""

    FRONT_DOOR = "front_door"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """A viewer, with what their agency has to do with the child in question."""

    agency: int
    agency_kind: AgencyKind
    area: int
    role: Role
    involved: bool = False
    relations: frozenset[Relation] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record: which agency holds it, in which area, how closely."""

    agency: int
    area: int
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table: where it applies, what may then be seen, and why."""

    name: str
    when: str
    sight: Sight
    reason: str
    source: str
    applies: Callable[[Onlooker, Held], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be seen, and the reason in words."""

    sight: Sight
    rule: str
    reason: str


OWN_ROLES = frozenset({Role.PRACTITIONER, Role.SOCIAL_WORKER, Role.DATA_OFFICER})
INVOLVED_ROLES = frozenset({Role.PRACTITIONER, Role.SOCIAL_WORKER})

RULES: tuple[Rule, ...] = (
    Rule(
        name="own",
        when="The viewer works at the agency that holds the record",
        sight=Sight.CONTENT,
        reason="Your agency recorded this.",
        source="UK GDPR Article 6(1)(e): the controller’s own records",
        applies=lambda viewer, held: held.agency == viewer.agency and viewer.role in OWN_ROLES,
    ),
    Rule(
        name="closely_held",
        when="The record is confidential or sealed, and another agency’s",
        sight=Sight.NOTHING,
        reason="There is nothing here that you may see.",
        source="Common-law duty of confidence; design decision 6: existence is content",
        applies=lambda viewer, held: held.tier is not Tier.ORDINARY,
    ),
    Rule(
        name="inspection",
        when="An inspector, in the area that is inspected",
        sight=Sight.CONTENT,
        reason="You are inspecting this area, and read only.",
        source="Education and Inspections Act 2006, sections 136 to 139 [M]",
        applies=lambda viewer, held: viewer.role is Role.INSPECTOR and held.area == viewer.area,
    ),
    Rule(
        name="social_care",
        when="A social worker of a council that has the child at its front door or an open case",
        sight=Sight.CONTENT,
        reason="Your council has this child at its front door or an open case.",
        source="Children Act 1989, sections 17 and 47; Children Act 2004, section 11",
        applies=lambda viewer, held: (
            viewer.role is Role.SOCIAL_WORKER
            and viewer.agency_kind is AgencyKind.CHILDRENS_SOCIAL_CARE
            and bool(viewer.relations)
        ),
    ),
    Rule(
        name="involved",
        when="The viewer’s agency is itself involved with the child",
        sight=Sight.EXISTENCE,
        reason="This agency is involved with the child too; you can see that, and whom to call.",
        source="Children Act 2004, section 11; Information sharing advice 2024, golden rule 6",
        applies=lambda viewer, held: viewer.involved and viewer.role in INVOLVED_ROLES,
    ),
    Rule(
        name="default",
        when="Anything else",
        sight=Sight.NOTHING,
        reason="There is nothing here that you may see.",
        source="design decision 5: deny by default",
        applies=lambda viewer, held: True,
    ),
)


def decide(viewer: Onlooker, held: Held) -> Decision:
    """What `viewer` may see of a record that is `held`, and why."""
    rule = next(rule for rule in RULES if rule.applies(viewer, held))
    return Decision(rule.sight, rule.name, rule.reason)
