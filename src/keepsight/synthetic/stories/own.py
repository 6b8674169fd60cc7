"""The ordinary records of the children of whom something is told: they become part of it."""

from collections.abc import Iterable
from typing import TypeVar

from keepsight.synthetic.happenings import Case, Placement

R = TypeVar("R", Case, Placement)


def take_own(records: list[R], persons: Iterable[int]) -> dict[int, list[R]]:
    """The records of each of those children, taken out of the list."""
    own: dict[int, list[R]] = {person: [] for person in persons}
    for record in records:
        if record.person in own:
            own[record.person].append(record)
    records[:] = [record for record in records if record.person not in own]
    return own


def one_after_another(cases: list[Case]) -> list[Case]:
    """No case begins while another is open: what comes then belongs to that one."""
    kept: list[Case] = []
    for case in sorted(cases, key=lambda each: each.referral):
        if not kept or (kept[-1].closed is not None and kept[-1].closed <= case.referral):
            kept.append(case)
    return kept
