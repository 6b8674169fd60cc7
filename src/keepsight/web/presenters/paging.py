"""Long lists in pages: one row more than a page is fetched, so that nobody counts the rest."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
ROWS = 50


class Paged(Generic[T]):
    """One page of a list, and whether there is one before and after it.

    `parameter` is the name in the address, so that two lists of a page can be turned apart.
    """

    def __init__(
        self,
        number: int,
        fetch: Callable[[int, int], Sequence[T]],
        *,
        parameter: str = "page",
        rows: int = ROWS,
        **others: str,
    ) -> None:
        found = fetch((number - 1) * rows, rows + 1)
        self.rows = list(found[:rows])
        self.number = number
        self._more = len(found) > rows
        self._parameter = parameter
        self._others = {name: value for name, value in others.items() if value}

    @property
    def previous(self) -> str | None:
        """The address of the page before, if there is one."""
        return self._address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after, if there is one."""
        return self._address(self.number + 1) if self._more else None

    def _address(self, number: int) -> str:
        return "?" + urlencode(self._others | {self._parameter: str(number)})
