"""The identifiers that agencies send: frozen values that refuse a bad one and say why.

A message names the fault and never the value, so that it can be logged; quarantine keeps the
value beside it. Formats and check sums: `formats.md` section 7.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

ELEVEN = 11
TEN_DIGIT_WEIGHTS = range(10, 1, -1)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN: I, O and S are left out because they read as digits."""

_UPN_SHAPE = re.compile(f"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")
_POSTCODE_SHAPE = re.compile("[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}")


class IdentifierError(ValueError):
    """An identifier that cannot be right; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True, order=True)
class _Identifier:
    """A checked value in canonical form: there is no way to hold one that is not valid."""

    name: ClassVar[str]
    value: str

    def __post_init__(self) -> None:
        if not self.value:
            raise IdentifierError(f"The {self.name} is empty.")
        self._check()

    def _check(self) -> None:
        raise NotImplementedError

    @classmethod
    def _tidied(cls, text: str) -> str:
        return _without_separators(text)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one as people type it, in either case and with spaces.

        Raises `IdentifierError` with the reason if it cannot be one.
        """
        return cls(cls._tidied(text))

    def __str__(self) -> str:
        return self.value

    def _check_length(self, expected: int) -> None:
        found = len(self.value)
        if found != expected:
            unit = "character" if found == 1 else "characters"
            raise IdentifierError(
                f"The {self.name} has {found} {unit}, but it must have {expected}."
            )

    def _check_ten_digits(self) -> None:
        if not re.fullmatch("[0-9]+", self.value):
            raise IdentifierError(
                f"The {self.name} holds letters or other marks, but it must be 10 digits."
            )
        self._check_length(10)

    def _check_last(self, expected: int | None) -> None:
        if expected is None or self.value[-1] != str(expected):
            raise IdentifierError(
                f"The {self.name} fails its check digit, so at least one digit is wrong."
            )


class NHSNumberRange(StrEnum):
    """The block that an NHS number was issued from."""

    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    ENGLAND_WALES_ISLE_OF_MAN = "england_wales_isle_of_man"
    SYNTHETIC = "synthetic"
    NOT_ISSUED = "not_issued"

    @classmethod
    def of(cls, digits: str) -> Self:
        """The block that ten digits fall in."""
        for first, last, block in NHS_NUMBER_RANGES:
            if first <= digits <= last:
                return cls(block)
        return cls("not_issued")


NHS_NUMBER_RANGES = (
    ("0100000000", "3112999999", NHSNumberRange.SCOTLAND),
    ("3200000000", "3999999999", NHSNumberRange.NORTHERN_IRELAND),
    ("4000000000", "4999999999", NHSNumberRange.ENGLAND_WALES_ISLE_OF_MAN),
    ("6000000000", "7999999999", NHSNumberRange.ENGLAND_WALES_ISLE_OF_MAN),
    ("9000000000", "9999999999", NHSNumberRange.SYNTHETIC),
)


@dataclass(frozen=True, slots=True, order=True)
class NHSNumber(_Identifier):
    """An NHS number: ten digits, the last a check digit (NHS Data Dictionary, modulus 11)."""

    name: ClassVar[str] = "NHS number"

    def _check(self) -> None:
        self._check_ten_digits()
        # Every number of one repeated digit passes modulus 11, and none is a person's.
        if len(set(self.value)) == 1:
            raise IdentifierError(
                "The NHS number is one digit repeated, which is a filler and not a person’s."
            )
        self._check_last(self.check_digit(self.value[:9]))

    @staticmethod
    def check_digit(first_nine: str) -> int | None:
        """The tenth digit, or `None` where no NHS number begins with these nine digits."""
        digit = -_weighted(first_nine) % ELEVEN
        return None if digit == 10 else digit

    @property
    def spaced(self) -> str:
        """As the NHS prints it: three, three and four."""
        return f"{self.value[:3]} {self.value[3:6]} {self.value[6:]}"

    @property
    def range(self) -> NHSNumberRange:
        return NHSNumberRange.of(self.value)


@dataclass(frozen=True, slots=True, order=True)
class ULN(_Identifier):
    """A unique learner number: ten digits, the last a check digit. The rule is mark M."""

    name: ClassVar[str] = "ULN"

    def _check(self) -> None:
        self._check_ten_digits()
        self._check_last(self.check_digit(self.value[:9]))

    @staticmethod
    def check_digit(first_nine: str) -> int | None:
        """The tenth digit, or `None` where no ULN begins with these nine digits."""
        remainder = _weighted(first_nine) % ELEVEN
        return 10 - remainder if remainder else None


@dataclass(frozen=True, slots=True, order=True)
class UPN(_Identifier):
    """A unique pupil number: check letter, authority (3), school (4), year (2), serial (3).

    A temporary one ends in a letter. Source: Government Data Standards Catalogue, rule 6.
    """

    name: ClassVar[str] = "UPN"

    def _check(self) -> None:
        self._check_length(13)
        if not _UPN_SHAPE.fullmatch(self.value):
            raise IdentifierError(
                "The UPN must be a letter other than I, O or S, then 12 digits, of which only "
                "the last may be such a letter."
            )
        if self.value[0] != self.check_letter(self.value[1:]):
            raise IdentifierError(
                "The UPN’s first letter is not the check letter of the rest, so at least one "
                "character is wrong."
            )

    @classmethod
    def _tidied(cls, text: str) -> str:
        return _without_separators(text).upper()

    @staticmethod
    def check_letter(rest: str) -> str:
        """The first letter that belongs before the other twelve characters."""
        return UPN_LETTERS[sum(i * _upn_value(c) for i, c in enumerate(rest, start=2)) % 23]

    @property
    def temporary(self) -> bool:
        """Given by a school until the pupil’s own number is known; it may name two pupils."""
        return not self.value[-1].isdigit()


@dataclass(frozen=True, slots=True, order=True)
class Postcode(_Identifier):
    """A United Kingdom postcode in upper case with its one space; that it exists is not checked."""

    name: ClassVar[str] = "postcode"

    def _check(self) -> None:
        if not 6 <= len(self.value) <= 8:
            raise IdentifierError(
                f"The postcode has {len(self.value.replace(' ', ''))} letters and digits, but it "
                "must have 5 to 7."
            )
        if not _POSTCODE_SHAPE.fullmatch(self.value):
            raise IdentifierError(
                "The postcode does not have the shape of one, such as AB1 2CD or AB12 3CD."
            )

    @classmethod
    def _tidied(cls, text: str) -> str:
        packed = "".join(text.split()).upper()
        return f"{packed[:-3]} {packed[-3:]}".strip()

    @property
    def outward(self) -> str:
        """The half before the space: the post town and district."""
        return self.value.split(" ")[0]

    @property
    def placeholder(self) -> bool:
        """A ZZ99 code, which the NHS writes for no fixed or no known address (mark M)."""
        return self.outward == "ZZ99"


def _without_separators(text: str) -> str:
    return "".join(text.replace("-", " ").split())


def _weighted(digits: str) -> int:
    return sum(w * int(d) for w, d in zip(TEN_DIGIT_WEIGHTS, digits, strict=True))


def _upn_value(character: str) -> int:
    return int(character) if character.isdigit() else UPN_LETTERS.index(character)
