"""The children in need census as XML: elements in order, with types, optionality and code sets.

Source: DfE CIN census, 2025 and 2026 schemas (`formats.md` section 1). GenderCurrent is of the
schemas to 2024. PreProceedingsandFGDM is of the draft for 2026-27 and in no schema yet (mark M).
"""

from keepsight.kernel.formats.schema import Element, Shape, Type
from keepsight.kernel.vocabulary import cin_codes
from keepsight.kernel.vocabulary.ethnicity import ETHNICITY

SOURCE = cin_codes.CIN_CENSUS
LONGEST_CHILD_ID = 20
"""Characters of LAchildID, all letters or digits (rules 1570 and 1580)."""


MOMENT = Shape(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
    r"(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "a day and time such as 2026-05-01T09:00:00",
)


def _day(name: str, *, required: bool = False, many: bool = False) -> Element:
    return Element(name=name, type=Type.DAY, required=required, many=many)


CHILD_IDENTIFIERS = Element(
    name="ChildIdentifiers",
    type=Type.GROUP,
    required=True,
    children=(
        Element(name="LAchildID", required=True),
        Element(name="UPN"),
        Element(name="FormerUPN"),
        Element(name="UPNunknown", codes=(cin_codes.UPN_UNKNOWN,)),
        _day("PersonBirthDate"),
        _day("ExpectedPersonBirthDate"),
        Element(name="GenderCurrent", codes=(cin_codes.GENDER_CURRENT,)),
        Element(name="Sex", codes=(cin_codes.SEX,)),
        _day("PersonDeathDate"),
    ),
)

DISABILITIES = Element(
    name="Disabilities",
    type=Type.GROUP,
    children=(Element(name="Disability", required=True, many=True, codes=(cin_codes.DISABILITY,)),),
)

CHILD_CHARACTERISTICS = Element(
    name="ChildCharacteristics",
    type=Type.GROUP,
    required=True,
    children=(Element(name="Ethnicity", required=True, codes=(ETHNICITY,)), DISABILITIES),
)

FACTORS = Element(
    name="FactorsIdentifiedAtAssessment",
    type=Type.GROUP,
    children=(
        Element(
            name="AssessmentFactors",
            required=True,
            many=True,
            codes=(cin_codes.ASSESSMENT_FACTOR,),
        ),
    ),
)

ASSESSMENT = Element(
    name="Assessments",
    type=Type.GROUP,
    many=True,
    children=(
        _day("AssessmentActualStartDate", required=True),
        _day("AssessmentInternalReviewDate"),
        _day("AssessmentAuthorisationDate"),
        FACTORS,
    ),
)

CIN_PLAN = Element(
    name="CINPlanDates",
    type=Type.GROUP,
    many=True,
    children=(_day("CINPlanStartDate", required=True), _day("CINPlanEndDate")),
)

SECTION_47 = Element(
    name="Section47",
    type=Type.GROUP,
    many=True,
    children=(
        _day("S47ActualStartDate", required=True),
        _day("InitialCPCtarget"),
        _day("DateOfInitialCPC"),
        Element(name="ICPCnotRequired", type=Type.FLAG, required=True),
    ),
)

REVIEWS = Element(
    name="Reviews",
    type=Type.GROUP,
    children=(_day("CPPreviewDate", required=True, many=True),),
)

PROTECTION_PLAN = Element(
    name="ChildProtectionPlans",
    type=Type.GROUP,
    many=True,
    children=(
        _day("CPPstartDate", required=True),
        _day("CPPendDate"),
        Element(name="InitialCategoryOfAbuse", required=True, codes=(cin_codes.CATEGORY_OF_ABUSE,)),
        Element(name="LatestCategoryOfAbuse", required=True, codes=(cin_codes.CATEGORY_OF_ABUSE,)),
        Element(name="NumberOfPreviousCPP", type=Type.COUNT, required=True),
        REVIEWS,
    ),
)

CASE = Element(
    name="CINdetails",
    type=Type.GROUP,
    required=True,
    many=True,
    children=(
        _day("CINreferralDate", required=True),
        Element(name="ReferralSource", required=True, codes=(cin_codes.REFERRAL_SOURCE,)),
        Element(name="PrimaryNeedCode", codes=(cin_codes.PRIMARY_NEED,)),
        _day("CINclosureDate"),
        Element(name="ReasonForClosure", codes=(cin_codes.REASON_FOR_CLOSURE,)),
        _day("DateOfInitialCPC"),
        ASSESSMENT,
        CIN_PLAN,
        SECTION_47,
        Element(name="ReferralNFA", type=Type.FLAG, required=True),
        PROTECTION_PLAN,
    ),
)

CHILD = Element(
    name="Child",
    type=Type.GROUP,
    required=True,
    many=True,
    children=(CHILD_IDENTIFIERS, CHILD_CHARACTERISTICS, CASE),
)

LEA = Element(name="LEA", required=True, shape=Shape(r"[0-9]{3}", "three digits"))

HEADER = Element(
    name="Header",
    type=Type.GROUP,
    children=(
        Element(
            name="CollectionDetails",
            type=Type.GROUP,
            children=(
                Element(name="Collection", shape=Shape("CIN", "CIN")),
                Element(name="Year", shape=Shape(r"[0-9]{4}", "a year of four digits")),
                _day("ReferenceDate"),
            ),
        ),
        Element(
            name="Source",
            type=Type.GROUP,
            many=True,
            children=(
                Element(name="SourceLevel", shape=Shape("L", "L")),
                LEA,
                Element(name="SoftwareCode"),
                Element(name="Release"),
                Element(name="SerialNo", shape=Shape(r"[0-9]{3,}", "three digits or more")),
                Element(name="DateTime", shape=MOMENT),
            ),
        ),
    ),
)

MESSAGE = Element(
    name="Message",
    type=Type.GROUP,
    children=(
        HEADER,
        Element(name="Children", type=Type.GROUP, required=True, children=(CHILD,)),
    ),
)

NOT_TAKEN = {
    "PreProceedingsandFGDM": "It is in the draft census for 2026-27 only, and Keepsight does not "
    "take it yet",
}
"""Blocks that are known but hold no fact that Keepsight takes, with the reason."""
