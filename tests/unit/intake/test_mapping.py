from datetime import datetime

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
