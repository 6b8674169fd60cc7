"""Whatever is changed in a clean return against its schema, a finding names the place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepsight.kernel.checks import Finding
from keepsight.kernel.checks.cin import Checking
from keepsight.kernel.checks.ssda903 import check
from keepsight.kernel.checks.year import ReturnYear
from keepsight.kernel.formats import cin_census
from keepsight.kernel.formats.blocks import written
from keepsight.kernel.formats.tree import Node
from tests.factories.returns import cin_full, of_county, ssda903_full
from tests.factories.returns.mutations import line_mutations, mutations, places


def of_one(header: Node, child: Node) -> list[Finding]:
    """What is found in a return of one child, by the child alone."""
    checking = Checking()
    list(checking.take_header(header))
    return list(checking.take_child(child))


def of_header(header: Node) -> list[Finding]:
    return list(Checking().take_header(header))


def test_every_forbidden_change_to_every_element_of_the_full_return_is_found() -> None:
    """Exhaustive: each element of each child and of the header, in every way that is forbidden."""
    tried, unseen = 0, []
    header = cin_full.header()
    trees = [(child, cin_census.CHILD) for child in cin_full.children()]
    for tree, schema in [*trees, (header, cin_census.HEADER)]:
        for place in places(tree, schema):
            for mutation in mutations(tree, place):
                tried += 1
                whole = schema is cin_census.HEADER
                found = of_header(mutation.tree) if whole else of_one(header, mutation.tree)
                if not {each.field for each in found} & mutation.names:
                    unseen.append(mutation.what)
    assert unseen == []
    assert tried > 1_600


def test_every_forbidden_value_in_every_line_of_the_full_return_is_found() -> None:
    """Exhaustive: each cell that holds something, in every way that is forbidden."""
    lines, tried, unseen = ssda903_full.lines(), 0, []
    for place in range(len(lines)):
        for what, column, changed in line_mutations(lines, place):
            tried += 1
            found = ssda903_full.findings(changed)
            named = {each.field for each in found if each.row == lines[place].row}
            if column not in named and (column != "CHILD" or "CHILD" not in named):
                unseen.append(what)
    assert unseen == []
    assert tried > 800


@pytest.fixture(scope="module")
def submitted() -> list[of_county.Return]:
    return list(of_county.cin_returns())


def test_a_clean_return_of_several_hundred_children_gives_nothing(submitted) -> None:
    children = sum(len(each.children) for each in submitted)
    assert children > 500
    for header, kids in submitted:
        tree = cin_full.message(
            written(cin_census.HEADER, header), [written(cin_census.CHILD, each) for each in kids]
        )
        assert cin_full.findings(tree) == []


def test_a_clean_looked_after_return_of_each_council_gives_nothing() -> None:
    returns = list(of_county.ssda903_returns())
    assert sum(len(each) for each in returns) > 600
    assert len({line.table for lines in returns for line in lines}) >= 8
    for lines in returns:
        assert list(check(lines, ReturnYear.ending(2026))) == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_forbidden_change_in_a_countys_return_is_found(submitted, data) -> None:
    header, children = data.draw(st.sampled_from(submitted))
    tree = written(cin_census.CHILD, data.draw(st.sampled_from(children)))
    place = data.draw(st.sampled_from(places(tree, cin_census.CHILD)))
    mutation = data.draw(st.sampled_from(list(mutations(tree, place))))
    found = of_one(written(cin_census.HEADER, header), mutation.tree)
    assert {each.field for each in found} & mutation.names, mutation.what
