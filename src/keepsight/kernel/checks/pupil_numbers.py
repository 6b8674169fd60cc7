"""What is wrong with a UPN, by the numbered rules of the children in need census."""

import re

from keepsight.kernel.identifiers import UPN, UPN_LETTERS
from keepsight.kernel.vocabulary.authorities import recognised

LENGTH = 13


def faults(upn: str, year: int | None = None, *, made_up: bool = False) -> list[tuple[str, str]]:
    """The rules that a UPN breaks, each with a sentence; none of a temporary one's letter.

    `year` is the one in which the return ends; `made_up` is of a return of a made-up council.
    """
    if len(upn) != LENGTH:
        return [("KS10", f"It has {len(upn)} characters, and a UPN has {LENGTH}.")]
    upn = upn.upper()
    broken = []
    if upn[0] not in UPN_LETTERS:
        broken.append(("1510", "It must begin with a letter other than I, O or S."))
    if not recognised(upn[1:4], year, made_up=made_up):
        broken.append(("1530", f"“{upn[1:4]}” is the code of no local authority."))
    if not re.fullmatch("[0-9]{8}", upn[4:12], re.ASCII):
        broken.append(("1540", "Characters 5 to 12 must be digits."))
    if not re.fullmatch(f"[0-9{UPN_LETTERS}]", upn[12], re.ASCII):
        broken.append(("1550", "It must end in a digit, or in a letter other than I, O or S."))
    if not broken and upn[0] != UPN.check_letter(upn[1:]):
        broken.append(("1510", "Its first letter is not the check letter of the rest."))
    return broken
