"""What the council can do after something happened: each kind of answer named once."""

from keepsight.kernel.indicators.language import began, in_progress, not_during, unanswered
from keepsight.kernel.indicators.selecting import Select
from keepsight.kernel.indicators.windows import AnyWindow

LOOKED_AT_BY = (
    "referral_received",
    "assessment_started",
    "assessment_completed",
    "section47_started",
)
"""A referral, an assessment or an enquiry: somebody was asked to look at the whole."""


def looked_at_by_nobody_since(events: Select, window: AnyWindow) -> Select:
    """Those events after which the council was not asked to look, and did not look by itself.

    The window is that of the answers, and reaches back as far as the events do.
    """
    for answer in LOOKED_AT_BY:
        events = unanswered(events, by=began(answer, window))
    return events


OPEN_CASES = ("in_need", "child_in_need_plan", "child_protection_plan", "placement")
"""What is told to the council of a child with one of these is no new referral."""


def while_no_case_was_open(events: Select, window: AnyWindow) -> Select:
    """Those events on whose days the council had no case of the child."""
    for case in OPEN_CASES:
        events = not_during(events, in_progress(case, window))
    return events
