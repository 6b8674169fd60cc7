"""Tables of counts from which no small number can be read, and none worked out.

A table is shown with the totals of its rows and columns, and each total is a cell like any other:
in the last row and the last column. Primary suppression hides small cells. What is hidden could
still be worked out from what is shown, so secondary suppression hides more, until

- no hidden cell is fixed by the sums;
- of no cell that is small do the sums say that it is: it could as well reach the threshold.

Both are judged exactly, for a reader who knows all sums and that no count is below nought: see
`Room`. It does not protect against somebody who holds two tables side by side: see `releases`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from keepsight.kernel.statistics.small_numbers import SmallNumber

Table = tuple[tuple[int, ...], ...]
Shown = tuple[tuple[int | None, ...], ...]
Cell = tuple[int, int]
Line = tuple[str, int]
Cost = Callable[[Table, Cell], tuple[int, ...]]


def with_totals(counts: Sequence[Sequence[int]]) -> Table:
    """The counts with the totals of each row, each column and all, last."""
    rows = [(*row, sum(row)) for row in counts]
    return (*rows, tuple(sum(column) for column in zip(*rows, strict=True)))


def suppressed(counts: Sequence[Sequence[int]], small: SmallNumber) -> Shown:
    """The table with its totals, and nothing in the place of what must stay unsaid."""
    if not counts or not counts[0]:
        return ()
    table = with_totals(counts)
    hidden = min((_hidden(table, small, cost) for cost in (_parts, _counted)), key=len)
    return tuple(
        tuple(None if (r, c) in hidden else value for c, value in enumerate(row))
        for r, row in enumerate(table)
    )


def suppressed_parts(parts: Sequence[int], small: SmallNumber) -> tuple[int | None, ...]:
    """A list of parts that make up a whole, with the whole last."""
    shown = suppressed([parts], small)
    return shown[0] if shown else ()


def _hidden(table: Table, small: SmallNumber, cost: Cost) -> set[Cell]:
    """What is small, and what must be hidden with it; then again shown what need not have been."""
    primary = {cell for cell in _cells(table) if small.hides(_value(table, cell))}
    hidden = set(primary)
    while unsafe := _unsafe(table, hidden, small):
        hidden.add(_next_to_hide(table, hidden, unsafe, cost))
    for cell in sorted(hidden - primary, key=lambda cell: cost(table, cell), reverse=True):
        if not _unsafe(table, hidden - {cell}, small):
            hidden.remove(cell)
    return hidden


@dataclass(frozen=True, slots=True)
class Room:
    """How far one hidden cell could be from the truth, with every sum as it is shown.

    The lines of a table are joined by its hidden cells, through which counts flow: out of the
    whole into rows, from rows to columns, and back. A cell can grow by as much as can flow back
    from its end to its beginning through other hidden cells, none of which may fall below nought.
    """

    table: Table
    hidden: frozenset[Cell]

    def above(self, cell: Cell, enough: int) -> int:
        """How much more the cell could be, up to what is enough to know."""
        start, end = self._ends(cell)
        return self._flow(end, start, cell, enough)

    def below(self, cell: Cell) -> int:
        """How much less the cell could be."""
        start, end = self._ends(cell)
        return self._flow(start, end, cell, _value(self.table, cell))

    def _ends(self, cell: Cell) -> tuple[Line, Line]:
        row, column = ("row", cell[0]), ("column", cell[1])
        last = (len(self.table) - 1, len(self.table[0]) - 1)
        forward = (cell[0] == last[0]) == (cell[1] == last[1])
        return (row, column) if forward else (column, row)

    def _flow(self, start: Line, end: Line, without: Cell, enough: int) -> int:
        """The most that can flow, found one way after another (Edmonds and Karp)."""
        values = {cell: _value(self.table, cell) for cell in self.hidden if cell != without}
        flowed = 0
        while flowed < enough:
            way = self._way(start, end, values)
            if way is None:
                break
            backwards = [values[cell] for cell, forward in way if not forward]
            step = min([enough - flowed, *backwards])
            for cell, forward in way:
                values[cell] += step if forward else -step
            flowed += step
        return flowed

    def _way(
        self, start: Line, end: Line, values: dict[Cell, int]
    ) -> list[tuple[Cell, bool]] | None:
        """A shortest way, cell by cell, each taken forward, or backward where it is not nought."""
        came: dict[Line, tuple[Line, Cell, bool] | None] = {start: None}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for cell, value in values.items():
                first, last = self._ends(cell)
                if here == first and last not in came:
                    came[last] = (here, cell, True)
                    waiting.append(last)
                elif here == last and value > 0 and first not in came:
                    came[first] = (here, cell, False)
                    waiting.append(first)
        if end not in came:
            return None
        way = []
        step = came[end]
        while step is not None:
            way.append((step[1], step[2]))
            step = came[step[0]]
        return way


def _unsafe(table: Table, hidden: set[Cell], small: SmallNumber) -> list[Cell]:
    """The hidden cells of which the sums tell too much."""
    room = Room(table, frozenset(hidden))
    return [cell for cell in sorted(hidden) if _tells(room, cell, small)]


def _tells(room: Room, cell: Cell, small: SmallNumber) -> bool:
    value = _value(room.table, cell)
    if small.hides(value):
        return room.above(cell, small.least - value) < small.least - value
    return room.above(cell, 1) == 0 and room.below(cell) == 0


def _next_to_hide(table: Table, hidden: set[Cell], unsafe: Sequence[Cell], cost: Cost) -> Cell:
    """The least to lose beside an unsafe cell, in that line of any which hides least."""
    lines = [
        [(row, c) for c in range(len(table[0]))] for row in sorted({row for row, _ in unsafe})
    ] + [[(r, column) for r in range(len(table))] for column in sorted({c for _, c in unsafe})]
    found = [
        (len(line) - len(shown), min(cost(table, cell) for cell in shown), shown)
        for line in [*lines, list(_cells(table))]
        if (shown := [cell for cell in line if cell not in hidden])
    ]
    _, _, shown = min(found)
    return min(shown, key=lambda cell: cost(table, cell))


def _parts(table: Table, cell: Cell) -> tuple[int, ...]:
    """Parts are hidden before totals, and small counts before large ones and zeros."""
    return _totals(table, cell), _value(table, cell) == 0, _value(table, cell), *cell


def _counted(table: Table, cell: Cell) -> tuple[int, ...]:
    """What counts somebody is hidden before zeros, a total too: a zero helps to hide little."""
    return _value(table, cell) == 0, _totals(table, cell), _value(table, cell), *cell


def _totals(table: Table, cell: Cell) -> int:
    return (cell[0] == len(table) - 1) + (cell[1] == len(table[0]) - 1)


def _cells(table: Table) -> Iterator[Cell]:
    for r, row in enumerate(table):
        for c in range(len(row)):
            yield r, c


def _value(table: Table, cell: Cell) -> int:
    return table[cell[0]][cell[1]]
