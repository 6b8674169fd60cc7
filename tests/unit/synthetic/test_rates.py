"""The county's rates are within stated bounds of the published ones."""

from pathlib import Path

import pytest

from keepsight.synthetic import write_county
from keepsight.synthetic.calibration import FIGURES, Unit
from keepsight.synthetic.period import USUAL_DAY
from keepsight.synthetic.reading.describe import describe
from keepsight.synthetic.reading.measured import Measured

CHILDREN = 20_000


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    folder: Path = tmp_path_factory.mktemp("rates")
    write_county(folder, children=CHILDREN, seed=7, today=USUAL_DAY)
    return {each.key: each for each in describe(folder)}


def test_every_figure_is_measured(measured: dict[str, Measured]) -> None:
    assert measured.keys() == FIGURES.keys()
    assert all(each.counted for each in measured.values())


@pytest.mark.parametrize("key", FIGURES)
def test_a_rate_is_within_its_bounds(measured: dict[str, Measured], key: str) -> None:
    each = measured[key]
    allowed = each.figure.allowed(round(each.counted))
    assert each.holds, f"{each.value:.4g}, not within {allowed:.4g} of {each.figure.value:.4g}"


def test_a_rate_out_of_bounds_is_seen() -> None:
    assert Measured(key="absence", found=640, counted=10_000).holds
    assert not Measured(key="absence", found=900, counted=10_000).holds
    assert not Measured(key="absence", found=400, counted=10_000).holds
    assert not Measured(key="absence", found=0, counted=0).holds


def test_bounds_are_narrow_where_much_is_counted_and_wide_where_little_is() -> None:
    figure = FIGURES["looked_after"]
    assert figure.allowed(1_000_000) == pytest.approx(67 * (0.08 + 3 / 6700**0.5))
    assert figure.allowed(2_000) > figure.value * 0.8
    assert figure.share == pytest.approx(0.0067)


def test_every_figure_says_where_it_is_from() -> None:
    for figure in FIGURES.values():
        assert figure.source
        assert figure.year
        assert figure.mark in ("V", "V2", "D", "M")
        assert 0 < figure.within <= 0.4
        assert isinstance(figure.unit, Unit)
