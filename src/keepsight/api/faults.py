"""The faults of a report in words: the rule that was broken, a sentence, and a remedy."""

from collections.abc import Mapping
from typing import Any

from keepsight.api.shapes import Fault
from keepsight.kernel.sending import AHEAD_MINUTES, KEY_LENGTH

MORE = 20
"""Faults that are named; a report with more is told of these first."""

A_TIME = (
    "This is not a time with its offset.",
    "Write it as 2026-03-16T21:40:00+00:00, or with Z for the offset.",
)
A_DAY = ("This is not a day.", "Write it as 2014-09-30.")
KEY = f"Make a new key for each report, of 1 to {KEY_LENGTH} visible characters, such as a UUID."

WORDS: dict[str, tuple[str, str, str]] = {
    "missing": (
        "required",
        "This is not there, and nothing can stand without it.",
        "Add it.",
    ),
    "extra_forbidden": (
        "unknown_field",
        "A report of this kind has no such field.",
        "Leave it out, or correct its name.",
    ),
    "string_type": ("text", "This is not text.", "Put it in quotation marks."),
    "string_too_short": ("empty", "This is empty.", "Fill it in, or leave the field out."),
    "string_too_long": ("too_long", "This is longer than {max_length} characters.", "Shorten it."),
    "string_unicode": ("characters", "This holds what is no character.", "Send it in UTF-8."),
    "control_character": (
        "characters",
        "This holds a character that cannot be read, such as NUL.",
        "Take it out.",
    ),
    "timezone_aware": ("time", *A_TIME),
    "datetime_type": ("time", *A_TIME),
    "datetime_parsing": ("time", *A_TIME),
    "datetime_from_date_parsing": ("time", *A_TIME),
    "datetime_object_invalid": ("time", *A_TIME),
    "ahead": (
        "future",
        f"This lies more than {AHEAD_MINUTES} minutes ahead.",
        "Report what has happened; check the clock of the system that sends.",
    ),
    "long_ago": ("long_ago", "This lies before the year 2000.", "Correct the year."),
    "date_type": ("day", *A_DAY),
    "date_parsing": ("day", *A_DAY),
    "date_from_datetime_parsing": ("day", *A_DAY),
    "date_from_datetime_inexact": ("day", *A_DAY),
    "birth": (
        "birth",
        "Nobody was born on this day who is a child now or ever was on record.",
        "Correct it, or leave it out: the report is taken without it.",
    ),
    "identifier": (
        "identifier",
        "{reason}",
        "Correct the number, or leave it out: the report is taken without it.",
    ),
    "literal_error": ("one_of", "This is not one of {expected}.", "Use one of them as it stands."),
    "bool_type": ("yes_or_no", "This is not true or false.", "Write true or false, unquoted."),
    "left_before_arrived": (
        "order",
        "left_at is before arrived_at.",
        "Correct whichever is wrong.",
    ),
    "model_attributes_type": ("object", "This is not an object.", "Put its fields in braces."),
    "model_type": ("object", "This is not an object.", "Put its fields in braces."),
    "dict_type": ("object", "This is not an object.", "Put its fields in braces."),
    "key_shape": ("key", "This is no key: it is empty, too long, or has spaces in it.", KEY),
}
OTHERWISE = ("value", "This value cannot be taken.", "See /api/openapi.json for what can.")
HEADER = "Idempotency-Key"


def faults_of(errors: list[Mapping[str, Any]]) -> list[Fault]:
    """Each fault that the reading of a request found, in words."""
    return [_fault(error) for error in errors[:MORE]]


def _fault(error: Mapping[str, Any]) -> Fault:
    rule, says, remedy = WORDS.get(error["type"], OTHERWISE)
    place = [str(part) for part in error["loc"]]
    if place[0] == "header":
        return Fault(field=HEADER, rule="key", message="This header is not there.", remedy=KEY)
    named = ".".join(part for part in place[1:] if part != "sent") or "the report"
    said = says.format_map(_Said(error.get("ctx") or {}))
    return Fault(field=named, rule=rule, message=said, remedy=remedy)


class _Said(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""
