"""Signing and ending information-sharing agreements: in force, or over, at once and everywhere."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from keepsight.access import actions as access
from keepsight.agencies.models import Agency
from keepsight.audit.actions import Note, record
from keepsight.audit.actor import Actor
from keepsight.audit.models import Act
from keepsight.audit.writing import action
from keepsight.kernel.agreements import USUAL, Clause
from keepsight.sharing.models import Agreement


class AgreementRefused(ValueError):
    """An agreement that cannot be signed; the message is for the person who tried."""


@action
def sign_agreement(
    *,
    by: Actor,
    title: str,
    gateway: str,
    parties: Sequence[Agency],
    review_by: date,
    clauses: Sequence[Clause] = USUAL,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Agreement:
    """The parties give one another what the clauses say, from `since` until `until` or its end."""
    if not title.strip() or not gateway.strip():
        raise AgreementRefused("Say what the agreement is called and by what law it shares.")
    if len({agency.pk for agency in parties}) < 2:
        raise AgreementRefused("An agreement has two parties at least.")
    begins = since or timezone.now()
    if until is not None and until <= begins:
        raise AgreementRefused("The agreement would end before it begins.")
    agreement = Agreement.objects.create(
        title=title.strip(),
        gateway=gateway.strip(),
        since=begins,
        until=until,
        review_by=review_by,
        signed=timezone.now(),
    )
    access.sign_agreement(
        by=by,
        agreement_id=agreement.pk,
        parties=parties,
        clauses=clauses,
        since=begins,
        until=until,
    )
    record(by=by, notes=[Note(act=Act.WRITE, what=f"agreement {agreement.pk}")])
    return agreement


@action
def end_agreement(
    *, by: Actor, agreement_id: int, because: str, agency: Agency | None = None
) -> int:
    """End an agreement, or one agency's part in it; returns how many parties it still bound."""
    if not because.strip():
        raise AgreementRefused("Say why the agreement ends.")
    ended = access.end_agreement(
        by=by, agreement_id=agreement_id, agency_id=agency.pk if agency else None
    )
    if agency is None:
        Agreement.objects.filter(pk=agreement_id).update(
            until=timezone.now(), ended_because=because.strip()
        )
    whose = f" for {agency.key}" if agency else ""
    said = f"agreement {agreement_id} ended{whose}"
    record(by=by, notes=[Note(act=Act.WRITE, what=said, reason=because.strip())])
    return ended
