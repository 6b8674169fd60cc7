"""`keepsight bench identity`: linkage by our own core beside Splink alone, on the same records."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from keepsight.cli.bench_identity_families import families
from keepsight.cli.bench_identity_febrl import febrl_table
from keepsight.cli.errors import Unusable
from keepsight.cli.linkage_extracts import extracts_table
from keepsight.cli.measuring import MEBIBYTE, Measured, measure
from keepsight.engines.paths import var
from keepsight.kernel.linkage.evaluating import (
    cluster_score,
    commonest,
    curve_of,
    false_by_kind,
    pairs_within,
    recall_by_group,
)

WAYS = {"splink": "Splink alone", "keepsight": "Keepsight"}
SEED = 23
"""Of the records; the packaged model and the threshold are of others."""

console = Console(width=130)


def run(records: int) -> None:
    """Make the records, link them both ways, and print time, memory and how good it is."""
    folder = var() / "bench" / "identity"
    folder.mkdir(parents=True, exist_ok=True)
    with console.status(f"Making {records:,} records of four agencies"):
        made = extracts_table(records, SEED)
        pq.write_table(made, folder / "extracts.parquet")
    jobs = {}
    for way, title in WAYS.items():
        with console.status(f"Linking: {title}"):
            jobs[way] = measure(["bench", "identity", "--way", way, "--folder", str(folder)])
        if jobs[way].code:
            raise Unusable(f"{title} could not link: {jobs[way].said.strip()[-600:]}")
    true = pairs_within(made["child"].to_numpy())
    console.print(f"{made.num_rows:,} records of four agencies, {true:,} true pairs.")
    console.print(_jobs(made, jobs, folder))
    clusters = _clusters(folder, "keepsight")
    console.print(_groups(made, clusters))
    kinds = false_by_kind(
        clusters, made["child"].to_numpy(), made["household"].to_numpy(), _born(made)
    )
    said = ", ".join(f"{count:,} of {kind}" for kind, count in kinds.items())
    console.print(f"False links: {said}.")
    with console.status("Linking twins and siblings without identifiers"):
        for kind, found in families(made).items():
            console.print(
                f"Of {found.pairs:,} pairs of records of {kind} without an identifier in common "
                f"{found.linked:,} were linked, and {found.namesakes:,} more whose first names are "
                "forms of one name or a letter apart."
            )
    with console.status("Linking FEBRL 4"):
        console.print(febrl_table(folder))
    with console.status("Matching records as they arrive"):
        live = measure(["bench", "identity", "--way", "live", "--folder", str(folder)])
    if live.code:
        raise Unusable(f"Records could not be matched as they came: {live.said.strip()[-600:]}")
    console.print(live.said.strip(), markup=False, highlight=False)


def _jobs(made: pa.Table, jobs: dict[str, Measured], folder: Path) -> Table:
    table = Table(title="The whole job: load, train, link, cluster")
    for name in ("", "time", "most memory", "pairs: best F1", "recall at 99 %", "at 99.5 %",
                 "clusters: precision", "recall", "F1"):  # fmt: skip
        table.add_column(name, justify="right")
    truth = made["child"].to_numpy()
    possible = pairs_within(truth)
    for way, title in WAYS.items():
        pairs = pq.read_table(folder / f"{way}-pairs.parquet")
        left, right = (truth[pairs[side].to_numpy() - 1] for side in ("left", "right"))
        curve = curve_of(pairs["weight"].to_numpy(), left == right, possible)
        found = cluster_score(_clusters(folder, way), truth)
        table.add_row(
            title,
            f"{jobs[way].seconds:.1f} s",
            f"{jobs[way].memory / MEBIBYTE:,.0f} MiB",
            f"{curve.best()[1].f1:.4f}",
            f"{curve.recall_at(0.99):.4f}",
            f"{curve.recall_at(0.995):.4f}",
            f"{found.precision:.4f}",
            f"{found.recall:.4f}",
            f"{found.f1:.4f}",
        )
    return table


def _clusters(folder: Path, way: str) -> np.ndarray:
    """For each record, in the order of subjects, its cluster."""
    found = pq.read_table(folder / f"{way}-clusters.parquet").sort_by("subject")
    return found["cluster_id"].to_numpy()


def _groups(made: pa.Table, clusters: np.ndarray) -> Table:
    truth = made["child"].to_numpy()
    whole = cluster_score(clusters, truth).recall
    table = Table(title=f"Recall by group; of all {whole:.4f}")
    for name in ("group", "recall", "from the whole"):
        table.add_column(name, justify="right")
    for name in ("ethnicity", "sex", "looked_after"):
        column = made[name].to_numpy(zero_copy_only=False).astype(str)
        for value, recall in recall_by_group(clusters, truth, column).items():
            table.add_row(f"{name} {value}", f"{recall:.4f}", f"{recall - whole:+.4f}")
    return table


def _born(made: pa.Table) -> np.ndarray:
    """Each child’s date of birth as most of its records have it."""
    births = made["date_of_birth"].cast(pa.string()).fill_null("").to_numpy(zero_copy_only=False)
    return commonest(births, made["child"].to_numpy())
