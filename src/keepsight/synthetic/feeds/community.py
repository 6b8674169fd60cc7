"""What youth justice, children's homes and housing send."""

from collections.abc import Iterator
from dataclasses import replace

from keepsight.kernel.vocabulary.agencies import AgencyKind
from keepsight.synthetic.agencies import home_key, housing_key, youth_justice_key
from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, english, english_time
from keepsight.synthetic.feeds.reports import R, Reports, people_in
from keepsight.synthetic.happenings import HomeEntry, HousingCall, YouthJusticeContact
from keepsight.synthetic.people.knowing import Known


def write_community(desk: Desk) -> Iterator[Delivery]:
    """The three kinds of agency, each of the district alone."""
    yield from _of_one(
        desk, YOUTH_JUSTICE, youth_justice_key(desk.district), desk.happenings.youth_justice
    )
    yield from _of_one(desk, HOUSING, housing_key(desk.district), desk.happenings.housing_calls)
    for home in range(desk.happened.homes):
        entries = [entry for entry in desk.happenings.home_entries if entry.home == home]
        yield from _of_one(desk, HOME_LOG, home_key(desk.district, home), entries)


def _of_one(desk: Desk, reports: Reports[R], agency: str, records: list[R]) -> Iterator[Delivery]:
    known = desk.know(agency, reports.kind, people_in(records))
    yield from replace(reports, agency=agency).write(desk, records, known)


def _contact(
    reference: str, contact: YouthJusticeContact, known: Known, at: int
) -> tuple[object, ...]:
    return (
        reference,
        known.key[at],
        known.surname[at],
        known.forename[at],
        english(known.birth[at]),
        str(known.sex[at]),
        known.ethnicity[at],
        known.upn[at],
        known.postcode[at],
        english(contact.day),
        contact.kind,
        contact.offence,
        contact.text,
    )


def _entry(reference: str, entry: HomeEntry, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        known.key[at],
        known.forename[at],
        known.surname[at],
        english(known.birth[at]),
        known.nhs[at],
        english_time(entry.written),
        entry.kind,
        entry.text,
    )


def _call(reference: str, call: HousingCall, known: Known, at: int) -> tuple[object, ...]:
    return (
        reference,
        known.key[at],
        f"{known.surname[at]}, {known.forename[at]}",
        english(known.birth[at]),
        known.postcode[at],
        english_time(call.called),
        call.kind,
        call.text,
    )


YOUTH_JUSTICE: Reports[YouthJusticeContact] = Reports(
    agency="",
    kind=AgencyKind.YOUTH_JUSTICE,
    source="youth_justice",
    filename="contacts.csv",
    header=("Contact Ref", "Case ID", "Surname", "Forename", "DOB", "Sex", "Ethnicity", "UPN",
            "Postcode", "Day", "Kind", "Offence", "Note"),
    prefix="YJ",
    row=_contact,
    written=lambda contact: contact.day,
    wrong=(("Day", "31/09/2025"),),
    reference="Contact Ref",
)  # fmt: skip

HOME_LOG: Reports[HomeEntry] = Reports(
    agency="",
    kind=AgencyKind.CHILDRENS_HOME,
    source="home_log",
    filename="log.csv",
    header=("Entry", "Resident", "First Name", "Last Name", "Date of Birth", "NHS Number",
            "Written", "Kind", "Entry Text"),
    prefix="HL",
    row=_entry,
    written=lambda entry: entry.written.date(),
    wrong=(("Written", "late shift"),),
    reference="Entry",
)  # fmt: skip

HOUSING: Reports[HousingCall] = Reports(
    agency="",
    kind=AgencyKind.HOUSING,
    source="housing_calls",
    filename="calls.csv",
    header=("Call Ref", "Household Member", "Name", "DOB", "Postcode", "Called", "Kind", "Note"),
    prefix="HC",
    row=_call,
    written=lambda call: call.called.date(),
    wrong=(("Called", "13:75 on Monday"),),
    reference="Call Ref",
)
