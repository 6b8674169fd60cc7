"""Long lists in pages.

No row is fetched that is not shown, because each row that names a child is written down as a
sight; so a full page offers a next one, which may turn out to be empty.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
ROWS = 20


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
        self.rows = list(fetch((number - 1) * rows, rows))
        self.number = number
        self._full = len(self.rows) == rows
        self._parameter = parameter
        self._others = {name: value for name, value in others.items() if value}

    def turn_with(self, **others: str) -> None:
        """What the addresses of the other pages say besides, once it is known from the rows."""
        self._others |= others

    @property
    def previous(self) -> str | None:
        """The address of the page before, if there is one."""
        return self._address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after, if there may be one."""
        return self._address(self.number + 1) if self._full else None

    def _address(self, number: int) -> str:
        return "?" + urlencode(self._others | {self._parameter: str(number)})
