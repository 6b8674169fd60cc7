"""The three-digit codes of local authorities in England that a UPN or a return may name."""

from collections.abc import Iterable

from keepsight.kernel.vocabulary.code_sets import Mark

SOURCE = "DfE children in need census, validation rule 1530"
MARK: Mark = "V2"

_RANGES = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 "
    "800-803 805-808 810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 "
    "860 861 865-896 908 909 916 919 921 925 926 928 929 931 933 935-938 940 941"
)
FROM_2024 = frozenset({"942", "943"})
"""Recognised in returns of 2023-24 and later."""

MADE_UP = frozenset(f"99{digit}" for digit in range(10))
"""Given to no authority: made-up councils and their pupils have these, and no real return may."""


def _each(ranges: str) -> Iterable[str]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from (f"{code:03d}" for code in range(int(first), int(last or first) + 1))


RECOGNISED = frozenset(_each(_RANGES))


def recognised(code: str, year: int | None = None, *, made_up: bool = False) -> bool:
    """Whether a return of the year that ends in `year` may name this authority.

    `made_up` is of a return that a made-up council sent.
    """
    later = code in FROM_2024 and (year is None or year >= 2024)
    return code in RECOGNISED or later or (made_up and code in MADE_UP)
