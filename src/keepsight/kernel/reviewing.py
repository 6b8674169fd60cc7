"""Which records a reviewer of links may compare: what `kernel.visibility` says, and who reviews.

Whoever may not see one record of a question does not see that there is a question: that a record
exists is content. So a question about a confidential record is for a reviewer of that agency, and
one about confidential records of two agencies is for nobody. The council, which leads, reviews for
its whole area; any other agency reviews what may be of a child of its own.
"""

from collections.abc import Iterable
from datetime import datetime

from keepsight.kernel.looking import Held, Onlooker
from keepsight.kernel.roles import Permission, roles_that_may
from keepsight.kernel.visibility import Look, purpose_of
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.content.base import Tier

REVIEWERS = roles_that_may(Permission.REVIEW_LINKS)
LEADS = frozenset({AgencyKind.CHILDRENS_SOCIAL_CARE})
"""Whose reviewers see to all questions of their area (Children Act 2004 s.10 [M]: the council makes
the arrangements for agencies to co-operate).
"""
LEAST_RECORDS, MOST_RECORDS = 2, 8
"""How many records one question is about: more than a person can compare are cut up first."""
LEAST_REASON = 10
"""Letters of a reason that says something (our own choice, as `kernel.emergencies`)."""


def reviewable(viewer: Onlooker, held: Held, at: datetime) -> bool:
    """Whether a reviewer may compare a record: names, birth, numbers, and whose it is; no event."""
    look = Look(viewer=viewer, held=held, at=at, purpose=purpose_of(viewer.role))
    if viewer.role not in REVIEWERS or look.excluded:
        return False
    if look.sealed:
        return look.listed
    return held.tier is Tier.ORDINARY or held.agency == viewer.agency


def question_shown(judged: Iterable[tuple[Onlooker, Held, bool]], at: datetime) -> bool:
    """Whether a reviewer is shown a question: each record reviewable, and one of them the reviewing
    agency's own or, for a council, of an agency of its area.

    `judged` has, for each record, the viewer before its child, the record, and whether its agency
    is of the viewer's area.
    """
    records = list(judged)
    concerns = any(
        held.agency == viewer.agency or (in_area and viewer.agency_kind in LEADS)
        for viewer, held, in_area in records
    )
    return concerns and all(reviewable(viewer, held, at) for viewer, held, _ in records)


def restricted(held: Held, at: datetime) -> bool:
    """Whether joining a record takes two people: it is closely held, sealed, or its child's
    whereabouts are protected.
    """
    protected = any(span.holds(at) for span in held.protected)
    return held.closely or protected or bool(held.seals_at(at))
