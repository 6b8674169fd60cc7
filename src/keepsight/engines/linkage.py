"""Records in, children out: the model's weights, then the kernel's guards and clusters."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pyarrow.lib as pa

from keepsight.engines.splink_model import COLUMNS, score
from keepsight.kernel.linkage.bulk.columns import Table, encode
from keepsight.kernel.linkage.cluster import Cluster, ScoredPair, clusters
from keepsight.kernel.linkage.levels import LEVELS, reasons
from keepsight.kernel.linkage.records import LinkageRecord

LINK_WEIGHT = 8.0
"""Bits from which a pair is linked without a person's decision (our own measurement)."""


def link(
    records: Sequence[LinkageRecord],
    *,
    forbidden: Collection[tuple[int, int]] = (),
    threshold: float = LINK_WEIGHT,
    threads: int = 2,
) -> list[Cluster]:
    """Which records are one child. `forbidden` are subjects that a person said are not the same."""
    if len(records) < 2:
        return clusters((), records, threshold, forbidden)
    scored = score(table_of(records), threads=threads, minimum_weight=threshold)
    return clusters(pairs_of(scored), records, threshold, forbidden)


def table_of(records: Iterable[LinkageRecord]) -> pa.Table:
    """The records as the table that the model scores."""
    rows = list(records)
    columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS.names}
    return pa.table(columns, schema=COLUMNS)


def columns_of(records: Iterable[LinkageRecord]) -> Table:
    """The records as the columns that our own core scores."""
    rows = sorted(records, key=lambda row: row.subject)
    subjects = np.array([row.subject for row in rows], np.int64)
    return Table(subjects, {name: encode(_said(row, name) for row in rows) for name in LEVELS})


def _said(row: LinkageRecord, name: str) -> str | None:
    value = getattr(row, name)
    return value if value is None else str(value)


def pairs_of(scored: pa.Table) -> list[ScoredPair]:
    """The model's answer with its reasons in words."""
    levels = zip(*(scored[f"gamma_{column}"].to_pylist() for column in LEVELS), strict=True)
    known: dict[tuple[int, ...], tuple[str, ...]] = {}
    pairs = []
    for left, right, weight, found in zip(
        scored["left"].to_pylist(),
        scored["right"].to_pylist(),
        scored["weight"].to_pylist(),
        levels,
        strict=True,
    ):
        if found not in known:
            known[found] = reasons(dict(zip(LEVELS, found, strict=True)))
        pairs.append(ScoredPair(left, right, weight, known[found]))
    return pairs
