"""What a record is about: the words in which agencies agree what they share.

An agreement names categories. Those that are closely held are shared only where an agreement names
them; that any such record exists is content in itself.
"""

from enum import StrEnum


class Category(StrEnum):
    """One heading of an information-sharing agreement; every kind of event is under one."""

    PERSON = "person"
    EDUCATION = "education"
    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    MISSING = "missing"
    SEXUAL_HEALTH = "sexual_health"
    SEXUAL_ASSAULT = "sexual_assault"
    MENTAL_HEALTH = "mental_health"
    REFUGE = "refuge"
    INTELLIGENCE = "intelligence"
    HANDLED = "handled"
    ATTENDANCE_REASONS = "attendance_reasons"
    WHOLE = "whole"
    POLICING = "policing"
    YOUTH_JUSTICE = "youth_justice"
    RESIDENTIAL_CARE = "residential_care"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"

    @property
    def number(self) -> int:
        """Its number in the database: never changed, never used again."""
        return NUMBERS[self]

    @property
    def in_words(self) -> str:
        return TITLES[self]

    @property
    def never_agreed(self) -> bool:
        """No agreement can name it: it stays, or is not one agency’s to give."""
        return self in {Category.HANDLED, Category.ATTENDANCE_REASONS, Category.WHOLE}


NUMBERS = {category: number for number, category in enumerate(Category, start=1)}

TITLES = {
    Category.PERSON: "who the child is",
    Category.EDUCATION: "school, attendance and exclusion",
    Category.HEALTH: "health other than what is closely held",
    Category.SOCIAL_CARE: "referrals, assessments, plans and placements",
    Category.MISSING: "missing episodes and return interviews",
    Category.SEXUAL_HEALTH: "sexual health",
    Category.SEXUAL_ASSAULT: "sexual assault referral centre",
    Category.MENTAL_HEALTH: "child and adolescent mental health",
    Category.REFUGE: "stays in a refuge",
    Category.INTELLIGENCE: "police intelligence that may be shared (3x5x2 handling code P)",
    Category.HANDLED: "police intelligence with conditions on its handling (code C)",
    Category.ATTENDANCE_REASONS: "attendance codes that tell of health, belief or crime",
    Category.WHOLE: "what Keepsight says of the child as a whole: alerts and obligations",
    Category.POLICING: "crimes, sightings and notices of the police",
    Category.YOUTH_JUSTICE: "youth justice: disposals and contacts",
    Category.RESIDENTIAL_CARE: "daily life in a children’s home",
    Category.HOUSING: "calls to the housing service",
    Category.VOLUNTARY: "work of voluntary organisations",
}

CLOSELY_HELD = frozenset(
    {
        Category.SEXUAL_HEALTH,
        Category.SEXUAL_ASSAULT,
        Category.MENTAL_HEALTH,
        Category.REFUGE,
        Category.INTELLIGENCE,
        Category.HANDLED,
        Category.ATTENDANCE_REASONS,
    }
)
"""Categories whose records are confidential wherever they are held."""

ORDINARY = tuple(
    each for each in Category if each not in CLOSELY_HELD and each is not Category.WHOLE
)
"""What an agreement that names no category covers."""
