"""How alike two values can be, column by column, in the words that a person reads.

“Siblings” is a column of the others together, and says nothing of most pairs: it is what twins
have in common. The former ones too: they are about what a record said before, where the two now
differ; and the mistaken ones: they take back some of what a difference weighs where an agency often
has that detail wrong.

The model compares each column on these levels and gives each its weight. A level is numbered
from 0, "different", upwards; `UNKNOWN` means that one record or both do not say.
"""

from collections.abc import Mapping

UNKNOWN = -1

FORMER: Mapping[str, str] = {"former_surname": "surname", "former_postcode": "postcode"}
"""The columns about what a record said before, and the column in which it said it."""

MISTAKEN: Mapping[str, str] = {
    f"mistaken_{name}": name for name in ("date_of_birth", "surname", "forename")
}
"""The columns about a difference from a record whose agency often has that detail wrong."""

NEARLY: Mapping[str, int] = {"date_of_birth": 2, "surname": 1, "forename": 1}
"""The level from which two values that differ are nearly the same."""

ALIKE, LITTLE_ALIKE = 0.92, 0.8
"""Jaro-Winkler likeness of names."""

SOUNDING_ALIKE = 0.75
"""The same of names that sound alike (`phonetic.sound_of`), from which they are alike too."""

LEVELS: Mapping[str, tuple[str, ...]] = {
    "nhs_number": ("different NHS number", "same NHS number"),
    "upn": ("different UPN", "same temporary UPN", "same UPN"),
    "date_of_birth": (
        "different date of birth",
        "same year of birth",
        "date of birth one character apart",
        "day and month of birth swapped",
        "same date of birth",
    ),
    "surname": ("different surname", "surname a little alike", "surname alike", "same surname"),
    "forename": ("different forename", "forename a little alike", "forename alike",
                 "another form of the same forename", "same forename"),
    "postcode": ("different postcode", "same postcode district", "same postcode sector",
                 "same postcode"),
    "former_surname": ("both had one surname before", "a surname that the other had before"),
    "former_postcode": ("both had one postcode before", "a postcode that the other had before"),
    "mistaken_date_of_birth": (
        "another date of birth, which an agency often has wrong",
        "nearly the same date of birth, which an agency often has wrong",
    ),
    "mistaken_surname": (
        "another surname, which an agency often has wrong",
        "nearly the same surname, which an agency often has wrong",
    ),
    "mistaken_forename": (
        "another forename, which an agency often has wrong",
        "nearly the same forename, which an agency often has wrong",
    ),
    "sex": ("different sex", "same sex"),
    "siblings": ("same date of birth and postcode, but another forename",
                 "same date of birth and surname, but another forename"),
}  # fmt: skip


def reasons(found: Mapping[str, int]) -> tuple[str, ...]:
    """What speaks for and against two records being one person, strongest columns first.

    Raises `KeyError` or `IndexError` for a column or level that the model does not have.
    """
    unheard = found.keys() - LEVELS.keys()
    if unheard:
        raise KeyError(f"The linkage model does not compare {', '.join(sorted(unheard))}.")
    return tuple(
        words[found[column]]
        for column, words in LEVELS.items()
        if found.get(column, UNKNOWN) != UNKNOWN
    )
