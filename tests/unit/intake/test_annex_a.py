"""Annex A: each list, its words, its keys, and what stays unsaid."""

import io
from collections import Counter

import pytest
from openpyxl import load_workbook

from keepsight.intake.rows import Fact, FileRefused, Refused
from keepsight.kernel.vocabulary.content.base import Tier

FIXTURE = "annex_a/fixture.xlsx"


@pytest.fixture
def changed(fixture_of):
    """The fixture's bytes after some cells were set: sheet, cell, value."""

    def change(*cells: tuple[str, str, object], without: str = "") -> bytes:
        book = load_workbook(fixture_of(FIXTURE))
        for sheet, cell, value in cells:
            target = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
            target[cell] = value
        if without:
            del book[without]
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return change


def test_the_fixture_states_each_list(parts_of, fixture_of):
    parts = parts_of(fixture_of(FIXTURE))
    assert all(isinstance(part, Fact) for part in parts)
    assert not any(part.remarks for part in parts)
    assert Counter(
        part.content.kind for part in parts if part.content.kind != "person_details"
    ) == {
        "contact_received": 1,
        "early_help_assessment": 1,
        "referral_received": 1,
        "assessment_started": 1,
        "assessment_completed": 1,
        "section47_started": 2,
        "initial_conference_held": 1,
        "initial_conference_not_required": 1,
        "in_need": 1,
        "case_closed": 1,
        "child_seen": 3,
        "child_protection_plan": 1,
        "protection_plan_reviewed": 1,
        "looked_after_period": 1,
        "placement": 1,
        "looked_after_review": 1,
        "care_leaver": 1,
        "adoption_decided": 1,
        "placed_for_adoption": 1,
        "adoption_order_made": 1,
    }


def test_words_become_the_codes_of_the_returns(parts_of, fixture_of):
    by_row = {part.row: part for part in parts_of(fixture_of(FIXTURE))}
    assert by_row["List 3, row 2"].content.referral_source == "6"
    assert by_row["List 3, row 2"].content.no_further_action is False
    plan = by_row["List 7, row 2"].content
    assert (plan.initial_category, plan.latest_category) == ("EMO", "NEG")
    assert by_row["List 7, row 2, visit"].content.alone is True
    period = by_row["List 8, row 2"].content
    assert (period.legal_status, period.missing_in_a_year, period.away_in_a_year) == ("V2", 2, 1)
    assert (period.interview_offered, period.interview_accepted) == (True, False)
    leaver = by_row["List 9, row 2"].content
    assert (leaver.in_touch, leaver.accommodation, leaver.activity) == ("YES", "U1", "F2")
    person = by_row["List 1, row 2, child"].content
    assert (person.sex, person.ethnicity) == ("F", "MWBC")


def test_what_other_returns_state_is_retold_under_their_keys(parts_of, fixture_of):
    keys = {part.source_key: part.retold for part in parts_of(fixture_of(FIXTURE))}
    retold = {key for key, is_retold in keys.items() if is_retold}
    assert retold == {
        "referral|L201|2025-09-10",
        "assessment|L201|2025-09-11",
        "assessment-completed|L201|2025-09-11",
        "section47|L201|2025-09-15",
        "section47|L202|2025-09-16",
        "conference|L201|2025-09-15",
        "conference|L202|2025-09-16",
        "closure|L202|2025-09-12",
        "protection-plan|L201|2025-10-03",
        "plan-review|L201|2026-03-27",
        "placement|L201|2025-07-15",
        "review|L201|2026-03-03",
        "care-leaver|L206",
        "adoption|L205|2025-03-04",
        "placed-for-adoption|L205|2025-11-03",
    }


def test_a_row_of_adoption_states_nothing_in_the_open_and_adopters_are_not_read(
    parts_of, fixture_of
):
    parts = parts_of(fixture_of(FIXTURE))
    adoption = [part for part in parts if part.row.startswith("List 10")]
    assert {part.content.held for part in adoption} == {Tier.SEALED}
    assert not [part for part in parts if part.row.startswith("List 11")]
    assert "L205" not in {part.subject_key for part in parts if part not in adoption}


def test_a_faulty_row_is_refused_whole_and_the_others_stand(parts_of, changed):
    parts = parts_of(changed(("List 1", "F2", "31/02/2026"), ("List 3", "A2", None)))
    refused = {part.row: part for part in parts if isinstance(part, Refused)}
    assert set(refused) == {"List 1, row 2", "List 3, row 2"}
    assert refused["List 1, row 2"].field == "Date of Contact"
    assert refused["List 1, row 2"].raw["Contact Source"] == "q) 6: Police"
    assert refused["List 3, row 2"].field == "Child Unique ID"


def test_what_the_list_does_not_have_is_kept_and_said(parts_of, changed):
    parts = parts_of(changed(("List 1", "H1", "Mood"), ("List 1", "H2", "calm")))
    first = next(part for part in parts if part.row == "List 1, row 2, child")
    assert ("Mood", "calm") in [(each.field, each.value) for each in first.remarks]
    beyond = parts_of(changed(("List 1", "J2", "stray")))
    (refused,) = [part for part in beyond if isinstance(part, Refused)]
    assert "10 values where the heading has 7" in refused.reason
    assert "stray" in refused.raw.values()


def test_a_sheet_that_is_no_list_is_said_and_a_missing_list_is_not_missed(parts_of, changed):
    parts = parts_of(changed(("Notes", "A1", "by hand"), without="List 2"))
    (refused,) = [part for part in parts if isinstance(part, Refused)]
    assert (refused.row, refused.raw) == ("sheet Notes", {"1": "by hand"})
    assert not [part for part in parts if part.row.startswith("List 2")]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("List 1", "F1", "Day")], "List 1 has no column “Date of Contact”"),
        ([("List 1", "G1", "Date of Contact")], "the column “Date of Contact” twice"),
    ],
)
def test_a_list_without_its_columns_is_refused(parts_of, changed, cells, said):
    with pytest.raises(FileRefused, match=said):
        parts_of(changed(*cells))


def test_an_answer_that_is_none_of_the_words_is_kept_with_a_remark(parts_of, changed):
    parts = parts_of(
        changed(
            ("List 3", "G2", "z) 42: Elsewhere"),
            ("List 3", "H2", "perhaps"),
            ("List 7", "H2", "Unkindness"),
            ("List 1", "B2", "x) Not known"),
        )
    )
    by_row = {part.row: part for part in parts}
    referral = by_row["List 3, row 2"]
    assert referral.content.referral_source == "42"
    assert [each.field for each in referral.remarks] == ["Referral Source", "Referral NFA?"]
    assert by_row["List 7, row 2"].content.initial_category == "Unkindness"
    assert by_row["List 1, row 2, child"].remarks[0].value == "x) Not known"
