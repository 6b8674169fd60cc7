"""Who may know what, and why: the whole rule. The first row that applies decides.

The rule is about one record (what one agency holds of one child) and one viewer, at one moment,
for one purpose. Row-level security says the same in the database; tests hold the two against one
another. The facts that it asks about are in `kernel.looking`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from keepsight.kernel.looking import (
    LEADS,
    Held,
    Onlooker,
    Purpose,
    Relation,
    Serves,
    Sight,
    Term,
)
from keepsight.kernel.roles import Permission, Role, roles_that_may
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind
from keepsight.kernel.vocabulary.categories import CLOSELY_HELD, Category
from keepsight.kernel.vocabulary.content.base import Tier

LEAD_ROLES = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER})
INVOLVED_ROLES = LEAD_ROLES | {Role.PRACTITIONER}
OWN_ROLES = INVOLVED_ROLES | {Role.DATA_OFFICER}
GLASS_ROLES = roles_that_may(Permission.BREAK_GLASS)

PURPOSES = {
    Role.INSPECTOR: Purpose.INSPECTION,
    Role.ANALYST: Purpose.ANALYSIS,
    Role.GOVERNANCE_LEAD: Purpose.GOVERNANCE,
}
"""Why a role looks; every other role looks to safeguard a child."""


def purpose_of(role: Role) -> Purpose:
    """Why somebody with this role looks at a child's record."""
    return PURPOSES.get(role, Purpose.SAFEGUARDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look: who, at what, when and why; and what each row of the rule asks of it."""

    viewer: Onlooker
    held: Held
    at: datetime
    purpose: Purpose

    @property
    def excluded(self) -> bool:
        return any(span.holds(self.at) for span in self.viewer.excluded)

    @property
    def sealed(self) -> bool:
        return self.held.tier is Tier.SEALED or bool(self.held.seals_at(self.at))

    @property
    def listed(self) -> bool:
        """Named on every seal that is in force, of which there is one at least."""
        seals = self.held.seals_at(self.at)
        return bool(seals) and all(self.viewer.person in seal.people for seal in seals)

    @property
    def own(self) -> bool:
        return self.held.agency == self.viewer.agency and self.viewer.role in OWN_ROLES

    @property
    def inspects(self) -> bool:
        return self.viewer.role is Role.INSPECTOR and self._tied(Relation.INSPECTION)

    @property
    def broke_glass(self) -> bool:
        return self.viewer.role in GLASS_ROLES and self._tied(Relation.BREAK_GLASS)

    @property
    def leads(self) -> bool:
        council = self.viewer.agency_kind is AgencyKind.CHILDRENS_SOCIAL_CARE
        return council and self.viewer.role in LEAD_ROLES and self._tied(*LEADS)

    @property
    def confers(self) -> bool:
        return self.viewer.role in INVOLVED_ROLES and self._tied(Relation.CONFERENCE)

    @property
    def agreed(self) -> Sight:
        """The most that agreements in force give, for what the viewer is to the child."""
        serves = {Serves.LEAD} if self.leads else set()
        serves |= {Serves.CONFERENCE} if self.confers else set()
        return max((t.sight for t in self.viewer.terms if self._fits(t, serves)), default=NOTHING)

    @property
    def involved(self) -> bool:
        """Both agencies work with the child, and the holder agreed that the other may know it."""
        rules = self.viewer.rules
        return (
            self.viewer.role in INVOLVED_ROLES
            and rules.involved_may_know
            and self.held.agency_kind not in CONFIDENTIAL_AGENCIES
            and self._lately(self.viewer.last_contact, rules.involved_days)
            and self._lately(self.held.last_contact, self.held.involved_days)
            and any(
                t.sight > NOTHING and self._fits(t, {Serves.INVOLVED}) for t in self.viewer.terms
            )
        )

    def _lately(self, last: datetime | None, days: int) -> bool:
        return last is not None and last > self.at - timedelta(days=days)

    def _tied(self, *relations: Relation) -> bool:
        return self.viewer.tied(frozenset(relations), self.at)

    def _fits(self, term: Term, serves: set[Serves]) -> bool:
        """A closely held record is given only under a category that is itself closely held."""
        named = self.held.tier is Tier.ORDINARY or self.held.category in CLOSELY_HELD
        return (
            named
            and not self.held.category.never_agreed
            and term.serves in serves
            and (term.giver, term.receiver) == (self.held.agency, self.viewer.agency)
            and term.category is self.held.category
            and term.purpose is self.purpose
            and term.span.holds(self.at)
        )


NOTHING = Sight.NOTHING
SAID_OF_NOTHING = "There is nothing here that you may see."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table: where it applies, what may then be seen, and why."""

    name: str
    when: str
    sees: Sight | Callable[[Look], Sight]
    reason: str
    source: str
    applies: Callable[[Look], bool]

    def sight(self, look: Look) -> Sight:
        return self.sees if isinstance(self.sees, Sight) else self.sees(look)

    @property
    def sees_in_words(self) -> str:
        return self.sees.in_words if isinstance(self.sees, Sight) else "as the agreement says"


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be seen, the reason in words, and whether where the child is stays unsaid."""

    sight: Sight
    rule: str
    reason: str
    withheld: bool


RULES: tuple[Rule, ...] = (
    Rule(
        name="excluded",
        when="The viewer is family or an acquaintance of the child, or a person whom the records "
        "suspect, accuse or name as of the household",
        sees=NOTHING,
        reason=SAID_OF_NOTHING,
        source="UK GDPR Article 5(1)(f); security.md section 2 (Redcar)",
        applies=lambda look: look.excluded,
    ),
    Rule(
        name="sealed",
        when="The record or the child is sealed, and the viewer is not named on the list",
        sees=NOTHING,
        reason=SAID_OF_NOTHING,
        source="Adoption and Children Act 2002, sections 56 to 65 [M]; design decision 6",
        applies=lambda look: look.sealed and not look.listed,
    ),
    Rule(
        name="listed",
        when="The record or the child is sealed, and the viewer is named on the list",
        sees=Sight.CONTENT,
        reason="You are named among those who may see this sealed record.",
        source="Adoption and Children Act 2002, sections 56 to 65 [M]",
        applies=lambda look: look.sealed,
    ),
    Rule(
        name="own",
        when="The viewer works at the agency that holds the record",
        sees=Sight.CONTENT,
        reason="Your agency recorded this.",
        source="UK GDPR Article 6(1)(e): the controller’s own records",
        applies=lambda look: look.own,
    ),
    Rule(
        name="inspection",
        when="An inspector, while the inspection is open, and the child is in its sample",
        sees=Sight.CONTENT,
        reason="This case is in the sample of your inspection, and you read only.",
        source="Education and Inspections Act 2006, sections 136 to 139 [M]",
        applies=lambda look: look.inspects,
    ),
    Rule(
        name="whole",
        when="What Keepsight says of the child as a whole, to those who lead for the child or "
        "broke the glass",
        sees=Sight.CONTENT,
        reason="You lead for this child, or broke the glass.",
        source="Children Act 1989, sections 17 and 47",
        applies=lambda look: (
            look.held.category is Category.WHOLE and (look.leads or look.broke_glass)
        ),
    ),
    Rule(
        name="break_glass",
        when="The viewer broke the glass, and the record is ordinary",
        sees=Sight.CONTENT,
        reason="You broke the glass: this ends by itself, and is reviewed.",
        source="UK GDPR Article 6(1)(d): vital interests",
        applies=lambda look: look.broke_glass and look.held.tier is Tier.ORDINARY,
    ),
    Rule(
        name="agreed",
        when="The viewer leads for the child or is invited to its conference, and an agreement in "
        "force gives this category for this purpose",
        sees=lambda look: look.agreed,
        reason="An agreement between the agencies gives you this for this child.",
        source="Children Act 2004, sections 10, 11 and 16E to 16LA; Data Protection Act 2018, "
        "Schedule 1, paragraph 18 [M]",
        applies=lambda look: look.agreed > NOTHING,
    ),
    Rule(
        name="closely_held",
        when="The record is confidential, and no agreement names it",
        sees=NOTHING,
        reason=SAID_OF_NOTHING,
        source="Common-law duty of confidence; design decision 6: existence is content",
        applies=lambda look: look.held.tier is not Tier.ORDINARY,
    ),
    Rule(
        name="involved",
        when="Both agencies have been involved with the child of late, and agreed that it may be "
        "known",
        sees=Sight.EXISTENCE,
        reason="This agency is involved with the child too; you can see that, and whom to call.",
        source="Children Act 2004, section 11; Information sharing advice 2024, golden rule 6",
        applies=lambda look: look.involved,
    ),
    Rule(
        name="default",
        when="Anything else",
        sees=NOTHING,
        reason=SAID_OF_NOTHING,
        source="design decision 5: deny by default",
        applies=lambda look: True,
    ),
)


def decide(viewer: Onlooker, held: Held, at: datetime, purpose: Purpose | None = None) -> Decision:
    """What `viewer` may see at a moment of a record that is `held`, and why.

    `purpose` is the role's unless said. `withheld` means that the record's whereabouts stay
    unsaid although its content is seen: the child's address is protected and another agency holds
    the record.
    """
    look = Look(viewer=viewer, held=held, at=at, purpose=purpose or purpose_of(viewer.role))
    rule = next(rule for rule in RULES if rule.applies(look))
    protected = any(span.holds(at) for span in held.protected)
    withheld = protected and held.agency != viewer.agency
    return Decision(rule.sight(look), rule.name, rule.reason, withheld)
