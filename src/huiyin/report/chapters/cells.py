"""Cells of the corridor as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.measure.contracts import Cell
from huiyin.report.code_names import against_name, flag_names
from huiyin.report.numbers import Chip, cell_interval, chip, count, estimate, shown_n
from huiyin.report.page import Datum, Reader, Table

MAXIMUM_ROWS = 200


def cells_table(
    cells: Sequence[Cell],
    names: Sequence[str],
    first: str,
    reader: Reader,
    caption: str = "",
    *,
    judged: bool = True,
) -> Table:
    """Give one row per cell: name, estimate, interval, n, and the comparison where there is one.

    Not `judged`, a real difference is neither good nor bad.
    """
    compared = any(cell.comparison is not None for cell in cells)
    header = [first, *reader.header("estimate", "interval", "n")]
    if compared:
        header.append(change_name(cells, reader))
    rows = tuple(
        cell_row(cell, name, reader, compared=compared, judged=judged)
        for cell, name in zip(cells[:MAXIMUM_ROWS], names, strict=False)
    )
    return Table(
        tuple(header), rows, caption, more_rows(len(rows), len(cells), reader), frozenset({1, 2, 3})
    )


def cell_row(
    cell: Cell, name: str, reader: Reader, *, compared: bool, judged: bool = True
) -> tuple[Datum, ...]:
    """Give the entries of one cell."""
    flags = flag_names(cell.flags, reader.language)
    row = (
        Datum(name, small=flags),
        Datum(
            estimate(cell, reader.language),
            sort=cell.estimate,
            number=True,
            strong=cell.estimate is not None,
        ),
        Datum(cell_interval(cell, reader.language), sort=cell.low, number=True),
        Datum(count(shown_n(cell, cell.n)), sort=cell.n, number=True),
    )
    if not compared:
        return row
    mark = cell_chip(cell, reader, judged=judged)
    difference = cell.comparison.difference if cell.comparison else None
    return (*row, Datum(chip=mark, sort=difference))


def cell_chip(cell: Cell, reader: Reader, *, judged: bool = True) -> Chip | None:
    """Give the chip of a cell's comparison."""
    better = cell.metric not in reader.lower_is_better if judged else None
    return chip(cell, reader.language, higher_is_better=better)


def change_name(cells: Sequence[Cell], reader: Reader) -> str:
    """Name the column of the comparison by what it is against."""
    against = {cell.comparison.against for cell in cells if cell.comparison is not None}
    if len(against) != 1:
        return reader.word("col.change_plain")
    return reader.word("col.change", against=reader.say(against_name(next(iter(against)))))


def more_rows(shown: int, total: int, reader: Reader) -> str:
    """Say that a table was cut; empty where it was not."""
    return "" if shown >= total else reader.word("table.more", shown=shown, total=count(total))
