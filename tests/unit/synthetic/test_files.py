"""The files are what readers of the formats expect."""

import csv
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from fhir.resources.R4B import get_fhir_model_class
from lxml import etree

from keepsight.kernel.vocabulary import cin_codes, ssda903_codes
from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY
from keepsight.synthetic.districts import districts
from keepsight.synthetic.feeds.annex_a.columns import COLUMNS as ANNEX_A
from keepsight.synthetic.feeds.ssda903.child import CaredFor
from keepsight.synthetic.feeds.ssda903.columns import COLUMNS as SSDA903
from keepsight.synthetic.feeds.ssda903.tables import CHANCES, TABLES
from keepsight.synthetic.happenings import Placement
from keepsight.synthetic.people.households import populate
from keepsight.synthetic.people.knowing import Known, know
from keepsight.synthetic.period import Period
from keepsight.synthetic.schools.terms import school_days
from tests.unit.synthetic.conftest import TODAY, Made

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[4] / "shared" / "samples"
SSDA903_CODES = {
    "SEX": cin_codes.SEX, "ETHNIC": ETHNICITY, "RNE": ssda903_codes.REASON_FOR_NEW_EPISODE,
    "LS": ssda903_codes.LEGAL_STATUS, "CIN": ssda903_codes.CATEGORY_OF_NEED,
    "PLACE": ssda903_codes.PLACEMENT_TYPE, "REC": ssda903_codes.REASON_EPISODE_CEASED,
    "PLACE_PROVIDER": ssda903_codes.PLACEMENT_PROVIDER,
    "REASON_PLACE_CHANGE": ssda903_codes.REASON_FOR_PLACEMENT_CHANGE,
    "REVIEW_CODE": ssda903_codes.REVIEW_PARTICIPATION, "MISSING": ssda903_codes.MISSING_TYPE,
    "SW_REASON": ssda903_codes.SOCIAL_WORKER_CHANGE,
}  # fmt: skip


def test_the_children_in_need_census_is_valid_against_its_schema(made: Made) -> None:
    schema = etree.XMLSchema(etree.parse(SAMPLES / "CIN_schema_2026.xsd"))
    faults, valid = made.faults(), 0
    for delivery in made.deliveries("cin"):
        holds = schema.validate(etree.parse(delivery.path))
        assert holds == (delivery.path not in faults), schema.error_log
        valid += holds
    assert valid > 30
    assert any(path.suffix == ".xml" for path in faults)


def test_a_plan_starts_with_a_conference_of_the_same_case(made: Made) -> None:
    plans = 0
    for delivery in made.deliveries("cin"):
        for case in etree.parse(delivery.path).iter("CINdetails"):
            conferences = {found.text for found in case.iter("DateOfInitialCPC")}
            for plan in case.iter("CPPstartDate"):
                assert plan.text in conferences
                plans += 1
            for day in conferences:
                assert date.fromisoformat(str(day)).weekday() < 5
    assert plans


def test_every_table_of_the_looked_after_return_has_its_exact_columns(made: Made) -> None:
    seen = Counter[str]()
    for delivery in made.deliveries("ssda903"):
        table = delivery.path.stem[14:]
        with delivery.path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            assert tuple(next(rows)) == SSDA903[table]
            seen[table] += sum(1 for _ in rows)
    assert min(seen[table] for table in ("header", "episodes", "reviews", "missing")) > 100
    assert min(seen[table] for table in ("uasc", "oc2", "previous_permanence", "sw_episodes")) > 0
    assert SSDA903.keys() == TABLES.keys()


def test_the_rare_tables_of_the_looked_after_return_are_filled_too() -> None:
    """Adoption and deprivation of liberty: too rare for a small county."""
    known = know_one()
    young = cared_for(known, born=date(2022, 1, 10), chance=np.zeros(CHANCES), place="A6")
    older = cared_for(known, born=date(2011, 1, 10), chance=np.zeros(CHANCES))
    for table, child in (
        ("ad1", young), ("placed_for_adoption", young), ("deprivation_of_liberty", older)
    ):  # fmt: skip
        rows = list(TABLES[table](child, TODAY))
        assert len(rows) == 1
        assert len(rows[0]) == len(SSDA903[table])
        other = older if child is young else young
        assert list(TABLES[table](other, TODAY)) == []


def know_one() -> Known:
    place, period = districts(1_000, 1)[0], Period(TODAY)
    return know(populate(place, period), [0], "a", AgencyKind.CHILDRENS_SOCIAL_CARE, place, period)


def cared_for(known: Known, *, born: date, chance: np.ndarray, place: str = "U6") -> CaredFor:
    placement = Placement(
        person=0,
        started=date(2024, 8, 1),
        ended=None,
        reason_new="S",
        legal_status="E1",
        place=place,
        provider="PR1",
    )
    return CaredFor(
        person=0,
        known=known,
        at=0,
        born=born,
        unaccompanied=False,
        placements=(placement,),
        postcodes=("ZZ1 1AA",),
        missing=(),
        urns=("2500001",),
        chance=chance,
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the samples beside the repository are not here")
def test_the_looked_after_return_has_the_columns_of_the_sample() -> None:
    for name in ("header", "episodes", "reviews", "missing"):
        first = (SHARED / "ssda903" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert tuple(first.split(",")) == SSDA903[name]


def test_the_looked_after_return_uses_codes_of_its_sets_but_for_the_faults(made: Made) -> None:
    faults, checked = made.faults(), Counter[str]()
    for delivery in made.deliveries("ssda903"):
        if delivery.path in faults:
            continue
        with delivery.path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, codes in SSDA903_CODES.items():
                    if row.get(column):
                        assert row[column] in codes, (delivery.path.name, column, row)
                        checked[column] += 1
    assert checked.keys() >= {"RNE", "LS", "PLACE", "REC", "MISSING", "REVIEW_CODE"}


def test_episodes_of_care_follow_one_another(made: Made) -> None:
    last: dict[str, dict[str, str]] = {}
    for row in made.rows("ssda903", "-episodes.csv"):
        if row["DECOM"].startswith("31/02/"):
            continue
        before = last.get(row["CHILD"])
        if before and row["DECOM"] != before["DECOM"] and row["RNE"] == "P":
            assert before["DEC"] == row["DECOM"]
            assert before["REC"] == "X1"
        last[row["CHILD"]] = row
    assert last


def test_the_workbook_for_inspection_has_every_list(made: Made) -> None:
    delivery = made.deliveries("annex_a")[-1]
    book = openpyxl.load_workbook(delivery.path, read_only=True)
    assert book.sheetnames == list(ANNEX_A)
    filled = set()
    for name, columns in ANNEX_A.items():
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[0] == columns
        filled |= {name} if len(rows) > 1 else set()
        for row in rows[1:]:
            assert len(row) == len(columns)
    assert filled >= {"List 1", "List 2", "List 3", "List 4", "List 6", "List 7", "List 8"}
    book.close()


def test_fhir_is_read_by_the_models_of_the_standard(made: Made) -> None:
    seen = Counter[str]()
    for resource in made.resources():
        kind = resource["resourceType"]
        if seen[kind] < 150:
            get_fhir_model_class(kind).model_validate(resource)
        seen[kind] += 1
        if kind == "Appointment":
            seen[resource["status"]] += 1
    assert min(seen[kind] for kind in ("Patient", "Encounter", "Appointment", "noshow")) > 20
    bundle = json.loads(made.deliveries("fhir_appointments")[0].path.read_text(encoding="utf-8"))
    get_fhir_model_class("Bundle").model_validate(bundle)


def test_an_appointment_that_was_not_kept_has_no_encounter(made: Made) -> None:
    kept, missed = set(), set()
    for resource in made.resources():
        if resource["resourceType"] == "Appointment" and resource["status"] == "noshow":
            missed.add(resource["id"].replace("-A", "-C"))
        elif resource["resourceType"] == "Encounter":
            kept.add(resource["id"])
    assert missed
    assert not missed & kept


def test_registers_cover_school_days_only(made: Made) -> None:
    days = {row["Date"] for row in made.rows("daily_register")}
    of_school = {day.isoformat() for day in school_days(TODAY - timedelta(weeks=104), TODAY)}
    wrong = days - of_school
    assert all(day.endswith("-02-31") for day in wrong)
    assert len(of_school - days) <= 1
    assert "2026-06-30" in days


def test_a_pupil_who_left_the_roll_is_in_the_register_no_more(made: Made) -> None:
    """Nobody is found at a school again within a week of leaving it."""
    left = {
        (f"{row['NativeId']}/{row['pupilnolongeronrolltableid']}", _day(row["leavingdate"]))
        for row in made.rows("school_census", "_pupilnolongeronroll.csv")
    }
    after = {
        (pupil, (date.fromisoformat(day) + timedelta(days=days)).isoformat())
        for pupil, day in left
        for days in range(7)
    }
    present = {(row["PupilID"], row["Date"]) for row in made.rows("daily_register")}
    assert len(left) > 100
    assert not after & present
    # There is a register of those days, with other pupils in it.
    assert {day for _, day in after} & {day for _, day in present}


def test_a_transfer_file_names_two_schools_and_no_safeguarding(made: Made) -> None:
    files = made.deliveries("ctf")
    assert len(files) > 10
    for delivery in files[:40]:
        tree = etree.parse(delivery.path)
        assert tree.getroot().tag == "CTfile"
        source, to = (
            (tree.findtext(f".//{school}/LEA"), tree.findtext(f".//{school}/Estab"))
            for school in ("SourceSchool", "DestSchool")
        )
        assert all(source)
        assert all(to)
        assert source != to
        assert tree.findtext(".//CTFversion") == "25.0"
        assert {child.tag for pupil in tree.iter("Pupil") for child in pupil} <= {
            "UPN", "Surname", "Forename", "DOB", "Sex", "BasicDetails", "SENhistory", "Address",
            "SchoolHistory",
        }  # fmt: skip


def test_counts_of_sessions_in_the_census_are_those_of_the_registers(made: Made) -> None:
    """Of one school, the spring census counts what the registers of the autumn say."""
    census = made.deliveries("school_census", "2026_spring_termlysessiondetailsonroll.csv")[0]
    with census.path.open(encoding="utf-8", newline="") as file:
        said = {
            (row["pupilonrolltableid"], row["attendancereason"]): float(row["sessions"])
            for row in csv.DictReader(file)
        }
    school, found, faults = census.path.parts[-3], Counter[tuple[str, str]](), made.faults()
    for delivery in made.deliveries("daily_register"):
        month = delivery.path.stem[-7:]
        if delivery.path.parts[-3] == school and "2025-09" <= month <= "2025-12":
            with delivery.path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            planted = sum(faults.get(delivery.path, (1, 0))) - 1
            for row in rows[: len(rows) - planted]:
                for code in (row["AM"], row["PM"]):
                    found[row["PupilID"].split("/")[1], code] += 1
    assert len(said) > 100
    differ = [key for key, sessions in said.items() if found[key] != sessions]
    # A careless register has one mark of a retired code where another stood.
    assert len(differ) <= 2


def _day(text: str) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    year, month, day = text.split(" ")[0].split("-")
    return f"{year}-{months.index(month) + 1:02d}-{day}"
