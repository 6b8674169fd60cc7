"""FEBRL 4, with its identifier and without, by the command that measures any labelled file."""

import json
from pathlib import Path

from rich.table import Table

from keepsight.cli import febrl
from keepsight.cli.errors import Unusable
from keepsight.cli.measuring import MEBIBYTE, measure
from keepsight.engines.linkage import LINK_WEIGHT


def febrl_table(folder: Path) -> Table:
    """Pairs at the weight from which Keepsight links, and the clusters; a row a mapping."""
    labelled, whole, without = febrl.write(folder)
    table = Table(title="FEBRL 4, weights learnt from the file without its truth")
    for name in ("", "time", "most memory", f"pairs from {LINK_WEIGHT:g} bits: F1", "best F1",
                 "clusters: F1"):  # fmt: skip
        table.add_column(name, justify="right")
    for title, mapping in (("with identifier", whole), ("without", without)):
        words = ["identity", "evaluate", str(labelled), "--truth", "person"]
        done = measure([*words, "--mapping", str(mapping), "--train", "--json"])
        if done.code:
            raise Unusable(f"FEBRL 4 could not be linked: {done.said.strip()[-600:]}")
        found = json.loads(done.said)
        at = next(each for each in found["thresholds"] if each["weight"] == LINK_WEIGHT)
        table.add_row(
            title,
            f"{done.seconds:.1f} s",
            f"{done.memory / MEBIBYTE:,.0f} MiB",
            f"{at['f1']:.4f}",
            f"{found['best']['f1']:.4f}",
            f"{found['clusters']['f1']:.4f}",
        )
    return table
