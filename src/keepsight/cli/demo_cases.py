"""What the demo's people have been given to do: a case or two, an inspection, and a question."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

from django.utils import timezone

from keepsight.access.actions import tie_child
from keepsight.agencies.models import Person
from keepsight.audit.actor import system
from keepsight.cli.demo_people import DOMAIN
from keepsight.engines.linkage import columns_of
from keepsight.engines.linkage_model import model_in_force
from keepsight.identity.models import Link, LinkQuestion
from keepsight.identity.raising import PairReasons, RaisedQuestion, raise_questions
from keepsight.kernel.linkage.bulk.scoring import score
from keepsight.kernel.linkage.levels import LEVELS, UNKNOWN
from keepsight.kernel.linkage.records import LinkageRecord
from keepsight.kernel.looking import Relation
from keepsight.oversight.inspections import open_inspection
from keepsight.oversight.queries import cases_for_a_sample

SETTER = system("demo set-up")
ALLOCATED = 5
SAMPLED = 12
INSPECTION_DAYS = 28
LAID_SIDE_BY_SIDE = 500
"""Records among which the demo looks for two that are alike: each is laid beside each other."""
COMPARED = (*("forename", "surname", "date_of_birth", "sex", "nhs_number", "upn", "postcode"),)
"""What the demo’s question compares."""


def give_cases() -> None:
    """Allocate some open cases to the worker who has a team, and open an inspection of the area.

    The first is a child whom the demo's school knows too, so that both can be looked at.
    """
    people = {
        each.email.split("@")[0]: each
        for each in Person.objects.select_related("agency", "area", "team").filter(
            email__endswith=f"@{DOMAIN}"
        )
    }
    worker, inspector = people["allocated.worker"], people["inspector"]
    sample = cases_for_a_sample(
        area_id=inspector.area_id,
        agency_id=worker.agency_id,
        most=SAMPLED,
        known_to=people["school"].agency_id,
    )
    for child in sample[:ALLOCATED]:
        because = "allocated when the demo was set up"
        whose = {"child_id": child, "agency_id": worker.agency_id, "because": because}
        tie_child(by=SETTER, person_id=worker.pk, relation=Relation.ALLOCATED, **whose)
        tie_child(by=SETTER, team_id=worker.team_id, relation=Relation.TEAM, **whose)
    if sample:
        open_inspection(
            by=SETTER,
            area=inspector.area,
            title="Joint targeted area inspection",
            inspectors=[inspector],
            children=sample,
            closes=timezone.now() + timedelta(days=INSPECTION_DAYS),
        )


def ask_about_links() -> None:
    """One question with a clinic's record, which takes two people; the night asks plain ones."""
    area = Person.objects.get(email=f"steward@{DOMAIN}").agency.area_id
    clinic = Person.objects.get(email=f"clinic.steward@{DOMAIN}").agency_id
    links = Link.objects.filter(recorded_until=None, area=area, subject_record__forgotten=None)
    named = links.exclude(subject_record__surname=None).select_related("subject_record")
    ordinary = list(named.filter(tier="ordinary").order_by("subject_record")[:LAID_SIDE_BY_SIDE])
    closely = list(named.filter(agency=clinic).order_by("subject_record")[:LAID_SIDE_BY_SIDE])
    pair = _most_alike(closely, ordinary)
    if pair:
        raise_questions(by=SETTER, questions=[_question(*pair)], whole=False)


def _most_alike(ones: Sequence[Link], others: Sequence[Link]) -> tuple[Link, Link] | None:
    """Two records of different agencies, held to be two children, that say most of the same."""
    found: tuple[int, Link, Link] | None = None
    for one, other in product(ones, others):
        if one.child_id == other.child_id or one.agency_id == other.agency_id:
            continue
        alike = _alike(one, other)
        if found is None or alike > found[0]:
            found = alike, one, other
    return found and found[1:]


def _alike(one: Link, other: Link) -> int:
    said = [(getattr(link.subject_record, name) for link in (one, other)) for name in COMPARED]
    return sum(left is not None and left == right for left, right in said)


def _question(one: Link, other: Link) -> RaisedQuestion:
    model = model_in_force()
    subjects = [one.subject_record_id, other.subject_record_id]
    scored = score(columns_of([_compared(each) for each in (one, other)]), model)
    levels = {name: int(found[0]) for name, found in scored.levels.items() if len(found)}
    pair = PairReasons(
        one=min(subjects),
        other=max(subjects),
        weight=float(scored.weight[0]) if len(scored.weight) else 0.0,
        levels=tuple(
            (LEVELS[name][level], float(model.comparisons[name].bits[level]))
            for name, level in levels.items()
            if level != UNKNOWN
        ),
    )
    return RaisedQuestion(
        kind=LinkQuestion.Kind.BETWEEN,
        records=frozenset(subjects),
        weight=pair.weight,
        pairs=(pair,),
        model_version=model.version,
    )


def _compared(link: Link) -> LinkageRecord:
    said = {name: getattr(link.subject_record, name) for name in COMPARED}
    return LinkageRecord(subject=link.subject_record_id, agency=link.agency_id, **said)
