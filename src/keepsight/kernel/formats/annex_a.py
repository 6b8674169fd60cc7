"""Child-level data for inspection (Annex A): a workbook of eleven lists, one a sheet.

Source: Ofsted, inspecting local authority children’s services; `formats.md` section 3. A list is
known by its sheet’s name (“List 3”) and a column by its name, whatever its case, spaces and
punctuation. Teams and workers are left: other feeds name them, and adults have no list here.
"""

import re

from keepsight.kernel.formats.schema import Column, Table, Type

SOURCE = "Ofsted, inspecting local authority children’s services: Annex A, 2024"

CHILD = Column(name="Child Unique ID", required=True)
_WHO = (
    Column(name="Gender"),
    Column(name="Ethnicity"),
    Column(name="Date of Birth", type=Type.DAY),
)
_AGE = Column(name="Age of Child (Years)", taken=False)
_DISABILITY = Column(name="Does the Child have a Disability", taken=False)
_ALLOCATED = (
    Column(name="Allocated Team", taken=False),
    Column(name="Allocated Worker", taken=False),
)
_UNACCOMPANIED = "Unaccompanied Asylum Seeking Child (UASC)"


def _day(name: str, *, required: bool = False) -> Column:
    return Column(name=name, type=Type.DAY, required=required)


def _left(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, taken=False) for name in names)


def _list(number: int, title: str, *columns: Column) -> Table:
    columns = (CHILD, *_WHO, _AGE, *columns)
    return Table(
        name=f"List {number}", title=f"Annex A list {number}: {title}", columns=columns,
        source=SOURCE,
    )  # fmt: skip


CONTACTS = _list(
    1, "contacts", _day("Date of Contact", required=True), Column(name="Contact Source")
)

EARLY_HELP = _list(
    2, "early help assessments",
    _day("Assessment start date", required=True), _day("Assessment completion date"),
    Column(name="Organisation completing assessment"),
)  # fmt: skip

REFERRALS = _list(
    3, "referrals",
    _day("Date of Referral", required=True), Column(name="Referral Source"),
    Column(name="Referral NFA?", type=Type.FLAG),
    *_left("Number of Referrals in Last 12 Months"), *_ALLOCATED,
)  # fmt: skip

ASSESSMENTS = _list(
    4, "assessments", _DISABILITY,
    _day("Continuous Assessment Start Date", required=True),
    *_left("Child Seen During Continuous Assessment"),
    _day("Continuous Assessment Date of Authorisation"),
    *_left("Was the child assessed as requiring LA children's social care support?"), *_ALLOCATED,
)  # fmt: skip

ENQUIRIES = _list(
    5, "section 47 enquiries", _DISABILITY,
    _day("Strategy discussion initiating Section 47 Enquiry Start Date", required=True),
    Column(
        name="Was an Initial Child Protection Conference deemed unnecessary?", type=Type.FLAG
    ),
    _day("Date of Initial Child Protection Conference"),
    *_left(
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
    ),
    *_ALLOCATED,
)  # fmt: skip

IN_NEED = _list(
    6, "children in need", _DISABILITY,
    _day("CIN Start Date", required=True), Column(name="Primary Need Code"),
    _day("Date Child Was Last Seen"), _day("CIN Closure Date"), Column(name="Reason for Closure"),
    Column(name="Case Status"), *_ALLOCATED,
)  # fmt: skip

PROTECTION_PLANS = _list(
    7, "child protection plans", _DISABILITY,
    _day("Child Protection Plan Start Date", required=True),
    Column(name="Initial Category of Abuse"), Column(name="Latest Category of Abuse"),
    _day("Date of the Last Statutory Visit"),
    Column(name="Was the Child Seen Alone?", type=Type.FLAG),
    _day("Date of latest review conference"), _day("Child Protection Plan End Date"),
    *_left(
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months "
        "(Y/N)",
    ),
    Column(name="Number of Previous Child Protection Plans", type=Type.COUNT), *_ALLOCATED,
)  # fmt: skip

LOOKED_AFTER = _list(
    8, "children looked after",
    *_left(f"{_UNACCOMPANIED} within the Last 12 Months (Y/N))"), _DISABILITY,
    _day("Date Started to be Looked After", required=True), Column(name="Child's Category of Need"),
    *_left(
        "Is this a second or subsequent period of being a Looked After Child within the last 12 "
        "months (Y/N)",
        "Start date of current legal status",
    ),
    Column(name="Child's Legal Status"), _day("Date of Latest Statutory Review"),
    _day("Date of Last Social Work Visit"),
    Column(name="What is the permanence plan for this child?"),
    _day("Date of Last IRO Visit / Contact to the Child"), _day("Date of Last Health Assessment"),
    _day("Date of Last Dental Check"),
    Column(name="Number of Placements in the Last 12 months", type=Type.COUNT),
    _day("Date Ceased to be Looked After"), Column(name="Reason Ceased to be Looked After"),
    _day("Start Date of Most Recent Placement"), Column(name="Placement Type"),
    *_left(
        "Placement Provider", "Placement postcode", "URN of Placement", "Placement Location",
        "LA of Placement",
    ),
    Column(
        name="Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 "
        "months", type=Type.COUNT,
    ),
    Column(
        name="Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 "
        "months", type=Type.COUNT,
    ),
    Column(
        name="Was the child offered a Return Interview after their last missing episode (Y/N)?",
        type=Type.FLAG,
    ),
    Column(
        name="Did the child accept a Return Interview after their last missing episode (Y/N)?",
        type=Type.FLAG,
    ),
    *_ALLOCATED,
)  # fmt: skip

CARE_LEAVERS = _list(
    9, "care leavers",
    *_left(f"{_UNACCOMPANIED}, or formerly UASC if 18 or over (Y/N)"), _DISABILITY, *_ALLOCATED,
    *_left("Allocated Personal Advisor"), Column(name="Eligibility Category"),
    _day("Latest Pathway Plan Review Date"), Column(name="LA in Touch", type=Type.FLAG),
    _day("Latest Date of Contact"), Column(name="Type of Accommodation"),
    Column(name="Suitability of Accommodation"), Column(name="Activity Status"),
)  # fmt: skip

ADOPTION = _list(
    10, "adoption",
    *_left("Family identifier"), _DISABILITY, *_left("Date the Child Entered Care"),
    _day("Date of Decision that Child Should be Placed for Adoption", required=True),
    _day("Date of Placement Order"), _day("Date of Matching Child and Prospective Adopters"),
    _day("Date Placed for Adoption"), _day("Date of Adoption Order"),
    _day("Date of Decision that Child Should No Longer be Placed for Adoption"),
    Column(name="Reason Why Child No Longer Placed for Adoption"),
    *_left("Date the child was placed for fostering in FFA or concurrent planning placement"),
)  # fmt: skip

LISTS = {
    table.name: table
    for table in (
        CONTACTS, EARLY_HELP, REFERRALS, ASSESSMENTS, ENQUIRIES, IN_NEED, PROTECTION_PLANS,
        LOOKED_AFTER, CARE_LEAVERS, ADOPTION,
    )
}  # fmt: skip

LEFT = {"List 11": "it is of adopters, who are no children"}
"""Lists that are known and left, each with the reason."""

ALSO_CALLED = {"age": "age of child years"}
"""Other names of columns, as the workbook of January 2024 has them."""

_NO_WORD = re.compile(r"[^\w]+")


def plain(name: str) -> str:
    """A column’s name without case, spaces and punctuation, by which it is matched."""
    said = " ".join(_NO_WORD.sub(" ", name.casefold()).split())
    return ALSO_CALLED.get(said, said)
