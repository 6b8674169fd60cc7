"""How the model compares two records, column by column, in Splink's own plain form for DuckDB.

Each comparison has the levels of `LEVELS`, strongest first. What the identifiers weigh is stated
here; every other weight is learnt.
"""

from typing import Any

from keepsight.kernel.linkage.levels import ALIKE, LEVELS, LITTLE_ALIKE, MISTAKEN, SOUNDING_ALIKE

Level = dict[str, Any]
Comparison = dict[str, Any]

SAME_NUMBER_BY_CHANCE = 1e-7
"""How often two people carry one valid NHS number or UPN: stated, not learnt, since random pairs
hold more true pairs than such accidents."""

RAREST_NAME = 0.00005
"""A name rarer than this weighs no more than it: one in 20,000 is as rare as a file can show."""

SAME_FORM = "list_has_any(forename_forms_l, forename_forms_r)"
"""Of `forename_forms`, the names that a forename may be a form of."""

_EITHER_TEMPORARY = r"regexp_matches(upn_l, '[A-Z]$') OR regexp_matches(upn_r, '[A-Z]$')"
_SWAPPED = (
    "substr(date_of_birth_l, 1, 5) || substr(date_of_birth_l, 9, 2) || '-' || "
    "substr(date_of_birth_l, 6, 2) = date_of_birth_r"
)
_ONE_OFF = "damerau_levenshtein(date_of_birth_l, date_of_birth_r) <= 1"
_SAME_YEAR = "substr(date_of_birth_l, 1, 4) = substr(date_of_birth_r, 1, 4)"
_SECTOR = (
    "substr(postcode_l, 1, length(postcode_l) - 2) = substr(postcode_r, 1, length(postcode_r) - 2)"
)
_DISTRICT = "split_part(postcode_l, ' ', 1) = split_part(postcode_r, ' ', 1)"


def comparisons() -> list[Comparison]:
    """Every comparison of the model, in the order of `LEVELS`."""
    return [
        _number("nhs_number"),
        _permanent_or_temporary_upn(),
        _comparison("date_of_birth", [_equal("date_of_birth"), _SWAPPED, _ONE_OFF, _SAME_YEAR]),
        _name("surname"),
        _name("forename", form=SAME_FORM),
        _comparison("postcode", [_equal("postcode"), _SECTOR, _DISTRICT]),
        _former("surname"),
        _former("postcode"),
        *(_mistaken(column) for column in MISTAKEN.values()),
        _comparison("sex", [_equal("sex")]),
        _siblings(),
    ]


def _comparison(column: str, conditions: list[str], silent: str | None = None) -> Comparison:
    """A comparison on `LEVELS[column]`; the conditions go from the strongest level to the last.

    Where `silent` holds, the column says nothing: without it, where a record has no value.
    """
    levels = [
        {"sql_condition": condition, "label_for_charts": label}
        for condition, label in zip([*conditions, "ELSE"], reversed(LEVELS[column]), strict=True)
    ]
    unknown = {
        "sql_condition": silent or _missing(column),
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    return {"output_column_name": column, "comparison_levels": [unknown, *levels]}


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _equal(column: str) -> str:
    return f"{column}_l = {column}_r"


def _name(column: str, form: str = "") -> Comparison:
    little = f"{_likeness(column)} >= {LITTLE_ALIKE}"
    found = _comparison(column, [_equal(column), *filter(None, [form]), _alike(column), little])
    found["comparison_levels"][1] |= {
        "tf_adjustment_column": column,
        "tf_adjustment_weight": 1.0,
        "tf_minimum_u_value": RAREST_NAME,
    }
    return found


def _siblings() -> Comparison:
    """What twins have in common; nothing is said of all other pairs."""
    twin = (
        f"{_equal('date_of_birth')} AND NOT ({_alike('forename')}) AND NOT {SAME_FORM}"
        f" AND ({_equal('postcode')} OR {_alike('surname')})"
    )
    elsewhere = f"NOT coalesce({_equal('postcode')}, false)"
    return _comparison("siblings", [elsewhere], silent=f"NOT coalesce({twin}, false)")


def _former(column: str) -> Comparison:
    """What records said before that now differ; nothing is said of all other pairs."""
    now = (
        f"(coalesce(list_contains(former_{column}s_l, {column}_r), false)"
        f" OR coalesce(list_contains(former_{column}s_r, {column}_l), false))"
    )
    before = f"coalesce(list_has_any(former_{column}s_l, former_{column}s_r), false)"
    differ = f"NOT coalesce({_equal(column)}, false)"
    return _comparison(f"former_{column}", [now], silent=f"NOT ({differ} AND ({now} OR {before}))")


def _mistaken(column: str) -> Comparison:
    """The records differ, and of one of them the agency often has that detail wrong."""
    often = " OR ".join(f"coalesce(list_contains(careless_{side}, '{column}'), false)"
                        for side in "lr")  # fmt: skip
    nearly = f"{_likeness(column)} >= {LITTLE_ALIKE} OR {_alike(column)}"
    if column == "date_of_birth":
        nearly = f"{_SWAPPED} OR {_ONE_OFF}"
    elif column == "forename":
        nearly = f"{SAME_FORM} OR {nearly}"
    silent = f"{_missing(column)} OR {_equal(column)} OR NOT ({often})"
    return _comparison(f"mistaken_{column}", [nearly], silent=silent)


def _alike(column: str) -> str:
    sounding = f"coalesce({_equal(column + '_sound')}, false)"
    return (
        f"({_likeness(column)} >= {ALIKE}"
        f" OR {sounding} AND {_likeness(column)} >= {SOUNDING_ALIKE})"
    )


def _likeness(column: str) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r)"


def _number(column: str) -> Comparison:
    found = _comparison(column, [_equal(column)])
    _, same, different = found["comparison_levels"]
    _state(same, 0.995, SAME_NUMBER_BY_CHANCE)
    _state(different, 0.005, 1 - SAME_NUMBER_BY_CHANCE)
    return found


def _permanent_or_temporary_upn() -> Comparison:
    """Two UPNs of which one is temporary say nothing when they differ."""
    found = _comparison(
        "upn",
        ["upn_l = upn_r AND regexp_matches(upn_l, '[0-9]$')", _equal("upn")],
        silent=f"{_missing('upn')} OR (upn_l <> upn_r AND ({_EITHER_TEMPORARY}))",
    )
    _, permanent, temporary, different = found["comparison_levels"]
    _state(permanent, 0.975, SAME_NUMBER_BY_CHANCE)
    _state(temporary, 0.02, 10 * SAME_NUMBER_BY_CHANCE)
    _state(different, 0.005, 1 - 11 * SAME_NUMBER_BY_CHANCE)
    return found


def _state(level: Level, same_person: float, strangers: float) -> None:
    """Fix a level's two probabilities, so that training leaves them alone."""
    level |= {
        "m_probability": same_person,
        "u_probability": strangers,
        "fix_m_probability": True,
        "fix_u_probability": True,
    }
