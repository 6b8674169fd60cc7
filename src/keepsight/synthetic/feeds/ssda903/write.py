"""One council's return: twelve tables a month, each repeating what was known before."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window
from keepsight.synthetic.feeds.ssda903.child import CaredFor
from keepsight.synthetic.feeds.ssda903.columns import COLUMNS
from keepsight.synthetic.feeds.ssda903.tables import CHANCES, TABLES
from keepsight.synthetic.happenings import Missing, Placement
from keepsight.synthetic.people.knowing import Known
from keepsight.synthetic.people.numbers import postcodes
from keepsight.synthetic.randomness import stream

SOURCE = "ssda903"
OUT_OF_AREA = 0.4
"""Share of placements over the council's border (mark M)."""

Row = tuple[object, ...]


def write_return(desk: Desk, known: Known, neighbour_postcodes: str) -> Iterator[Delivery]:
    """The tables of each month that have rows.

    `neighbour_postcodes` is the area of placements over the border.
    """
    children, agency = (
        list(_cared_for(desk, known, neighbour_postcodes)),
        council_key(desk.district),
    )
    last = desk.period.today - timedelta(days=1)
    for window in desk.windows(agency, SOURCE, 30, last):
        here = [child for child in children if child.since < window.until]
        for number, (table, rows_of) in enumerate(TABLES.items(), start=1):
            rows = [row for child in here for row in rows_of(child, window.until)]
            if rows:
                yield desk.deliver_csv(
                    window.until,
                    agency,
                    SOURCE,
                    f"{number:02d}-{table}.csv",
                    COLUMNS[table],
                    rows,
                    _faulty(table, rows, window),
                )


def _cared_for(desk: Desk, known: Known, neighbour: str) -> Iterator[CaredFor]:
    placements: dict[int, list[Placement]] = {}
    for placement in sorted(
        desk.happenings.placements, key=lambda each: (each.person, each.started)
    ):
        placements.setdefault(placement.person, []).append(placement)
    missing: dict[int, list[Missing]] = {}
    for episode in sorted(desk.happenings.missing, key=lambda each: (each.person, each.left)):
        if episode.origin == "Placement":
            missing.setdefault(episode.person, []).append(episode)
    rng, rows_of = stream(desk.district.seed, "return"), known.rows_of()
    for person, episodes in placements.items():
        there = rng.random(len(episodes)) < OUT_OF_AREA
        near = postcodes(len(episodes), desk.district.postcode_area, rng)
        far = postcodes(len(episodes), neighbour, rng)
        yield CaredFor(
            person=person,
            known=known,
            at=rows_of.on(person, episodes[0].started),
            born=desk.people.born(person),
            unaccompanied=bool(desk.people.unaccompanied[person]),
            placements=tuple(episodes),
            postcodes=tuple(np.where(there, far, near).tolist()),
            missing=tuple(missing.get(person, ())),
            chance=rng.random(CHANCES),
        )


def _faulty(table: str, rows: list[Row], window: Window) -> list[Row]:
    """Second, faulty copies, from a day that does not exist."""
    if not rows or not window.careless:
        return []
    first = rows[0]
    if table == "episodes":
        return [(first[0], f"31/02/{window.until.year}", *first[2:])]
    if table == "missing":
        return [(*first[:3], f"31/02/{window.until.year}", "")]
    return []
