"""What the demo's people have been given to do: a case or two, an inspection, and two questions."""

from datetime import timedelta
from itertools import combinations

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
COMPARED = (*("forename", "surname", "date_of_birth", "sex", "nhs_number", "upn", "postcode"),)
"""What the demo’s questions compare."""


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
    """Two questions about records of one surname and birthday: one plain, and one restricted."""
    area = Person.objects.get(email=f"steward@{DOMAIN}").agency.area_id
    links = Link.objects.filter(recorded_until=None, tier="ordinary", area=area)
    links = links.exclude(subject_record__date_of_birth=None).select_related("subject_record")
    alike: dict[object, list[Link]] = {}
    for link in links.order_by("subject_record"):
        record = link.subject_record
        alike.setdefault((record.surname, record.date_of_birth), []).append(link)
    pairs = [
        (one, other)
        for group in alike.values()
        for one, other in combinations(group, 2)
        if one.child_id != other.child_id and one.agency_id != other.agency_id
    ]
    asked = [
        _question(*next(pair for pair in pairs if _withheld(pair) is withheld))
        for withheld in (False, True)
        if any(_withheld(pair) is withheld for pair in pairs)
    ]
    raise_questions(by=SETTER, questions=asked, whole=False)


def _withheld(pair: tuple[Link, Link]) -> bool:
    return any(link.subject_record.address_withheld for link in pair)


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
