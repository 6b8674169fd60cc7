"""Random rules as data and back, and as English: nothing is lost, and each has its words."""

import json
from dataclasses import replace

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keepsight.cli.definitions import as_text
from keepsight.kernel.indicators.catalogue import CATALOGUE
from keepsight.kernel.indicators.conditions import Operator
from keepsight.kernel.indicators.indicator import Indicator
from keepsight.kernel.indicators.nodes import NODES, parts
from keepsight.kernel.indicators.reading_written import indicator_of
from keepsight.kernel.indicators.selecting import Beside, Select
from keepsight.kernel.indicators.sentences import lines, sentence
from keepsight.kernel.indicators.windows import Moment, Window
from keepsight.kernel.indicators.written import as_data
from tests.factories.ruling import READABLE, RICHEST, rules

BRIEFLY = settings(
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    kind = draw(st.sampled_from(RICHEST) | st.sampled_from(READABLE))
    return replace(draw(st.sampled_from(CATALOGUE)), rule=draw(rules([kind])))


@BRIEFLY
@given(indicator=indicators())
def test_an_indicator_comes_back_from_json_and_from_yaml_as_it_was(indicator: Indicator) -> None:
    from_json = indicator_of(json.loads(json.dumps(as_data(indicator))))
    from_yaml = indicator_of(yaml.safe_load(as_text(indicator)))
    # The text tells 2 from 2/1 and true from 1, which are equal.
    assert repr(from_json) == repr(from_yaml) == repr(indicator)
    assert from_json == indicator


@BRIEFLY
@given(indicator=indicators())
def test_every_rule_has_a_sentence_that_holds_the_length_of_each_window(
    indicator: Indicator,
) -> None:
    said = " ".join(line.text for line in lines(sentence(indicator.rule)))
    for part in parts(indicator.rule):
        if isinstance(part, Window) and part.first > part.last:
            assert f"{part.first - part.last + 1} days" in said
    assert "_" not in said
    assert "  " not in said


def test_every_part_of_the_language_is_written() -> None:
    tried: set[object] = set()

    @settings(BRIEFLY, max_examples=250, derandomize=True)
    @given(indicator=indicators())
    def look(indicator: Indicator) -> None:
        for part in parts(indicator.rule):
            tried.update({type(part), getattr(part, "operator", None)})
            if isinstance(part, Select):
                tried.update({part.moment, bool(part.weekdays)})
            if isinstance(part, Beside):
                tried.update({part.bond, part.there})

    look()
    assert tried >= {*NODES, *Operator, *Moment, True, False}
