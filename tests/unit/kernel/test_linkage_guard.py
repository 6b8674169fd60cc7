"""What must never be one child, however alike."""

from datetime import date

import pytest

from keepsight.kernel.linkage.guard import FAR_OVER, conflict
from keepsight.kernel.linkage.levels import LEVELS, UNKNOWN, reasons
from keepsight.kernel.linkage.records import NO_AGENCY, LinkageRecord
from keepsight.kernel.linkage.thresholds import LINK_WITHIN_AGENCY

BORN = date(2012, 3, 4)


def record(subject, **said):
    family = {"surname": "ahmed", "date_of_birth": BORN}
    return LinkageRecord(subject=subject, **({"agency": subject} | family | said))


def test_two_valid_numbers_that_differ_conflict_at_any_weight():
    one, other = record(1, nhs_number="9434765919"), record(2, nhs_number="9434765870")
    assert "NHS" in conflict(one, other, weight=1000.0)
    one, other = record(1, upn="A801400001001"), record(2, upn="B801400001002")
    assert "UPN" in conflict(one, other, weight=1000.0)


def test_a_temporary_upn_conflicts_with_nothing():
    one, other = record(1, upn="A80140000100A"), record(2, upn="B801400001002")
    assert conflict(one, other) is None
    assert conflict(one, record(2, upn="C80140000100B")) is None


def test_twins_conflict_until_the_weight_is_far_over():
    one, other = record(1, forename="maya"), record(2, forename="hassan")
    assert "twins" in conflict(one, other)
    assert "twins" in conflict(one, other, weight=FAR_OVER - 1)
    assert conflict(one, other, weight=FAR_OVER) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("samuel", "sam"), ("william", "bill"), ("mohammed", "mohamad"), ("maya", None)],
)
def test_one_name_in_two_forms_is_not_twins(one, other):
    assert conflict(record(1, forename=one), record(2, forename=other)) is None


def test_a_shared_number_on_two_forenames_is_no_twin_and_still_refused():
    one = record(1, forename="maya", nhs_number="9434765919")
    other = record(2, forename="hassan", nhs_number="9434765919")
    assert "one number" in conflict(one, other, weight=1000.0)
    swapped = record(3, forename="ahmed", surname="maya", nhs_number="9434765919")
    assert conflict(one, swapped) is None
    temporary = [record(s, forename=f, upn="A80140000100A") for s, f in ((1, "maya"), (2, "omar"))]
    assert conflict(*temporary) is None


def test_a_former_number_is_known_as_such():
    one = record(1, upn="A801400001001")
    other = record(2, upn="B801400001002", former_numbers=frozenset({"A801400001001"}))
    for left, right in ((one, other), (other, one)):
        assert "former" in conflict(left, right)


def test_two_ids_of_one_agency_need_strong_evidence():
    one, other = (LinkageRecord(subject=s, agency=7) for s in (1, 2))
    assert "One agency" in conflict(one, other)
    assert "One agency" in conflict(one, other, weight=LINK_WITHIN_AGENCY - 1)
    assert conflict(one, other, weight=LINK_WITHIN_AGENCY) is None
    unknown = [LinkageRecord(subject=s, agency=NO_AGENCY) for s in (1, 2)]
    assert conflict(*unknown) is None


def test_a_near_name_is_another_where_the_sexes_differ():
    one = record(1, forename="krystal", sex="F")
    assert "twins" in conflict(one, record(2, forename="krystel", sex="M"))
    assert conflict(one, record(2, forename="krystel", sex="F")) is None
    assert conflict(one, record(2, forename="krystal", sex="M")) is None


def test_what_is_no_single_slip_is_another_name_within_one_agency():
    one = record(1, agency=4, forename="alessandro")
    assert "twins" in conflict(one, record(2, agency=4, forename="alejandro"))
    assert conflict(one, record(2, agency=5, forename="alejandro")) is None
    for same in ("alesandro", "ale", "alessandro"):
        assert conflict(one, record(2, agency=4, forename=same), LINK_WITHIN_AGENCY) is None
    unknown = record(1, agency=NO_AGENCY, forename="alessandro")
    assert conflict(unknown, record(2, agency=NO_AGENCY, forename="alejandro")) is None


@pytest.mark.parametrize("apart", [{"surname": "khan"}, {"date_of_birth": date(2010, 3, 4)}])
def test_other_surname_or_birth_date_is_not_twins(apart):
    assert conflict(record(1, forename="maya"), record(2, forename="hassan", **apart)) is None


def test_reasons_are_plain_words_strongest_columns_first():
    found = dict.fromkeys(LEVELS, UNKNOWN) | {"surname": 2, "date_of_birth": 4, "nhs_number": 1}
    assert reasons(found) == ("same NHS number", "same date of birth", "surname alike")


def test_a_column_that_the_model_does_not_compare_is_refused():
    with pytest.raises(KeyError, match="ethnicity"):
        reasons({"ethnicity": 1})
