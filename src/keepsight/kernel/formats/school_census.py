"""Two groups of the School Census as CSV, in the flattened form that authorities' pipelines keep.

Source: DfE School Census; columns as in `formats.md` section 4. A column that is not taken has no
purpose in safeguarding, so it is left (UK GDPR article 5(1)(c)).
"""

from datetime import date

from keepsight.kernel.formats.schema import Column, Table, Type
from keepsight.kernel.vocabulary.cin_codes import SEX
from keepsight.kernel.vocabulary.code_sets import Mark

SOURCE = "DfE School Census"

_ROLL_TAKEN = (
    Column(name="pupilonrolltableid", required=True),
    Column(name="NativeId", required=True),
    Column(name="dob", type=Type.DAY),
    Column(name="surname"),
    Column(name="forename"),
    Column(name="preferredsurname", taken=False),
    Column(name="formersurname"),
    Column(name="upn"),
    Column(name="formerupn"),
    Column(name="sex", codes=(SEX,)),
    Column(name="entrydate", type=Type.DAY, required=True),
    Column(name="ethnicity"),
    Column(name="enrolstatus"),
    Column(name="senprovision"),
    Column(name="ncyearactual"),
)

_ROLL_LEFT = (
    "middlenames uniquelearnernumber pupilonrollorderseqcolumn sourceid schoolcensustableid "
    "hoursatsetting schoollunchtaken parttime topupfunding unitcontacttime termlysessionspossible "
    "senunitindicator resourcedprovisionindicator moveoffrollflag fundedhours missingaddress "
    "duplicatenotfunded extendedhours eligibilitycode dafindicator yssa servicechild language "
    "classtype boarder plaa eyppr eyppbf youngcarer"
)

PUPIL_ON_ROLL = Table(
    name="pupilonroll",
    title="School Census pupils on roll",
    columns=_ROLL_TAKEN + tuple(Column(name=name, taken=False) for name in _ROLL_LEFT.split()),
    source=SOURCE,
)

SESSION_DETAILS = Table(
    name="termlysessiondetailsonroll",
    title="School Census sessions by attendance code",
    columns=(
        Column(name="pupilonrolltableid", required=True),
        Column(name="NativeId", required=True),
        Column(name="termlysessiondetailsonrolltableid", taken=False),
        Column(name="termlysessiondetailsonrollorderseqcolumn", taken=False),
        Column(name="sourceid", taken=False),
        Column(name="sessions", type=Type.COUNT, required=True),
        Column(name="attendancereason", required=True),
    ),
    source=SOURCE,
)

TABLES = (PUPIL_ON_ROLL, SESSION_DETAILS)

TERMS: dict[str, tuple[int, int]] = {"autumn": (9, 1), "spring": (1, 1), "summer": (4, 1)}
"""The month and day on which a census term is taken to begin."""

TERMS_MARK: Mark = "M"
"""Terms begin on other days in each authority; a count for a whole term needs no finer one."""


def first_day(year: int, term: str) -> date:
    """The day on which a term's census begins; raises `KeyError` for a term that is not known."""
    month, day = TERMS[term]
    return date(year, month, day)
