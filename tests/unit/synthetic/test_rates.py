"""The county's rates are within stated bounds of the published ones."""

from pathlib import Path

import pytest

from keepsight.synthetic import write_county
from keepsight.synthetic.calibration import FIGURES, Unit
from keepsight.synthetic.period import USUAL_DAY
from keepsight.synthetic.reading.describe import describe
from keepsight.synthetic.reading.measured import Measured

CHILDREN, MANY = 20_000, 100_000


def _measured(folder: Path, children: int) -> dict[str, Measured]:
    write_county(folder, children=children, seed=7, today=USUAL_DAY)
    return {each.key: each for each in describe(folder)}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    return _measured(tmp_path_factory.mktemp("rates"), CHILDREN)


def test_every_figure_is_measured(measured: dict[str, Measured]) -> None:
    assert measured.keys() == FIGURES.keys()
    assert all(each.counted for each in measured.values())


@pytest.mark.parametrize("key", FIGURES)
def test_a_rate_is_within_its_bounds(measured: dict[str, Measured], key: str) -> None:
    assert measured[key].holds, _said(measured[key])


@pytest.mark.full
def test_rates_of_a_large_county_are_within_narrower_bounds(tmp_path: Path) -> None:
    """What is rare is hardly bounded in a small county."""
    outside = [_said(each) for each in _measured(tmp_path, MANY).values() if not each.holds]
    assert outside == []


def _said(each: Measured) -> str:
    return f"{each.key}: {each.value:.4g}, not within {each.allowed:.4g} of {each.figure.value:.4g}"


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
