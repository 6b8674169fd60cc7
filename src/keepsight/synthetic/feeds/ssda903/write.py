"""One council's return: twelve tables a month, each repeating what was known before."""

from collections.abc import Iterator

import numpy as np

from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, Window
from keepsight.synthetic.feeds.ssda903.child import CaredFor
from keepsight.synthetic.feeds.ssda903.columns import COLUMNS
from keepsight.synthetic.feeds.ssda903.tables import CHANCES, TABLES
from keepsight.synthetic.happenings import Missing, Placement
from keepsight.synthetic.life.care import CHILDRENS_HOME, PARENTS
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
    for window in desk.windows(agency, SOURCE):
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
    where = _Where(desk, neighbour, rng)
    for person, episodes in placements.items():
        at = rows_of.on(person, episodes[0].started)
        yield CaredFor(
            person=person,
            known=known,
            at=at,
            born=desk.people.born(person),
            unaccompanied=bool(desk.people.unaccompanied[person]),
            placements=tuple(episodes),
            postcodes=tuple(where.postcode(each, known.postcode[at]) for each in episodes),
            missing=tuple(missing.get(person, ())),
            urns=where.urns,
            chance=rng.random(CHANCES),
        )


class _Where:
    """Where placements are: each children's home in one place, foster carers here and there."""

    def __init__(self, desk: Desk, neighbour: str, rng: np.random.Generator) -> None:
        self.rng, self.areas = rng, (desk.district.postcode_area, neighbour)
        homes = desk.happened.homes
        self.homes = postcodes(homes, desk.district.postcode_area, rng)
        self.urns = tuple(f"SC9{desk.district.number:02d}{home:03d}" for home in range(homes))

    def postcode(self, placement: Placement, family: str) -> str:
        if placement.place == CHILDRENS_HOME:
            return str(self.homes[placement.home])
        if placement.place == PARENTS:
            return family
        area = self.areas[int(self.rng.random() < OUT_OF_AREA)]
        return str(postcodes(1, area, self.rng)[0])


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
