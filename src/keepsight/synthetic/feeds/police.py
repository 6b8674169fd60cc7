"""What the police send besides missing reports: crimes, sightings, public protection notices."""

from collections.abc import Iterator

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import POLICE
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, english, english_time
from keepsight.synthetic.feeds import police_missing
from keepsight.synthetic.feeds.reports import Reports, people_in
from keepsight.synthetic.happenings import Crime, Notice, Sighting
from keepsight.synthetic.people.knowing import Known

PERSON = ("Person URN", "Surname", "Forename", "DOB", "Sex", "Ethnicity", "Home Postcode")


def write_police(desk: Desk) -> Iterator[Delivery]:
    """All that the force sends of the district's children, each known by one record or two."""
    happenings = desk.happenings
    reported = [episode for episode in happenings.missing if episode.reported]
    lists = (reported, happenings.crimes, happenings.sightings, happenings.notices)
    known = desk.know(POLICE, AgencyKind.POLICE, people_in(*lists))
    yield from police_missing.write_reports(desk, known)
    yield from CRIMES.write(desk, happenings.crimes, known)
    yield from SIGHTINGS.write(desk, happenings.sightings, known)
    yield from NOTICES.write(desk, happenings.notices, known)


def _person(known: Known, at: int) -> tuple[str, ...]:
    return (
        known.key[at],
        known.surname[at].upper(),
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
        known.ethnicity[at],
        known.postcode[at],
    )


def _crime(reference: str, crime: Crime, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        *_person(known, at),
        crime.role,
        crime.offence,
        english_time(crime.happened),
        english_time(crime.reported),
        crime.place,
        "Yes" if crime.exploitation_flag else "No",
        crime.outcome,
    )


def _sighting(reference: str, seen: Sighting, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        *_person(known, at),
        english_time(seen.seen),
        seen.place,
        seen.vehicle,
        seen.company,
        seen.told_by,
    )


def _notice(reference: str, notice: Notice, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        *_person(known, at),
        english_time(notice.raised),
        notice.concern,
        notice.text,
    )


CRIMES: Reports[Crime] = Reports(
    agency=POLICE,
    kind=AgencyKind.POLICE,
    source="police_crimes",
    filename="crimes.csv",
    header=("Crime Ref", *PERSON, "Role", "Offence", "Occurred", "Reported", "Place",
            "Exploitation Flag", "Outcome"),
    prefix="CR",
    row=_crime,
    written=lambda crime: crime.reported.date(),
    wrong=(("Role", "Bystander"), ("Occurred", "30/02/2025 11:00")),
    reference="Crime Ref",
)  # fmt: skip

SIGHTINGS: Reports[Sighting] = Reports(
    agency=POLICE,
    kind=AgencyKind.POLICE,
    source="police_sightings",
    filename="sightings.csv",
    header=("Sighting Ref", *PERSON, "Seen", "Place", "Vehicle", "Company", "Told By"),
    prefix="SI",
    row=_sighting,
    written=lambda seen: seen.seen.date(),
    wrong=(("Seen", "32/01/2025 11:00"),),
    reference="Sighting Ref",
)

NOTICES: Reports[Notice] = Reports(
    agency=POLICE,
    kind=AgencyKind.POLICE,
    source="police_notices",
    filename="public-protection-notices.csv",
    header=("Notice Ref", *PERSON, "Raised", "Concern", "Text"),
    prefix="PPN",
    row=_notice,
    written=lambda notice: notice.raised.date(),
    wrong=(("Raised", "yesterday"),),
    reference="Notice Ref",
)
