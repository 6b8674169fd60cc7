"""FHIR's XML as its JSON, for the elements that Keepsight takes (FHIR R4, section 2.6.1).

`fhir.resources` reads XML too, about ten times slower.
"""

from typing import Any

from lxml import etree

from keepsight.intake.readers.xml import local_name

LISTS = frozenset(
    [
        "coding",
        "extension",
        "modifierExtension",
        "given",
        "prefix",
        "suffix",
        "line",
        "security",
        "tag",
        "profile",
        "dietPreference",
        "specialCourtesy",
        "specialArrangement",
    ]
)
"""Elements that JSON holds as a list wherever they stand."""

LISTS_AT_TOP = frozenset(["identifier", "name", "telecom", "address", "type", "reasonCode"])
LISTS_OF_TYPE = {
    "Appointment": frozenset(["serviceCategory", "serviceType", "specialty", "participant"]),
    "Flag": frozenset(["category"]),
}
"""Elements that JSON holds as a list in one type of resource, and not in another."""

TRUTHS = {"true": True, "false": False}
BOOLEANS = frozenset({"deceasedBoolean", "valueBoolean", "userSelected"})


def as_json(resource: etree._Element, taken: frozenset[str]) -> dict[str, Any]:
    """A resource's taken elements as the JSON that FHIR defines for them."""
    found: dict[str, Any] = {"resourceType": local_name(resource)}
    lists = LISTS_AT_TOP | LISTS_OF_TYPE.get(local_name(resource), frozenset())
    for part in resource:
        name = local_name(part)
        if name in taken:
            _put(found, name, part, name in lists)
    return found


def _put(found: dict[str, Any], name: str, part: etree._Element, at_top: bool) -> None:
    value = _value(part, name)
    if at_top or name in LISTS:
        found.setdefault(name, []).append(value)
    elif name in found:
        # Left as a list where R4 allows one value, so that the check refuses it.
        found[name] = [found[name], value]
    else:
        found[name] = value


def _value(part: etree._Element, name: str) -> Any:
    text = part.get("value")
    if text is not None and not len(part):
        return TRUTHS.get(text, text) if name in BOOLEANS else text
    inner: dict[str, Any] = {key: part.attrib[key] for key in ("url", "id") if key in part.attrib}
    for below in part:
        _put(inner, local_name(below), below, at_top=False)
    return inner
