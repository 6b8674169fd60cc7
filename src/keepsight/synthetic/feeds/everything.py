"""All that the agencies of one district send."""

from collections.abc import Iterator

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import council_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk
from keepsight.synthetic.feeds import cin_census, cme, daily_register, front_door, ssda903
from keepsight.synthetic.feeds.annex_a import write_annex
from keepsight.synthetic.feeds.charity import write_charity
from keepsight.synthetic.feeds.community import write_community
from keepsight.synthetic.feeds.ctf import write_transfers
from keepsight.synthetic.feeds.fhir import write_appointments, write_attendances
from keepsight.synthetic.feeds.police import write_police
from keepsight.synthetic.feeds.reports import people_in
from keepsight.synthetic.feeds.rolls import enrol_with_schools
from keepsight.synthetic.feeds.school_census import write_census
from keepsight.synthetic.feeds.school_reports import write_school_reports
from keepsight.synthetic.happenings import Exclusion
from keepsight.synthetic.schools.habits import habits
from keepsight.synthetic.schools.overlay import Overlays
from keepsight.synthetic.schools.year import school_years


def write_everything(desk: Desk, neighbour_postcodes: str) -> Iterator[Delivery]:
    """Every file of every agency; what each agency knows of whom is noted on the way."""
    yield from _social_care(desk, neighbour_postcodes)
    yield from write_police(desk)
    yield from write_charity(desk)
    yield from write_community(desk)
    yield from write_attendances(desk)
    yield from write_appointments(desk)
    yield from _schools(desk)


def _social_care(desk: Desk, neighbour_postcodes: str) -> Iterator[Delivery]:
    happenings = desk.happenings
    lists = (happenings.cases, happenings.placements, happenings.contacts, happenings.early_help)
    council = council_key(desk.district)
    known = desk.know(council, AgencyKind.CHILDRENS_SOCIAL_CARE, people_in(*lists))
    yield from cin_census.write_census(desk, known)
    yield from front_door.write_log(desk, known)
    yield from ssda903.write_return(desk, known, neighbour_postcodes)
    yield from write_annex(desk, known)


def _schools(desk: Desk) -> Iterator[Delivery]:
    rolls = enrol_with_schools(desk)
    ways, overlays = habits(desk.people, desk.district.seed), Overlays.of(desk.happenings)
    excluded: dict[int, list[Exclusion]] = {}
    for exclusion in desk.happenings.exclusions:
        excluded.setdefault(exclusion.person, []).append(exclusion)
    for roll in rolls:
        years = []
        for lived in school_years(
            roll.school, roll.spells, ways, overlays, desk.period, desk.district.seed
        ):
            yield from daily_register.write_registers(desk, roll, lived)
            years.append(lived)
        pupils = sorted(set(roll.spells.person.tolist()) & excluded.keys())
        theirs = [each for pupil in pupils for each in excluded[pupil]]
        yield from write_census(desk, roll, years, theirs)
    yield from write_school_reports(desk, rolls)
    yield from write_transfers(desk, rolls)
    yield from cme.write_list(desk, rolls)
