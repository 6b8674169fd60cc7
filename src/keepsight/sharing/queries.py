"""The agreements that the viewer's agency is a party to: about no child."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from keepsight.access.models import Party, Term
from keepsight.access.viewer import Viewer
from keepsight.agencies.models import Agency
from keepsight.kernel.looking import Sight
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.categories import NUMBERS
from keepsight.sharing.models import Agreement

BY_NUMBER = {number: category for category, number in NUMBERS.items()}


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """What one kind of agency gives to the viewer's."""

    giver: str
    serves: str
    what: str
    how_much: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement in force for the viewer's agency, and what it brings."""

    title: str
    gateway: str
    since: datetime
    until: datetime | None
    review_by: date
    parties: tuple[str, ...]
    clauses: tuple[ClauseLine, ...]


def agreements_of(viewer: Viewer) -> list[AgreementView]:
    """Agreements in force to which the viewer's agency is a party, the latest first."""
    now = timezone.now()
    held = Party.objects.filter(agency_id=viewer.agency_id, since__lte=now).exclude(until__lte=now)
    ids = set(held.values_list("agreement_id", flat=True))
    return [
        _view(viewer, each)
        for each in Agreement.objects.filter(pk__in=ids).order_by("-since", "pk")
    ]


def _view(viewer: Viewer, agreement: Agreement) -> AgreementView:
    parties = Party.objects.filter(agreement_id=agreement.pk).exclude(until__lte=timezone.now())
    names = Agency.objects.filter(pk__in=parties.values("agency_id")).order_by("name")
    terms = Term.objects.filter(
        agreement_id=agreement.pk, receiver_kind=viewer.agency_kind.value
    ).order_by("giver_kind", "serves", "category")
    return AgreementView(
        title=agreement.title,
        gateway=agreement.gateway,
        since=agreement.since,
        until=agreement.until,
        review_by=agreement.review_by,
        parties=tuple(names.values_list("name", flat=True)),
        clauses=tuple(
            ClauseLine(
                AgencyKind(term.giver_kind).in_words,
                term.serves,
                BY_NUMBER[term.category].in_words,
                Sight(term.sight).in_words,
            )
            for term in terms
        ),
    )
