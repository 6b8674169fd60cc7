"""The area's counts in plain words."""

from keepsight.oversight.queries import Unassessed
from keepsight.web.presenters.dates import counted


def sentences(figures: Unassessed) -> tuple[str, str]:
    """One sentence about children missing from school, one about those missing from home."""
    return (
        _said("missing from school", figures.missing_from_school, figures.of_whom_several_signs),
        _said("missing from home", figures.missing_from_home, figures.of_whom_several_signs_home),
    )


def _said(where: str, missing: int | None, several: int | None) -> str:
    if missing is None:
        return f"The number of children recorded as {where} is too small to say."
    if missing == 0:
        return f"No child is recorded as {where}."
    verb = "is" if missing == 1 else "are"
    opening = f"{counted(missing, 'child', 'children')} {verb} recorded as {where}."
    if several is None:
        return f"{opening} How many of them carry several signs that nobody has assessed is c."
    if several == 0:
        return f"{opening} None of them carries several signs that nobody has assessed."
    carry = "carries" if several == 1 else "carry"
    return f"{opening} Of them, {several:,} {carry} several signs that nobody has assessed."
