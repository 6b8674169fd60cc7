"""One district: its children live through the period, and its agencies write their files."""

from dataclasses import dataclass
from pathlib import Path

from keepsight.synthetic.agencies import district_agencies, district_feeds
from keepsight.synthetic.county import Agency, Delivery, Feed
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.districts import District
from keepsight.synthetic.feeds.everything import write_everything
from keepsight.synthetic.living import live
from keepsight.synthetic.period import Period
from keepsight.synthetic.truth.tables import write_truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One district to make, among all of the county's."""

    folder: Path
    number: int
    places: tuple[District, ...]
    period: Period

    @property
    def district(self) -> District:
        return self.places[self.number]

    @property
    def neighbour(self) -> District:
        """The district to which this one's children move."""
        return neighbour_of(self.number, self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it."""

    agencies: tuple[Agency, ...]
    feeds: tuple[Feed, ...]
    deliveries: tuple[Delivery, ...]


def neighbour_of(number: int, places: tuple[District, ...]) -> District:
    """The district to which the children of a district move."""
    return places[(number + 1) % len(places)]


def make_district(task: Task) -> Made:
    """Make a district's feeds and its part of the truth."""
    lived = live(task.district, task.neighbour, task.period)
    happened = lived.happened
    desk = Desk(folder=task.folder, happened=happened)
    deliveries = tuple(write_everything(desk, task.neighbour.postcode_area))
    write_truth(desk, lived)
    schools = happened.enrolments.schools
    return Made(
        agencies=district_agencies(task.district, schools, happened.homes),
        feeds=district_feeds(task.district, schools, happened.homes),
        deliveries=deliveries,
    )
