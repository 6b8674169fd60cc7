"""When it is asked again whether somebody must still be kept from a record: our own assumption."""

from datetime import date, timedelta

REVIEW_DAYS = 180
"""How long an exclusion stands before somebody asks whether it is still needed (domain.md: none;
local practice, not confirmed against a source)."""


def review_due(begun: date) -> date:
    """The day by which an exclusion is to be reviewed. It does not end by itself."""
    return begun + timedelta(days=REVIEW_DAYS)
