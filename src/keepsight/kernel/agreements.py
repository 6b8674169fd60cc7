"""What an information-sharing agreement says, clause by clause, and the usual one.

The usual agreement is a starting point that agencies sign, shorten or widen. It is not law: the
gateways are (`domain.md` 6a). It names nothing that is closely held but graded intelligence which
may be shared.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from keepsight.kernel.looking import Purpose, Serves, Sight
from keepsight.kernel.vocabulary.agencies import CONFIDENTIAL_AGENCIES, AgencyKind
from keepsight.kernel.vocabulary.categories import ORDINARY, Category

WORKING_AGENCIES = frozenset(AgencyKind) - {AgencyKind.INSPECTORATE, AgencyKind.PARTNERSHIP}
"""Those that work with children."""

OPEN_AGENCIES = WORKING_AGENCIES - CONFIDENTIAL_AGENCIES
"""Those of whose involvement others may learn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Parties of some kinds give these categories, up to a sight, to parties of other kinds."""

    givers: frozenset[AgencyKind]
    receivers: frozenset[AgencyKind]
    serves: Serves
    categories: tuple[Category, ...]
    sight: Sight
    gateway: str
    purpose: Purpose = Purpose.SAFEGUARDING


class ClauseRefused(ValueError):
    """A clause that no agreement can have; the message says why."""


def check(clauses: Iterable[Clause]) -> None:
    """Raise for what no agreement can give: what stays where it is, and sight of nothing."""
    for clause in clauses:
        never = [each.in_words for each in clause.categories if each.never_agreed]
        if never:
            raise ClauseRefused(f"No agreement can give {never[0]}.")
        if clause.sight is Sight.NOTHING:
            raise ClauseRefused("A clause that gives nothing is no clause: leave it out.")


USUAL: tuple[Clause, ...] = (
    Clause(
        givers=OPEN_AGENCIES,
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=ORDINARY,
        sight=Sight.CONTENT,
        gateway="Children Act 1989, section 47(9); Children Act 2004, sections 10 and 11 [M]",
    ),
    Clause(
        givers=frozenset({AgencyKind.POLICE}),
        receivers=frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE}),
        serves=Serves.LEAD,
        categories=(Category.INTELLIGENCE,),
        sight=Sight.CONTENT,
        gateway="Policing purpose at common law; Crime and Disorder Act 1998, section 115 [M]",
    ),
    Clause(
        givers=OPEN_AGENCIES,
        receivers=OPEN_AGENCIES,
        serves=Serves.CONFERENCE,
        categories=(Category.PERSON,),
        sight=Sight.CONTENT,
        gateway="Working Together 2023, chapter 3 [M]",
    ),
    Clause(
        givers=OPEN_AGENCIES,
        receivers=OPEN_AGENCIES,
        serves=Serves.CONFERENCE,
        categories=tuple(each for each in ORDINARY if each is not Category.PERSON),
        sight=Sight.SUMMARY,
        gateway="Working Together 2023, chapter 3 [M]",
    ),
    Clause(
        givers=OPEN_AGENCIES,
        receivers=WORKING_AGENCIES,
        serves=Serves.INVOLVED,
        categories=(Category.PERSON,),
        sight=Sight.EXISTENCE,
        gateway="Children Act 2004, section 11; Information sharing advice 2024, golden rule 6",
    ),
)
