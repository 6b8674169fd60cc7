"""Who takes part in the demo: the county's agencies, and a made-up person in each part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from keepsight.access.clock import today
from keepsight.access.viewer import viewer_of
from keepsight.agencies.actions import (
    join_team,
    register_agency,
    register_area,
    register_person,
)
from keepsight.agencies.models import Agency, Area, Person
from keepsight.audit.actor import system
from keepsight.chronology.actions.deliveries import register_feed
from keepsight.chronology.actions.governing import govern_feed, switch_on
from keepsight.cli.demo_governance import governance_of
from keepsight.intake.recognise import SOURCES
from keepsight.kernel.roles import Role
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.oversight.actions import add_action, complete_action, publish_plan, write_plan
from keepsight.sharing.actions import sign_agreement
from keepsight.synthetic import County

SETTER = system("demo set-up")
DOMAIN = "keepsight.example"


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the demo: the part they play, at an agency of which kind."""

    login: str
    name: str
    role: Role
    kind: AgencyKind


PARTS = (
    Part("social.worker", "Sam Example", Role.SOCIAL_WORKER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("allocated.worker", "Asha Example", Role.SOCIAL_WORKER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("manager", "Mo Example", Role.TEAM_MANAGER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("governance", "Gus Example", Role.GOVERNANCE_LEAD, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("data.officer", "Dana Example", Role.DATA_OFFICER, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("steward", "Stella Example", Role.RECORDS_STEWARD, AgencyKind.CHILDRENS_SOCIAL_CARE),
    Part("clinic.steward", "Stan Example", Role.RECORDS_STEWARD, AgencyKind.SEXUAL_HEALTH),
    Part("clinic.second", "Stef Example", Role.RECORDS_STEWARD, AgencyKind.SEXUAL_HEALTH),
    Part("school", "Sky Example", Role.PRACTITIONER, AgencyKind.SCHOOL),
    Part("police", "Pat Example", Role.PRACTITIONER, AgencyKind.POLICE),
    Part("police.governance", "Gale Example", Role.GOVERNANCE_LEAD, AgencyKind.POLICE),
    Part("hospital", "Hari Example", Role.PRACTITIONER, AgencyKind.HEALTH),
    Part("clinic", "Cleo Example", Role.PRACTITIONER, AgencyKind.SEXUAL_HEALTH),
    Part("lead", "Lee Example", Role.PARTNERSHIP_LEAD, AgencyKind.PARTNERSHIP),
    Part("analyst", "Ana Example", Role.ANALYST, AgencyKind.PARTNERSHIP),
    Part("inspector", "Ines Example", Role.INSPECTOR, AgencyKind.INSPECTORATE),
)

TEAMS = {
    "social.worker": ("Front door", True),
    "manager": ("Front door", True),
    "allocated.worker": ("Safeguarding team", False),
}
"""Which team of the council some work in; the front door takes alerts and new referrals."""

OTHER_LEAD = Part("", "Lou Example", Role.PARTNERSHIP_LEAD, AgencyKind.PARTNERSHIP)
"""Who leads a partnership other than the first."""


def set_up(county: County, password: Callable[[], str]) -> dict[str, str]:
    """Register everybody; returns each person's sign-in name and password."""
    areas = {
        area.key: register_area(by=SETTER, key=area.key, name=area.name) for area in county.areas
    }
    agencies = _agencies(county, areas)
    _feeds(county, agencies)
    _agreement(agencies)
    first = areas[county.areas[0].key]
    sign_ins = {}
    for part in PARTS:
        email, secret = f"{part.login}@{DOMAIN}", password()
        _person(part, email, secret, _agency_of(part.kind, first, agencies), first)
        if part.login in TEAMS:
            join_team(by=SETTER, email=email, **_team(part.login))
        sign_ins[email] = secret
    for place in county.areas[1:]:
        email, secret, area = f"lead.{place.key}@{DOMAIN}", password(), areas[place.key]
        _person(OTHER_LEAD, email, secret, _agency_of(OTHER_LEAD.kind, area, agencies), area)
        sign_ins[email] = secret
    for place in county.areas:
        if place.action_plan:
            lead = "lead" if place == county.areas[0] else f"lead.{place.key}"
            _plan(areas[place.key], f"{lead}@{DOMAIN}")
    return sign_ins


def _agencies(county: County, areas: dict[str, Area]) -> list[Agency]:
    made = [
        register_agency(
            by=SETTER,
            key=each.key,
            name=each.name,
            kind=each.kind,
            area=areas[each.area],
            phone=each.phone,
        )
        for each in county.agencies
    ]
    for area in areas.values():
        made.append(
            register_agency(
                by=SETTER,
                key=f"{area.key}-partnership",
                name=f"{area.name} Safeguarding Children Partnership",
                kind=AgencyKind.PARTNERSHIP,
                area=area,
                phone="01632 960990",
            )
        )
    made.append(
        register_agency(
            by=SETTER,
            key="inspectorate",
            name="The inspectorate",
            kind=AgencyKind.INSPECTORATE,
            area=next(iter(areas.values())),
            phone="01632 960991",
        )
    )
    return made


def _team(login: str) -> dict[str, object]:
    name, front_door = TEAMS[login]
    return {"team": name, "front_door": front_door}


def _agreement(agencies: list[Agency]) -> None:
    """Every agency has signed the usual agreement; nothing that is closely held is in it."""
    sign_agreement(
        by=SETTER,
        title="Safeguarding information-sharing agreement",
        gateway="Children Act 2004, sections 10 and 11",
        parties=agencies,
        review_by=today() + timedelta(days=365),
    )


def reads_as(source: str) -> str:
    """The intake source of a made-up feed: two feeds of the county are FHIR."""
    return "fhir" if source == "fhir_appointments" else source


def _feeds(county: County, agencies: list[Agency]) -> None:
    """The feeds in formats that Keepsight takes, governed in full and switched on."""
    by_key = {agency.key: agency for agency in agencies}
    taken = {source.name for source in SOURCES}
    for feed in county.feeds:
        source = reads_as(feed.source)
        if source not in taken:
            continue
        agency = by_key[feed.agency]
        made = register_feed(
            by=SETTER,
            key=feed.key,
            title=feed.title,
            agency=agency,
            source=source,
            rhythm_days=feed.rhythm_days,
            gateway=feed.gateway,
        )
        govern_feed(
            by=SETTER,
            feed=made,
            governance=governance_of(agency.name, source, agency.kind, feed.gateway),
            reduces_codes=True,
        )
        switch_on(by=SETTER, feed=made)


def _agency_of(kind: AgencyKind, area: Area, agencies: list[Agency]) -> Agency:
    own = [agency for agency in agencies if agency.kind == kind and agency.area_id == area.pk]
    anywhere = [agency for agency in agencies if agency.kind == kind]
    return (own or anywhere)[0]


def _person(part: Part, email: str, secret: str, agency: Agency, area: Area) -> None:
    register_person(
        by=SETTER,
        email=email,
        name=part.name,
        agency=agency,
        role=part.role,
        password=secret,
        area=area if part.role is Role.INSPECTOR else None,
    )


def _plan(area: Area, leader: str) -> None:
    """A published plan, with an action done on evidence, one under way and one overdue."""
    lead = viewer_of(Person.objects.select_related("agency").get(email=leader))
    social_care = Agency.objects.get(area=area, kind=AgencyKind.CHILDRENS_SOCIAL_CARE)
    police = Agency.objects.filter(kind=AgencyKind.POLICE).first()
    school = Agency.objects.filter(area=area, kind=AgencyKind.SCHOOL).order_by("key").first()
    plan = write_plan(
        by=lead,
        title=f"{area.name} plan against the exploitation of children",
        review_by=today() + timedelta(days=120),
    )
    owners = [
        ("Every child who returns is offered an interview within 72 hours", social_care, 60),
        ("Missing-person reports reach the council on the same day", police, -14),
        ("Schools tell the front door of unexplained absence from the third day", school, -30),
    ]
    added = [
        add_action(
            by=lead,
            plan_id=plan,
            title=title,
            agency_id=agency.pk,
            person="Head of safeguarding",
            due=today() + timedelta(days=days),
        )
        for title, agency, days in owners
        if agency is not None and agency.area_id == area.pk
    ]
    complete_action(
        by=lead, action_id=added[-1], evidence="Audit of twelve schools, minutes of the board."
    )
    publish_plan(by=lead, plan_id=plan)
