"""Which kinds of event a mapped table may state, with the fields of each that a column can fill."""

from dataclasses import MISSING, dataclass
from datetime import date

from keepsight.kernel.vocabulary.content.base import Content, base_type, field_types
from keepsight.kernel.vocabulary.events import BY_KIND
from keepsight.kernel.vocabulary.field_words import CONCERN_NOTED, MISSING_AS

NOT_STATED = frozenset(
    {"person_details", "alert_considered", "attendance_summary", "attendance_week"}
    | {"absence_spell", "police_intelligence"}
)
"""Who somebody is, what Keepsight itself makes, and what needs numbers or a grading of its own."""

CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("missing_episode", "category"): dict(MISSING_AS.codes),
    ("emergency_attendance", "concern"): dict(CONCERN_NOTED.codes),
}
"""Fields that take one of a few words."""

YES_OR_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class FieldOfKind:
    """One thing that an event of a kind says. `choices` are the words that it takes, if few."""

    name: str
    in_words: str
    required: bool
    day: bool
    flag: bool
    choices: dict[str, str]


def kinds() -> list[type[Content]]:
    """Every kind that can be stated, by title."""
    stated = (content for kind, content in BY_KIND.items() if kind not in NOT_STATED)
    return sorted(stated, key=lambda content: content.title)


def is_stated(kind: str) -> bool:
    """Whether a table can state this kind of event."""
    return kind in BY_KIND and kind not in NOT_STATED


def fields_of(kind: str) -> dict[str, FieldOfKind]:
    """The fields of a kind that a column can fill, by name; none for a kind that is not stated."""
    if not is_stated(kind):
        return {}
    found = {}
    for field, expected in field_types(BY_KIND[kind]):
        plain = base_type(expected)
        if plain in (str, bool, date):
            choices = CHOICES.get((kind, field.name), YES_OR_NO if plain is bool else {})
            found[field.name] = FieldOfKind(
                name=field.name,
                in_words=field.name.replace("_", " "),
                required=field.default is MISSING,
                day=plain is date,
                flag=plain is bool,
                choices=choices,
            )
    return found
