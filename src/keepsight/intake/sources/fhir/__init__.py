"""Health as FHIR R4: patients, encounters, appointments and flags (UK Core and PDS)."""

from collections.abc import Iterator
from typing import BinaryIO

from keepsight.intake.fields import Unfit
from keepsight.intake.files import head_of
from keepsight.intake.keys import KeysSeen
from keepsight.intake.readers.fhir import (
    FHIR_NAMESPACE,
    Resource,
    resources_of_json,
    resources_of_xml,
)
from keepsight.intake.readers.xml import root_name
from keepsight.intake.rows import Context, Fact, Part, Refused
from keepsight.intake.sources.fhir.appointment import appointment_fact
from keepsight.intake.sources.fhir.encounter import encounter_fact
from keepsight.intake.sources.fhir.flag import flag_fact
from keepsight.intake.sources.fhir.patient import patient_fact
from keepsight.intake.sources.fhir.resource import checked, raw

FACTS = {
    "Patient": patient_fact,
    "Encounter": encounter_fact,
    "Appointment": appointment_fact,
    "Flag": flag_fact,
}


class FHIR:
    """One fact a resource; a kind of resource that is not taken is refused by name."""

    name = "fhir"
    title = "Health records as FHIR R4 (JSON, NDJSON or XML)"

    def recognises(self, filename: str, head: bytes) -> bool:
        if root_name(head):
            return FHIR_NAMESPACE.encode() in head
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return start.startswith(b"{") and b'"resourceType"' in head

    def rows(self, stream: BinaryIO, context: Context) -> Iterator[Part]:
        root = root_name(head_of(stream))
        seen = KeysSeen()
        for resource in resources_of_xml(stream, root) if root else resources_of_json(stream):
            part = _part(resource, context)
            yield seen.distinct(part) if isinstance(part, Fact) else part


def _part(resource: Resource, context: Context) -> Fact | Refused:
    build = FACTS.get(resource.type)
    if build is None:
        what = f"{resource.type} resources" if resource.type else "an entry without a resource"
        reason = f"Keepsight does not take {what} yet."
        return Refused(resource.row, "resourceType", resource.type, reason, raw(resource))
    try:
        return build(resource, checked(resource), context)
    except Unfit as unfit:
        return Refused(resource.row, unfit.field, unfit.value, unfit.reason, raw(resource))
