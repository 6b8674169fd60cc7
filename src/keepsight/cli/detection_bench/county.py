"""The small county of the benchmark: made, taken in by the line, linked, and copied as by night."""

import secrets
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from keepsight.engines.paths import var
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.synthetic import load_county, write_county

SEED, TODAY, TWO_YEARS = 7, date(2026, 7, 1), 104


def home() -> Path:
    """Where the benchmark keeps what it makes: its own `KEEPSIGHT_VAR`."""
    return var()


def copy_of_county() -> Path:
    return home() / "night"


def given() -> pa.Table:
    """What the county's agencies have agreed to give to councils, of what rules read."""
    return pq.read_table(home() / "agreed.parquet")


def make(children: int) -> None:
    """Make the county and take it in; the database is empty and this process is `batch`."""
    from keepsight.audit.actor import system
    from keepsight.chronology.extract import bring_up_to_date
    from keepsight.chronology.relations import agreed_table
    from keepsight.cli.demo_feeds import take_in_all
    from keepsight.cli.demo_people import set_up
    from keepsight.identity.linking import link_records

    county = write_county(
        home() / "county", children=children, seed=SEED, today=TODAY, weeks=TWO_YEARS
    )
    set_up(county, lambda: secrets.token_urlsafe(9))
    take_in_all(county, lambda source: None)
    link_records(by=system("benchmark"), replayed=True)
    bring_up_to_date(copy_of_county())
    kinds = frozenset().union(*(each.kinds | each.reads_of_others for each in CATALOGUE))
    pq.write_table(agreed_table(kinds), home() / "agreed.parquet")


def last_day() -> date:
    """The day on which the county stands."""
    return load_county(home() / "county").today
