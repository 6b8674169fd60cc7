"""Where one model is run over an area: by our own core, or for a nation by Splink on Spark.

`KEEPSIGHT_ENGINE` chooses. Both give the same pairs, levels and weights; guards and clusters are
those of `kernel.linkage` whichever it was.
"""

import os
from enum import StrEnum

import numpy as np
import pyarrow.lib as pa

from keepsight.engines.errors import EngineUnusable
from keepsight.engines.linkage_extract import COLUMNS, SAID_BEFORE
from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.columns import Before, Codes, Column, Pairs, Table
from keepsight.kernel.linkage.bulk.scoring import Scored, score
from keepsight.kernel.linkage.levels import LEVELS


class Engine(StrEnum):
    """What runs the model in bulk."""

    EMBEDDED = "embedded"
    SPARK = "spark"


def engine() -> Engine:
    """The engine that `KEEPSIGHT_ENGINE` names: our own core, on this machine, without it.

    Raises `EngineUnusable` where it names none.
    """
    named = os.environ.get("KEEPSIGHT_ENGINE") or Engine.EMBEDDED
    if named not in tuple(Engine):
        raise EngineUnusable(f"KEEPSIGHT_ENGINE is {' or '.join(Engine)}, not “{named}”.")
    return Engine(named)


def score_by_engine(table: Table) -> Scored:
    """Every pair of the table that the packaged model brings together, with its weight.

    Raises `EngineUnusable` where the engine that is named cannot be used here.
    """
    if engine() is Engine.EMBEDDED or not len(table):
        return score(table, model_in_force())
    from keepsight.engines.spark import spark
    from keepsight.engines.splink_model import score_on_spark

    with spark() as session:
        return scored_of(table, score_on_spark(session, extract_of(table)))


def extract_of(table: Table) -> pa.Table:
    """The table as Splink reads it."""
    arrays = {name: _said(column) for name, column in table.columns.items()}
    arrays |= {
        attribute: _said_before(table.columns[name], table.before[name], len(table))
        for name, attribute in SAID_BEFORE.items()
    }
    arrays["careless"] = _careless(table)
    arrays |= {"subject": pa.array(table.subjects), "agency": pa.array(table.agencies)}
    return pa.table({name: arrays[name] for name in COLUMNS.names}).cast(COLUMNS)


def scored_of(table: Table, answer: pa.Table) -> Scored:
    """What Splink answered about this table, as our own core says it."""
    left, right = (_places(table, answer[side]) for side in ("left", "right"))
    levels = {name: answer[f"gamma_{name}"].to_numpy().astype(np.int8) for name in LEVELS}
    return Scored(Pairs(left, right), answer["weight"].to_numpy(), levels)


def _places(table: Table, subjects: pa.ChunkedArray) -> Codes:
    places: Codes = np.searchsorted(table.subjects, subjects.to_numpy()).astype(np.int32)
    return places


def _careless(table: Table) -> pa.Array:
    """For each record the columns that its agency often has wrong."""
    often = [(name, each.tolist()) for name, each in sorted(table.careless.items()) if each.any()]
    rows = [[name for name, told in often if told[row]] for row in range(len(table))]
    return pa.array(rows, pa.list_(pa.string()))


def _said_before(column: Column, before: Before, size: int) -> pa.Array:
    """For each record the list of what it said before."""
    order = np.argsort(before.places, kind="stable")
    values = np.array(column.values, object)[before.codes[order]]
    counts = np.bincount(before.places, minlength=size)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values, pa.string()))


def _said(column: Column) -> pa.Array:
    # The code -1 picks the last entry, which is what stands for nothing.
    values = np.array([*column.values, None], object)
    return pa.array(values[column.codes], pa.string())
