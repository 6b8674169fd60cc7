"""A person in the Multi-Agency Information Standards, as JSON-LD.

Source: Multi-Agency Information Standards, person shapes (subject of care) and context, draft.
"""

from keepsight.kernel.vocabulary.code_sets import CodeSet

SOURCE = "Multi-Agency Information Standards: person, subject of care (draft)"

SEX = CodeSet(
    "sex or gender",
    {"1": "Male", "2": "Female", "9": "Indeterminate", "X": "Not known"},
    source=SOURCE,
)
LETTERS = {"1": "M", "2": "F", "9": "U", "X": "U"}
"""The letter of the census for each code of sex."""

PERSON = (
    "identifier name dateOfBirth isDeceased deceasedDate address contact genderCode sexCode "
    "ethnicityCode"
)
TAKEN = frozenset(PERSON.split())
"""Properties of which something is taken or said."""

LEFT = frozenset({"relatedPerson", "primaryContactProfessional", "matchedPersonRef"})
"""Properties that are known and left: they name other people, or other systems’ beliefs."""

EXACT = "AAA"
"""Of a date’s three parts, each accurate (A), estimated (E) or unknown (U)."""
