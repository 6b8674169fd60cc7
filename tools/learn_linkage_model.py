"""Learns the packaged linkage model anew: `.venv/bin/python tools/learn_linkage_model.py`.

The records are made up, from a seed that no benchmark uses. What links with the new weights has a
new version: `MODEL_VERSION` in `src/keepsight/engines/linkage_model.py`.
"""

import json
from pathlib import Path
from typing import Any

from keepsight.cli.linkage_extracts import extracts_table
from keepsight.engines import linkage_model
from keepsight.engines.linkage import table_columns
from keepsight.engines.linkage_training import chance_of, train
from keepsight.engines.splink_model import skeleton
from keepsight.kernel.linkage.bulk.scoring import meet
from keepsight.kernel.linkage.learning.care import heeding
from keepsight.kernel.linkage.model import rules_of

RECORDS, SEED = 300_000, 11
PLACE = Path(linkage_model.__file__).parent / "default_linkage_model.json"


def learnt() -> dict[str, Any]:
    """The model as it is saved."""
    table = extracts_table(RECORDS, SEED).sort_by("subject")
    columns, agency = table_columns(table), table["agency"].to_numpy()
    chance = chance_of(columns, agency)
    columns, met = heeding(columns, meet(columns, rules_of(skeleton())), chance)
    version = linkage_model.MODEL_VERSION
    return train(columns, agency, skeleton(), version, met=met, chance=chance)


def main() -> None:
    text = json.dumps(learnt(), indent=1, ensure_ascii=False, sort_keys=True)
    PLACE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
