"""One made-up county that the tests of this folder read, and ways to read it."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from keepsight.synthetic import County, Delivery, write_county

CHILDREN, SEED, TODAY = 2_000, 7, date(2026, 7, 1)


@dataclass(frozen=True)
class Made:
    """A county in its folder."""

    folder: Path
    county: County

    def deliveries(self, source: str, ending: str = "") -> list[Delivery]:
        feeds = {feed.key for feed in self.county.feeds if feed.source == source}
        return [
            each
            for each in self.county.deliveries
            if each.feed in feeds and each.path.name.endswith(ending)
        ]

    def rows(self, source: str, ending: str = "") -> Iterator[dict[str, str]]:
        for delivery in self.deliveries(source, ending):
            with delivery.path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file)

    def truth(self, table: str) -> list[dict[str, str]]:
        with (self.folder / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def faults(self) -> dict[Path, tuple[int, int]]:
        """How many rows of a file cannot stand, and how many are odd and can."""
        return {
            self.folder / row["path"]: (int(row["rows"]), int(row["odd"]))
            for row in self.truth("faults")
        }

    def resources(self) -> Iterator[dict]:
        """Every FHIR resource of every clean file."""
        faults = self.faults()
        for delivery in self.deliveries("fhir"):
            if delivery.path not in faults:
                for line in delivery.path.read_text(encoding="utf-8").splitlines():
                    yield json.loads(line)
        for delivery in self.deliveries("fhir_appointments"):
            bundle = json.loads(delivery.path.read_text(encoding="utf-8"))
            yield from (entry["resource"] for entry in bundle["entry"])


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("county")
    return Made(folder, write_county(folder, children=CHILDREN, seed=SEED, today=TODAY))


@pytest.fixture(scope="session")
def small() -> Callable[..., County]:
    """Makes a county of a few hundred children, over half a year."""

    def make(folder: Path, *, children: int = 300, seed: int = SEED, today: date = TODAY) -> County:
        return write_county(folder, children=children, seed=seed, today=today, weeks=26)

    return make
