"""Days in labelled files, in whichever way they are written."""

from datetime import date

import pytest

from keepsight.cli.evaluate.days import day_of

APRIL = date(2012, 4, 3)


@pytest.mark.parametrize(
    "text",
    ["2012-04-03", "2012-04-03T00:00:00", "2012-04-03 10:11", "20120403", "03/04/2012", "3.4.2012",
     "03-04-2012", "3 Apr 2012", "3rd April 2012", "2012-Apr-03", " 03/04/2012 00:00:00 "],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert day_of(text) == APRIL


def test_the_month_comes_first_where_that_is_said() -> None:
    assert day_of("04/03/2012", month_first=True) == APRIL
    assert day_of("13/04/2012", month_first=True) is None


@pytest.mark.parametrize(
    "text", ["", "31/02/2012", "2012", "00000000", "3/4/12", "3 Foo 2012", "soon", "٠٣/٠٤/٢٠١٢٣"]
)
def test_what_is_no_day_is_nothing(text: str) -> None:
    assert day_of(text) is None
