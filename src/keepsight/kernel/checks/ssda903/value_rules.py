"""Each value by itself: whether it is there, is a day, is a code, has the shape that it must have.

One row is one column of one table. A code that has come into the return, or left it, is right in
the years in which its set is in force.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from keepsight.kernel.checks.conditions import Is, has, none_of
from keepsight.kernel.checks.days import FIRST, LAST
from keepsight.kernel.checks.record import Record
from keepsight.kernel.checks.rule import Breaks, Fault, Rule
from keepsight.kernel.checks.ssda903.table import rule
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats.schema import Column, Shape, Table, Type
from keepsight.kernel.formats.ssda903_more import ALL_TABLES, HEALTH_FLAGS
from keepsight.kernel.vocabulary.code_sets import Mark

SHORT_BREAK = has("LS", "V3", "V4")
TEMPORARY = has("PLACE", "T0", "T1", "T2", "T3", "T4")
NEEDS_HOME_NUMBER = has("PLACE", "K1", "K2", "R3", "S1")
"""Placements that Ofsted registers by number (mark M)."""

_PLACE = Shape("(?i)[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", "a postcode such as AB1 2CD")
_HOME_NUMBER = Shape("SC[0-9]{6}|[0-9]{5,7}|XXXXXX", "SC and six digits, five to seven digits, or "
                     "XXXXXX")  # fmt: skip
_SCORE = Shape("[0-9]|[1-3][0-9]|40", "a whole number from 0 to 40")
_AUTHORITY = Shape("[0-9]{3}|NUK|UNK|WAL|SCO|NIR", "three digits, NUK, WAL, SCO, NIR or UNK")
_PART_DAY = Shape(
    "(zz|ZZ|0[1-9]|[12][0-9]|3[01])/(zz|ZZ|0[1-9]|1[0-2])/([0-9]{4}|zzzz|ZZZZ)",
    "a day as dd/mm/yyyy, with zz for what is not known",
)
_WORKER = Shape("[A-Za-z]{0,3}[0-9]{1,9}", "a registration number, such as SW123456")
_KEY = Shape("[A-Za-z0-9]{1,20}", "at most 20 letters and digits")

ALWAYS: Is = lambda record: True  # noqa: E731
NEVER: Is = lambda record: False  # noqa: E731


class Value(NamedTuple):
    """One column: the rule that its value breaks, whether it must be given, and its shape."""

    code: str
    table: str
    column: str
    means: str
    required: Is = NEVER
    shape: Shape | None = None
    query: bool = False
    mark: Mark | None = None


VALUES = (
    Value("101", "header", "SEX", "the sex", ALWAYS),
    Value("102", "header", "DOB", "the day of birth", ALWAYS),
    Value("103", "header", "ETHNIC", "the ethnicity", ALWAYS),
    Value("KS102", "header", "MOTHER", "whether the child is a mother"),
    Value("171", "header", "MC_DOB", "the day of birth of the mother’s child"),
    Value("141", "episodes", "DECOM", "the start of the episode", ALWAYS),
    Value("143", "episodes", "RNE", "the reason for the new episode", ALWAYS),
    Value("144", "episodes", "LS", "the legal status", ALWAYS),
    Value("145", "episodes", "CIN", "the category of need", ALWAYS),
    Value("146", "episodes", "PLACE", "the type of placement", none_of(SHORT_BREAK)),
    Value("178", "episodes", "PLACE_PROVIDER", "the provider of the placement",
          none_of(SHORT_BREAK, TEMPORARY, has("PLACE", "Z1"))),
    Value("147", "episodes", "DEC", "the end of the episode"),
    Value("149", "episodes", "REC", "the reason that the episode ceased"),
    Value("1009", "episodes", "REASON_PLACE_CHANGE", "the reason for the change of placement"),
    Value("392c", "episodes", "HOME_POST", "the postcode of the home", none_of(SHORT_BREAK),
          _PLACE),
    Value("392c", "episodes", "PL_POST", "the postcode of the placement", none_of(SHORT_BREAK),
          _PLACE),
    Value("KS103", "episodes", "URN", "the number of the home", NEEDS_HOME_NUMBER, _HOME_NUMBER,
          query=True),
    Value("166", "reviews", "REVIEW", "the day of the review", ALWAYS),
    Value("167", "reviews", "REVIEW_CODE", "how the child took part", ALWAYS),
    Value("1006", "missing", "MISSING", "whether the child was missing or away"),
    Value("1004", "missing", "MIS_START", "the day on which the child went missing"),
    Value("1005", "missing", "MIS_END", "the day on which the child was found"),
    Value("KS104", "sw_episodes", "SW_ID", "the social worker’s number", ALWAYS, _WORKER),
    Value("KS105", "sw_episodes", "SW_DECOM", "the day on which the social worker began", ALWAYS),
    Value("KS106", "sw_episodes", "SW_DEC", "the day on which the social worker ended"),
    Value("KS107", "sw_episodes", "SW_REASON", "the reason for the change of social worker"),
    Value("KS108", "uasc", "SEX", "the sex", ALWAYS),
    Value("KS109", "uasc", "DUC", "the day on which the status ceased"),
    Value("180", "oc2", "SDQ_SCORE", "the score", shape=_SCORE),
    Value("196", "oc2", "SDQ_REASON", "the reason for no score"),
    *(Value("181", "oc2", name, f"the item {name}") for name in HEALTH_FLAGS),
    Value("131", "oc3", "IN_TOUCH", "whether the council is in touch"),
    Value("132", "oc3", "ACTIV", "the activity"),
    Value("KS110", "oc3", "ACCOM", "the accommodation"),
    Value("112", "ad1", "DATE_INT", "the day of the decision for adoption", ALWAYS),
    Value("KS111", "ad1", "DATE_MATCH", "the day of the match", ALWAYS),
    Value("114", "ad1", "FOSTER_CARE", "whether the adopter was a carer", ALWAYS),
    Value("175", "ad1", "NB_ADOPTR", "the number of adopters", ALWAYS),
    Value("176", "ad1", "SEX_ADOPTR", "the sex of the adopters", ALWAYS),
    Value("177", "ad1", "LS_ADOPTR", "the legal status of the adopters", ALWAYS),
    Value("115", "placed_for_adoption", "DATE_PLACED", "the day of the decision", ALWAYS),
    Value("116", "placed_for_adoption", "DATE_PLACED_CEASED", "the day on which it was reversed"),
    Value("120", "placed_for_adoption", "REASON_PLACED_CEASED", "the reason for reversing it"),
    Value("631", "previous_permanence", "PREV_PERM", "the earlier permanent home", ALWAYS),
    Value("KS112", "previous_permanence", "LA_PERM", "the authority of it", shape=_AUTHORITY),
    Value("KS113", "previous_permanence", "DATE_PERM", "the day of it", shape=_PART_DAY),
    Value("KS114", "deprivation_of_liberty", "DOLO_START", "the start", ALWAYS),
    Value("KS115", "deprivation_of_liberty", "DOLO_END", "the end"),
)  # fmt: skip
"""Columns that stand in several tables (`CHILD`, and `DOB` but for the header’s) are below."""


def _columns(tables: Iterable[Table]) -> dict[tuple[str, str], Column]:
    return {(table.name, column.name): column for table in tables for column in table.columns}


COLUMNS = _columns(ALL_TABLES)


def _wrong(value: Value) -> Breaks:
    column = COLUMNS[value.table, value.column]

    def breaks(line: Record, year: ReturnYear) -> Iterable[Fault]:
        text = line.text(value.column)
        if text is None:
            if value.required(line):
                yield Fault(value.column, detail="It is empty.")
        elif why := _why(column, value.shape, text, line, year):
            yield Fault(value.column, detail=why)

    return breaks


def _why(column: Column, shape: Shape | None, text: str, line: Record, year: ReturnYear) -> str:
    """Why a value cannot be right, or empty if it can."""
    if column.type is Type.DAY:
        return (
            ""
            if line.read_day(text)
            else f"It is not a day as dd/mm/yyyy, from {FIRST.year} to {LAST.year}."
        )
    if column.codes:
        sets = [each for each in column.codes if not year.ends or each.in_force_on(year.ends)]
        return "" if any(text in each for each in sets) else "It is not a code of the return’s."
    return "" if shape is None or shape.fits(text) else f"It must be {shape.means}."


def _value_rules() -> Iterator[Rule]:
    for value in VALUES:
        required = value.required is not NEVER
        wrong = "is missing or cannot be right" if required else "cannot be right"
        yield rule(
            value.code, value.table, f"{value.column}, {value.means}, {wrong}.",
            f"Give {value.means} as the return’s guide has it.", value.column,
            breaks=_wrong(value), query=value.query, mark=value.mark,
        )  # fmt: skip


def _in_every_table() -> Iterator[Rule]:
    for table in ALL_TABLES:
        key = Value("KS100", table.name, "CHILD", "the council’s own id of the child", ALWAYS, _KEY)
        yield rule(
            "KS100", table.name, "CHILD, the council’s own id of the child, is missing or cannot "
            "be right.", "Give the id, the same in every table.", "CHILD", breaks=_wrong(key),
        )  # fmt: skip
        if table.name not in {"header", "episodes"}:
            born = Value("KS101", table.name, "DOB", "the day of birth", ALWAYS)
            yield rule(
                "KS101", table.name, "DOB is missing or is not a day.",
                "Give the day of birth that the header has.", "DOB", breaks=_wrong(born),
            )  # fmt: skip


VALUE_RULES = (*_value_rules(), *_in_every_table())
