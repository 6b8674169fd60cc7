"""A FHIR Appointment: to come, kept, cancelled, or one to which a child was not brought."""

from collections.abc import Mapping
from typing import Any

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.rows import Context, Fact
from keepsight.intake.sources.fhir.checks import moment, subject_key
from keepsight.intake.sources.fhir.codes import IN_ERROR, NOT_BROUGHT
from keepsight.intake.sources.fhir.concepts import closely_held, concepts, in_words
from keepsight.kernel.vocabulary.content.health import Appointment, NotBrought

Json = Mapping[str, Any]
SERVICE = ("serviceType", "serviceCategory", "specialty")
NO_PATIENT = "No participant of the appointment is a patient by id, such as Patient/123."


def appointment_fact(resource: Resource, appointment: Json, context: Context) -> Fact:
    """One appointment, at its latest status; raises `Unfit` where it has no id, patient or day.

    It has one key whatever comes of it, so that what came of it supersedes what was booked. A day
    that lies ahead is what an appointment is for.
    """
    if not appointment.get("id"):
        raise Unfit("id", "", "The appointment has no id, so what came of it could not be told.")
    occurred, day_only = moment("start", appointment.get("start", ""))
    until = moment("end", appointment["end"])[0] if appointment.get("end") else None
    if until and until < occurred:
        raise Unfit("end", appointment["end"], "The appointment ends before it starts.")
    return Fact(
        row=resource.row,
        subject_key=_patient(appointment),
        source_key=f"appointment|{appointment['id']}",
        occurred=occurred,
        content=_content(appointment),
        occurred_until=until,
        day_only=day_only,
        withdrawn=appointment.get("status") == IN_ERROR,
    )


def _patient(appointment: Json) -> str:
    for participant in appointment.get("participant", []):
        actor = participant.get("actor", {})
        try:
            return subject_key(actor, "appointment")
        except Unfit:
            continue
    raise Unfit("participant", "", NO_PATIENT)


def _content(appointment: Json) -> Appointment | NotBrought:
    service = in_words(concepts(appointment, "serviceType"))
    held_as = closely_held(concepts(appointment, *SERVICE), concepts(appointment, "reasonCode"))
    status = appointment.get("status")
    if status in NOT_BROUGHT:
        return NotBrought(service=service, held_as=held_as)
    return Appointment(service=service, status=status, held_as=held_as)
