"""Runs of absence in a pupil's weeks."""

from datetime import date
from itertools import product

import pytest

from keepsight.kernel.absence import Spell, SpellThreshold, spells
from keepsight.kernel.vocabulary.attendance import code_on

FIRST, SECOND, THIRD = date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)
EVERY = SpellThreshold(
    unauthorised_sessions=99, absent_sessions=1, in_force_from=FIRST, source="a test"
)
HERE, AWAY, TRUANT, SHUT = "/ \\ ", "I I ", "O O ", "# # "


def told(*weeks: tuple[date, str], threshold: SpellThreshold = EVERY) -> list[str]:
    return [_said(spell) for spell in spells(weeks, threshold)]


def _said(spell: Spell) -> str:
    begins = f"{spell.first_day:%d} {spell.first_session}"
    counts = f"{spell.sessions}, {spell.unauthorised}, {spell.unexplained}"
    return f"{begins} to {spell.last_day:%d}: {counts}"


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([HERE * 5], []),
        ([AWAY * 5], ["05 AM to 09: 10, 0, 0"]),
        ([HERE + AWAY + HERE * 3], ["06 AM to 06: 2, 0, 0"]),
        (["/ I " + "I \\ " + HERE * 3], ["05 PM to 06: 2, 0, 0"]),
        ([HERE * 4 + AWAY, AWAY + HERE * 4], ["09 AM to 12: 4, 0, 0"]),
        ([HERE * 4 + AWAY, SHUT * 5, AWAY + HERE * 4], ["09 AM to 19: 4, 0, 0"]),
        ([HERE * 4 + AWAY, HERE * 5, AWAY + HERE * 4],
         ["09 AM to 09: 2, 0, 0", "19 AM to 19: 2, 0, 0"]),
        ([AWAY + SHUT + AWAY + HERE * 2], ["05 AM to 07: 4, 0, 0"]),
        ([AWAY + " " * 4 + AWAY + HERE * 2], ["05 AM to 07: 4, 0, 0"]),
        ([HERE * 3 + TRUANT * 2, TRUANT * 5], ["08 AM to 16: 14, 14, 14"]),
        (["N N " + AWAY + HERE * 3], ["05 AM to 06: 4, 2, 2"]),
        ([SHUT * 5, " " * 20], []),
    ],
)  # fmt: skip
def test_runs_go_on_over_what_was_no_session_and_end_when_the_pupil_is_there(
    weeks: list[str], expected: list[str]
) -> None:
    assert told(*zip((FIRST, SECOND, THIRD), weeks, strict=False)) == expected


def test_only_long_runs_or_unauthorised_ones_are_told() -> None:
    authorised = (FIRST, AWAY * 4 + "I \\ ")
    assert spells([authorised]) == ()
    assert len(spells([(FIRST, AWAY * 5)])) == 1
    assert len(spells([(FIRST, HERE * 4 + TRUANT)])) == 1
    assert spells([(FIRST, HERE * 4 + "/ O ")]) == ()


def test_every_session_of_absence_is_in_one_run() -> None:
    for marks in product(("/ ", "I ", "# ", "  "), repeat=5):
        away = sum(bool(mark.strip()) and code_on(mark.strip(), FIRST).absent for mark in marks)
        found = spells([(FIRST, "".join(marks))], EVERY)
        assert sum(spell.sessions for spell in found) == away
