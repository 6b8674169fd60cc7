"""What can be recorded towards an obligation, and how its state looks."""

from keepsight.casework.queries import ObligationLine

OPEN = frozenset({"due", "overdue"})

WAYS = {
    "return_home_interview": (
        ("record-interview", "Record a return home interview that was held"),
        ("record-interview-offer", "Record an offer of a return home interview"),
    ),
    "referral_decision": (("record-referral-decision", "Record the decision on the referral"),),
}
"""By duty: the pages on which a person records what was done."""

COLOURS = {
    "overdue": "govuk-tag--red",
    "due": "govuk-tag--yellow",
    "met": "govuk-tag--green",
    "late": "govuk-tag--orange",
}


def ways(line: ObligationLine) -> tuple[tuple[str, str], ...]:
    """The pages on which this obligation can be acted on, while it is open."""
    return WAYS.get(line.duty, ()) if line.state in OPEN else ()


def colour(state: str) -> str:
    """The tag's class; the state is always said in words too."""
    return COLOURS.get(state, "govuk-tag--grey")
