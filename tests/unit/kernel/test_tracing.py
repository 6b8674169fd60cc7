"""What is asked of a tracing service, what its answers come to, and what is made of a number."""

from datetime import date

import pytest

from keepsight.kernel.feeds import Cohort
from keepsight.kernel.tracing.allowing import may_trace
from keepsight.kernel.tracing.answers import Answer, Found, NotUnderstood, read_answer
from keepsight.kernel.tracing.comparing import Field, differences
from keepsight.kernel.tracing.reconciling import Standing, reconcile
from keepsight.kernel.tracing.sought import sought
from keepsight.kernel.tracing.steps import STEPS, searches
from keepsight.kernel.tracing.tracing import Outcome, judge, trace
from keepsight.kernel.vocabulary.agencies import AgencyKind
from tests.factories.pds_shapes import Person, number, outcome, patient, searchset

A, B = number(10_000_000), number(20_000_000)
BORN = date(2011, 3, 4)
TESTINA = sought(forename="Testina Ann", surname="Madeup", born=BORN, sex="F", postcode="ZE9 9XX")
PERSON = Person(
    nhs_number=A, given=("Testina", "Ann"), family="Madeup", born="2011-03-04", postcode="ZE9 9XX"
)

NAMED = "family=Madeup&given=Testina&given=Ann"
ASKED = {
    "exact": f"_exact-match=true&{NAMED}&birthdate=eq2011-03-04&gender=female",
    "non-fuzzy": f"_history=true&{NAMED}&birthdate=eq2011-03-04",
    "fuzzy": f"_fuzzy-match=true&{NAMED}&birthdate=eq2011-03-04",
    "fuzzy, without given name": "_fuzzy-match=true&family=Madeup&birthdate=eq2011-03-04"
    "&gender=female&address-postalcode=ZE9 9XX",
    "fuzzy, all details": f"_fuzzy-match=true&{NAMED}&birthdate=eq2011-03-04&gender=female"
    "&address-postalcode=ZE9 9XX",
    "fuzzy, day and month swapped": f"_fuzzy-match=true&{NAMED}&birthdate=eq2011-04-03",
    "non-fuzzy, birth range": f"_history=true&{NAMED}&birthdate=ge2010-09-04"
    "&birthdate=le2011-09-04&address-postalcode=ZE9 9XX",
    "fuzzy, birth range": f"_fuzzy-match=true&{NAMED}&birthdate=ge2010-09-04"
    "&birthdate=le2011-09-04&address-postalcode=ZE9 9XX",
}


def asked_of(who) -> dict[str, str]:
    return {
        step.name: "&".join(f"{name}={value}" for name, value in parameters)
        for step, parameters in searches(who)
    }


def test_the_searches_for_somebody_of_whom_all_is_known() -> None:
    assert list(asked_of(TESTINA).items()) == list(ASKED.items())
    assert [step.name for step in STEPS] == list(ASKED)


@pytest.mark.parametrize(
    ("lacking", "left"),
    [
        ({"sex": None}, {"non-fuzzy", "fuzzy", "swapped", "range"}),
        ({"postcode": None}, {"exact", "non-fuzzy", "fuzzy", "swapped"}),
        ({"postcode": "ZZ99 3WZ"}, {"exact", "non-fuzzy", "fuzzy", "swapped"}),
        ({"forename": "Baby"}, {"without given"}),
        ({"surname": "?"}, set()),
        ({"born": None}, set()),
        ({"born": date(1900, 1, 1)}, set()),
        ({"born": date(2011, 3, 14)}, {"exact", "non-fuzzy", "fuzzy", "given", "all", "range"}),
        ({"born": date(2011, 4, 4)}, {"exact", "non-fuzzy", "fuzzy", "given", "all", "range"}),
    ],
    ids=["no sex", "no postcode", "no home", "no forename", "no surname", "no birth", "filler",
         "the 14th", "day is month"],
)  # fmt: skip
def test_a_search_that_needs_what_is_not_known_is_left_out(lacking, left) -> None:
    said = {"forename": "Testina Ann", "surname": "Madeup", "born": BORN, "sex": "F",
            "postcode": "ZE9 9XX"} | lacking  # fmt: skip
    words = {
        "exact": "exact",
        "non-fuzzy": "non-fuzzy",
        "fuzzy": "fuzzy",
        "without given": "fuzzy, without given name",
        "given": "fuzzy, without given name",
        "all": "fuzzy, all details",
        "swapped": "fuzzy, day and month swapped",
        "range": "fuzzy, birth range",
    }
    expected = {words[each] for each in left}
    expected |= {"non-fuzzy, birth range"} if "range" in left else set()
    assert set(asked_of(sought(**said))) == expected


@pytest.mark.parametrize(
    ("surname", "family"),
    [
        ("Madeup (formerly Sample)", "Madeup"),
        ("Made*", "Made"),
        ("O’Sample-Smith", "O’Sample-Smith"),
        ("  Madeup   2 ", "Madeup"),
        ("(unknown)", ""),
        ("Unknown", ""),
    ],
)
def test_a_name_is_sent_without_remarks_and_wildcards(surname: str, family: str) -> None:
    assert sought(forename="T", surname=surname, born=BORN).family == family


def found(score: float | None = 1.0, **said: object) -> Found:
    details = {"given": ("Testina",), "family": "Madeup", "born": BORN, "nhs_number": A}
    return Found(score=score, **(details | said))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(found=(found(0.95),)), Outcome.MATCHED),
        (Answer(found=(found(0.9499),)), Outcome.POSSIBLE),
        (Answer(found=(found(0.85),)), Outcome.POSSIBLE),
        (Answer(found=(found(0.8499),)), Outcome.LOW),
        (Answer(found=(found(None),)), Outcome.LOW),
        (Answer(), Outcome.NONE),
        (Answer(fault="TOO_MANY_MATCHES"), Outcome.SEVERAL),
        (Answer(fault="INVALID_SEARCH_DATA"), Outcome.REFUSED),
        (Answer(found=(found(), found(0.5, nhs_number=B))), Outcome.SEVERAL),
        (Answer(found=(found(born=date(2011, 4, 3)),)), Outcome.POSSIBLE),
        (Answer(found=(found(given=("Othera",)),)), Outcome.POSSIBLE),
        (Answer(found=(found(given=()),)), Outcome.POSSIBLE),
        (Answer(found=(found(family="Newname"),)), Outcome.MATCHED),
        (Answer(found=(found(postcode="ZE1 1AA"),)), Outcome.MATCHED),
        (Answer(found=(found(restricted=True),)), Outcome.MATCHED),
    ],
    ids=["match", "just below", "possible", "just below that", "no score", "nobody", "too many",
         "refused", "two people", "other birth", "other first name", "very restricted",
         "other surname", "moved", "restricted"],
)  # fmt: skip
def test_what_one_answer_comes_to(answer: Answer, expected: Outcome) -> None:
    assert judge(TESTINA, answer)[0] is expected


def test_whoever_has_no_forename_is_never_matched_by_machine() -> None:
    baby = sought(forename="Baby", surname="Madeup", born=BORN, sex="F", postcode="ZE9 9XX")
    assert judge(baby, Answer(found=(found(),)))[0] is Outcome.POSSIBLE


NOBODY, MANY = Answer(), Answer(fault="TOO_MANY_MATCHES")
MAYBE = Answer(found=(found(0.9),))
SURE, OTHER = Answer(found=(found(),)), Answer(found=(found(nhs_number=B),))


@pytest.mark.parametrize(
    ("answers", "expected", "number_found", "made"),
    [
        ([SURE], Outcome.MATCHED, A, 1),
        ([NOBODY, SURE], Outcome.MATCHED, A, 2),
        ([MANY, NOBODY, SURE], Outcome.MATCHED, A, 3),
        ([MAYBE, SURE], Outcome.MATCHED, A, 2),
        ([MAYBE, OTHER, SURE], Outcome.SEVERAL, None, 2),
        ([MAYBE], Outcome.POSSIBLE, A, 8),
        ([NOBODY, MANY], Outcome.SEVERAL, None, 8),
        ([Answer(found=(found(0.5),))], Outcome.LOW, None, 8),
        ([NOBODY], Outcome.NONE, None, 8),
    ],
    ids=["at once", "second", "narrowed", "surer", "two people", "possible", "several", "low",
         "nobody"],
)  # fmt: skip
def test_searching_ends_with_a_match_or_when_all_was_asked(
    answers: list[Answer], expected: Outcome, number_found: str | None, made: int
) -> None:
    left = iter(answers)
    traced = trace(TESTINA, lambda _: next(left, NOBODY))
    assert (traced.outcome, traced.nhs_number, traced.searches) == (expected, number_found, made)


def test_of_a_restricted_patient_no_address_is_read_even_if_one_came() -> None:
    leaking = patient(PERSON)
    for code, restricted in (("U", False), ("R", True), ("V", True), ("X", True)):
        leaking["meta"]["security"][0]["code"] = code
        (read,) = read_answer(leaking).found
        assert (read.restricted, read.postcode) == (restricted, "" if restricted else "ZE9 9XX")
    leaking["meta"]["security"][0]["code"] = "REDACTED"
    assert read_answer(leaking) == Answer()


@pytest.mark.parametrize("security", ["R", "V"])
def test_a_withheld_address_is_no_difference(security: str) -> None:
    hidden = Person(nhs_number=A, given=("Testina",), family="Madeup", born="2011-03-04",
                    postcode="ZE1 1AA", security=security)  # fmt: skip
    (read,) = read_answer(searchset((hidden, 1.0))).found
    assert differences(TESTINA, read) == ()


DIFFERENT = Person(nhs_number=A, given=("Othera",), family="Sampleton", born="2011-03-05",
                   gender="male", postcode="ZE1 1AA")  # fmt: skip


@pytest.mark.parametrize(
    ("body", "standing", "replaced", "differ"),
    [
        (patient(PERSON), Standing.NO_DIFFERENCES, None, ()),
        (patient(DIFFERENT), Standing.DIFFERENCES, None,
         (Field.FAMILY, Field.GIVEN, Field.BORN, Field.GENDER, Field.POSTCODE)),
        (patient(Person(nhs_number=B, given=("Testina",), family="Madeup", born="2011-03-04")),
         Standing.SUPERSEDED, B, ()),
        (outcome("RESOURCE_NOT_FOUND"), Standing.NOT_FOUND, None, ()),
        (outcome("INVALIDATED_RESOURCE"), Standing.INVALIDATED, None, ()),
        (outcome("INVALID_RESOURCE_ID"), Standing.NOT_VALID, None, ()),
        (outcome("UNSUPPORTED_SERVICE"), Standing.REFUSED, None, ()),
    ],
    ids=["same", "all differ", "superseded", "not found", "invalidated", "not valid", "refused"],
)  # fmt: skip
def test_how_a_number_stands(body, standing, replaced, differ) -> None:
    said = reconcile(A, TESTINA, read_answer(body))
    assert (said.standing, said.superseded_by, said.differ) == (standing, replaced, differ)


@pytest.mark.parametrize(
    "body",
    [
        None, [], "text", {}, {"resourceType": "Practitioner"},
        {"resourceType": "Bundle", "entry": [None]},
        {"resourceType": "Bundle", "entry": [{"resource": {"id": "123"}}]},
        {"resourceType": "Bundle", "entry": [{"search": {"score": "1"}, "resource": {}}]},
        {"resourceType": "Patient", "id": 9},
        {"resourceType": "OperationOutcome", "issue": []},
    ],
    ids=range(10),
)  # fmt: skip
def test_a_shape_that_is_not_known_is_not_understood(body: object) -> None:
    with pytest.raises(NotUnderstood):
        read_answer(body)


@pytest.mark.parametrize(
    ("kind", "feeds", "expected"),
    [
        (AgencyKind.POLICE, [(True, Cohort.KNOWN)], True),
        (AgencyKind.POLICE, [(True, Cohort.ALL), (False, Cohort.EXISTENCE)], True),
        (AgencyKind.POLICE, [(True, Cohort.KNOWN), (True, Cohort.EXISTENCE)], False),
        (AgencyKind.POLICE, [(False, Cohort.ALL)], False),
        (AgencyKind.POLICE, [(True, None)], False),
        (AgencyKind.POLICE, [], False),
        (AgencyKind.SEXUAL_HEALTH, [(True, Cohort.KNOWN)], False),
    ],
    ids=["known", "one is off", "existence", "off", "not stated", "no feed", "closely held"],
)  # fmt: skip
def test_whose_records_are_told_to_a_service(kind, feeds, expected) -> None:
    assert may_trace(kind, feeds) is expected
