"""Tables and bars for terminals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from taglint.reporters.display import columns, escaped, padded, shortened

BAR = 24
WIDEST = 44


class Table:
    """Columns as (heading, side): `<` for words, `>` for numbers."""

    def __init__(self, *heads: tuple[str, str]) -> None:
        self.names = [name for name, _ in heads]
        self.sides = [side for _, side in heads]

    def lines(self, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
        """The table below an empty line, with headings if it has any; nothing without rows."""
        cells = [[_cell(value) for value in row] for row in rows]
        if not cells:
            return
        heads = [self.names] if any(self.names) else []
        widths = [max(map(columns, column)) for column in zip(*heads, *cells, strict=True)]
        if heads:
            yield ""
        for row in (*heads, *cells):
            fields = map(self._field, row, widths, self.sides)
            yield "  ".join(fields).rstrip()

    @staticmethod
    def _field(cell: str, width: int, side: str) -> str:
        return padded(cell, width) if side == "<" else " " * (width - columns(cell)) + cell


def _cell(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return shortened(escaped(str(value)), WIDEST)


def bar(value: float, most: float, full: int = BAR, rest: str = "") -> str:
    """A bar in eighths of a column, so that small values show as well."""
    eighths = round(8 * full * value / most) if most else 0
    whole, part = divmod(max(eighths, 1 if value else 0), 8)
    if rest:
        return "█" * round(full * value / most) + rest * (full - round(full * value / most))
    return "█" * whole + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[part]
