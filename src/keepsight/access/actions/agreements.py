"""The flat parties and terms of an agreement, as policies read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from keepsight.access.models import Party, Term
from keepsight.agencies.models import Agency
from keepsight.audit.actor import Actor
from keepsight.audit.writing import action
from keepsight.kernel.agreements import Clause, check


@action
def sign_agreement(
    *,
    by: Actor,
    agreement_id: int,
    parties: Sequence[Agency],
    clauses: Sequence[Clause],
    since: datetime,
    until: datetime | None,
) -> None:
    """From `since` on, the parties give one another what the clauses say."""
    check(clauses)
    Party.objects.bulk_create(
        Party(
            agreement_id=agreement_id,
            agency_id=agency.pk,
            kind=agency.kind,
            since=since,
            until=until,
        )
        for agency in parties
    )
    Term.objects.bulk_create(_terms(agreement_id, clauses), batch_size=1000)


@action
def end_agreement(*, by: Actor, agreement_id: int, agency_id: int | None = None) -> int:
    """End it for one party, or for all: at once, everywhere."""
    parties = Party.objects.filter(agreement_id=agreement_id)
    if agency_id is not None:
        parties = parties.filter(agency_id=agency_id)
    held = parties.exclude(until__lte=timezone.now())
    return held.update(until=timezone.now())


def _terms(agreement_id: int, clauses: Iterable[Clause]) -> Iterable[Term]:
    for clause in clauses:
        for giver in sorted(clause.givers):
            for receiver in sorted(clause.receivers):
                for category in clause.categories:
                    yield Term(
                        agreement_id=agreement_id,
                        giver_kind=giver.value,
                        receiver_kind=receiver.value,
                        serves=clause.serves.value,
                        category=category.number,
                        sight=clause.sight.value,
                        purpose=clause.purpose.value,
                    )
