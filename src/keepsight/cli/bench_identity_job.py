"""One whole job of linkage in a process of its own: load, train, link, cluster, write."""

from pathlib import Path
from time import monotonic

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

LEAST = -4.0
"""Bits from which pairs are written out, so that curves can be drawn."""


def job(way: str, folder: Path) -> None:
    """Link the extracts in `folder` by `splink` or by `keepsight`; writes pairs and clusters."""
    table = pq.read_table(folder / "extracts.parquet")
    begun = monotonic()
    pairs, clusters = _by_splink(table) if way == "splink" else _by_keepsight(table)
    print(f"linked in {monotonic() - begun:.2f} s")
    pq.write_table(pairs, folder / f"{way}-pairs.parquet")
    pq.write_table(clusters, folder / f"{way}-clusters.parquet")


def _by_splink(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    from keepsight.engines.splink_model import alone

    return alone(table, least=LEAST)


def _by_keepsight(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    from keepsight.engines.linkage import LINK_WEIGHT, table_columns
    from keepsight.engines.linkage_model import packaged_model
    from keepsight.engines.linkage_training import chance_of, train
    from keepsight.kernel.linkage.bulk.clustering import cluster_records
    from keepsight.kernel.linkage.bulk.scoring import meet, score
    from keepsight.kernel.linkage.learning.care import heeding
    from keepsight.kernel.linkage.model import read_model, rules_of

    ordered = table.sort_by("subject")
    columns = table_columns(ordered)
    skeleton = packaged_model()["settings"]
    agency = ordered["agency"].to_numpy()
    chance = chance_of(columns, agency)
    columns, met = heeding(columns, meet(columns, rules_of(skeleton)), chance)
    learnt = train(columns, agency, skeleton, "benchmark", met=met, chance=chance)
    scored = score(columns, read_model(learnt), met=met)
    found = cluster_records(columns, scored, LINK_WEIGHT)
    kept = np.flatnonzero(scored.weight >= LEAST)
    pairs = pa.table(
        {
            "left": columns.subjects[scored.pairs.left[kept]],
            "right": columns.subjects[scored.pairs.right[kept]],
            "weight": scored.weight[kept],
        }
    )
    return pairs, pa.table({"subject": columns.subjects, "cluster_id": found.cluster})
