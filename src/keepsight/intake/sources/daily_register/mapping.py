"""Who a pupil is, as a line of the register says."""

from datetime import date

from keepsight.intake.fields import Fields
from keepsight.intake.rows import Fact
from keepsight.kernel.identifiers import UPN, Postcode
from keepsight.kernel.vocabulary.content.person import PersonDetails


def person(fields: Fields, row: str, day: date, first: bool) -> Fact:
    """The pupil's details; those that change within a file have the day of change in their key."""
    pupil = fields.required("PupilID")
    content = PersonDetails(
        forename=fields.text("Forename"),
        surname=fields.text("Surname"),
        date_of_birth=fields.day("DOB"),
        upn=fields.identifier("UPN", UPN),
        postcode=fields.identifier("Postcode", Postcode),
    )
    key = ("person", pupil) if first else ("person", pupil, day.isoformat())
    return fields.fact(row, pupil, key, day, content)
