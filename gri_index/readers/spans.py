"""Cells of a table that reach over several rows or columns, set into a grid (HTML Living Standard, 4.9.12)."""

from collections.abc import Sequence

_MOST_ROWS = 1_000  # that one cell reaches over; the HTML Standard has 65,534
_MOST_COLUMNS = 256  # up to which a cell reaches over columns


class SpanGrid:
    """The rows of one table, in order: a cell that reaches down stands in each of its rows, one that reaches right in its first column."""

    def __init__(self) -> None:
        self._reaching: dict[int, tuple[int, str]] = {}  # column -> (rows that its cell still reaches over, text)

    def row(self, cells: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, ...], frozenset[int]]:
        """(texts by column, columns whose text goes on from a row above) of ``cells``: (text, rows, columns) each."""
        above, self._reaching = self._reaching, {}
        placed: dict[int, str] = {}
        carried = set()
        waiting, column = list(cells)[::-1], 0
        while waiting or above:
            if column in above:
                left, text = above.pop(column)
                placed[column] = text
                carried.add(column)
                self._reach(column, left, text)
                column += 1
            elif waiting:
                text, rows, columns = waiting.pop()
                columns = max(1, min(columns, _MOST_COLUMNS - column))
                for position in range(column, column + columns):
                    above.pop(position, None)  # cells that overlap are a fault of the page; the new one wins
                    placed[position] = text if position == column else ""
                    self._reach(position, min(rows, _MOST_ROWS), placed[position])
                column += columns
            else:
                column += 1
        return tuple(placed.get(position, "") for position in range(max(placed, default=-1) + 1)), frozenset(carried)

    def _reach(self, column: int, rows: int, text: str) -> None:
        if rows > 1:
            self._reaching[column] = (rows - 1, text)
