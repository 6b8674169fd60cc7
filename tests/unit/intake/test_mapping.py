from datetime import date, datetime

import pytest

from keepsight.intake.mapping import MappedCSV, MappingError
from keepsight.intake.rows import Refused
from keepsight.kernel.calendar import LONDON

INTERVIEW = (
    "Interview Ref,Young Person ID,Surname,Forename,DOB,Postcode,Returned,Offered,Outcome,Held,"
    "Independent,Summary\n"
)


def test_police_reports(parts_of, fixture_of):
    parts = parts_of(fixture_of("police_missing/fixture.csv"))
    assert [part.row for part in parts] == [
        "row 2, person",
        "row 2, report",
        "row 3, report",
        "row 4, person",
        "row 4, report",
    ]
    report = parts[1]
    assert report.occurred == datetime(2025, 9, 10, 21, 40, tzinfo=LONDON)
    assert not report.day_only
    assert report.source_key == "missing|M/25/0101"
    assert report.content.found_with == "Adult not known to family"
    assert parts[2].occurred_until is None
    assert parts[4].content.category == "away"


def test_interviews_offered_held_declined_and_neither(parts_of, fixture_of):
    parts = parts_of(fixture_of("return_interviews/fixture.csv"))
    assert [(part.row, getattr(part, "source_key", None)) for part in parts] == [
        ("row 2, person", "person|Y501"),
        ("row 2, offer", "interview-offered|RI-11"),
        ("row 2, interview", "interview-held|RI-11"),
        ("row 3, person", "person|Y502"),
        ("row 3, offer", "interview-offered|RI-12"),
        ("row 4", None),
    ]
    assert parts[1].content.declined is False
    assert parts[2].content.independent is True
    assert parts[4].content.declined is True
    assert isinstance(parts[5], Refused)


@pytest.mark.parametrize(
    ("outcome", "stands"), [("", True), ("Held over", False), ("Declined", True)]
)
def test_an_offer_needs_an_outcome_that_is_known_or_none(parts_of, outcome, stands):
    parts = parts_of(f"{INTERVIEW}R1,Y1,,,,,,11/09/2025 10:00,{outcome},,,\n")
    assert isinstance(parts[1], Refused) is not stands


def test_a_person_who_changes_within_a_file_is_stated_again(parts_of):
    line = "R{0},Y1,Ashdown,Merle,,{1},,11/09/2025 10:00,Declined,,,\n"
    lines = line.format(1, "ZE1 0AA") + line.format(2, "ZE1 0AB") + line.format(3, "ZE1 0AB")
    people = [part for part in parts_of(INTERVIEW + lines) if part.row.endswith("person")]
    assert [part.source_key for part in people] == ["person|Y1", "person|Y1|2"]


def test_a_mapping_must_account_for_every_column(fixture_of, tmp_path):
    text = fixture_of("return_interviews/mapping.yaml").read_text(encoding="utf-8")
    faulty = tmp_path / "mapping.yaml"
    faulty.write_text(text.replace("  - Summary\n", "  - Summary\n  - Mood\n"), encoding="utf-8")
    with pytest.raises(MappingError, match="Mood"):
        MappedCSV(faulty)
    faulty.write_text(text.replace("summary: Summary", "smell: Summary"), encoding="utf-8")
    with pytest.raises(MappingError, match="smell"):
        MappedCSV(faulty)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("exclusions", ["person_details", "school_exclusion"] * 2),
        ("school_concerns", ["person_details", "school_concern"] * 2),
        ("cme", ["person_details", "on_no_roll"] * 2),
        (
            "front_door",
            [
                *("person_details", "referral_received", "referral_decided"),
                *("person_details", "referral_received"),
            ],
        ),
    ],
)
def test_each_fixture_is_clean(parts_of, fixture_of, name, kinds):
    parts = parts_of(fixture_of(f"{name}/fixture.csv"))
    assert [part.content.kind for part in parts] == kinds
    assert not any(part.remarks for part in parts)


def test_a_notice_of_exclusion_and_the_census_state_the_same_fact(parts_of, fixture_of):
    notice = parts_of(fixture_of("exclusions/fixture.csv"))[1]
    retold = parts_of(fixture_of("school_census/fixture_2025_spring_termlyexclusionsonroll.csv"))[0]
    assert notice.source_key == retold.source_key == "exclusion|SCH1/p301|2024-11-12"
    assert (notice.retold, retold.retold) == (False, True)


def test_the_front_door_log_and_the_census_state_the_same_referral(parts_of, fixture_of):
    _, referral, decided, _, undecided = parts_of(fixture_of("front_door/fixture.csv"))
    assert referral.source_key == "referral|L201|2025-09-10"
    assert referral.retold
    assert referral.content.referral_source == "6"
    assert decided.content.decision == "assess"
    assert decided.content.referrer_told == date(2025, 9, 11)
    assert undecided.content.referral_source == "2A"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("F,L1,A,B,,10/09/2025,Police,See notes,11/09/2025,", "Decision"),
        ("F,L1,A,B,,10/09/2025,Police,Assess,,", "Decided"),
        ("F,L1,A,B,,31/02/2025,Police,,,", "Received"),
    ],
)
def test_a_referral_that_cannot_stand_is_refused_by_name(parts_of, line, field):
    heading = (
        "Referral Ref,Child ID,Surname,Forename,DOB,Received,Referred By,Decision,Decided,"
        "Referrer Told\n"
    )
    refused = [part for part in parts_of(heading + line + "\n") if isinstance(part, Refused)]
    assert [part.field for part in refused] == [field]


def test_home_education_is_told_apart_from_missing_education(parts_of, fixture_of):
    text = fixture_of("cme/fixture.csv").read_text(encoding="utf-8")
    missing, excluded = parts_of(text)[1::2]
    assert "why is not known" in missing.content.sentence()
    assert missing.occurred_until is None
    assert excluded.occurred_until is not None
    at_home = parts_of(text.replace("Not known", "Elective home education"))[1]
    assert at_home.content.reason == "educated_at_home"
    refused = parts_of(text.replace("Open", "Probably abroad"))[1]
    assert (refused.field, refused.reason) == ("Status", "Status must be Open or Found.")
