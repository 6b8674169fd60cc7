"""The county's agencies, and what each has agreed to send."""

from collections.abc import Iterable

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Agency, Area, Feed
from keepsight.synthetic.districts import District
from keepsight.synthetic.schools.rolls import School

CHILDREN_ACT_2004 = "Children Act 2004, sections 10 and 11"
SECTION_47 = "Children Act 1989, section 47(9)"
SECTION_17 = "Children Act 1989, sections 17 and 27"
ATTENDANCE_REGULATIONS = (
    "School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208"
)
POLICE_GATEWAY = "Common-law policing purpose; Data Protection Act 2018, Part 3"
HOMES_REGULATIONS = "Children's Homes (England) Regulations 2015, SI 2015/541"

POLICE, HOSPITALS, COMMUNITY = "mere-police", "mere-nhs-trust", "mere-community-trust"
SEXUAL_HEALTH, CHARITY = "mere-sexual-health", "lanternlight"

SOURCE_TITLES = {
    "cin": "Children in need census",
    "ssda903": "Looked-after children return (SSDA903)",
    "front_door": "Front door log: referrals, decisions, answers",
    "annex_a": "Child-level data for inspection (Annex A)",
    "school_census": "School Census",
    "daily_register": "Daily attendance register",
    "ctf": "Common transfer files",
    "exclusions": "Suspensions and permanent exclusions",
    "cme": "Children missing education list",
    "school_concerns": "Safeguarding log of the school",
    "fhir": "Health attendances (FHIR)",
    "fhir_appointments": "Appointments and flags (FHIR)",
    "police_missing": "Missing-person reports",
    "police_crimes": "Crime reports with a child's role",
    "police_sightings": "Sightings at places and in vehicles",
    "police_notices": "Public protection notices",
    "return_interviews": "Return home interviews",
    "charity_reports": "Reports of the charity's workers",
    "youth_justice": "Youth justice contacts",
    "home_log": "Log of the children's home",
    "housing_calls": "Calls to the housing service",
}
COUNTY_FEEDS = (
    (POLICE, "police_missing", 7, POLICE_GATEWAY),
    (POLICE, "police_crimes", 7, POLICE_GATEWAY),
    (POLICE, "police_sightings", 7, POLICE_GATEWAY),
    (POLICE, "police_notices", 7, POLICE_GATEWAY),
    (HOSPITALS, "fhir", 30, CHILDREN_ACT_2004),
    (COMMUNITY, "fhir_appointments", 30, CHILDREN_ACT_2004),
    (SEXUAL_HEALTH, "fhir", 30, SECTION_47),
    (CHARITY, "return_interviews", 28, CHILDREN_ACT_2004),
    (CHARITY, "charity_reports", 28, CHILDREN_ACT_2004),
)
"""Agency, source, rhythm in days, gateway: of the agencies that serve the whole county."""
COUNCIL_FEEDS = (
    ("front_door", 30, CHILDREN_ACT_2004),
    ("cin", 30, CHILDREN_ACT_2004),
    ("ssda903", 30, CHILDREN_ACT_2004),
    ("annex_a", 365, CHILDREN_ACT_2004),
    ("cme", 30, "Education Act 1996, section 436A"),
)
SCHOOL_FEEDS = (
    ("school_census", 120, "Education Act 1996, section 537A"),
    ("daily_register", 31, ATTENDANCE_REGULATIONS),
    ("ctf", 365, "Education (Pupil Information) (England) Regulations 2005, SI 2005/1437"),
    ("exclusions", 60, "School Discipline (Pupil Exclusions and Reviews) Regulations 2012"),
    ("school_concerns", 60, CHILDREN_ACT_2004),
)
"""Source, rhythm in days, gateway."""


SERVICE_FEEDS = (
    ("youth_justice", 30, "Crime and Disorder Act 1998, section 115"),
    ("housing_calls", 30, SECTION_17),
    ("home_log", 7, HOMES_REGULATIONS),
)
"""Source, rhythm in days, gateway: youth justice, housing, children's homes."""
RHYTHMS = {source: days for _, source, days, _ in COUNTY_FEEDS} | {
    source: days for source, days, _ in (*COUNCIL_FEEDS, *SCHOOL_FEEDS, *SERVICE_FEEDS)
}
"""How many days lie between two deliveries of a source."""


def council_key(district: District) -> str:
    return f"{district.key}-council"


def youth_justice_key(district: District) -> str:
    return f"{district.key}-youth-justice"


def housing_key(district: District) -> str:
    return f"{district.key}-housing"


def home_key(district: District, home: int) -> str:
    """A children's home of the district by its number there, from 0."""
    return f"{district.key}-home-{home + 1}"


def areas(places: Iterable[District]) -> tuple[Area, ...]:
    return tuple(
        Area(key=place.key, name=place.name, action_plan=place.action_plan) for place in places
    )


def county_agencies(places: tuple[District, ...]) -> tuple[Agency, ...]:
    """The agencies that serve every district; they sit in the first."""
    services = (
        (POLICE, "Mere Valley Police", AgencyKind.POLICE),
        (HOSPITALS, "Mere Valley Hospitals NHS Trust", AgencyKind.HEALTH),
        (COMMUNITY, "Mere Valley Community NHS Trust", AgencyKind.HEALTH),
        (SEXUAL_HEALTH, "Mere Valley Sexual Health Service", AgencyKind.SEXUAL_HEALTH),
        (CHARITY, "Lanternlight", AgencyKind.VOLUNTARY),
    )
    return tuple(
        Agency(key=key, name=name, kind=kind, area=places[0].key, phone=_phone(number))
        for number, (key, name, kind) in enumerate(services)
    )


def county_feeds() -> tuple[Feed, ...]:
    return tuple(_feed(agency, source, days, law) for agency, source, days, law in COUNTY_FEEDS)


def district_agencies(
    place: District, schools: tuple[School, ...], homes: int
) -> tuple[Agency, ...]:
    """A district's own agencies: its council, youth justice, housing, homes and schools."""
    council = "County Council" if place.number == 0 else "Council"
    own = (
        (council_key(place), f"{place.name} {council}", AgencyKind.CHILDRENS_SOCIAL_CARE),
        (youth_justice_key(place), f"{place.name} Youth Justice", AgencyKind.YOUTH_JUSTICE),
        (housing_key(place), f"{place.name} Housing Service", AgencyKind.HOUSING),
    )
    kept = tuple(
        (home_key(place, number), f"{place.name} House {number + 1}", AgencyKind.CHILDRENS_HOME)
        for number in range(homes)
    )
    made = [
        Agency(
            key=key,
            name=name,
            kind=kind,
            area=place.key,
            phone=_phone(100 * (place.number + 1) + number),
            local_authority=place.authority,
        )
        for number, (key, name, kind) in enumerate(own + kept)
    ]
    return (*made, *(_school_agency(place, school, n) for n, school in enumerate(schools)))


def district_feeds(place: District, schools: tuple[School, ...], homes: int) -> tuple[Feed, ...]:
    """What the district's own agencies send, with its rhythm and the law it is sent under."""
    council = tuple(_feed(council_key(place), *terms) for terms in COUNCIL_FEEDS)
    justice, housing, log = SERVICE_FEEDS
    services = (_feed(youth_justice_key(place), *justice), _feed(housing_key(place), *housing))
    logs = tuple(_feed(home_key(place, home), *log) for home in range(homes))
    of_schools = tuple(_feed(school.key, *terms) for school in schools for terms in SCHOOL_FEEDS)
    return council + services + logs + of_schools


def feed_key(agency: str, source: str) -> str:
    return f"{agency}.{source}"


def _feed(agency: str, source: str, rhythm_days: int, gateway: str) -> Feed:
    return Feed(
        key=feed_key(agency, source),
        agency=agency,
        source=source,
        title=SOURCE_TITLES[source],
        rhythm_days=rhythm_days,
        gateway=gateway,
    )


def _school_agency(place: District, school: School, number: int) -> Agency:
    return Agency(
        key=school.key,
        name=school.name,
        kind=AgencyKind.SCHOOL,
        area=place.key,
        phone=_phone(300 + 131 * place.number + number),
        local_authority=place.authority,
        establishment=school.code[3:],
    )


def _phone(number: int) -> str:
    """Telephone numbers of the range that Ofcom keeps for drama."""
    return f"01632 960{number % 1000:03d}"
