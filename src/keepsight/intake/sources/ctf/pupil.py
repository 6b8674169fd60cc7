"""One pupil of a transfer file: who it is, that it left, and its attendance."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Context, Fact, Part, Refused, Remark
from keepsight.intake.values import NotReadable, iso_day
from keepsight.kernel.formats.ctf import ATTENDANCE, CODES, LEFT, TAKEN
from keepsight.kernel.formats.tree import Node
from keepsight.kernel.identifiers import UPN, Postcode
from keepsight.kernel.vocabulary.content.base import ContentError
from keepsight.kernel.vocabulary.content.education import AttendanceOfYear
from keepsight.kernel.vocabulary.content.out_of_school import LeftForAnotherSchool
from keepsight.kernel.vocabulary.content.person import PersonDetails

NOBODY = "The pupil has neither a UPN nor a name and day of birth, so nothing can be told of it."
NOT_KNOWN = "Keepsight does not know this part of a transfer file; it is kept here only."
NO_DAY = "Neither the school’s leaving date nor the day of the file says when the pupil left."
ISO_DAY = len("2025-01-31")


@dataclass(frozen=True, slots=True)
class Header:
    """Of the file: the school that sends it, the school that it is for, and the day."""

    source: str | None = None
    destination: str | None = None
    sent: date | None = None


def header_of(node: Node) -> Header:
    """What is stated; a day that cannot be read is none."""
    stated = node.child("DateTime")
    try:
        sent = iso_day(stated.text.strip()[:ISO_DAY]) if stated else None
    except NotReadable:
        sent = None
    return Header(_school(node.child("SourceSchool")), _school(node.child("DestSchool")), sent)


def parts_of_pupil(node: Node, number: int, header: Header, context: Context) -> Iterator[Part]:
    """Every part of one pupil; without an id or a name it is refused whole."""
    row, values = f"Pupil {number}", dict(_leaves(node))
    fields = _fields(values, context)
    key = _key(fields)
    if key is None:
        yield Refused(row, "UPN", "", NOBODY, values)
        return
    fields.remarks += [
        Remark(child.name, _all_text(child), NOT_KNOWN)
        for child in node.children
        if child.name not in TAKEN | LEFT
    ]
    yield _person(fields, row, key, header)
    yield _left(_fields(values, context), f"{row}, transfer", key, header, node)
    for years in (child for child in node.children if child.name == "Attendance"):
        for place, year in enumerate(years.children, start=1):
            yield _attendance(year, f"{row}, attendance {place}", key, header, context)


def _fields(values: dict[str, str], context: Context) -> Fields:
    return Fields(values, context, iso_day, CODES)


def _key(fields: Fields) -> str | None:
    """The UPN, or a mark that is the same in every file that has the same name and birth day."""
    if upn := fields.text("UPN"):
        return upn
    said = [fields.text(name) for name in ("Surname", "Forename", "DOB")]
    if not all(said):
        return None
    whole = "|".join(str(each).casefold() for each in said)
    return f"no-upn-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


def _person(fields: Fields, row: str, key: str, header: Header) -> Fact:
    content = PersonDetails(
        forename=fields.text("Forename"),
        surname=fields.text("Surname"),
        former_surname=fields.text("BasicDetails/FormerSurname"),
        date_of_birth=fields.day("DOB"),
        sex=fields.code("Sex") or fields.code("Gender"),
        ethnicity=fields.code("BasicDetails/Ethnicity"),
        upn=fields.identifier("UPN", UPN),
        former_upn=fields.identifier("BasicDetails/FormerUPN", UPN),
        postcode=fields.identifier("Address/PostCode", Postcode),
    )
    stated_on = header.sent or fields.context.received
    return fields.fact(row, key, ("person", key), stated_on, content)


def _left(fields: Fields, row: str, key: str, header: Header, node: Node) -> Part:
    """On the day on which the school that sends the file says, or on the day of the file."""
    try:
        place = _leaving(node, header)
        day = fields.required_day(place) if place else header.sent
        if day is None:
            raise Unfit("SchoolHistory/School/LeavingDate", "", NO_DAY)
        content = LeftForAnotherSchool(
            from_school=header.source,
            to_school=header.destination,
            sen_provision=fields.code("SENhistory/SEN/SENprovision"),
            in_care=fields.flag("LookedAfter/InCare"),
        )
        return fields.fact(row, key, ("transfer", key, day.isoformat()), day, content)
    except Unfit as unfit:
        return fields.refused(row, unfit)


def _leaving(node: Node, header: Header) -> str | None:
    """Where the pupil’s values hold the day on which it left the school that sends the file."""
    history = node.child("SchoolHistory")
    for number, school in enumerate(history.children if history else (), start=1):
        if school.child("LeavingDate") and _school(school) in (header.source, None):
            return f"SchoolHistory/School{'' if number == 1 else f' {number}'}/LeavingDate"
    return None


def _attendance(year: Node, row: str, key: str, header: Header, context: Context) -> Part:
    """One year at one school. The marks themselves are left: they tell of more than attendance."""
    values = {name: text for name, text in _leaves(year) if name not in LEFT}
    fields = _fields(values, context)
    try:
        said = fields.required("Year")
        content = AttendanceOfYear(
            year=said, **{name: fields.count(element) for name, element in ATTENDANCE.items()}
        )
    except Unfit as unfit:
        return fields.refused(row, unfit)
    except ContentError as error:
        return fields.refused(row, Unfit("", "", str(error)))
    day = fields.day("AttendanceStartDate") or header.sent or context.received
    return fields.fact(row, key, ("attendance-year", key, said, _school(year) or ""), day, content)


def _school(node: Node | None) -> str | None:
    """A school by its authority and number, as 998/4001."""
    if node is None:
        return None
    parts = [child.text.strip() for name in ("LEA", "Estab") if (child := node.child(name))]
    return "/".join(parts) or None


def _leaves(node: Node, above: str = "") -> Iterator[tuple[str, str]]:
    """Each value by where it stands; the second of a name is “Name 2”. What is left is left out."""
    met: dict[str, int] = {}
    for child in node.children:
        if child.name in LEFT:
            continue
        met[child.name] = met.get(child.name, 0) + 1
        number = "" if met[child.name] == 1 else f" {met[child.name]}"
        path = f"{above}{child.name}{number}"
        if child.text.strip() or not child.children:
            yield path, child.text.strip()
        yield from _leaves(child, f"{path}/")


def _all_text(node: Node) -> str:
    said = (node.text.strip(), *(_all_text(child) for child in node.children))
    return " ".join(text for text in said if text)
