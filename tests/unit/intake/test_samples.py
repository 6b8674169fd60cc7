"""The public sample files: full of deliberate errors, of which nothing may be lost."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from keepsight.intake.rows import Fact, FileRefused, Refused

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the public sample files are not beside this repository"
)

EXPECTED = {
    "cin/CIN_Census_2024.xml": (16, 0),
    "cin/CIN_Census_2026.xml": (16, 1),
    "cin/fake_CIN_data.xml": (1336, 0),
    "ssda903/header.csv": (2675, 0),
    "ssda903/episodes.csv": (5050, 0),
    "ssda903/reviews.csv": (12582, 0),
    "ssda903/missing.csv": (43, 0),
    "ssda903/sw_episodes.csv": (1, 0),
    "school_census/2025_spring_pupilonroll.csv": (798, 0),
    "school_census/2025_spring_termlysessiondetailsonroll.csv": (1981, 18),
    "annex_a/Annex_A_2024_Jan.xlsx": (155, 0),
    "dfe-csc-api/sample_child_081225.json": (16, 0),
    "mais/valid-subject-of-care.jsonld": (1, 0),
    "mais/valid-subject-of-care-full.jsonld": (1, 0),
    "mais/invalid-missing-name.jsonld": (1, 0),
    "health/Patient.json": (1, 0),
    "health/PatientSearch.json": (1, 0),
    "health/Sensitive_Patient.json": (1, 0),
    "health/RelatedPersonBundle.json": (0, 1),
    "health/UKCore-AuditEvent-Query-Example.xml": (0, 1),
    "health/UKCore-Consent-ForInformationAccess-Example.xml": (0, 1),
    "health/UKCore-Encounter-InpatientEncounter-Example.xml": (1, 0),
    "health/UKCore-Flag-FoodAllergy-Example.xml": (1, 0),
    "health/UKCore-Patient-RichardSmith-Example.xml": (1, 0),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_row_is_a_fact_or_is_refused(parts_of, name):
    found = Counter(type(part) for part in parts_of(SAMPLES / name))
    assert (found[Fact], found[Refused]) == EXPECTED[name]


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("ssda903")])
def test_every_line_of_a_table_is_one_row(parts_of, name):
    with (SAMPLES / name).open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.reader(opened))
    parts = parts_of(SAMPLES / name)
    assert [part.row for part in parts] == [f"row {i}" for i in range(2, len(lines) + 1)]


def test_the_census_fixture_is_valid_by_the_2026_schema(fixture_of):
    schema = etree.XMLSchema(etree.parse(str(SAMPLES / "cin/CIN_schema_2026.xsd")))
    schema.assertValid(etree.parse(str(fixture_of("cin/fixture.xml"))))


def test_the_sensitive_patient_has_no_address(parts_of):
    (part,) = parts_of(SAMPLES / "health/Sensitive_Patient.json")
    assert part.content.address_withheld


def test_a_sample_of_another_format_is_refused(parts_of):
    with pytest.raises(FileRefused):
        parts_of(SAMPLES / "mais/request.json")
