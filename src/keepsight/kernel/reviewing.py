"""Which records a reviewer of links may compare: what `kernel.visibility` says, and who reviews.

Whoever may not see one record of a question does not see that there is a question: that a record
exists is content. So a question about a confidential record is for a reviewer of that agency, and
one about confidential records of two agencies is for nobody.
"""

from collections.abc import Iterable
from datetime import datetime

from keepsight.kernel.looking import Held, Onlooker
from keepsight.kernel.roles import Permission, roles_that_may
from keepsight.kernel.visibility import Look, purpose_of
from keepsight.kernel.vocabulary.content.base import Tier

REVIEWERS = roles_that_may(Permission.REVIEW_LINKS)
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
    """Whether a reviewer is shown a question: each record reviewable, one of the reviewer's area.

    `judged` has, for each record, the viewer before its child, the record, and whether its agency
    is of the viewer's area.
    """
    records = list(judged)
    own_area = any(in_area for _, _, in_area in records)
    return own_area and all(reviewable(viewer, held, at) for viewer, held, _ in records)


def restricted(held: Held, at: datetime) -> bool:
    """Whether joining a record takes two people: it is closely held, sealed, or its child's
    whereabouts are protected.
    """
    protected = any(span.holds(at) for span in held.protected)
    return held.closely or protected or bool(held.seals_at(at))
