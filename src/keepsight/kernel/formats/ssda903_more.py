"""The other SSDA903 tables, each known by its exact columns.

Source: DfE SSDA903; columns as in `formats.md` section 2. What tells of adopters, of convictions or
of sex is left: Keepsight has no purpose for it.
"""

from keepsight.kernel.formats.schema import Column, Table, Type
from keepsight.kernel.formats.ssda903 import CHILD, DOB_REPEATED, SOURCE, TABLES
from keepsight.kernel.vocabulary import ssda903_more_codes as codes
from keepsight.kernel.vocabulary.cin_codes import SEX
from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.ssda903_codes import SEX_TO_2024


def _coded(name: str, *sets: CodeSet, taken: bool = True) -> Column:
    return Column(name=name, codes=sets, taken=taken)


def _day(name: str, *, required: bool = False) -> Column:
    return Column(name=name, type=Type.DAY, required=required)


def _table(name: str, title: str, *columns: Column) -> Table:
    return Table(name=name, title=title, columns=(CHILD, *columns), source=SOURCE)


UNACCOMPANIED = _table(
    "uasc", "SSDA903 unaccompanied asylum-seeking children",
    _coded("SEX", SEX, SEX_TO_2024, taken=False), DOB_REPEATED, _day("DUC"),
)  # fmt: skip

HEALTH_FLAGS = (
    "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
)  # fmt: skip

HEALTH = _table(
    "oc2", "SSDA903 health and outcomes (OC2)",
    DOB_REPEATED, Column(name="SDQ_SCORE"), _coded("SDQ_REASON", codes.NO_SCORE),
    *(_coded(name, codes.YES_OR_NO, taken=name != "CONVICTED") for name in HEALTH_FLAGS),
)  # fmt: skip

LEAVERS = _table(
    "oc3", "SSDA903 care leavers (OC3)",
    DOB_REPEATED, _coded("IN_TOUCH", codes.IN_TOUCH), _coded("ACTIV", codes.ACTIVITY),
    _coded("ACCOM", codes.ACCOMMODATION),
)  # fmt: skip

ADOPTION = _table(
    "ad1", "SSDA903 adoption (AD1)",
    DOB_REPEATED, _day("DATE_INT", required=True), _day("DATE_MATCH"),
    _coded("FOSTER_CARE", codes.YES_OR_NO), _coded("NB_ADOPTR", codes.ADOPTERS, taken=False),
    _coded("SEX_ADOPTR", codes.ADOPTERS_SEX, taken=False),
    _coded("LS_ADOPTR", codes.ADOPTERS_STATUS, taken=False),
)  # fmt: skip

PLACED_FOR_ADOPTION = _table(
    "placed_for_adoption", "SSDA903 to be placed for adoption",
    DOB_REPEATED, _day("DATE_PLACED", required=True), _day("DATE_PLACED_CEASED"),
    _coded("REASON_PLACED_CEASED", codes.WHY_NO_LONGER_PLACED),
)  # fmt: skip

EARLIER_PERMANENCE = _table(
    "previous_permanence", "SSDA903 earlier permanent home",
    DOB_REPEATED, Column(name="PREV_PERM", required=True, codes=(codes.EARLIER_PERMANENCE,)),
    Column(name="LA_PERM"),
    Column(name="DATE_PERM"),
)  # fmt: skip

LIBERTY = _table(
    "deprivation_of_liberty", "SSDA903 deprivation of liberty",
    DOB_REPEATED, _day("DOLO_START", required=True), _day("DOLO_END"),
)  # fmt: skip

ALL_TABLES = (
    *TABLES, UNACCOMPANIED, HEALTH, LEAVERS, ADOPTION, PLACED_FOR_ADOPTION, EARLIER_PERMANENCE,
    LIBERTY,
)  # fmt: skip
"""Every table of the return."""
