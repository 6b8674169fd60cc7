"""`keepsight identity evaluate`: on small files, for a person and for a machine."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from keepsight.cli.app import app

RUN = CliRunner()

HEADINGS = "who,given_name,family name,DOB,Gender,Post Code,Ethnic Group,home"
ROWS = (
    "a,Sam,Testerton,03/04/2012,M,ZZ1 1AA,WBRI,1",
    "a,Sam,Testerton,2012-04-03,Male,ZZ1 1AA,,1",
    "b,Maya,Testerton,3 April 2012,F,ZZ1 1AA,ABAN,1",
    "b,Maya,Testerton,20120403,F,,ABAN,1",
    "c,Noor,Examplar,31/02/2010,F,nowhere,ABAN,2",
    ",Lost,Label,01/01/2011,F,ZZ1 1AA,WBRI,3",
)


def evaluate(*words: object) -> Result:
    return RUN.invoke(app, ["identity", "evaluate", *map(str, words)], env={"COLUMNS": "200"})


def written(folder: Path, rows: tuple[str, ...] = ROWS, heading: str = HEADINGS) -> Path:
    path = folder / "labelled.csv"
    path.write_text("\n".join([heading, *rows]) + "\n", "utf-8")
    return path


def data(*words: object) -> dict:
    done = evaluate(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(*words: object) -> str:
    done = evaluate(*words)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    return done.stderr


def test_columns_are_told_by_their_names_and_every_figure_is_there(tmp_path: Path) -> None:
    found = data(written(tmp_path), "--truth", "who")
    assert found["columns"] == {
        "date_of_birth": "DOB",
        "ethnicity": "Ethnic Group",
        "forename": "given_name",
        "postcode": "Post Code",
        "sex": "Gender",
        "surname": "family name",
    }
    assert (found["records"], found["true_pairs"], found["without_truth"]) == (5, 2, 1)
    assert found["unreadable"] == {
        "date_of_birth": 1, "forename": 0, "postcode": 1, "sex": 0, "surname": 0,
    }  # fmt: skip
    assert found["compared"] == 1.0
    assert found["clusters"] == {
        "clusters": 3, "people": 3, "whole": 3, "split": 0, "wrong": 0,
        "precision": 1.0, "recall": 1.0, "f1": 1.0,
    }  # fmt: skip
    assert found["false_links"] == {"twins": 0, "siblings": 0, "strangers": 0}
    assert found["groups"]["ethnicity"] == {
        "ABAN": {"recall": 1.0, "false_links": 0, "records": 3},
        "WBRI": {"recall": 1.0, "false_links": 0, "records": 2},
    }
    assert set(found["groups"]) == {"ethnicity", "sex"}
    assert found["recall_at"]["0.99"]["recall"] == 1.0
    assert [each["weight"] for each in found["thresholds"]] == sorted(
        each["weight"] for each in found["thresholds"]
    )
    assert found["memory"] > 0
    assert set(found["seconds"]) == {"reading", "linking", "clusters"}


def test_a_person_is_told_what_the_figures_mean(tmp_path: Path) -> None:
    done = evaluate(written(tmp_path), "--truth", "who")
    assert done.exit_code == 0, done.output
    for words in (
        "5 records hold 2 true pairs",
        "1 rows say no truth and are left out.",
        "1 of 5 values of date_of_birth could not be used",
        "Precision: of the pairs linked, how many are truly one child.",
        "If 99.5% of links must be true",
        "0 of twins, 0 of siblings, 0 of strangers",
        "ethnicity: ABAN",
        "most memory held",
    ):
        assert words in done.output, words


def test_a_mapping_says_which_column_is_which(tmp_path: Path) -> None:
    rows = ("1,Sam,Testerton,04/13/2012,p,9", "1,Sam,Testerton,04/13/2012,q,9")
    path = written(tmp_path, rows, "k,f,s,b,from,h")
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "columns: {forename: f, surname: s, date_of_birth: b, agency: from, household: h}\n"
        "days: month first\n",
        "utf-8",
    )
    found = data(path, "--truth", "k", "--mapping", mapping)
    assert found["unreadable"]["date_of_birth"] == 0
    assert found["kinds_by"] == "household"
    assert found["clusters"]["recall"] == 1.0


@pytest.mark.parametrize(("before", "recall"), [("Oldname", 1.0), ("", 0.0)])
def test_what_a_record_said_before_joins_it_where_a_file_says_so(
    tmp_path: Path, before: str, recall: float
) -> None:
    """Another surname and no postcode: only the former one tells that it is the same Sam."""
    rows = (f"1,Sam,Newname,{before},04/03/2012", "1,Sam,Oldname,,04/03/2012")
    path = written(tmp_path, rows, "k,forename,surname,Previous Surname,dob")
    found = data(path, "--truth", "k")
    assert found["columns"].get("former_surname") == "Previous Surname"
    assert found["clusters"]["recall"] == recall


def test_parquet_with_real_dates_is_read(tmp_path: Path) -> None:
    path = tmp_path / "labelled.parquet"
    columns = {
        "person": [1, 1, 2],
        "forename": ["Sam", "Samuel", "Zoe"],
        "surname": ["Testerton"] * 3,
        "date_of_birth": [date(2012, 4, 3)] * 3,
    }
    pq.write_table(pa.table(columns), path)
    assert data(path, "--truth", "person")["clusters"]["f1"] == 1.0


def test_windows_letters_and_semicolons_are_read(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    text = "id;forename;surname;dob\n1;Zoë;Testerton;03.04.2012\n1;Zoe;Testerton;03.04.2012\n"
    path.write_bytes(text.encode("cp1252"))
    assert data(path, "--truth", "id")["clusters"]["f1"] == 1.0


def test_further_columns_are_left_out_unless_weights_are_learnt(tmp_path: Path) -> None:
    rows = ("1,Sam,Testerton,2012-04-03,77", "1,Sam,Testerton,2012-04-03,77")
    path = written(tmp_path, rows, "who,forename,surname,dob,soc_sec_id")
    done = evaluate(path, "--truth", "who")
    assert "the packaged model has no weights for them: soc_sec_id" in done.output
    assert "needs at least 2,000 records to learn from" in refused(
        path, "--truth", "who", "--train"
    )


BAD = {
    "no truth": (ROWS, HEADINGS, ["--truth", "nobody"], "no column “nobody” to hold the truth"),
    "all apart": (ROWS[:1], HEADINGS, ["--truth", "who"], "No two rows have the same value"),
    "nothing compared": (("1,2", "1,3"), "who,x", ["--truth", "who"], "Say which is which"),
    "ragged": (("1,2,3,4",), "who,forename", ["--truth", "who"], "a row has 4 values"),
    "no rows": ((), HEADINGS, ["--truth", "who"], "has no rows"),
    "two columns": (("1,a,b", "1,a,b"), "who,forename,first_name", ["--truth", "who"],
                    "could each be the column forename"),
    "one name twice": (("1,a,b", "1,a,b"), "who,forename,forename", ["--truth", "who"],
                       "has two columns “forename”"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_measured_is_a_sentence(tmp_path: Path, case: tuple) -> None:
    rows, heading, words, sentence = case
    assert sentence in refused(written(tmp_path, rows, heading), *words)


def test_a_ragged_row_is_not_printed(tmp_path: Path) -> None:
    path = written(tmp_path, ("1,Verysecret,3,4",), "who,forename")
    assert "Verysecret" not in refused(path, "--truth", "who")


@pytest.mark.parametrize("name", ["absent.csv", "broken.parquet", "letter.bin"])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, name: str) -> None:
    if name == "broken.parquet":
        (tmp_path / name).write_bytes(b"PAR1 and no more")
    if name == "letter.bin":
        (tmp_path / name).write_bytes(bytes(range(256)) * 4)
    said = refused(tmp_path / name, "--truth", "who")
    assert said.strip().endswith(".")
    found = json.loads(evaluate(tmp_path / name, "--truth", "who", "--json").stdout)
    assert found == {"file": name, "refused": said.strip()}


MAPPINGS = {
    "not yaml": ("columns: [", "is not YAML"),
    "no columns": ("further: {a: text}", "must say columns"),
    "not names": ("columns: {surname: [a]}", "must be names"),
    "unknown name": ("columns: {shoe_size: DOB}", "“shoe_size”"),
    "unknown column": ("columns: {surname: nowhere}", "no column “nowhere”"),
    "unknown kind": ("columns: {surname: DOB}\nfurther: {home: guess}", "“guess”"),
    "twice": ("columns: {surname: DOB, forename: DOB}", "cannot stand for two"),
    "truth too": ("columns: {surname: who}", "“who” is the truth"),
    "unknown part": ("columns: {surname: DOB}\nweights: {a: b}", "“weights”"),
    "unknown days": ("columns: {surname: DOB}\ndays: backwards", "day first or month first"),
}


@pytest.mark.parametrize("case", MAPPINGS.values(), ids=MAPPINGS.keys())
def test_a_mapping_that_cannot_work_is_a_sentence(tmp_path: Path, case: tuple[str, str]) -> None:
    text, sentence = case
    mapping = tmp_path / "map.yaml"
    mapping.write_text(text, "utf-8")
    said = refused(written(tmp_path), "--truth", "who", "--mapping", mapping)
    assert sentence in said


def test_a_mapping_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    said = refused(written(tmp_path), "--truth", "who", "--mapping", tmp_path / "none.yaml")
    assert "There is no mapping file" in said
