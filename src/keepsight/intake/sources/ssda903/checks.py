"""What is wrong with a value of the return though the fact stands: a remark, never a refusal."""

from datetime import date

from keepsight.intake.fields import Fields


def check_born_before(fields: Fields, field: str, day: date) -> None:
    """Nothing happens to a child before the day of birth (rule 586)."""
    born = fields.day("DOB")
    if born and day < born:
        fields.note(field, f"{field} is before the day of birth ({born:%d/%m/%Y}).")
