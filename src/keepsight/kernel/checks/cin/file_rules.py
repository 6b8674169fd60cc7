"""The rules that are broken by how the file is written: what the census's schema can see.

Where the census numbers a fault of one field, its number is used, and not the general one.
"""

from keepsight.kernel.checks.cin.table import (
    ASSESSMENT,
    CASE,
    CHILD,
    CIN_PLAN,
    PROTECTION,
    RETURN,
    rule,
    schema_rule,
)
from keepsight.kernel.checks.rule import Rule
from keepsight.kernel.checks.structure import Wrong

GENERAL: dict[Wrong, Rule] = {
    Wrong.UNKNOWN: schema_rule(
        "XML01",
        "The census has no such element here.",
        "Take the element out, or move it to where the census has it.",
    ),
    Wrong.ORDER: schema_rule(
        "XML02",
        "The element stands after one that should follow it.",
        "Put the elements in the order of the census’s schema.",
    ),
    Wrong.MISSING: schema_rule(
        "XML03",
        "The element is missing, and the census requires it.",
        "Give the element.",
    ),
    Wrong.TWICE: schema_rule(
        "XML04",
        "The element is given twice, and may be given once only.",
        "Keep the right one and take the other out.",
    ),
    Wrong.LOOSE: schema_rule(
        "XML05",
        "Text stands loose, in no element of its own.",
        "Take the text out, or put it in the element that it is the value of.",
    ),
    Wrong.EMPTY: schema_rule(
        "XML06",
        "The element is empty.",
        "Give its value, or leave the element out where the census lets you.",
    ),
    Wrong.NESTED: schema_rule(
        "XML07",
        "Elements stand inside an element that holds a value.",
        "Close the element after its value, and put what is inside after it.",
    ),
    Wrong.ATTRIBUTE: schema_rule(
        "XML08",
        "The element has an attribute, and the census has none.",
        "Take the attribute out.",
    ),
    Wrong.SPACE: schema_rule(
        "XML09",
        "Spaces or line breaks stand around the value.",
        "Write the value without them.",
    ),
    Wrong.DAY: schema_rule(
        "XML10",
        "This is not a day.",
        "Write the day as yyyy-mm-dd; it must be one that there is.",
    ),
    Wrong.FLAG: schema_rule("XML11", "This is neither yes nor no.", "Write 1 for yes, 0 for no."),
    Wrong.FLAG_WORD: schema_rule(
        "XML12",
        "This is written as a word; the census’s schema has 1 and 0.",
        "Write 1 for true and 0 for false.",
        query=True,
    ),
    Wrong.COUNT: schema_rule(
        "XML13", "This is not a whole number of 0 or more.", "Write the number in digits."
    ),
    Wrong.CODE: schema_rule(
        "XML14",
        "This is not one of the census’s codes.",
        "Use a code of the census’s code set for this field.",
    ),
    Wrong.SHAPE: schema_rule(
        "XML15", "The value does not have the shape that the census demands.", "Correct the value."
    ),
    Wrong.OTHER_YEAR: schema_rule(
        "XML16",
        "Returns of this year do not have the element.",
        "To 2023-24 give GenderCurrent; from 2024-25 give Sex.",
    ),
}

_NEEDS_CODE = "Give one of the census’s codes."

NUMBERED = (
    rule("8500", CHILD, "LAchildID is missing.", "Give the council’s own id of the child.",
         "LAchildID"),
    rule("4180", CHILD, "The sex is missing or is not a code.",
         "Give M, F or U; to 2023-24, 0, 1, 2 or 9.", "Sex", "GenderCurrent"),
    rule("4220", CHILD, "The ethnicity is missing or is not a code.", _NEEDS_CODE, "Ethnicity"),
    rule("8540", CHILD, "The disability is missing or is not a code.",
         "Give every disability of the child, or NONE.", "Disability"),
    rule("8590", CHILD, "The child has no case.", "Give a CINdetails, or leave the child out.",
         "CINdetails"),
    rule("8600", CASE, "The day of referral is missing, or is after the census year.",
         "Give the day on which the case was referred.", "CINreferralDate"),
    rule("8866", CASE, "The source of the referral is missing or is not a code.", _NEEDS_CODE,
         "ReferralSource"),
    rule("8650", CASE, "The primary need is not a code.", _NEEDS_CODE, "PrimaryNeedCode"),
    rule("8640", CASE, "The reason for closing the case is not a code.", _NEEDS_CODE,
         "ReasonForClosure"),
    rule("8568", CASE, "Whether the referral led to no further action is missing or neither 0 nor "
         "1.", "Write 1 where nothing more was done, and 0 otherwise.", "ReferralNFA"),
    rule("KS01", ASSESSMENT, "The factor is not a code.",
         "Give a factor of the census’s code set.", "AssessmentFactors"),
    rule("4010", CIN_PLAN, "The start of the plan is missing, or is after the census year.",
         "Give the day on which the plan began.", "CINPlanStartDate"),
    rule("8720", PROTECTION, "The start of the plan is missing, or is after the census year.",
         "Give the day on which the plan began.", "CPPstartDate"),
    rule("8905", PROTECTION, "The first category of abuse is missing or is not a code.",
         "Give NEG, PHY, SAB, EMO or MUL.", "InitialCategoryOfAbuse"),
    rule("8910", PROTECTION, "The latest category of abuse is missing or is not a code.",
         "Give NEG, PHY, SAB, EMO or MUL.", "LatestCategoryOfAbuse"),
    rule("8730", PROTECTION, "The number of earlier plans is missing or is not a number.",
         "Give how many child protection plans the child has had before, 0 for none.",
         "NumberOfPreviousCPP"),
    rule("8842Q", PROTECTION, "A review has no day.", "Give the day of the review, or take the "
         "review out.", "CPPreviewDate"),
    rule("100", RETURN, "The reference date is missing, or is not the 31 March that ends the year.",
         "Give the last day of the census year.", "ReferenceDate"),
)  # fmt: skip
"""These are found while the file is read; some are found in another way too."""

_BY_FIELD = {
    field: each for each in NUMBERED for field in each.fields if each.code not in {"100", "KS01"}
}
_OF_A_VALUE = frozenset({Wrong.MISSING, Wrong.EMPTY, Wrong.CODE, Wrong.FLAG, Wrong.COUNT})
_GROUPS = {"Reviews": "CPPreviewDate", "Disabilities": "Disability"}


def rule_for(wrong: Wrong, field: str) -> Rule:
    """The rule that a fault of the file breaks: the field's own where it has one."""
    if wrong is Wrong.CODE and field == "AssessmentFactors":
        return next(each for each in NUMBERED if each.code == "KS01")
    if wrong in _OF_A_VALUE:
        own = _BY_FIELD.get(_GROUPS.get(field, field) if wrong is Wrong.EMPTY else field)
        if own is not None:
            return own
    return GENERAL[wrong]
