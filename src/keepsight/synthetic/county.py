"""What the county is made of, and the list of what its agencies delivered and when."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from keepsight.kernel.vocabulary.agencies import AgencyKind

COUNTY_FILE = "county.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A safeguarding partnership, which has an action plan or has none."""

    key: str
    name: str
    action_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An organisation that holds records. `area` is where it sits; it may serve more areas."""

    key: str
    name: str
    kind: AgencyKind
    area: str
    phone: str
    local_authority: str | None = None
    establishment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one agency sends again and again. `source` names the folder of intake that reads it."""

    key: str
    agency: str
    source: str
    title: str
    rhythm_days: int
    gateway: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file of one feed, and the day on which it was received."""

    received: date
    feed: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """The areas, agencies and feeds, and every delivery in the order in which it was received."""

    areas: tuple[Area, ...]
    agencies: tuple[Agency, ...]
    feeds: tuple[Feed, ...]
    deliveries: tuple[Delivery, ...]
    children: int
    seed: int
    today: date
    weeks: int

    def agency(self, key: str) -> Agency:
        return next(agency for agency in self.agencies if agency.key == key)

    def feed(self, key: str) -> Feed:
        return next(feed for feed in self.feeds if feed.key == key)


def save_county(county: County, folder: Path) -> Path:
    """Write the county beside its files, with paths relative to the folder."""
    stated = asdict(county)
    stated["today"] = county.today.isoformat()
    stated["deliveries"] = [
        {
            "received": delivery.received.isoformat(),
            "feed": delivery.feed,
            "path": delivery.path.relative_to(folder).as_posix(),
        }
        for delivery in county.deliveries
    ]
    path = folder / COUNTY_FILE
    path.write_text(json.dumps(stated, indent=1) + "\n", encoding="utf-8")
    return path


def load_county(folder: Path) -> County:
    """The county that `write_county` wrote into the folder, with paths under that folder.

    Raises `FileNotFoundError` where there is none.
    """
    stated: dict[str, Any] = json.loads((folder / COUNTY_FILE).read_text(encoding="utf-8"))
    return County(
        areas=tuple(Area(**area) for area in stated["areas"]),
        agencies=tuple(
            Agency(**{**agency, "kind": AgencyKind(agency["kind"])})
            for agency in stated["agencies"]
        ),
        feeds=tuple(Feed(**feed) for feed in stated["feeds"]),
        deliveries=tuple(_delivery(stated, folder) for stated in stated["deliveries"]),
        children=stated["children"],
        seed=stated["seed"],
        today=date.fromisoformat(stated["today"]),
        weeks=stated["weeks"],
    )


def _delivery(stated: dict[str, str], folder: Path) -> Delivery:
    return Delivery(
        received=date.fromisoformat(stated["received"]),
        feed=stated["feed"],
        path=folder / stated["path"],
    )
