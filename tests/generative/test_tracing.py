"""Whoever is sought, and whatever comes back: no wildcard is sent, and no wrong number is found."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from keepsight.kernel.linkage.guard import different_forenames
from keepsight.kernel.linkage.records import normalise_name
from keepsight.kernel.tracing.answers import Answer, Found, NotUnderstood, read_answer
from keepsight.kernel.tracing.sought import Sought, sought
from keepsight.kernel.tracing.steps import RANGE_MONTHS, months_from, searches, swapped
from keepsight.kernel.tracing.tracing import MATCH, Outcome, trace
from tests.factories.pds_shapes import number

DAYS = st.dates(date(1901, 1, 1), date(2030, 12, 31))
NAMES = st.one_of(
    st.none(),
    st.text(max_size=300),
    st.sampled_from(["Testina", "Othera", "Testy", "Made*up", "Baby", "שם", "O’Sample (AKA X)"]),
)
PEOPLE = st.builds(
    sought,
    forename=NAMES,
    surname=NAMES,
    born=st.none() | DAYS,
    sex=st.sampled_from([None, "M", "F", "U"]),
    postcode=st.sampled_from([None, "ZE9 9XX", "ZZ99 3WZ", "nonsense"]),
)
NUMBERS = [number(start * 10_000_000) for start in range(1, 4)]
FOUND = st.builds(
    Found,
    nhs_number=st.sampled_from(NUMBERS),
    score=st.none() | st.floats(0, 1),
    given=st.lists(st.sampled_from(["Testina", "Othera", "Testy"]), max_size=2).map(tuple),
    family=st.sampled_from(["Madeup", "Sampleton", ""]),
    born=st.none() | DAYS,
    restricted=st.booleans(),
)
ANSWERS = st.builds(
    Answer,
    found=st.lists(FOUND, max_size=2).map(tuple),
    fault=st.sampled_from(["", "", "", "TOO_MANY_MATCHES", "INVALID_VALUE"]),
)


@given(PEOPLE)
def test_every_search_has_a_name_and_a_birth_and_no_wildcard(who: Sought) -> None:
    asked = [parameters for _, parameters in searches(who)]
    assert len(asked) == len(set(asked))
    assert bool(asked) <= who.enough
    for parameters in asked:
        names = [name for name, _ in parameters]
        assert {"family", "birthdate"} <= set(names)
        assert not any("*" in value or not value for _, value in parameters)
        assert len({"_exact-match", "_fuzzy-match", "_history"}.intersection(names)) == 1


@given(PEOPLE, st.data())
def test_a_number_is_found_for_nobody_who_differs(who: Sought, data: st.DataObject) -> None:
    answers: list[Answer] = []

    def search(_: object) -> Answer:
        answers.append(data.draw(ANSWERS))
        return answers[-1]

    traced = trace(who, search)
    assert traced.searches == len(answers)
    if traced.outcome is not Outcome.MATCHED:
        assert bool(traced.nhs_number) == (traced.outcome is Outcome.POSSIBLE)
        return
    best = answers[-1].found[0]
    assert best.nhs_number == traced.nhs_number
    assert best.score is not None
    assert best.score >= MATCH
    assert best.born == who.born
    assert not different_forenames(normalise_name(who.given[0]), normalise_name(best.given[0]))
    assert len({each.nhs_number for each in answers[-1].found}) == 1


@given(DAYS)
def test_a_swapped_birth_swaps_back_and_a_range_holds_the_day(born: date) -> None:
    other = swapped(born)
    assert other is None or (other != born and swapped(other) == born)
    assert months_from(born, -RANGE_MONTHS) < born < months_from(born, RANGE_MONTHS)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["resourceType", "entry", "resource", "search", "score", "id", "meta",
                         "security", "code", "name", "given", "issue", "details", "coding"]),
        inner | st.sampled_from(["Bundle", "Patient", "OperationOutcome", *NUMBERS]),
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.sampled_from(["Bundle", "Patient", "OperationOutcome"]))
def test_whatever_comes_is_an_answer_or_is_not_understood(body: object, kind: str) -> None:
    if isinstance(body, dict):
        body = body | {"resourceType": kind}
    try:
        answer = read_answer(body)
    except NotUnderstood:
        return
    assert all(each.nhs_number in NUMBERS for each in answer.found)
    assert not any(each.restricted and each.postcode for each in answer.found)
