"""Whatever a file holds, checking it gives findings or one refusal, and never a crash."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepsight.intake.checking import FORMATS, check_files
from keepsight.intake.rows import FileRefused
from keepsight.kernel.formats import cin_return, csv_text
from keepsight.kernel.formats.days import british_day
from keepsight.kernel.formats.schema import Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES
from tests.factories.returns import cin_full, ssda903_full

SOURCES = Path(__file__).parents[2] / "src/keepsight/intake/sources"


def table_text(name: str) -> bytes:
    (table,) = [each for each in ALL_TABLES if each.name == name]
    days = {column.name for column in table.columns if column.type is Type.DAY}
    rows = [
        {
            key: british_day(text) if key in days else text
            for key, text in line.values.items()
            if text
        }
        for line in ssda903_full.lines()
        if line.table == name
    ]
    return "".join(csv_text.written(table, rows)).encode()


FILES = [
    ("cin", "".join(cin_return.pieces(cin_full.HEADER, cin_full.CHILDREN)).encode()),
    *(("ssda903", table_text(table.name)) for table in ALL_TABLES),
    *(
        (path.parent.name, path.read_bytes())
        for path in sorted(SOURCES.rglob("fixture*"))
        if path.parent.name in FORMATS
    ),
]

DAYS = [b"0001-01-01", b"9999-12-31", b"01/01/0001", b"31/12/9999", b"29/02/9999"]
changes = st.lists(
    st.tuples(st.floats(0, 1), st.one_of(st.binary(max_size=4), st.sampled_from(DAYS))),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), changes, st.booleans(), st.booleans())
def test_damage_gives_findings_or_one_refusal(folder, file, changes, over, cut) -> None:
    format, content = file
    damaged = bytearray(content)
    for where, new in changes:
        place = int(where * len(damaged))
        damaged[place : place + (len(new) if over else 0)] = new
    if cut:
        del damaged[int(changes[0][0] * len(damaged)) :]
    path = folder / "file"
    path.write_bytes(damaged)
    refusals: list[str] = []
    found = []
    try:
        found = check_files([path], format).findings
    except FileRefused as refused:
        refusals.append(str(refused))
    assert all(refusal.endswith(".") for refusal in refusals)
    assert all(each.rule and each.row and each.says and each.remedy for each in found)


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "2100-12-31", "9999-12-31"])
def test_the_first_and_the_last_day_that_there_is_stop_nothing(tmp_path: Path, day: str) -> None:
    text = "".join(cin_return.pieces(cin_full.HEADER, cin_full.CHILDREN))
    days = set(re.findall(r">(\d{4}-\d\d-\d\d)<", text))
    assert len(days) > 20
    path = tmp_path / "cin.xml"
    for each in sorted(days):
        path.write_text(text.replace(each, day), "utf-8")
        assert check_files([path], "cin").findings


@pytest.mark.parametrize("day", ["01/01/0001", "01/01/1900", "31/12/2100", "31/12/9999"])
def test_nor_do_they_in_tables(tmp_path: Path, day: str) -> None:
    for table in ALL_TABLES:
        text = table_text(table.name).decode()
        for each in sorted({cell for cell in text.replace("\r\n", ",").split(",") if "/" in cell}):
            (tmp_path / "table.csv").write_text(text.replace(each, day), "utf-8")
            assert check_files([tmp_path / "table.csv"], "ssda903", year=2027).findings
            try:
                check_files([tmp_path / "table.csv"], "ssda903")
            except FileRefused as refused:
                assert "--year" in str(refused)  # noqa: PT017
