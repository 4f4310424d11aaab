"""Questions that stand in several columns: options of a multi-select, or rows of a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.codebook.contracts import ColumnHint, Role
from huiyin.collect.files.table import Cells
from huiyin.core.text import Text

OPEN_ENDED = ("open-ended response", "other (please specify)", "other (please specify) comment")
_TICKS = frozenset(
    {
        "0",
        "1",
        "yes",
        "no",
        "y",
        "n",
        "ja",
        "nein",
        "nee",
        "oui",
        "non",
        "true",
        "false",
        "是",
        "否",
    }
    | {"checked", "selected", "not selected", "-2", "-3", "na", "n/a", "(空)", "(跳过)", "√", "x"}
)


def column_cells(rows: Sequence[Cells], position: int) -> list[str]:
    """List the non-empty cells of a column."""
    return [cell for row in rows if position < len(row) and (cell := row[position])]


def is_ticked(cells: Sequence[str], option: str) -> bool:
    """Tell a tick mark from a rating: the column holds only yes/no words or its own option."""
    own = option.strip().casefold()
    return {cell.strip().casefold() for cell in cells} <= _TICKS | {own}


def spread_hints(
    question: str,
    options: Mapping[str, tuple[str, Sequence[str]]],
    *,
    several: bool | None = None,
) -> dict[str, ColumnHint]:
    """Hint at each column of a question that stands in several.

    Parameters
    ----------
    question : str
        Its wording; becomes the group.
    options : mapping of str to (str, sequence of str)
        Column name to the option's or row's label, and the column's first cells.
    several : bool, optional
        Whether several answers may be ticked, where the survey's definition says so; else it is
        seen from the cells.

    Returns
    -------
    dict of str to ColumnHint
        `choice_set` with `option` where every column is ticked or not; a matrix otherwise, whose
        `question` is the row's label.
    """
    if several is None:
        answered = any(cells for _, cells in options.values())
        several = answered and all(is_ticked(cells, label) for label, cells in options.values())
    if several:
        return {
            name: ColumnHint(
                question=question, group=question, option=option, role=Role.CHOICE_SET,
                reason=Text("同一道多选题的选项", "an option of a multi-select question"),
            )
            for name, (option, _) in options.items()
        }  # fmt: skip
    return {
        name: ColumnHint(
            question=option or question,
            group=question,
            reason=Text("同一道矩阵题的一行", "a row of a matrix question"),
        )
        for name, (option, _) in options.items()
    }
