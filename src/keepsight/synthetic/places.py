"""The two areas, their agencies, and what each agency has agreed to send."""

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.county import Agency, Area, Feed
from keepsight.synthetic.schools import AUTHORITIES, School

AREAS = (Area(key="northmere", name="Northmere"), Area(key="southmere", name="Southmere"))

CHILDREN_ACT_2004 = "Children Act 2004, sections 10 and 11"
SECTION_47 = "Children Act 1989, section 47(9)"
ATTENDANCE_REGULATIONS = (
    "School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208"
)
POLICE_GATEWAY = "Common-law policing purpose; Data Protection Act 2018, Part 3"

COUNCILS = ("northmere-council", "southmere-council")
POLICE, TRUST = "mere-police", "mere-nhs-trust"
SEXUAL_HEALTH, CHARITY = "northmere-sexual-health", "lanternlight"
OVERDUE_RHYTHM = 28

SOURCE_TITLES = {
    "cin": "Children in need census",
    "ssda903": "Looked-after children return (SSDA903)",
    "school_census": "School Census, pupils on roll",
    "daily_register": "Daily attendance register",
    "fhir": "Health attendances (FHIR)",
    "police_missing": "Missing-person reports",
    "return_interviews": "Return home interviews",
}


def agencies(schools: tuple[School, ...]) -> tuple[Agency, ...]:
    """Every agency. Telephone numbers are from the range that Ofcom keeps for drama."""
    services = (
        (COUNCILS[0], "Northmere County Council", AgencyKind.CHILDRENS_SOCIAL_CARE, 0),
        (COUNCILS[1], "Southmere Council", AgencyKind.CHILDRENS_SOCIAL_CARE, 1),
        (POLICE, "Mere Valley Police", AgencyKind.POLICE, 0),
        (TRUST, "Mere Valley Hospitals NHS Trust", AgencyKind.HEALTH, 0),
        (SEXUAL_HEALTH, "Northmere Sexual Health Service", AgencyKind.SEXUAL_HEALTH, 0),
        (CHARITY, "Lanternlight", AgencyKind.VOLUNTARY, 0),
    )
    return tuple(
        Agency(
            key=key,
            name=name,
            kind=kind,
            area=AREAS[area].key,
            phone=_phone(number),
            local_authority=AUTHORITIES[area] if key in COUNCILS else None,
        )
        for number, (key, name, kind, area) in enumerate(services)
    ) + tuple(_school_agency(school, len(services) + n) for n, school in enumerate(schools))


def feeds(schools: tuple[School, ...]) -> tuple[Feed, ...]:
    """Every feed, with its rhythm in days and the law that it is sent under."""
    councils = tuple(
        _feed(council, source, 30, CHILDREN_ACT_2004)
        for council in COUNCILS
        for source in ("cin", "ssda903")
    )
    services = (
        _feed(POLICE, "police_missing", 7, POLICE_GATEWAY),
        _feed(TRUST, "fhir", 30, CHILDREN_ACT_2004),
        _feed(SEXUAL_HEALTH, "fhir", 30, SECTION_47),
        _feed(CHARITY, "return_interviews", OVERDUE_RHYTHM, CHILDREN_ACT_2004),
    )
    registers = tuple(
        _feed(school.key, source, rhythm, ATTENDANCE_REGULATIONS)
        for school in schools
        for source, rhythm in (("school_census", 365), ("daily_register", 31))
    )
    return councils + services + registers


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


def _school_agency(school: School, number: int) -> Agency:
    return Agency(
        key=school.key,
        name=school.name,
        kind=AgencyKind.SCHOOL,
        area=AREAS[school.area].key,
        phone=_phone(number),
        local_authority=AUTHORITIES[school.area],
        establishment=school.code[3:],
    )


def _phone(number: int) -> str:
    return f"01632 960{number % 1000:03d}"
