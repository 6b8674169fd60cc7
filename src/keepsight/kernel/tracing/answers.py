"""What a service answers: a searchset, a patient, or an outcome that says what is wrong.

Read from parsed JSON (FHIR R4, as the Personal Demographics Service writes it), and nothing of it
is kept but what Keepsight may use. Of a restricted patient no address is read, even if one came.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from keepsight.kernel.identifiers import IdentifierError, NHSNumber

UNRESTRICTED, INVALIDATED = "U", "REDACTED"
"""Codes of `meta.security` (PDS FHIR, Meta). Every other, R and V among them, is restricted."""

TOO_MANY_MATCHES = "TOO_MANY_MATCHES"
INVALIDATED_RESOURCE = "INVALIDATED_RESOURCE"
RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"
INVALID_RESOURCE_ID = "INVALID_RESOURCE_ID"


class NotUnderstood(ValueError):
    """An answer that is none of the shapes that are known. The message names no detail of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person whom the service knows, by the names now in use and the home address."""

    nhs_number: str
    score: float | None = None
    given: tuple[str, ...] = ()
    family: str = ""
    born: date | None = None
    gender: str = ""
    postcode: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who was found, the best first; `fault` is the service’s own code where it says why not."""

    found: tuple[Found, ...] = ()
    fault: str = ""


def read_answer(body: object) -> Answer:
    """Read an answer; `NotUnderstood` where it has none of the known shapes."""
    resource = _mapping(body)
    match resource.get("resourceType"):
        case "Bundle":
            found = [each for entry in _list(resource, "entry") for each in _entry(entry)]
            return Answer(found=tuple(sorted(found, key=lambda each: -(each.score or 0))))
        case "Patient":
            return Answer(found=tuple(_patient(resource, None)))
        case "OperationOutcome":
            return Answer(fault=_fault(resource))
    raise NotUnderstood("The service answered with a kind of resource that is not expected.")


def _entry(entry: object) -> Iterator[Found]:
    entry = _mapping(entry)
    score = _mapping(entry.get("search", {})).get("score")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float)):
        raise NotUnderstood("The service gave a score that is no number.")
    yield from _patient(_mapping(entry.get("resource")), score)


def _patient(resource: Mapping[str, Any], score: float | None) -> Iterator[Found]:
    """The patient, unless their record is marked as invalid: that one is not to be used."""
    security = {_text(_mapping(each), "code") for each in _security(resource)}
    if INVALIDATED in security:
        return
    restricted = bool(security - {UNRESTRICTED})
    name = _in_use(_list(resource, "name"), "usual")
    home = {} if restricted else _in_use(_list(resource, "address"), "home")
    yield Found(
        nhs_number=_number(resource),
        score=score,
        given=tuple(each for each in _list(name, "given") if isinstance(each, str)),
        family=_text(name, "family"),
        born=_day(_text(resource, "birthDate")),
        gender=_text(resource, "gender"),
        postcode=_text(home, "postalCode"),
        restricted=restricted,
    )


def _security(resource: Mapping[str, Any]) -> Sequence[Any]:
    return _list(_mapping(resource.get("meta", {})), "security")


def _in_use(values: Sequence[Any], use: str) -> Mapping[str, Any]:
    """The one of this use, else the first."""
    known = [_mapping(each) for each in values]
    named = [each for each in known if each.get("use") == use]
    return next(iter(named + known), {})


def _number(resource: Mapping[str, Any]) -> str:
    try:
        return NHSNumber.parse(_text(resource, "id")).value
    except IdentifierError:
        raise NotUnderstood("The service gave a number that is no valid NHS number.") from None


def _fault(resource: Mapping[str, Any]) -> str:
    for issue in _list(resource, "issue"):
        details = _mapping(_mapping(issue).get("details", {}))
        for coding in _list(details, "coding"):
            if code := _text(_mapping(coding), "code"):
                return code
    raise NotUnderstood("The service answered that something is wrong, and not what.")


def _day(text: str) -> date | None:
    """FHIR allows a year or a month alone: then the day is not known."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise NotUnderstood("The service answered with something that is no FHIR resource.")
    return value


def _list(resource: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = resource.get(name, [])
    if not isinstance(value, list):
        raise NotUnderstood(f"The service gave “{name}” in a shape that is not expected.")
    return value


def _text(resource: Mapping[str, Any], name: str) -> str:
    value = resource.get(name, "")
    if not isinstance(value, str):
        raise NotUnderstood(f"The service gave “{name}” in a shape that is not expected.")
    return value
