"""Which indicators are put to the past: all, some, or a version that was replaced."""

import pytest

from keepsight.cli.detecting import _chosen
from keepsight.cli.errors import Unusable
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.catalogue.former import FORMER

REPLACED = FORMER[0]


def test_without_a_choice_the_whole_catalogue_is() -> None:
    assert _chosen(None) == list(CATALOGUE)


def test_a_version_that_was_replaced_can_be_chosen() -> None:
    assert _chosen([f"{REPLACED.code}@{REPLACED.version}"]) == [REPLACED]
    assert _chosen(["repeat_missing"]) == _chosen(["repeat_missing@1"])


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["horoscope"], "There is no indicator “horoscope”"),
        ([f"{REPLACED.code}@99"], "There is no indicator"),
        ([REPLACED.code, f"{REPLACED.code}@1"], "Choose each indicator once"),
    ],
)
def test_what_cannot_be_chosen_is_a_sentence(codes: list[str], why: str) -> None:
    with pytest.raises(Unusable, match=why):
        _chosen(codes)
