"""What a council records once a year of children whom it looks after, or looked after."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from keepsight.kernel.vocabulary.categories import Category
from keepsight.kernel.vocabulary.content.base import Content, Standing

SSDA903 = "DfE children looked after return (SSDA903)"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaccompaniedChild(Content):
    """An unaccompanied asylum-seeking child; `ceased` is the day on which the status ended.

    It tells of nationality, so no indicator can read it.
    """

    kind: ClassVar[str] = "unaccompanied_child"
    title: ClassVar[str] = "Unaccompanied asylum-seeking child"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    readable: ClassVar[bool] = False
    timeless: ClassVar[bool] = True
    source: ClassVar[str] = f"{SSDA903}, UASC"

    ceased: date | None = None

    def sentence(self) -> str:
        ended = f" until {self.ceased:%d/%m/%Y}" if self.ceased else ""
        return f"Unaccompanied asylum-seeking child{ended}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfterHealth(Content):
    """What a year of care brought for a child’s health, of a child looked after for a year."""

    kind: ClassVar[str] = "looked_after_health"
    title: ClassVar[str] = "Health in a year of care"
    heading: ClassVar[Category] = Category.HEALTH
    standing: ClassVar[Standing] = Standing.CONTEXT
    timeless: ClassVar[bool] = True
    source: ClassVar[str] = f"{SSDA903}, OC2"

    development_checked: bool | None = None
    immunised: bool | None = None
    teeth_checked: bool | None = None
    health_assessed: bool | None = None
    substance_misuse: bool | None = None
    help_received: bool | None = None
    help_offered: bool | None = None

    def sentence(self) -> str:
        named = (
            ("health check up to date", self.development_checked),
            ("immunisations up to date", self.immunised),
            ("teeth checked", self.teeth_checked),
            ("health assessed", self.health_assessed),
            ("substance misuse", self.substance_misuse),
            ("help with it received", self.help_received),
            ("help with it offered", self.help_offered),
        )
        said = [f"{name}: {'yes' if is_so else 'no'}" for name, is_so in named if is_so is not None]
        return f"Health in a year of care: {'; '.join(said) or 'nothing stated'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifficultiesQuestionnaire(Content):
    """A carer’s answers to the strengths and difficulties questionnaire, or why there are none.

    The score is the questionnaire’s, kept as sent: no indicator can read it.
    """

    kind: ClassVar[str] = "difficulties_questionnaire"
    title: ClassVar[str] = "Strengths and difficulties questionnaire"
    heading: ClassVar[Category] = Category.HEALTH
    standing: ClassVar[Standing] = Standing.CONTEXT
    readable: ClassVar[bool] = False
    timeless: ClassVar[bool] = True
    source: ClassVar[str] = f"{SSDA903}, OC2"

    score: int | None = None
    not_scored_because: str | None = None

    def sentence(self) -> str:
        if self.score is not None:
            return "Strengths and difficulties questionnaire answered by a carer"
        return "Strengths and difficulties questionnaire not answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLeaver(Content):
    """Whether a council is in touch with somebody who left its care, and what they do and where."""

    kind: ClassVar[str] = "care_leaver"
    title: ClassVar[str] = "After leaving care"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    timeless: ClassVar[bool] = True
    whereabouts: ClassVar[frozenset[str]] = frozenset({"accommodation"})
    source: ClassVar[str] = f"{SSDA903}, OC3"

    in_touch: str | None = None
    activity: str | None = None
    accommodation: str | None = None
    eligibility: str | None = None
    last_contact: date | None = None
    plan_reviewed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprivationOfLiberty(Content):
    """A period in which a court allowed that a child be deprived of liberty."""

    kind: ClassVar[str] = "deprivation_of_liberty"
    title: ClassVar[str] = "Deprived of liberty by order of a court"
    heading: ClassVar[Category] = Category.SOCIAL_CARE
    standing: ClassVar[Standing] = Standing.CONTEXT
    source: ClassVar[str] = f"{SSDA903}, deprivation of liberty"
