"""A resource as checked by `fhir.resources`, only as far as Keepsight takes it."""

import json
from typing import Any

from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.encounter import Encounter
from fhir.resources.R4B.flag import Flag
from fhir.resources.R4B.patient import Patient
from lxml import etree
from pydantic import ValidationError

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.readers.fhir_xml import as_json

CLASSES: dict[str, type[Patient | Encounter | Appointment | Flag]] = {
    "Patient": Patient,
    "Encounter": Encounter,
    "Appointment": Appointment,
    "Flag": Flag,
}

# Checking only these keeps a patient with many extensions about twenty times faster.
_EVERY = "resourceType id meta identifier"
TAKEN = {
    name: frozenset(f"{_EVERY} {taken}".split())
    for name, taken in {
        "Patient": "name telecom gender birthDate address extension deceasedBoolean "
        "deceasedDateTime",
        "Encounter": "status class type serviceType subject period reasonCode hospitalization",
        "Appointment": "status serviceCategory serviceType specialty reasonCode start end "
        "participant",
        "Flag": "status category code subject period",
    }.items()
}
EXTENSIONS = frozenset({"extension", "modifierExtension"})


def checked(resource: Resource) -> Any:
    """The resource as plain JSON; raises `Unfit` with what R4 finds wrong."""
    taken, model = TAKEN[resource.type], CLASSES[resource.type]
    if isinstance(resource.body, dict):
        body = _without_nulls({k: v for k, v in resource.body.items() if k in taken})
    else:
        body = as_json(resource.body, taken)
    try:
        model.model_validate(_without_extensions(body))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{resource.type}.{where} is not valid FHIR R4: {first['msg'].rstrip('.')}."
        raise Unfit(where, str(first["input"])[:200], reason) from error
    return body


def raw(resource: Resource) -> dict[str, str]:
    """The whole resource as text, for quarantine."""
    if isinstance(resource.body, dict):
        return {resource.type or "entry": json.dumps(resource.body, ensure_ascii=False)}
    return {resource.type: etree.tostring(resource.body, encoding="unicode", with_tail=False)}


def _without_nulls(value: Any) -> Any:
    """As R4 has it: a property without a value is not there."""
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value if part is not None]
    return value


def _without_extensions(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_extensions(v) for k, v in value.items() if k not in EXTENSIONS}
    if isinstance(value, list):
        return [_without_extensions(part) for part in value]
    return value
