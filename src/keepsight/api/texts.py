"""The values of a report: strict about what they are, and each fault with its own rule."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from keepsight.access.clock import now, today
from keepsight.kernel.calendar import LONDON
from keepsight.kernel.identifiers import UPN as PupilNumber
from keepsight.kernel.identifiers import IdentifierError
from keepsight.kernel.identifiers import NHSNumber as PatientNumber
from keepsight.kernel.linkage.records import EARLIEST_BIRTH
from keepsight.kernel.sending import AHEAD_MINUTES

EARLIEST = datetime(2000, 1, 1, tzinfo=LONDON)
"""Nobody who is a child now was reported earlier; what stands before it is a filler."""


def _as_text(value: Any) -> Any:
    """Numbers are no days and no times."""
    if value is not None and not isinstance(value, str):
        raise PydanticCustomError("string_type", "not text")
    return value


def _readable(text: str) -> str:
    for character in text:
        if (character < " " and character not in "\n\t") or "\ud800" <= character <= "\udfff":
            raise PydanticCustomError("control_character", "a control character")
    return text


def _happened(moment: datetime) -> datetime:
    if moment > now() + timedelta(minutes=AHEAD_MINUTES):
        raise PydanticCustomError("ahead", "in the future")
    if moment < EARLIEST:
        raise PydanticCustomError("long_ago", "too long ago")
    return moment.astimezone(LONDON)


def _born(day: date) -> date:
    if not EARLIEST_BIRTH <= day <= today():
        raise PydanticCustomError("birth", "no day of birth")
    return day


def _number(kind: type[PatientNumber] | type[PupilNumber]) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            return kind.parse(text).value
        except IdentifierError as error:
            raise PydanticCustomError("identifier", "{reason}", {"reason": str(error)}) from None

    return check


def text(most: int) -> Any:
    """Some words, with nothing at the ends and nothing in them that is no character."""
    constraints = StringConstraints(strip_whitespace=True, min_length=1, max_length=most)
    return Annotated[str, constraints, AfterValidator(_readable)]


Reference = text(200)
Name = text(200)
Words = text(10_000)
Short = text(200)
Moment = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_happened)]
Birth = Annotated[date, BeforeValidator(_as_text), AfterValidator(_born)]
NHSNumber = Annotated[
    str, StringConstraints(max_length=20), AfterValidator(_number(PatientNumber)),
    Field(description="Ten digits with a right check digit; spaces are allowed."),
]  # fmt: skip
UPN = Annotated[
    str, StringConstraints(max_length=20), AfterValidator(_number(PupilNumber)),
    Field(description="Thirteen characters with a right check letter."),
]  # fmt: skip
