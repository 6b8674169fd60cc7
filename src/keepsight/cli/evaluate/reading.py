"""A labelled CSV or Parquet file as the table that linkage reads, with its truth beside it."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from keepsight.cli.errors import Unusable
from keepsight.cli.evaluate.days import day_of
from keepsight.cli.evaluate.mapping import COMPARED, Columns
from keepsight.kernel.linkage.bulk.columns import (
    AGENCY,
    NOTHING,
    Before,
    Column,
    Table,
    encode,
    with_before,
)
from keepsight.kernel.linkage.evaluating import Labels
from keepsight.kernel.linkage.levels import FORMER
from keepsight.kernel.linkage.records import (
    normalise_date_of_birth,
    normalise_name,
    normalise_nhs_number,
    normalise_postcode,
    normalise_sex,
    normalise_upn,
)

ENCODINGS = ("utf-8", "cp1252")
"""Tried in this order: spreadsheets in England write the second where they do not write UTF-8."""

SNIFFED = 64_000
"""Characters of a CSV from which its separator is told."""

Normalise = Callable[[str], str | None]
NORMALISED: Mapping[str, Normalise] = {
    "forename": normalise_name,
    "surname": normalise_name,
    "sex": normalise_sex,
    "nhs_number": normalise_nhs_number,
    "upn": normalise_upn,
    "postcode": normalise_postcode,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled records. `said` gives for each column how many records say something, and how many
    of those could not be read; `without_truth` were left out.
    """

    table: Table
    truth: Labels
    agency: Labels
    others: Mapping[str, Labels]
    said: Mapping[str, tuple[int, int]]
    without_truth: int


def read(path: Path) -> pa.Table:
    """Every column as text; raises `Unusable` where the file cannot be read."""
    if not path.is_file():
        raise Unusable(f"There is no file {path}.")
    try:
        table = _parquet(path) if _is_parquet(path) else _csv(path)
    except (pa.ArrowException, OSError, csv.Error) as fault:
        raise Unusable(f"{path.name} cannot be read: {_sentence(fault)}") from None
    repeated = {name for name in table.column_names if table.column_names.count(name) > 1}
    if repeated:
        raise Unusable(f"{path.name} has two columns “{sorted(repeated)[0]}”.")
    if not table.num_rows:
        raise Unusable(f"{path.name} has no rows.")
    return table


def sample_of(table: pa.Table, truth: str, columns: Columns, *, further: bool) -> Sample:
    """The rows that have a truth, normalised as intake does, with the `further` columns or without.

    Raises `Unusable` if no two rows are of one person.
    """
    known = _texts(table, truth)
    kept = np.flatnonzero(known.codes != NOTHING)
    left_out = len(known.codes) - len(kept)
    table = table.take(pa.array(kept))
    labels = known.codes[kept]
    if not len(kept) or np.unique(labels).size == len(kept):
        raise Unusable(
            f"No two rows have the same value in “{truth}”, so there is no true link to find."
        )
    own = {name: _texts(table, heading) for name, heading in columns.own.items()}
    compared, said = _compared(own, len(kept), columns.month_first)
    before = _before(own, compared)
    ways = columns.further if further else {}
    beyond = {each: _texts(table, each).derived(_folded) for each in ways}
    agency = own.get("agency", Column(np.full(len(kept), NOTHING, np.int32), []))
    compared[AGENCY] = Column(agency.codes, [str(code) for code in range(len(agency.values))])
    return Sample(
        table=Table(np.arange(1, len(kept) + 1), compared | beyond, dict(ways), before=before),
        truth=labels,
        agency=agency.codes,
        others={name: _labels(column) for name, column in own.items()},
        said=said,
        without_truth=left_out,
    )


def _compared(
    own: Mapping[str, Column], size: int, month_first: bool
) -> tuple[dict[str, Column], dict[str, tuple[int, int]]]:
    nothing = Column(np.full(size, NOTHING, np.int32), [])
    found, said = dict.fromkeys(COMPARED, nothing), {}
    for name in COMPARED:
        if name in own:
            found[name] = own[name].derived(_normaliser(name, month_first))
            written = int((own[name].codes != NOTHING).sum())
            said[name] = written, written - int((found[name].codes != NOTHING).sum())
    return found, said


def _before(own: Mapping[str, Column], compared: dict[str, Column]) -> dict[str, Before]:
    """What records said before; their values are added to the columns that are compared."""
    found = {}
    for name, column in FORMER.items():
        if name in own:
            said = own[name].derived(NORMALISED[column])
            places = np.flatnonzero(said.codes != NOTHING).tolist()
            earlier = [(place, said.values[said.codes[place]]) for place in places]
            compared[column], found[column] = with_before(compared[column], earlier)
    return found


def _normaliser(name: str, month_first: bool) -> Normalise:
    if name != "date_of_birth":
        return NORMALISED[name]

    def birth(text: str) -> str | None:
        day = normalise_date_of_birth(day_of(text, month_first=month_first))
        return day and day.isoformat()

    return birth


def _folded(text: str) -> str | None:
    return " ".join(text.casefold().split()) or None


def _texts(table: pa.Table, name: str) -> Column:
    values = table[name]
    if not pa.types.is_string(values.type):
        values = values.cast(pa.string())
    found = encode(values.to_pylist())
    return found.derived(lambda text: text.strip() or None)


def _labels(column: Column) -> Labels:
    """The values themselves, empty where a record says none."""
    return np.array([*column.values, ""], object)[column.codes]


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PAR1"


def _parquet(path: Path) -> pa.Table:
    return pq.read_table(path)


def _csv(path: Path) -> pa.Table:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as stream:
                return _parsed(path, encoding, stream.read(SNIFFED))
        except UnicodeDecodeError:
            continue
        except pa.ArrowInvalid as fault:
            if "invalid" not in str(fault).lower() or encoding == ENCODINGS[-1]:
                raise
    raise Unusable(f"{path.name} is no text in {' or '.join(ENCODINGS)}. Export it as UTF-8.")


def _parsed(path: Path, encoding: str, beginning: str) -> pa.Table:
    heading = beginning.removeprefix("\ufeff").partition("\n")[0]
    if not heading.strip():
        raise Unusable(f"{path.name} has no headings in its first line.")
    separator = max(",;\t|", key=heading.count)
    names = next(csv.reader([heading.rstrip("\r")], delimiter=separator, skipinitialspace=True))
    return pa.csv.read_csv(
        path,
        pa.csv.ReadOptions(column_names=_plain(names), skip_rows=1, encoding=encoding),
        pa.csv.ParseOptions(delimiter=separator, newlines_in_values=True),
        pa.csv.ConvertOptions(
            column_types=dict.fromkeys(_plain(names), pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _plain(names: list[str]) -> list[str]:
    return [name.strip() for name in names]


def _sentence(fault: Exception) -> str:
    """What is wrong; Arrow’s words on a row end with the row itself, which is a child’s."""
    if ragged := re.search(r"Expected (\d+) columns, got (\d+)", str(fault)):
        return f"its headings are {ragged[1]}, but a row has {ragged[2]} values."
    text = " ".join(str(fault).split())
    return text if text.endswith(".") else f"{text}."
