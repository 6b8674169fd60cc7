"""How records meet on the further columns of a table, in learning and in linking.

Nobody has chosen rules for columns that only one file has, so they come from their kinds.
"""

from itertools import combinations

from keepsight.kernel.linkage.bulk.blocking import Part, Rule, pairs_of
from keepsight.kernel.linkage.bulk.columns import Table, Way

MOST_PAIRS = 50
"""Pairs a record up to which a rule is used: two columns of a few codes bring all together."""

OWN = ("forename", "surname", "date_of_birth", "postcode")
"""The columns of every subject record that tell people apart."""

MOST_COLUMNS = 8
"""Further columns that a table may have, so that a pattern of levels fits into 64 bits."""


def meeting(table: Table) -> tuple[Rule, ...]:
    """The rules by which records are compared for their further columns.

    One identifier is enough; otherwise two columns agree, of which one is a further one.
    """
    two = ((Part(a), Part(b)) for a, b in combinations((*OWN, *table.further), 2))
    rules = [*identifying(table), *(rule for rule in two if rule[1].column in table.further)]
    return tuple(rule for rule in rules if pairs_of(table, rule) <= MOST_PAIRS * len(table))


def freeing(table: Table) -> tuple[Rule, ...]:
    """The rules by which expectation learns further columns, and others beside them."""
    if not table.further:
        return ()
    beside = [(Part("date_of_birth"), Part("forename"))]
    beside += [
        (Part("date_of_birth"), Part(name))
        for name, way in table.further.items()
        if way is Way.TEXT
    ]
    return (*identifying(table), *beside)


def identifying(table: Table) -> tuple[Rule, ...]:
    """A rule for each further identifier."""
    return tuple((Part(name),) for name, way in table.further.items() if way is Way.IDENTIFIER)
