"""Every page against the rule, over random small worlds: no leak, and no wrong denial.

A case is one person before one child, with every page: some hundreds here, and more than ten
thousand with `./run test access --full`, in parts, so that it can be seen how far it has come.
"""

import pytest
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings

from keepsight.web.access import is_for_clients, is_public
from tests.architecture.test_views import patterns
from tests.factories.building import build
from tests.factories.fixed_world import FIXED
from tests.factories.known_world import WorldPlan
from tests.factories.page_oracle import ABOUT_NO_CHILD, CHECKS, page_disagreements
from tests.generative.test_visibility import worlds

few = settings(max_examples=13, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=50)
PARTS = 14
"""Of fifty worlds each, in which some seven people look at one to three children: in the mean 15.8
cases a world.
"""
worlds_differ = given(worlds())
pytestmark = pytest.mark.access


def test_every_page_is_held_to_the_rule_or_is_about_no_child() -> None:
    every = {each.name: each.callback for each in patterns(get_resolver())}
    opened = {name for name, view in every.items() if is_public(view) or is_for_clients(view)}
    pages = every.keys() - opened
    assert pages - set(CHECKS) - set(ABOUT_NO_CHILD) == set(), "say what these are held to"
    assert (set(CHECKS) | set(ABOUT_NO_CHILD)) - pages == set(), "these are gone"


def test_each_page_of_a_fixed_world_says_what_the_rule_says(database: None) -> None:
    assert list(page_disagreements(build(FIXED))) == []


@few
@worlds_differ
def test_each_page_says_what_the_rule_says(database: None, plan: WorldPlan) -> None:
    assert list(page_disagreements(build(plan))) == []


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
@many
@worlds_differ
def test_each_page_says_what_the_rule_says_at_length(
    database: None, part: int, plan: WorldPlan
) -> None:
    assert list(page_disagreements(build(plan))) == []
