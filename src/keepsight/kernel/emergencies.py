"""How long broken glass stays broken, and by when it is reviewed: dated, with what it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GlassLimit:
    """One limit of breaking the glass."""

    title: str
    value: int
    unit: str
    source: str
    mark: str


OPEN_HOURS = GlassLimit(
    "how long a look lasts after breaking the glass", 4, "hours", "our own assumption", "M"
)
REVIEW_DAYS = GlassLimit(
    "by when an agency’s information-governance lead reviews it",
    2,
    "working days",
    "our own assumption; alerts to a privacy officer as in the NHS Spine (security.md section 2)",
    "M",
)
LEAST_REASON = GlassLimit(
    "letters that a reason has at least", 20, "letters", "our own assumption", "M"
)
