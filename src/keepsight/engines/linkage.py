"""Records in, children out: the model's weights, then the kernel's guards and clusters."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pyarrow.lib as pa

from keepsight.engines.linkage_model import model_in_force
from keepsight.kernel.linkage.bulk.clustering import ALONE, Clustered, cluster_records
from keepsight.kernel.linkage.bulk.columns import AGENCY, NOTHING, Column, Table, encode
from keepsight.kernel.linkage.bulk.scoring import Scored, score
from keepsight.kernel.linkage.cluster import Cluster, Membership
from keepsight.kernel.linkage.levels import LEVELS, UNKNOWN, reasons
from keepsight.kernel.linkage.records import LinkageRecord

LINK_WEIGHT = 2.0
"""Bits from which a pair is linked without a person's decision (our own measurement)."""

SAID = tuple(name for name in LEVELS if name in LinkageRecord.__dataclass_fields__)
"""The columns that a record says itself; the others are what several of them come to."""


def link(
    records: Sequence[LinkageRecord],
    *,
    forbidden: Collection[tuple[int, int]] = (),
    threshold: float = LINK_WEIGHT,
) -> list[Cluster]:
    """Which records are one child. `forbidden` are subjects that a person said are not the same."""
    table = columns_of(records)
    scored = score(table, model_in_force())
    return _clusters(table, scored, cluster_records(table, scored, threshold, forbidden))


def columns_of(records: Iterable[LinkageRecord]) -> Table:
    """The records as the columns that our own core scores."""
    rows = sorted(records, key=lambda row: row.subject)
    subjects = np.array([row.subject for row in rows], np.int64)
    columns = {name: encode(_said(row, name) for row in rows) for name in (*SAID, AGENCY)}
    return Table(subjects, columns)


def table_columns(table: pa.Table) -> Table:
    """The same from an Arrow table with a column for each of `SAID`, `subject` and `agency`."""
    ordered = table.sort_by("subject")
    subjects = ordered["subject"].to_numpy().astype(np.int64)
    return Table(subjects, {name: _encoded(ordered[name]) for name in (*SAID, AGENCY)})


def reasons_of(scored: Scored, place: int) -> tuple[str, ...]:
    """What speaks for and against one scored pair, in words."""
    found = {name: int(levels[place]) for name, levels in scored.levels.items()}
    return reasons({name: level for name, level in found.items() if level != UNKNOWN})


def _said(row: LinkageRecord, name: str) -> str | None:
    value = getattr(row, name)
    return value if value is None else str(value)


def _clusters(table: Table, scored: Scored, found: Clustered) -> list[Cluster]:
    members: dict[int, list[Membership]] = {}
    subjects = table.subjects.tolist()
    left, right = scored.pairs.left, scored.pairs.right
    places = zip(found.cluster.tolist(), found.brought_in.tolist(), strict=True)
    for place, (cluster, pair) in enumerate(places):
        if pair == ALONE:
            member = Membership(subjects[place], cluster)
        else:
            beside = int(right[pair] if left[pair] == place else left[pair])
            weight = float(scored.weight[pair])
            why = reasons_of(scored, pair)
            member = Membership(subjects[place], cluster, weight, why, subjects[beside])
        members.setdefault(cluster, []).append(member)
    return [Cluster(number, tuple(each)) for number, each in sorted(members.items())]


def _encoded(values: pa.ChunkedArray) -> Column:
    text = values.cast(pa.string())
    found = text.dictionary_encode().unify_dictionaries().combine_chunks()
    chunk = found.chunk(0) if isinstance(found, pa.ChunkedArray) else found
    codes = chunk.indices.fill_null(NOTHING).to_numpy(zero_copy_only=False).astype(np.int32)
    return Column(codes, chunk.dictionary.to_pylist())
