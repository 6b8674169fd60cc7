"""Code sets of the other SSDA903 tables.

The codes were read in a published checker of the return, those of accommodation are from general
knowledge; meanings are marked M.
"""

from datetime import date

from keepsight.kernel.vocabulary.code_sets import CodeSet
from keepsight.kernel.vocabulary.ssda903_codes import SSDA903

YES_OR_NO = CodeSet("yes or no", {"0": "No", "1": "Yes"}, source=SSDA903, mark="M")

UPN_NOT_KNOWN = CodeSet(
    "why a UPN is not known",
    {
        "UN1": "Not of school age, and not yet given one",
        "UN2": "Never attended a maintained school in England",
        "UN3": "Educated outside England",
        "UN4": "Newly looked after, and not yet obtained",
        "UN5": "The sources asked could not give it",
        "UN6": "Another reason",
    },
    source=SSDA903,
    mark="M",
)

NO_SCORE = CodeSet(
    "why there is no strengths and difficulties score",
    {
        "SDQ1": "No form was returned",
        "SDQ2": "The form was returned too late or unfinished",
        "SDQ3": "The carer refused",
        "SDQ4": "The child’s disability rules it out",
        "SDQ5": "Another reason",
    },
    source=SSDA903,
    mark="M",
)

IN_TOUCH = CodeSet(
    "being in touch after care",
    {
        "YES": "In touch",
        "NO": "Not in touch",
        "DIED": "Died",
        "REFU": "Refuses contact",
        "NREQ": "Needs no more contact",
        "RHOM": "Returned home",
    },
    source=SSDA903,
    mark="M",
)

ACTIVITY = CodeSet(
    "activity after care",
    {
        "F1": "Higher education, full time",
        "P1": "Higher education, part time",
        "F2": "Other education, full time",
        "P2": "Other education, part time",
        "F3": "Training or employment, full time",
        "P3": "Training or employment, part time",
        "F4": "Apprenticeship, full time",
        "P4": "Apprenticeship, part time",
        "F5": "Other training or employment, full time",
        "P5": "Other training or employment, part time",
        "G4": "Not in any, because of illness or disability",
        "G5": "Not in any, for another reason",
        "G6": "Not in any, because of pregnancy or parenthood",
        "0": "Not known",
    },
    source=SSDA903,
    mark="M",
)

_HOMES = {
    "B": "With parents or relatives",
    "C": "In a community home or residential care",
    "D": "In semi-independent accommodation",
    "E": "In supported lodgings",
    "G": "Gone abroad",
    "H": "Deported",
    "K": "In ordinary lodgings",
    "R": "Not known where",
    "S": "Without a fixed home",
    "T": "In a foyer",
    "U": "Living independently",
    "V": "In emergency accommodation",
    "W": "In bed and breakfast",
    "X": "In custody",
    "Y": "Elsewhere",
    "Z": "With former foster carers",
}
ACCOMMODATION = CodeSet(
    "accommodation after care",
    {
        f"{letter}{suits}": f"{home}, {'suitable' if suits == '1' else 'not suitable'}"
        for letter, home in _HOMES.items()
        for suits in "12"
    }
    | {"0": "Not known"},
    source=SSDA903,
    mark="M",
)

ADOPTERS = CodeSet("the number of adopters", {"1": "One", "2": "Two"}, source=SSDA903, mark="M")

ADOPTERS_SEX = CodeSet(
    "the sex of adopters",
    {
        "M1": "One man",
        "F1": "One woman",
        "MM": "Two men",
        "FF": "Two women",
        "MF": "A man and a woman",
    },
    source=SSDA903,
    mark="M",
)

ADOPTERS_STATUS = CodeSet(
    "the legal status of adopters",
    {
        "L0": "Single",
        "L11": "Married",
        "L12": "In a civil partnership",
        "L2": "Two people who are neither",
        "L3": "Two people, status not known",
        "L4": "Partner of a parent",
    },
    source=SSDA903,
    mark="M",
)

WHY_NO_LONGER_PLACED = CodeSet(
    "why a child is no longer to be placed for adoption",
    {
        "RD1": "The child’s needs changed",
        "RD2": "A court made no placement order",
        "RD3": "No adopters could be found",
        "RD4": "Another reason",
    },
    source=SSDA903,
    mark="M",
)

EARLIER_PERMANENCE = CodeSet(
    "an earlier permanent home",
    {
        "P1": "Adopted",
        "P2": "Special guardianship",
        "P3": "Residence or child arrangements order",
        "P4": "Not known which",
        "Z1": "None",
    },
    source=SSDA903,
    mark="M",
)

SOCIAL_WORKERS_SINCE = date(2023, 4, 1)
"""Social worker episodes are of returns for 2023-24 and later."""
