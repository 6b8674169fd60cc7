"""Groups of the School Census as CSV, in the flattened form that authorities' pipelines keep.

Source: DfE School Census; columns as in `formats.md` section 4. A column that is not taken has no
purpose in safeguarding, so it is left (UK GDPR article 5(1)(c)).
"""

from datetime import date

from keepsight.kernel.formats.schema import Column, Table, Type
from keepsight.kernel.vocabulary import school_codes as codes
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
    Column(name="senprovision", codes=(codes.SEN_PROVISION,)),
    Column(name="ncyearactual"),
)

_ROLL_LEFT = (
    "middlenames uniquelearnernumber pupilonrollorderseqcolumn sourceid schoolcensustableid "
    "hoursatsetting schoollunchtaken parttime topupfunding unitcontacttime termlysessionspossible "
    "senunitindicator resourcedprovisionindicator moveoffrollflag fundedhours missingaddress "
    "duplicatenotfunded extendedhours eligibilitycode dafindicator yssa servicechild language "
    "classtype boarder plaa eyppr eyppbf youngcarer"
)

_LEFT_TAKEN = (
    "upn formerupn surname forename formersurname dob sex entrydate ethnicity enrolstatus "
    "senprovision ncyearactual"
)
_LEFT_LEFT = (
    "pupilnolongeronrollorderseqcolumn sourceid schoolcensustableid middlenames "
    "uniquelearnernumber parttime termlysessionspossible"
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


def _of_pupils(name: str, title: str, left: str, *taken: Column) -> Table:
    """A group that hangs on pupils on roll; `left` are the columns that are not taken."""
    keys = (f"{name}tableid", f"{name}orderseqcolumn", "sourceid", *left.split())
    return Table(
        name=name,
        title=title,
        columns=(
            Column(name="pupilonrolltableid", required=True),
            Column(name="NativeId", required=True),
            *taken,
            *(Column(name=key, taken=False) for key in keys),
        ),
        source=SOURCE,
    )


NO_LONGER_ON_ROLL = Table(
    name="pupilnolongeronroll",
    title="School Census pupils who have left",
    columns=(
        Column(name="pupilnolongeronrolltableid", required=True),
        Column(name="NativeId", required=True),
        *(column for column in _ROLL_TAKEN if column.name in _LEFT_TAKEN.split()),
        Column(name="leavingdate", type=Type.DAY, required=True),
        *(Column(name=name, taken=False) for name in _LEFT_LEFT.split()),
    ),
    source=SOURCE,
)

EXCLUSIONS = _of_pupils(
    "termlyexclusionsonroll",
    "School Census suspensions and exclusions",
    "senprovision",
    Column(name="startdate", type=Type.DAY, required=True),
    Column(name="sessions", type=Type.COUNT),
    Column(name="category", required=True, codes=(codes.EXCLUSION_CATEGORY,)),
    *(Column(name=f"reason{n}", codes=(codes.EXCLUSION_REASON,)) for n in (1, 2, 3)),
)

ADDRESSES = Table(
    name="addressesonroll",
    title="School Census addresses",
    columns=(
        Column(name="pupilonrolltableid", required=True),
        Column(name="NativeId", required=True),
        Column(name="addressesonrollorderseqcolumn", required=True),
        Column(name="postcode"),
        *(Column(name=name, taken=False) for name in ("addressesonrolltableid", "sourceid")),
        Column(name="uniquepropertyreferencenumber", taken=False),
    ),
    source=SOURCE,
)

SEN_NEEDS = _of_pupils(
    "senneedsonroll",
    "School Census special educational needs",
    "",
    Column(name="sentype", required=True, codes=(codes.SEN_TYPE,)),
    Column(name="sentyperank", type=Type.COUNT),
)

FREE_MEALS = _of_pupils(
    "fsmperiodsonroll",
    "School Census free school meals",
    "fsmstartdate fsmenddate ukcountry",
)

TABLES = (
    PUPIL_ON_ROLL, NO_LONGER_ON_ROLL, SESSION_DETAILS, EXCLUSIONS, ADDRESSES, SEN_NEEDS,
)  # fmt: skip

LEFT = {FREE_MEALS: "what a family is paid or given for meals is no sign of exploitation"}
"""Groups that are known and left, each with the reason."""

TERMS: dict[str, tuple[int, int]] = {"autumn": (9, 1), "spring": (1, 1), "summer": (4, 1)}
"""The month and day on which a census term is taken to begin."""

TERMS_MARK: Mark = "M"
"""Terms begin on other days in each authority; a count for a whole term needs no finer one."""


def first_day(year: int, term: str) -> date:
    """The day on which a term's census begins; raises `KeyError` for a term that is not known."""
    month, day = TERMS[term]
    return date(year, month, day)
