"""The SSDA903 tables that Keepsight checks and does not take in, each known by its exact columns.

Source: DfE SSDA903; columns as in `formats.md` section 2.
"""

from keepsight.kernel.formats.schema import Column, Table, Type
from keepsight.kernel.formats.ssda903 import CHILD, DOB, SOURCE, TABLES
from keepsight.kernel.vocabulary import ssda903_more_codes as codes
from keepsight.kernel.vocabulary.cin_codes import SEX
from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.ssda903_codes import SEX_TO_2024


def _coded(name: str, *sets: CodeSet) -> Column:
    return Column(name=name, codes=sets)


def _day(name: str) -> Column:
    return Column(name=name, type=Type.DAY)


def _table(name: str, title: str, *columns: Column) -> Table:
    return Table(name=name, title=title, columns=(CHILD, *columns), source=SOURCE)


UNACCOMPANIED = _table(
    "uasc", "SSDA903 unaccompanied asylum-seeking children",
    _coded("SEX", SEX, SEX_TO_2024), DOB, _day("DUC"),
)  # fmt: skip

HEALTH_FLAGS = (
    "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
)  # fmt: skip

HEALTH = _table(
    "oc2", "SSDA903 health and outcomes (OC2)",
    DOB, Column(name="SDQ_SCORE"), _coded("SDQ_REASON", codes.NO_SCORE),
    *(_coded(name, codes.YES_OR_NO) for name in HEALTH_FLAGS),
)  # fmt: skip

LEAVERS = _table(
    "oc3", "SSDA903 care leavers (OC3)",
    DOB, _coded("IN_TOUCH", codes.IN_TOUCH), _coded("ACTIV", codes.ACTIVITY),
    _coded("ACCOM", codes.ACCOMMODATION),
)  # fmt: skip

ADOPTION = _table(
    "ad1", "SSDA903 adoption (AD1)",
    DOB, _day("DATE_INT"), _day("DATE_MATCH"), _coded("FOSTER_CARE", codes.YES_OR_NO),
    _coded("NB_ADOPTR", codes.ADOPTERS), _coded("SEX_ADOPTR", codes.ADOPTERS_SEX),
    _coded("LS_ADOPTR", codes.ADOPTERS_STATUS),
)  # fmt: skip

PLACED_FOR_ADOPTION = _table(
    "placed_for_adoption", "SSDA903 to be placed for adoption",
    DOB, _day("DATE_PLACED"), _day("DATE_PLACED_CEASED"),
    _coded("REASON_PLACED_CEASED", codes.WHY_NO_LONGER_PLACED),
)  # fmt: skip

EARLIER_PERMANENCE = _table(
    "previous_permanence", "SSDA903 earlier permanent home",
    DOB, _coded("PREV_PERM", codes.EARLIER_PERMANENCE), Column(name="LA_PERM"),
    Column(name="DATE_PERM"),
)  # fmt: skip

LIBERTY = _table(
    "deprivation_of_liberty", "SSDA903 deprivation of liberty",
    DOB, _day("DOLO_START"), _day("DOLO_END"),
)  # fmt: skip

ALL_TABLES = (
    *TABLES, UNACCOMPANIED, HEALTH, LEAVERS, ADOPTION, PLACED_FOR_ADOPTION, EARLIER_PERMANENCE,
    LIBERTY,
)  # fmt: skip
"""Every table of the return, those that are taken in among them."""
