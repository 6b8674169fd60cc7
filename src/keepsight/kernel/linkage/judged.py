"""What people judged of pairs of subject records. It binds every run, whatever the model says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

Two = tuple[int, int]
"""Two subjects, the lower first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that are one child, are not, or of which a person could not say.

    `unsure` are those of which nothing has changed since: until it does, they stay apart and nobody
    is asked again.
    """

    same: frozenset[Two] = frozenset()
    not_the_same: frozenset[Two] = frozenset()
    unsure: frozenset[Two] = frozenset()

    @property
    def apart(self) -> frozenset[Two]:
        """Pairs that the model may not join."""
        return self.not_the_same | self.unsure

    @property
    def all(self) -> frozenset[Two]:
        """Every pair that a person judged."""
        return self.same | self.apart


NOTHING_JUDGED = Judged()


def judged(
    *,
    same: Iterable[Collection[int]] = (),
    not_the_same: Iterable[Collection[int]] = (),
    unsure: Iterable[Collection[int]] = (),
) -> Judged:
    """Pairs in either order. Raises `ValueError` for a record that is paired with itself."""
    return Judged(*(frozenset(map(_both, pairs)) for pairs in (same, not_the_same, unsure)))


def two(one: int, other: int) -> Two:
    """The pair, the lower first; raises `ValueError` if they are one."""
    if one == other:
        raise ValueError(f"Subject record {one} is paired with itself.")
    return (one, other) if one < other else (other, one)


def _both(pair: Collection[int]) -> Two:
    one, other = pair
    return two(one, other)
