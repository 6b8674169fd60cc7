"""What police, youth justice, homes, housing, charities, schools and front doors send."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from keepsight.intake.mapping import MappedCSV
from keepsight.intake.recognise import SOURCES
from keepsight.intake.rows import Refused
from keepsight.kernel.calendar import LONDON
from keepsight.synthetic import County, write_county

MAPPED = [source for source in SOURCES if isinstance(source, MappedCSV)]
NAMES = [source.name for source in MAPPED]

STATED = [
    (
        "police_crimes",
        [
            "Victim of a reported crime: Theft of a phone; place: Street; under investigation",
            "Suspected of a reported crime: Theft from a shop; place: Retail park; the police "
            "flagged it as exploitation; community resolution",
            "Witness of a reported crime: Affray",
        ],
    ),
    (
        "police_sightings",
        [
            "Seen at Retail park; vehicle: ZZ99 ZZZ, blue van; with: An adult not known to the "
            "family (told by: Patrol)",
            "Seen at Bus station (told by: Public)",
        ],
    ),
    (
        "police_notices",
        [
            "Public protection notice: Missing child. Brought home by officers from the bus "
            "station.",
            "Public protection notice: Domestic abuse",
        ],
    ),
    (
        "youth_justice",
        [
            "Youth justice, community resolution (Theft from a shop): Letter of apology written.",
            "Youth justice, missed contact",
        ],
    ),
    (
        "home_log",
        [
            "Children’s home, missing: Not back at ten; reported to the police.",
            "Children’s home, missing: Back. Found: bus station.",
            "Children’s home, daily note: Cooked with staff.",
        ],
    ),
    (
        "housing_calls",
        [
            "Call about the home: visitors. Neighbour reports callers late at night.",
            "Call about the home: repairs",
        ],
    ),
    (
        "charity_reports",
        [
            "Voluntary organisation, exploitation concern: Speaks of lifts from an older friend.",
            "Voluntary organisation, youth club",
        ],
    ),
    (
        "school_concerns",
        [
            "School concern (Friendships): Waits at the gate for an older friend with a car. "
            "Done: Told the safeguarding lead",
            "School concern (Family): Came in without breakfast.",
        ],
    ),
    (
        "front_door",
        [
            "Referral to children’s social care",
            "Decision on the referral: assess; the referrer was told on 11/09/2025",
            "Referral to children’s social care",
        ],
    ),
]


@pytest.mark.parametrize(("source", "sentences"), STATED)
def test_each_fixture_says_what_happened(parts_of, fixture_of, source, sentences):
    parts = parts_of(fixture_of(f"{source}/fixture.csv"))
    facts = [part for part in parts if part.content.kind != "person_details"]
    assert [part.content.sentence() for part in facts] == sentences


@pytest.mark.parametrize("name", NAMES)
def test_one_format_and_no_other_recognises_a_heading(fixture_of, name):
    head = fixture_of(f"{name}/fixture.csv").read_bytes()
    assert [source.name for source in SOURCES if source.recognises("file.csv", head)] == [name]


CRIME = (
    "Crime Ref,Person URN,Surname,Forename,DOB,Sex,Ethnicity,Home Postcode,Role,Offence,Occurred,"
    "Reported,Place,Exploitation Flag,Outcome\n"
)


def crime(role="Victim", reported="09/09/2025 18:05", flag="No", offence="Theft"):
    return f"{CRIME}C1,N1,,,,,,,{role},{offence},09/09/2025 16:20,{reported},Street,{flag},\n"


def test_a_role_that_is_corrected_corrects_the_same_fact(parts_of):
    [_, suspect] = parts_of(crime("Suspect"))
    [_, victim] = parts_of(crime("Victim"))
    assert suspect.source_key == victim.source_key == "crime|C1|N1"
    assert (suspect.content.kind, victim.content.kind) == ("crime_suspect", "crime_victim")


def test_when_a_crime_happened_and_when_it_was_reported(parts_of):
    [_, fact] = parts_of(crime(reported="10/09/2025 00:30"))
    assert fact.occurred == datetime(2025, 9, 9, 16, 20, tzinfo=LONDON)
    assert fact.content.reported_on == date(2025, 9, 10)


def test_a_time_that_is_only_told_of_is_remarked_on_and_the_fact_stands(parts_of):
    [_, fact] = parts_of(crime(reported="teatime"))
    assert fact.content.reported_on is None
    assert [(remark.field, remark.value) for remark in fact.remarks] == [("Reported", "teatime")]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"role": "Bystander"}, "Role", "The child's role is none of Victim, Suspect and Witness."),
        ({"role": ""}, "Role", "The child's role is none of Victim, Suspect and Witness."),
        (
            {"offence": ""},
            "Offence",
            "Offence is empty, and without it the fact cannot stand.",
        ),
    ],
)
def test_a_crime_that_cannot_stand_says_why(parts_of, changed, field, reason):
    [_, refused] = parts_of(crime(**changed))
    assert isinstance(refused, Refused)
    assert (refused.field, refused.reason) == (field, reason)


CALL = "Call Ref,Household Member,Name,DOB,Postcode,Called,Kind,Note\n"


@pytest.mark.parametrize(
    ("name", "surname", "forename", "remarks"),
    [
        ('"Ashdown, Merle"', "Ashdown", "Merle", 0),
        ('"Ashdown,"', "Ashdown", None, 0),
        ("Merle Ashdown", "Merle Ashdown", None, 1),
        ("", None, None, 0),
    ],
)
def test_a_name_in_one_column_is_split(parts_of, name, surname, forename, remarks):
    person, _ = parts_of(f"{CALL}H1,T1,{name},,,08/09/2025 16:52,Repairs,\n")
    assert (person.content.surname, person.content.forename) == (surname, forename)
    assert len(person.remarks) == remarks


LOG = (
    "Referral Ref,Child ID,Surname,Forename,DOB,Received,Referred By,Decision,Decided,"
    "Referrer Told\n"
)


@pytest.mark.parametrize(
    ("decision", "decided", "field"),
    [
        ("Assess", "", "Decided"),
        ("", "12/09/2025", "Decision"),
        ("Perhaps", "12/09/2025", "Decision"),
    ],
)
def test_half_a_decision_is_set_aside_and_not_passed_over(parts_of, decision, decided, field):
    parts = parts_of(f"{LOG}F1,C1,,,,12/09/2025,Police,{decision},{decided},\n")
    [refused] = [part for part in parts if isinstance(part, Refused)]
    assert (refused.row, refused.field) == ("row 2, decision", field)
    assert parts[1].content.kind == "referral_received"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="module")
def county(folder: Path) -> County:
    return write_county(folder, children=400, seed=7, today=date(2026, 7, 1), weeks=60)


@pytest.mark.parametrize("name", NAMES)
def test_all_that_a_county_writes_is_recognised_and_adds_up(folder, county, parts_of, name):
    """Each line is in a fact or refused; what is refused was planted, or states nothing."""
    feeds = {feed.key for feed in county.feeds if feed.source == name}
    sent = [delivery.path for delivery in county.deliveries if delivery.feed in feeds]
    planted = _planted(folder)
    lines = refused = 0
    for path in sent:
        parts = [part for part in parts_of(path) if not part.row.endswith("person")]
        written = path.read_text(encoding="utf-8").splitlines()[1:]
        assert len({part.row.split(",")[0] for part in parts}) == len(written), path
        away = sum(isinstance(part, Refused) for part in parts)
        nothing = sum(",,Not offered,,," in line for line in written)
        assert away == planted[path.relative_to(folder).as_posix()] + nothing, path
        lines, refused = lines + len(written), refused + away
    assert lines > refused


def _planted(folder: Path) -> Counter[str]:
    faults = (folder / "truth" / "faults.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.rsplit(",", 2) for line in faults)
    return Counter({path: int(number) for path, number, _ in rows})
