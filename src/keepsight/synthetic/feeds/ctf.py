"""Common transfer files: what a school sends when a pupil goes to another (CTF, version 25.0).

The header is as in `formats.md` section 4. A transfer file never holds safeguarding records: they
travel apart from it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from keepsight.synthetic.county import Delivery
from keepsight.synthetic.desk import Desk, iso
from keepsight.synthetic.feeds.rolls import SchoolRoll
from keepsight.synthetic.people.knowing import Known
from keepsight.synthetic.schools.terms import start_of_school_year

SOURCE, VERSION = "ctf", "25.0"
SENT_AFTER = timedelta(days=12)


def write_transfers(desk: Desk, rolls: Sequence[SchoolRoll]) -> Iterator[Delivery]:
    """A file for each school to which pupils of another went on one day, sent by the first."""
    starts = _starts(rolls)
    for roll in rolls:
        for (day, to), pupils in sorted(_leavers(desk, roll, starts).items()):
            destination = rolls[to]
            name = f"{roll.school.code}_CTF_{destination.school.code}_{day:%y%m%d}.xml"
            lines = _lines(desk, roll, destination, pupils, day)
            yield desk.deliver(day + SENT_AFTER, roll.school.key, SOURCE, name, lines)


def _starts(rolls: Sequence[SchoolRoll]) -> dict[int, list[tuple[date, int]]]:
    """For each child, the days on which it came onto a roll, and whose."""
    found: dict[int, list[tuple[date, int]]] = {}
    for roll in rolls:
        for person, start in zip(
            roll.spells.person.tolist(), roll.spells.start.astype(object), strict=True
        ):
            found.setdefault(person, []).append((start, roll.number))
    return found


def _leavers(
    desk: Desk, roll: SchoolRoll, starts: dict[int, list[tuple[date, int]]]
) -> dict[tuple[date, int], list[int]]:
    """Pupils who left the roll for another school of the district, by day and school."""
    found: dict[tuple[date, int], list[int]] = {}
    for person, end in zip(
        roll.spells.person.tolist(), roll.spells.end.astype(object), strict=True
    ):
        after = [(day, to) for day, to in starts[person] if day >= end and to != roll.number]
        if after and min(after)[0] + SENT_AFTER < desk.period.today:
            found.setdefault(min(after), []).append(person)
    return found


def _lines(
    desk: Desk, roll: SchoolRoll, to: SchoolRoll, pupils: Sequence[int], day: date
) -> Iterator[str]:
    year, sent = start_of_school_year(day - timedelta(days=2)).year, day + SENT_AFTER
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n  <Header>\n'
        "    <DocumentName>Common Transfer File</DocumentName>\n"
        f"    <CTFversion>{VERSION}</CTFversion>\n    <DateTime>{sent}T09:00:00</DateTime>\n"
        "    <DocumentQualifier>partial</DocumentQualifier>\n"
        f"    <DataDescriptor>{'Next phase' if (day.month, day.day) == (9, 1) else 'Leaver'}"
        "</DataDescriptor>\n"
        "    <SupplierID>Made-up</SupplierID>\n"
        f"    <SourceSchool><LEA>{roll.school.code[:3]}</LEA><Estab>{roll.school.code[3:]}</Estab>"
        f"<SchoolName>{escape(roll.school.name)}</SchoolName>"
        f"<AcademicYear>{year}</AcademicYear></SourceSchool>\n"
        f"    <DestSchool><LEA>{to.school.code[:3]}</LEA><Estab>{to.school.code[3:]}</Estab>"
        "</DestSchool>\n  </Header>\n  <CTFpupilData>\n"
    )
    held = roll.known.on(day)
    for person in pupils:
        yield _pupil(desk, roll, held, person, day)
    yield "  </CTFpupilData>\n</CTfile>\n"


def _pupil(desk: Desk, roll: SchoolRoll, known: Known, person: int, day: date) -> str:
    at, people = roll.rows.on(person, day), desk.people
    cells = (
        ("UPN", known.upn[at]),
        ("Surname", escape(known.surname[at])),
        ("Forename", escape(known.forename[at])),
        ("DOB", iso(known.birth[at])),
        ("Sex", known.sex[at]),
    )
    basic = f"<Ethnicity>{known.ethnicity[at]}</Ethnicity>" if known.ethnicity[at] else ""
    return (
        "    <Pupil>"
        + "".join(f"<{name}>{value}</{name}>" for name, value in cells if value)
        + f"<BasicDetails>{basic}</BasicDetails>"
        + f"<SENhistory><SEN><SENprovision>{people.sen[person]}</SENprovision></SEN></SENhistory>"
        + (
            f"<Address><PostCode>{known.postcode[at]}</PostCode></Address>"
            if known.postcode[at]
            else ""
        )
        + f"<SchoolHistory><School><LEA>{roll.school.code[:3]}</LEA>"
        + f"<Estab>{roll.school.code[3:]}</Estab><LeavingDate>{day}</LeavingDate></School>"
        + "</SchoolHistory></Pupil>\n"
    )
