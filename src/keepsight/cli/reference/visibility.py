"""The page of who may know what: the rule, and all that follows from it, as `decide` answers."""

from dataclasses import dataclass

from keepsight.cli.reference.markdown import cited, spaced, table
from keepsight.kernel.roles import Role
from keepsight.kernel.visibility import RULES, Held, Onlooker, Relation, decide
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Tier

TITLE = "Who may know what"
ABOUT = (
    "The whole rule of visibility. It is about one record that one agency holds, and one person "
    "who looks. The first row that applies decides. The database enforces the same."
)
HEADING = ("Rule", "Where it applies", "What may be seen", "What the viewer is told", "Source")
VIEWER, OTHER = 1, 2


@dataclass(frozen=True, slots=True)
class Case:
    """A column: whose record it is, and what the viewer’s agency has to do with the child."""

    title: str
    own: bool = False
    involved: bool = False
    relations: frozenset[Relation] = frozenset()


CASES = (
    Case("Own record", own=True),
    Case("Another agency’s, no relation"),
    Case("Another’s, agency involved", involved=True),
    Case("Another’s, at the front door", relations=frozenset({Relation.FRONT_DOOR})),
    Case("Another’s, open case", relations=frozenset({Relation.CASE})),
    Case("Involved, front door", involved=True, relations=frozenset({Relation.FRONT_DOOR})),
    Case("Involved, open case", involved=True, relations=frozenset({Relation.CASE})),
)


def body() -> str:
    matrix = "\n".join(_matrix(tier) for tier in Tier)
    return f"## The rule\n\n{table(HEADING, _rules())}\n## All that follows from it\n\n{matrix}"


def _rules() -> list[tuple[str, ...]]:
    return [
        (spaced(rule.name), rule.when, rule.sight.value, rule.reason, cited(rule.source))
        for rule in RULES
    ]


def _matrix(tier: Tier) -> str:
    heading = ("Role", "At", *(case.title for case in CASES))
    rows = [
        (role.in_words, kind.in_words, *(_cell(role, kind, tier, case) for case in CASES))
        for role in Role
        for kind in AgencyKind
    ]
    return f"### A record that is {tier.value}\n\n{table(heading, rows)}"


def _cell(role: Role, kind: AgencyKind, tier: Tier, case: Case) -> str:
    """The answer; where it depends on the area, both answers."""
    inside, outside = (_sight(role, kind, tier, case, area) for area in (VIEWER, OTHER))
    return inside if inside == outside else f"{inside} in the viewer’s area, else {outside}"


def _sight(role: Role, kind: AgencyKind, tier: Tier, case: Case, area: int) -> str:
    viewer = Onlooker(
        agency=VIEWER,
        agency_kind=kind,
        area=VIEWER,
        role=role,
        involved=case.involved,
        relations=case.relations,
    )
    held = Held(agency=VIEWER if case.own else OTHER, area=area, tier=tier)
    return decide(viewer, held).sight.value
