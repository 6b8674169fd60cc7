"""How a name sounds, as a short key, so that one can be found who was spelt otherwise.

American Soundex (United States National Archives, *The Soundex Indexing System*), over the letters
that are left when accents are taken off. It is coarse on purpose: a person reads what is found.
"""

import unicodedata
from functools import lru_cache

GROUPS = {
    letter: str(number)
    for number, letters in enumerate(("BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"), start=1)
    for letter in letters
}
SILENT = "HW"
LENGTH = 4


@lru_cache(maxsize=1 << 15)
def sound_of(name: str | None) -> str | None:
    """A letter and three digits, such as E251; nothing where there is no letter to hear."""
    letters = [each for each in _plain(name or "") if "A" <= each <= "Z"]
    if not letters:
        return None
    heard = letters[0]
    last = GROUPS.get(letters[0], "")
    for letter in letters[1:]:
        digit = GROUPS.get(letter, "")
        if digit and digit != last:
            heard += digit
        if letter not in SILENT:
            last = digit
    return (heard + "000")[:LENGTH]


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name)
    return "".join(each for each in apart if not unicodedata.combining(each)).upper()
