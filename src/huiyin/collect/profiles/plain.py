"""Any table with one header row, or none."""

from __future__ import annotations

import re

from huiyin.collect.files.table import Cells
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import FALLBACK, Head, Layout, Recognition
from huiyin.core.text import Text

MAX_TITLE_ROWS = 10
TYPED_KINDS = frozenset({"parquet", "spss"})
"""Kinds whose columns always have names."""

_VALUE = re.compile(r"[-+]?[\d.,:/%\s-]*\d[\d.,:/%\s-]*(e[-+]?\d+)?", re.IGNORECASE)


class Plain:
    """One header row; title rows above it are skipped, scratch sheets have none."""

    name = "plain"
    title = Text("普通表格：一行表头，或没有表头", "a plain table: one header row, or none")

    def recognise(self, head: Head) -> Recognition:
        """Take whatever no other profile claims."""
        return Recognition(
            FALLBACK if head.rows else 0.0,
            Text("普通表格，没有问卷平台的特征", "a plain table, no mark of a survey platform"),
        )

    def lay_out(self, head: Head) -> Layout:
        """Find the header row, if there is one."""
        if head.kind in TYPED_KINDS:
            return Layout(1, unique_names(head.row(0)), head.hints)
        titles = n_title_rows(head)
        header = head.row(titles)
        if not is_header(header, head.rows[titles + 1 :]):
            return Layout(titles, unique_names([None] * head.width), {}, (_NO_HEADER,))
        header = _with_row_names(header, head.rows[titles : titles + 2])
        notes = (_titles_note(head, titles),) if titles else ()
        return Layout(titles + 1, unique_names(header), {}, notes)


_NO_HEADER = Text(
    "第一行就是数据，没有表头；各列按位置命名。",
    "The first row already holds data, there is no header; columns are named by position.",
)


def _titles_note(head: Head, titles: int) -> Text:
    words = " / ".join(one_line(c) for row in head.rows[:titles] for c in row if c)
    return Text(
        "表头上面有 {n} 行标题，已跳过：{words}", "{n} title rows above the header skipped: {words}"
    ).format(n=titles, words=words[:200])


def n_title_rows(head: Head) -> int:
    """Count rows above the header that fill far fewer cells than the table is wide."""
    typical = max((_n_filled(row) for row in head.rows[:MAX_TITLE_ROWS]), default=0)
    for number, row in enumerate(head.rows[:MAX_TITLE_ROWS]):
        if _n_filled(row) > 1 and _n_filled(row) >= typical / 2:
            return number
    return 0


def is_header(row: Cells, below: tuple[Cells, ...]) -> bool:
    """Tell a header from data: most of its cells are words, or unlike the cells below."""
    filled = [cell for cell in row if cell]
    values = [cell for cell in filled if is_value(cell)]
    if not filled or not below:
        return True
    return len(values) < len(filled) / 2 or not _alike(row, below)


def _alike(row: Cells, below: tuple[Cells, ...]) -> bool:
    pairs = [(cell, other) for cell, other in zip(row, below[0], strict=False) if cell and other]
    return sum(is_value(a) and is_value(b) for a, b in pairs) >= len(pairs) / 2


def is_value(cell: str) -> bool:
    """Tell a number, date or time from words."""
    return _VALUE.fullmatch(cell.strip()) is not None


def _n_filled(row: Cells) -> int:
    return sum(1 for cell in row if cell)


def _with_row_names(header: Cells, rows: tuple[Cells, ...]) -> Cells:
    """Shift a header that is one cell short because the row names have none (as R writes)."""
    if len(rows) > 1 and len(rows[0]) + 1 == len(rows[1]) and rows[1][-1]:
        return (None, *rows[0], *header[len(rows[1]) :])
    return header


PROFILES = (Plain(),)
