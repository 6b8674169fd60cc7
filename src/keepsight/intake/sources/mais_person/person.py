"""One person of the standards as personal details."""

import json
from collections.abc import Iterator
from typing import Any

from keepsight.intake.fields import Fields, Unfit
from keepsight.intake.rows import Context, Part, Remark
from keepsight.intake.values import iso_day
from keepsight.kernel.formats.mais_person import EXACT, LEFT, LETTERS, SEX, TAKEN
from keepsight.kernel.identifiers import NHSNumber, Postcode
from keepsight.kernel.vocabulary.content.base import ContentError
from keepsight.kernel.vocabulary.content.person import PersonDetails

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
NOT_EXACT = "The sender says that this day is estimated, or not known, in part."
NOT_HELD = "That the person died is kept here; no event holds it yet."
NOT_KNOWN = "The standard has no such property of a person; it is kept here only."

NOT_OF_THE_SHAPE = "This is not of the shape that the standard gives it; it is kept here only."
OBJECTS = frozenset({"identifier", "name", "dateOfBirth", "deceasedDate", "address", "contact"})

Json = dict[str, Any]


def person_part(person: Json, row: str, context: Context) -> Part:
    """Who the sender says that somebody is; without an @id nothing could be told of them later."""
    fields = Fields(_values(person), context, iso_day, {"sex": (SEX,)})
    try:
        key = fields.required("@id")
        content = _details(fields, person)
        return fields.fact(row, key, ("person", key), context.received, content)
    except Unfit as unfit:
        found = unfit
    except ContentError as error:
        found = Unfit("", "", str(error))
    fields.values = {"json": json.dumps(person, ensure_ascii=False)}
    return fields.refused(row, found)


def _details(fields: Fields, person: Json) -> PersonDetails:
    if fields.text("accuracy") not in (None, EXACT):
        fields.note("dateOfBirth", NOT_EXACT)
    if fields.text("isDeceased") == "true":
        fields.note("isDeceased", NOT_HELD)
    fields.remarks += list(_strange(person))
    return PersonDetails(
        forename=fields.text("forename"),
        surname=fields.text("surname"),
        preferred_name=fields.text("preferred"),
        former_surname=fields.text("former"),
        date_of_birth=fields.day("dateOfBirth"),
        sex=LETTERS.get(fields.code("sex") or "", fields.text("sex")),
        ethnicity=fields.text("ethnicityCode"),
        nhs_number=fields.identifier("nhs_number", NHSNumber),
        address=fields.text("address"),
        postcode=fields.identifier("postcode", Postcode),
        phone=fields.text("telephone"),
    )


def _strange(person: Json) -> Iterator[Remark]:
    """A remark on each property that the standard does not have, or not in this shape."""
    for name, value in person.items():
        said = json.dumps(value, ensure_ascii=False)
        if name not in TAKEN | LEFT and not name.startswith("@"):
            yield Remark(name, said, NOT_KNOWN)
        elif name in OBJECTS and value is not None and not list(_each(value)):
            yield Remark(name, said, NOT_OF_THE_SHAPE)


def _values(person: Json) -> dict[str, str]:
    """What is taken of a person as text by name, whatever shape stands in its place."""
    names = list(_each(person.get("name")))
    name = _of_use(names, "official", "usual", "")
    former = _of_use(names, "maiden", "old")
    home = _of_use(list(_each(person.get("address"))), "home", "", "temp")
    born = next(_each(person.get("dateOfBirth")), {})
    lines = [_text(home.get(part)) for part in ("line1", "line2", "city")]
    phones = (_first(contact.get("telephone")) for contact in _each(person.get("contact")))
    return {
        "@id": _text(person.get("@id")),
        "forename": _first(name.get("givenName")),
        "surname": _first(name.get("familyName")),
        "preferred": _text(name.get("preferredName")),
        "former": _first(former.get("familyName")),
        "dateOfBirth": _text(born.get("date")),
        "accuracy": _text(born.get("accuracyIndicator")),
        "isDeceased": _text(person.get("isDeceased")),
        "sex": _text(person.get("sexCode") or person.get("genderCode")),
        "ethnicityCode": _text(person.get("ethnicityCode")),
        "nhs_number": _nhs_number(person),
        "address": ", ".join(filter(None, lines)),
        "postcode": _text(home.get("postcode")),
        "telephone": next(filter(None, phones), ""),
    }


def _nhs_number(person: Json) -> str:
    for identifier in _each(person.get("identifier")):
        if identifier.get("system") == NHS_NUMBER:
            return _text(identifier.get("value"))
    return ""


def _each(value: Any) -> Iterator[Json]:
    """The objects in a property, which may be one or a set of them."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def _of_use(found: list[Json], *uses: str) -> Json:
    return next((each for use in uses for each in found if each.get("use", "") == use), {})


def _first(value: Any) -> str:
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ""
