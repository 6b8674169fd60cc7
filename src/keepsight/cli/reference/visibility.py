"""The page of who may know what: the rule, and all that follows from it, as `decide` answers."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from keepsight.cli.reference.markdown import cited, spaced, table
from keepsight.kernel.agreements import USUAL
from keepsight.kernel.looking import Held, Onlooker, Relation, Seal, Span, Term, Tie
from keepsight.kernel.roles import Role
from keepsight.kernel.visibility import RULES, decide
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD, Category
from keepsight.kernel.vocabulary.content.base import Tier

TITLE = "Who may know what"
ABOUT = (
    "The whole rule of visibility. It is about one record that one agency holds, and one person "
    "who looks, at one moment and for one purpose. The first row that applies decides. The "
    "database enforces the same."
)
HEADING = ("Rule", "Where it applies", "What may be seen", "What the viewer is told", "Source")
CLAUSES = ("For whom", "From", "To", "What", "How much", "Gateway")
OWN, OTHER, PERSON, TEAM, ANOTHER_TEAM = 1, 2, 11, 21, 22
AT = datetime(2026, 1, 1, tzinfo=UTC)
ALWAYS = Span(since=datetime(2025, 1, 1, tzinfo=UTC))
OVER = replace(ALWAYS, until=AT)

HOLDERS = {
    Category.PERSON: AgencyKind.POLICE,
    Category.EDUCATION: AgencyKind.SCHOOL,
    Category.HEALTH: AgencyKind.HEALTH,
    Category.SOCIAL_CARE: AgencyKind.CHILDRENS_SOCIAL_CARE,
    Category.MISSING: AgencyKind.POLICE,
    Category.SEXUAL_HEALTH: AgencyKind.SEXUAL_HEALTH,
    Category.SEXUAL_ASSAULT: AgencyKind.SEXUAL_ASSAULT_CENTRE,
    Category.MENTAL_HEALTH: AgencyKind.HEALTH,
    Category.REFUGE: AgencyKind.REFUGE,
    Category.INTELLIGENCE: AgencyKind.POLICE,
    Category.HANDLED: AgencyKind.POLICE,
    Category.ATTENDANCE_REASONS: AgencyKind.SCHOOL,
    Category.WHOLE: None,
    Category.POLICING: AgencyKind.POLICE,
    Category.YOUTH_JUSTICE: AgencyKind.YOUTH_JUSTICE,
    Category.RESIDENTIAL_CARE: AgencyKind.CHILDRENS_HOME,
    Category.HOUSING: AgencyKind.HOUSING,
    Category.VOLUNTARY: AgencyKind.VOLUNTARY,
}
"""An agency that holds each category, for the table."""


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table: who looks, and what ties them to the child."""

    who: str
    role: Role
    kind: AgencyKind
    relation: Relation | None = None
    span: Span = ALWAYS
    person: int | None = None
    team: int | None = None
    involved: bool = False
    excluded: bool = False


COUNCIL = AgencyKind.CHILDRENS_SOCIAL_CARE
WORKER = Role.SOCIAL_WORKER
CASES = (
    Case("Social worker to whom the child is allocated", WORKER, COUNCIL, Relation.ALLOCATED,
         person=PERSON),
    Case("Social worker of the team to which it is allocated", WORKER, COUNCIL, Relation.TEAM,
         team=TEAM),
    Case("Social worker of another team", WORKER, COUNCIL, Relation.TEAM, team=ANOTHER_TEAM),
    Case("Social worker, an open case allocated to nobody", WORKER, COUNCIL, Relation.CASE),
    Case("Social worker at the front door", WORKER, COUNCIL, Relation.FRONT_DOOR, team=TEAM),
    Case("Social worker of a council that is involved", WORKER, COUNCIL, involved=True),
    Case("Social worker kept from the child, though allocated", WORKER, COUNCIL,
         Relation.ALLOCATED, person=PERSON, excluded=True),
    Case("Team manager, a child of the team", Role.TEAM_MANAGER, COUNCIL, Relation.TEAM, team=TEAM),
    Case("School’s lead, school involved", Role.PRACTITIONER, AgencyKind.SCHOOL, involved=True),
    Case("Police officer, police involved", Role.PRACTITIONER, AgencyKind.POLICE, involved=True),
    Case("Nurse, trust involved", Role.PRACTITIONER, AgencyKind.HEALTH, involved=True),
    Case("School’s lead invited to the conference", Role.PRACTITIONER, AgencyKind.SCHOOL,
         Relation.CONFERENCE, person=PERSON),
    Case("School’s lead after the conference", Role.PRACTITIONER, AgencyKind.SCHOOL,
         Relation.CONFERENCE, OVER, person=PERSON),
    Case("Police officer who broke the glass", Role.PRACTITIONER, AgencyKind.POLICE,
         Relation.BREAK_GLASS, person=PERSON),
    Case("Police officer whose broken glass has ended", Role.PRACTITIONER, AgencyKind.POLICE,
         Relation.BREAK_GLASS, OVER, person=PERSON),
    Case("Inspector, a sampled case", Role.INSPECTOR, AgencyKind.INSPECTORATE,
         Relation.INSPECTION, person=PERSON),
    Case("Inspector when the inspection has closed", Role.INSPECTOR, AgencyKind.INSPECTORATE,
         Relation.INSPECTION, OVER, person=PERSON),
    Case("Data officer of another agency", Role.DATA_OFFICER, AgencyKind.HEALTH, involved=True),
    Case("Partnership lead", Role.PARTNERSHIP_LEAD, AgencyKind.PARTNERSHIP),
    Case("Analyst", Role.ANALYST, AgencyKind.PARTNERSHIP),
    Case("Information-governance lead", Role.GOVERNANCE_LEAD, AgencyKind.HEALTH, involved=True),
    Case("Anybody else", Role.PRACTITIONER, AgencyKind.VOLUNTARY),
)  # fmt: skip


def body() -> str:
    others = _matrix("Another agency’s record, under the usual agreement", own=False)
    own = _matrix("A record of the viewer’s own agency", own=True)
    return (
        f"## The rule\n\n{table(HEADING, _rules())}\n"
        f"## The usual agreement\n\nAgencies sign, shorten or widen it. What it does not name is "
        f"not given.\n\n{table(CLAUSES, _clauses())}\n"
        f"## All that follows from it\n\nAn area may make it stricter or wider: how long after "
        "its last contact an agency counts as involved (365 days unless it says otherwise), "
        "whether involvement may be known at all, and whether a child’s story goes to the team "
        f"or to every social worker of the council.\n\n{others}\n{own}\n{_sealed()}"
    )


def _rules() -> list[tuple[str, ...]]:
    return [
        (spaced(rule.name), rule.when, rule.sees_in_words, rule.reason, cited(rule.source))
        for rule in RULES
    ]


def _clauses() -> list[tuple[str, ...]]:
    return [
        (
            clause.serves.value,
            _kinds(clause.givers),
            _kinds(clause.receivers),
            "; ".join(each.in_words for each in clause.categories),
            clause.sight.in_words,
            cited(clause.gateway),
        )
        for clause in USUAL
    ]


def _kinds(kinds: frozenset[AgencyKind]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds)).in_words
    left_out = sorted(each.in_words for each in AgencyKind if each not in kinds)
    return f"every agency but {', '.join(left_out)}"


def _matrix(title: str, *, own: bool) -> str:
    shown = [each for each in Category if not (own and each is Category.WHOLE)]
    heading = ("Who looks", *(spaced(each.value) for each in shown))
    rows = [(case.who, *(_sight(case, each, own=own) for each in shown)) for case in CASES]
    return f"### {title}\n\n{table(heading, rows)}"


def _sealed() -> str:
    heading = ("Who looks", "Named on the seal", "Not named")
    rows = [
        (
            case.who,
            *(
                _sight(case, Category.MISSING, own=False, seal=Seal(span=ALWAYS, people=people))
                for people in (frozenset({PERSON}), frozenset[int]())
            ),
        )
        for case in CASES
    ]
    return f"### A record of a child that is sealed\n\n{table(heading, rows)}"


def _sight(case: Case, category: Category, *, own: bool, seal: Seal | None = None) -> str:
    holder = case.kind if own else HOLDERS[category]
    ties: tuple[Tie, ...] = ()
    if case.relation:
        ties = (
            Tie(
                relation=case.relation,
                agency=OWN,
                span=case.span,
                person=case.person,
                team=case.team,
            ),
        )
    viewer = Onlooker(
        person=PERSON,
        agency=OWN,
        agency_kind=case.kind,
        role=case.role,
        team=TEAM,
        ties=ties,
        terms=_terms(holder, case.kind),
        last_contact=AT if case.involved else None,
        excluded=(ALWAYS,) if case.excluded else (),
    )
    held = Held(
        agency=0 if holder is None else OWN if own else OTHER,
        agency_kind=holder,
        category=category,
        tier=Tier.CONFIDENTIAL if category in CLOSELY_HELD else Tier.ORDINARY,
        last_contact=AT,
        seals=(seal,) if seal else (),
    )
    return decide(viewer, held, AT).sight.in_words


def _terms(giver: AgencyKind | None, receiver: AgencyKind) -> tuple[Term, ...]:
    return tuple(
        Term(
            giver=OTHER,
            receiver=OWN,
            serves=clause.serves,
            category=category,
            sight=clause.sight,
            purpose=clause.purpose,
            span=ALWAYS,
        )
        for clause in USUAL
        if giver in clause.givers and receiver in clause.receivers
        for category in clause.categories
    )
