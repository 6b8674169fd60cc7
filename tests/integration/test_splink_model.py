"""The packaged model on a made-up county whose truth is known."""

from collections import Counter
from datetime import date
from itertools import combinations

import pyarrow as pa
import pytest

from keepsight.engines.linkage import columns_of, link, reasons_of
from keepsight.engines.linkage_model import MODEL_VERSION, model_in_force, packaged_model
from keepsight.engines.splink_model import score, train, untrained_levels
from keepsight.kernel.linkage.bulk.scoring import score as score_here
from keepsight.kernel.linkage.levels import LEVELS
from keepsight.kernel.linkage.model import SMALLEST_AREA
from keepsight.kernel.linkage.records import LinkageRecord
from tests.factories.people import county, table_of

BORN = date(2012, 3, 4)


@pytest.fixture(scope="module")
def people():
    return county(2_000, seed=11)


def record(subject, **said):
    return LinkageRecord(subject=subject, agency=subject, **said)


def reasons_among(records):
    scored = score_here(columns_of(records), model_in_force())
    return [reasons_of(scored, place) for place in range(len(scored.pairs))]


def test_links_are_true_and_most_true_ones_are_found(people):
    records, truth = people
    linked = [pair for c in link(records) for pair in combinations(c.subjects, 2)]
    true = sum(truth[one] == truth[other] for one, other in linked)
    possible = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    assert true / len(linked) > 0.998
    assert true / possible > 0.90


def test_the_same_records_weigh_the_same_in_any_order(people):
    records, _ = people
    forwards = score(table_of(records), threads=2)
    backwards = score(table_of(reversed(records)), threads=1)
    assert forwards["left"].to_pylist() == backwards["left"].to_pylist()
    assert forwards["weight"].to_pylist() == pytest.approx(backwards["weight"].to_pylist())
    ordered = zip(forwards["left"].to_pylist(), forwards["right"].to_pylist(), strict=True)
    assert all(one < other for one, other in ordered)


def test_the_packaged_model_is_whole_and_of_this_version():
    model = packaged_model()
    assert model["version"] == MODEL_VERSION
    assert untrained_levels(model["settings"]) == []
    labels = {
        comparison["output_column_name"]: tuple(
            level["label_for_charts"]
            for level in reversed(comparison["comparison_levels"])
            if not level.get("is_null_level")
        )
        for comparison in model["settings"]["comparisons"]
    }
    assert labels == dict(LEVELS)


def test_more_alike_never_weighs_less():
    for comparison in packaged_model()["settings"]["comparisons"]:
        levels = [each for each in comparison["comparison_levels"] if "m_probability" in each]
        # Swapped dates are rarer by chance than one character apart; each is below the exact one.
        weights = [round(each["m_probability"] / each["u_probability"], 9) for each in levels]
        assert weights == sorted(weights, reverse=True), comparison["output_column_name"]


def test_a_record_without_names_links_by_its_upn():
    school = record(1, forename="maya", surname="ahmed", date_of_birth=BORN, sex="F",
                    upn="A801400001001")  # fmt: skip
    social_care = record(2, date_of_birth=BORN, sex="F", upn="A801400001001")
    (reasons,) = reasons_among([school, social_care])
    assert reasons == ("same UPN", "same date of birth", "same sex")
    (child,) = link([school, social_care])
    assert child.subjects == (1, 2)


def test_a_temporary_upn_says_nothing_against_a_permanent_one():
    said = {"forename": "maya", "surname": "ahmed", "date_of_birth": BORN, "postcode": "ZZ10 1AB"}
    permanent, temporary = (
        record(1, upn="A801400001001", **said),
        record(2, upn="C80140000100A", **said),
    )
    (reasons,) = reasons_among([permanent, temporary])
    assert not [reason for reason in reasons if "UPN" in reason]


def test_twins_are_two_children_and_one_record_is_one():
    home = {"surname": "ahmed", "date_of_birth": BORN, "postcode": "ZZ10 1AB", "sex": "F"}
    twins = [record(1, forename="maya", **home), record(2, forename="zainab", **home)]
    assert [c.subjects for c in link(twins)] == [(1,), (2,)]
    assert [c.subjects for c in link(twins[:1])] == [(1,)]
    assert link([]) == []


def test_too_few_records_train_nothing(people):
    few = table_of(people[0]).slice(0, SMALLEST_AREA - 1)
    with pytest.raises(ValueError, match="at least 2,000 records"):
        train(few)


def test_training_leaves_no_level_to_chance(people):
    records, _ = people
    model = train(table_of(records), pairs=2e5)
    assert untrained_levels(model["settings"]) == []
    known = score(table_of(records), model=model, minimum_weight=8.0)
    assert isinstance(known, pa.Table)
    assert known.num_rows > 1_000
