"""Reading FHIR's times and references, and what is wrong with them."""

from datetime import date, datetime
from typing import Any

from keepsight.intake.fields import ALLOWED_AHEAD, Unfit
from keepsight.intake.rows import Context, Remark
from keepsight.kernel.calendar import LONDON, day_in_london, start_of_day

FULL_DATE = len("2025-01-31")
AHEAD = "This day lies after the day on which the file was received."


def moment(field: str, text: str) -> tuple[datetime, bool]:
    """A FHIR dateTime, and whether it is only a day; raises `Unfit` for a month or a year."""
    try:
        if len(text) == FULL_DATE:
            return start_of_day(date.fromisoformat(text)), True
        if len(text) > FULL_DATE:
            found = datetime.fromisoformat(text)
            return (found if found.tzinfo else found.replace(tzinfo=LONDON)), False
    except ValueError:
        pass
    raise Unfit(field, text, f"{field} does not say on which day it was.")


def remark_if_ahead(field: str, occurred: datetime, context: Context) -> list[Remark]:
    if day_in_london(occurred) > context.received + ALLOWED_AHEAD:
        return [Remark(field, occurred.isoformat(), AHEAD)]
    return []


def subject_key(subject: dict[str, Any], what: str = "encounter") -> str:
    """The patient's id in a reference such as “Patient/123”; raises `Unfit`."""
    reference = subject.get("reference", "")
    if reference.startswith("urn:uuid:"):
        return str(reference.removeprefix("urn:uuid:"))
    parts = reference.split("/_history/")[0].split("/")
    if len(parts) > 1 and parts[-2] == "Patient" and parts[-1]:
        return str(parts[-1])
    reason = f"The {what} does not refer to a patient by id, such as Patient/123."
    raise Unfit("subject", reference, reason)
