"""Guesses about unknown tables: from values first, with a reason, and none that would mislead."""

import io
from dataclasses import replace
from datetime import date

import pytest

from keepsight.intake.mapping import MappedCSV, MappingError
from keepsight.intake.mapping_file import as_text, feed_key_for, key_for, mapping_in
from keepsight.intake.proposing.compose import agreed, as_proposed, compose, without_column
from keepsight.intake.proposing.kinds import CHOICES, fields_of, kinds
from keepsight.intake.proposing.propose import Proposal, propose
from keepsight.intake.proposing.sample import sample_of
from keepsight.intake.proposing.words import CONTENT, KINDS, words_of
from keepsight.intake.rows import Context, Fact, FileRefused, Refused
from keepsight.kernel.vocabulary.events import BY_KIND
from tests.factories.tables import LINES, home_log

TODAY = date(2026, 3, 16)


def proposal(content: bytes | str, filename: str = "export.csv", kind: str = "") -> Proposal:
    stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    return propose(sample_of(stream), filename, kind)


def roles(found: Proposal) -> dict[str, str]:
    return {column.name: column.role for column in found.columns}


def test_a_home_log_is_understood() -> None:
    found = proposal(home_log())
    assert found.kind == "missing_episode"
    assert found.days == "dd/mm/yyyy"
    assert roles(found) == {
        "Log No": "reference",
        "Child Ref": "subject",
        "First Name": "person.forename",
        "Family Name": "person.surname",
        "Born": "person.date_of_birth",
        "NHS No": "person.nhs_number",
        "PostCode": "person.postcode",
        "Type": "content.category",
        "Left At": "occurred",
        "Came Back": "until",
        "Went From": "content.missing_from",
        "Notes": "",
    }
    assert all(column.because.endswith(".") for column in found.columns)


def test_what_is_proposed_reads_the_file_that_it_was_proposed_from() -> None:
    found = proposal(home_log())
    composed = compose(found, as_proposed(found, name="own-home", title="Home log"))
    assert composed.problems == ()
    mapping = mapping_in(as_text(composed.mapping, ["A comment: with a colon"]))
    parts = list(
        MappedCSV(mapping).rows(io.BytesIO(home_log()), Context("log.csv", "", TODAY, TODAY))
    )
    assert [type(part) for part in parts] == [Fact] * 5
    assert [part.source_key for part in parts if isinstance(part, Fact)] == [
        "person|C1",
        "own-home|L1",
        "own-home|L2",
        "person|C2",
        "own-home|L3",
    ]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("NHS No", ("1234567890", "1234567891", "1234567892")),
        ("NHS number", ("9434765919",)),
        ("UPN", ("A1", "A2", "A3")),
    ],
)
def test_no_number_is_an_identifier_because_its_heading_says_so(
    heading: str, values: tuple[str, ...]
) -> None:
    lines = "".join(f"{value},01/02/2026,x\n" for value in values)
    [column, *_] = proposal(f"{heading},Date,Notes\n{lines}").columns
    assert not column.role.startswith("person.")
    assert "do not pass the check, or are too few to tell" in column.because


def test_a_number_is_known_by_its_check_digits_whatever_it_is_called() -> None:
    numbers = ("943 476 5919", "987 654 3210", "9434765870")
    lines = "".join(f"{number},01/02/2026\n" for number in numbers)
    [column, _] = proposal(f"Ident,Seen\n{lines}").columns
    assert column.role == "person.nhs_number"
    assert column.because == "3 of 3 values pass the check digit of the NHS number."


@pytest.mark.parametrize(
    ("days", "written", "says"),
    [
        (("13/02/2026", "01/02/2026"), "dd/mm/yyyy", "so it is the day."),
        (("03/02/2026", "01/02/2026"), "dd/mm/yyyy", "cannot be told."),
        (("2026-02-13", "2026-02-01"), "yyyy-mm-dd", "2 of 2 values"),
        (("2026-Feb-13", "2026-Feb-01"), "yyyy-Mon-dd", "2 of 2 values"),
        (("02/13/2026", "02/01/2026"), "", "the month is first."),
    ],
)
def test_the_order_of_a_day_is_told_from_its_numbers(
    days: tuple[str, ...], written: str, says: str
) -> None:
    lines = "".join(f"{day},{number}\n" for number, day in enumerate(days))
    [column, _] = proposal(f"Seen,No\n{lines}").columns
    assert column.shape.day == written
    assert column.because.endswith(says) or says in column.because
    assert (column.role == "occurred") is bool(written)


def test_two_columns_are_never_proposed_to_be_one_thing() -> None:
    found = proposal("DOB,Date of birth,Ref\n04/05/2012,04/05/2012,A1\n05/05/2012,05/05/2012,A2\n")
    given = [role for role in roles(found).values() if role]
    assert len(given) == len(set(given))


def test_another_kind_that_somebody_chose_has_its_own_fields() -> None:
    found = proposal(home_log(), kind="school_concern")
    assert found.kind == "school_concern"
    assert roles(found)["Notes"] == "content.summary"
    assert roles(found)["Went From"] == ""


def test_what_is_missing_is_said_in_sentences() -> None:
    found = proposal("A,B\nx,y\nx,z\n")
    composed = compose(found, as_proposed(found, name="own-x", title="X"))
    assert composed.problems == (
        "Say what a line states: the kind of event.",
        "Say which column holds the agency’s own id of the person.",
        "Say which column holds when it happened or began.",
    )


def test_a_word_without_a_meaning_and_a_role_given_twice_are_said() -> None:
    found = proposal(home_log(*(line.replace("Away", "Curfew") for line in LINES)))
    composed = compose(found, as_proposed(found, name="own-x", title="X"))
    assert composed.problems == ("Type: say what “Curfew” means.",)
    twice = ["subject" if role == "reference" else role for role in roles(found).values()]
    chosen = as_proposed(agreed(found, twice), name="own-x", title="X")
    assert "Only one column can be this: Log No and Child Ref." in compose(found, chosen).problems


def test_what_no_column_says_can_be_said_of_every_line() -> None:
    found = proposal(home_log())
    without = agreed(
        found, [role if role != "content.category" else "" for role in roles(found).values()]
    )
    [wanted] = without_column(without, "missing_episode")
    assert wanted.name == "category"
    chosen = as_proposed(without, name="own-x", title="X")
    assert compose(without, chosen).problems
    said = compose(without, replace(chosen, always={"category": "away"}))
    assert said.problems == ()
    source = MappedCSV(said.mapping)
    parts = source.rows(io.BytesIO(home_log()), Context("log.csv", "", TODAY, TODAY))
    facts = [part for part in parts if isinstance(part, Fact)]
    assert {part.content.to_json().get("category") for part in facts} == {None, "away"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a;b\n1;2\n", "separated by semicolons"),
        ("a\n1\n", "one column only"),
        ("a,\n1,2\n", "Column 2 has no heading"),
        ("a,A\n1,2\n", "Two columns are called “a”"),
        ("a,b\n", "no line below the headings"),
        ('a,b\n"1,2\n', "check its quotation marks"),
        ("PK\x03\x04", "a workbook or a zip"),
        ("", "The file is empty"),
        (",".join(map(str, range(200))) + "\n", "200 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: str, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        proposal(content)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "is not YAML"),
        ("- a", "not a list"),
        ("name: x", "lacks title, source"),
    ],
)
def test_a_mapping_file_that_cannot_work_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=says):
        mapping_in(text)


def test_any_entry_left_out_of_a_mapping_is_a_sentence() -> None:
    found = proposal(home_log())
    whole = compose(found, as_proposed(found, name="own-home", title="Home log")).mapping
    event = whole["events"][0]
    must = [name for name in whole if name != "not_taken"]
    damaged = [{name: said for name, said in whole.items() if name != left} for left in must]
    damaged += [{**whole, name: None} for name in must]
    for name in ("kind", "key", "occurred", "content"):
        damaged.append({**whole, "events": [{**event, name: None}]})
    for left in ("part", "kind", "key", "occurred"):
        rest = {name: said for name, said in event.items() if name != left}
        damaged.append({**whole, "events": [rest]})
    assert len(damaged) > 20
    for each in damaged:
        with pytest.raises(MappingError) as refused:
            mapping_in(as_text(each, []))
        assert str(refused.value).endswith(".")


def test_every_word_list_is_about_something_that_is_there() -> None:
    assert set(KINDS) <= {each.kind for each in kinds()}
    every = {name for each in kinds() for name in fields_of(each.kind)}
    assert set(CONTENT) <= every
    assert all(name in fields_of(kind) for kind, name in CHOICES)
    assert fields_of("police_intelligence") == {}
    assert all(each.kind in BY_KIND for each in kinds())


def test_words_and_keys() -> None:
    assert words_of("ChildRef_No 2") == ["child", "ref", "no", "2"]
    assert key_for("Our homes’ log " * 9).startswith("own-our-homes-log")
    assert len(key_for("x" * 99)) == 50
    assert len(feed_key_for("northmere", "x" * 99)) == 80


def test_a_line_that_is_faulty_is_refused_with_its_reason() -> None:
    found = proposal(home_log())
    composed = compose(found, as_proposed(found, name="own-home", title="Home log"))
    broken = home_log(LINES[0].replace("01/02/2026 21:00", "yesterday"))
    parts = list(
        MappedCSV(composed.mapping).rows(io.BytesIO(broken), Context("log.csv", "", TODAY, TODAY))
    )
    [refused] = [part for part in parts if isinstance(part, Refused)]
    assert (refused.field, refused.value) == ("Left At", "yesterday")
