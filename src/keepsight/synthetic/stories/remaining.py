"""What is left of records after all that cannot be was taken out of what happened."""

from dataclasses import fields

from keepsight.synthetic.happenings import Happenings

Kept = frozenset[int]
"""The identities of all records that stand in what happened."""


def kept_in(happenings: Happenings) -> Kept:
    """Which records stand."""
    return frozenset(
        id(record) for kind in fields(happenings) for record in getattr(happenings, kind.name)
    )


def remaining(records: Happenings, kept: Kept) -> Happenings:
    """Those of the records that stand."""
    left = Happenings()
    for kind in fields(records):
        getattr(left, kind.name).extend(
            record for record in getattr(records, kind.name) if id(record) in kept
        )
    return left
