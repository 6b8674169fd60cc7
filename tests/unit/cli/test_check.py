"""`keepsight check`: without a database, for a person and for a machine."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from keepsight.cli.app import app
from keepsight.kernel.formats import cin_return
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from tests.factories.returns import cin_full, ssda903_full

RUN = CliRunner()
SOURCES = Path(__file__).parents[3] / "src/keepsight/intake/sources"
FINDING = {"rule", "severity", "row", "child", "field", "value", "says", "remedy"}


def check(*words: object) -> Result:
    return RUN.invoke(app, ["check", *map(str, words)], env={"COLUMNS": "200"})


def data(*words: object) -> dict:
    return json.loads(check(*words, "--json").stdout)


@pytest.fixture
def census(tmp_path: Path) -> Path:
    path = tmp_path / "cin.xml"
    path.write_text("".join(cin_return.pieces(cin_full.HEADER, cin_full.CHILDREN)), "utf-8")
    return path


@pytest.fixture
def looked_after(tmp_path: Path) -> Path:
    folder = tmp_path / "ssda903"
    folder.mkdir()
    for table in ALL_TABLES:
        rows = [line for line in ssda903_full.lines() if line.table == table.name]
        text = [",".join(table.names), *(",".join(line.values.values()) for line in rows)]
        (folder / f"{table.name}.csv").write_text("\r\n".join(text), "utf-8")
    return folder


def test_a_clean_return_ends_with_0_and_says_that_nothing_is_wrong(
    census: Path, looked_after: Path
) -> None:
    for path, words in (
        (census, "6 rows, 0 errors, 0 queries"),
        (looked_after, f"{len(ssda903_full.lines())} rows, 0 errors, 0 queries"),
    ):
        done = check(path)
        assert done.exit_code == 0, done.output
        assert words in done.output
        assert "Nothing was found to be wrong." in done.output


def test_an_error_ends_with_1_and_says_what_to_do(census: Path) -> None:
    census.write_text(census.read_text("utf-8").replace("2025-11-03</CPPend", "2025-02-03</CPPend"))
    done = check(census, "--as", "cin")
    assert done.exit_code == 1
    for words in ("8925", "ended before it began", "CPPendDate", "C1001", "Correct whichever"):
        assert words in done.output


def test_a_query_alone_ends_with_0(census: Path) -> None:
    text = census.read_text("utf-8").replace(
        "<CPPreviewDate>2025-10-29", "<CPPreviewDate>2025-07-30"
    )
    census.write_text(text, "utf-8")
    done = check(census)
    assert done.exit_code == 0
    assert "KS42 (query)" in done.output


def test_json_has_a_shape_that_stays(census: Path) -> None:
    census.write_text(census.read_text("utf-8").replace("<Sex>F", "<Sex>[red]", 1), "utf-8")
    told = data(census)
    assert set(told) == {"file", "files", "format", "year", "rows", "counts", "findings"}
    assert (told["file"], told["format"], told["year"], told["rows"]) == (
        "cin.xml", "cin", 2026, 6,
    )  # fmt: skip
    assert told["counts"] == {"errors": 1, "queries": 0, "by_rule": {"4180": 1}}
    (found,) = told["findings"]
    assert set(found) == FINDING
    assert found["row"] == "Child 1"
    assert found["value"] == "[red]"
    assert found["severity"] == "error"
    assert "[red]" in check(census).output


def test_looked_after_files_may_be_a_zip_or_named_one_by_one(
    looked_after: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "return.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(looked_after.iterdir()):
            archive.write(path, path.name)
    assert data(packed)["findings"] == []
    assert data(*sorted(looked_after.iterdir()), "--as", "ssda903")["findings"] == []
    alone = data(looked_after / "episodes.csv")
    assert {each["rule"] for each in alone["findings"]} >= {"KS210", "KS219"}


def test_the_year_may_be_said(looked_after: Path) -> None:
    assert data(looked_after)["year"] == 2027
    later = data(looked_after, "--year", 2028)
    assert later["year"] == 2028
    assert "KS145" in later["counts"]["by_rule"]


def test_last_year_may_be_given(looked_after: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    (before / "missing.csv").write_text(
        "CHILD,DOB,MISSING,MIS_START,MIS_END\nK1,04/05/2010,M,30/03/2026,\n"
    )
    assert data(looked_after, "--before", before)["counts"]["by_rule"] == {"576": 1}


def test_a_file_that_is_no_table_and_a_line_that_does_not_fit_are_findings(
    looked_after: Path,
) -> None:
    (looked_after / "reviews.csv").write_text("CHILD,DOB,REVIEW\nK1,04/05/2010,01/07/2026\n")
    with (looked_after / "missing.csv").open("a") as file:
        file.write("\r\nK1,04/05/2010,M\r\n")
    told = data(looked_after)
    assert told["counts"]["by_rule"] == {"KS090": 1, "KS091": 1}
    line, table = told["findings"]
    assert (table["row"], table["field"]) == ("reviews.csv", "REVIEW_CODE")
    assert line["row"] == "missing, row 6"


def test_two_files_of_one_table_are_told_apart(looked_after: Path) -> None:
    (looked_after / "reviews2.csv").write_text(
        "CHILD,DOB,REVIEW,REVIEW_CODE\nK1,04/05/2010,01/07/2026,PN9\n"
    )
    told = data(looked_after)
    assert {each["row"] for each in told["findings"]} == {"reviews (reviews2.csv), row 2"}


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("daily_register", "daily_register/fixture.csv"),
        ("school_census", "school_census/fixture_2025_spring_pupilonroll.csv"),
        ("fhir", "fhir/fixture.json"),
        ("police_missing", "police_missing/fixture.csv"),
        ("return_interviews", "return_interviews/fixture.csv"),
        ("exclusions", "exclusions/fixture.csv"),
        ("annex_a", "annex_a/fixture.xlsx"),
        ("ctf", "ctf/fixture.xml"),
        ("csc_daily", "csc_daily/fixture.json"),
    ],
)
def test_other_formats_are_checked_by_their_readers(source: str, file: str) -> None:
    told = data(SOURCES / file)
    assert told["format"] == source
    assert told["rows"] > 0
    assert all(each["rule"].startswith(f"{source}.") for each in told["findings"])


def test_what_a_reader_refuses_is_an_error_and_what_it_remarks_on_a_query(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    heading = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM"
    path.write_text(f"{heading}\nA1,P1,E,Ada,2012-05-04,ZZ1 1AA,2025-31-12,/,\\\n")
    (refused,) = data(path, "--as", "daily_register")["findings"]
    (remarked,) = data(SOURCES / "fhir/fixture.json")["findings"]
    assert (refused["rule"], refused["severity"]) == ("daily_register.refused", "error")
    assert (remarked["rule"], remarked["severity"]) == ("fhir.remark", "query")
    assert (refused["field"], refused["value"]) == ("Date", "2025-31-12")
    assert refused["remedy"]
    assert remarked["remedy"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("no-such-file",), "cannot be read"),
        (("broken.xml", "--as", "cin"), "broken or ends too early"),
        (("note.txt",), "The format is not known"),
        (("note.txt", "--as", "fax"), "There is no format “fax”"),
        (("note.txt", "--as", "daily_register"), "is not in the format daily_register"),
        (("note.txt", "broken.xml", "--as", "cin"), "one at a time"),
        (("header.csv", "--as", "ssda903"), "--year"),
    ],
)
def test_what_cannot_be_read_ends_with_2(words, why, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.xml").write_text("<Message><Header>")
    Path("note.txt").write_text("Dear all")
    Path("header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nK1,M,,WBRI,UN4,,\n")
    done = check(*words)
    assert done.exit_code == 2
    assert why in " ".join(done.stderr.split())
    refused = check(*words, "--json")
    assert refused.exit_code == 2
    assert why in json.loads(refused.stdout)["refused"]


def test_no_database_is_needed(census: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "keepsight.cli", "check", str(census), "--json"],
        env={"KEEPSIGHT_VAR": str(var), "DATABASE_URL": "postgresql://nobody@nowhere/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(var.iterdir()) == []
