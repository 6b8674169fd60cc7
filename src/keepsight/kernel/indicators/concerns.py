"""What indicators are about: a child has one open alert for each, whichever indicators are met."""

from enum import StrEnum


class Concern(StrEnum):
    """A group of indicators that one person reads together.

    Its words name what was seen, never what it may mean and never how likely anything is.
    """

    MISSING_FROM_SCHOOL = "missing_from_school"
    GOING_MISSING = "going_missing"
    HARM_RECORDED = "harm_recorded"
    SIGNS_TOGETHER = "signs_together"
    NO_ANSWER = "no_answer"
    NAMED_TOGETHER = "named_together"
    COUNTED = "counted"

    @property
    def in_words(self) -> str:
        return TITLES[self]


TITLES = {
    Concern.MISSING_FROM_SCHOOL: "Missing from school, and other signs",
    Concern.GOING_MISSING: "Going missing",
    Concern.HARM_RECORDED: "Harm recorded, and what followed",
    Concern.SIGNS_TOGETHER: "Signs from several sides",
    Concern.NO_ANSWER: "Concerns without an answer",
    Concern.NAMED_TOGETHER: "Named together with others",
    Concern.COUNTED: "Counted for an area, and never an alert",
}
