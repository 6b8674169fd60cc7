"""What is wrong with a census value though the fact stands: each a remark, never a refusal."""

from datetime import date

from keepsight.intake.fields import Fields
from keepsight.kernel.calendar import SATURDAY
from keepsight.kernel.formats.cin_census import LONGEST_CHILD_ID


def check_child_id(fields: Fields) -> None:
    """LAchildID is at most 20 letters and digits (rules 1570 and 1580)."""
    child_id = fields.text("LAchildID") or ""
    if len(child_id) > LONGEST_CHILD_ID:
        fields.note("LAchildID", f"LAchildID has {len(child_id)} characters; at most 20 fit.")
    if not (child_id.isascii() and child_id.isalnum()):
        fields.note("LAchildID", "LAchildID holds marks other than letters and digits.")


def check_sex_given(fields: Fields) -> None:
    if fields.text("Sex") and fields.text("GenderCurrent"):
        fields.note("GenderCurrent", "Sex is given too, and is what was used.")
    if not (fields.text("Sex") or fields.text("GenderCurrent")):
        fields.note("Sex", "Sex is missing, and the census requires it.")


def check_not_before(fields: Fields, field: str, day: date, earlier: str) -> None:
    """Remark where something ended on a day before it began."""
    began = fields.day(earlier)
    if began and day < began:
        fields.note(field, f"{field} is before {earlier} ({began:%d/%m/%Y}).")


def check_weekday(fields: Fields, field: str, day: date) -> None:
    """A conference is not held at a weekend (rule 8875)."""
    if day.weekday() >= SATURDAY:
        fields.note(field, f"{field} is a {day:%A}, when no conference is held.")
