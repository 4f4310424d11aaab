"""Google Forms: a time stamp first, one header row, grids as ``Question [row]``."""

from __future__ import annotations

import re
from collections import Counter

from huiyin.codebook.contracts import ColumnHint, Role
from huiyin.collect.names import one_line, unique_names
from huiyin.collect.profiles.layout import LIKELY, Head, Layout, Recognition
from huiyin.collect.profiles.spread import column_cells, spread_hints
from huiyin.core.text import Text

STAMPS = frozenset(
    {"timestamp", "时间戳记", "时间戳", "時間戳記", "horodateur", "zeitstempel", "marca temporal"}
    | {"タイムスタンプ", "carimbo de data/hora", "informazioni cronologiche", "отметка времени"}
)
SEPARATOR = ", "
_CONTACT = frozenset({"email address", "电子邮件地址", "email", "username", "用户名"})
_GRID = re.compile(r"(?P<question>.+?)\s*\[(?P<row>[^\[\]]+)\]")
_DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*")
_MIN_GRID = 2
_MIN_ANSWERS = 8


class GoogleForms:
    """Google Forms answers, as sheet, CSV or TSV."""

    name = "google_forms"
    title = Text("Google 表单的回答", "answers of Google Forms")

    def recognise(self, head: Head) -> Recognition | None:
        """Look for the time stamp in the first column."""
        header = head.row(0)
        first = one_line(header[0]).lower() if header else ""
        stamps = column_cells(head.rows[1:], 0)
        if first not in STAMPS or not all(_DATE.fullmatch(cell) for cell in stamps):
            return None
        return Recognition(
            LIKELY,
            Text(
                f"第一列是“{first}”，是 Google 表单的写法",
                f"the first column is “{first}”, as Google Forms writes",
            ),
        )

    def lay_out(self, head: Head) -> Layout:
        """Group grids; find questions where several options stand in one cell."""
        names = unique_names(head.row(0))
        hints = self._grids(head, names)
        for position, name in enumerate(names):
            cells = column_cells(head.rows[1:], position)
            if name not in hints and holds_several(cells):
                hints[name] = _several(name)
            if name.lower() in _CONTACT:
                hints[name] = ColumnHint(role=Role.CONTACT, reason=_OWN)
        hints[names[0]] = ColumnHint(role=Role.TIME, reason=_OWN)
        return Layout(1, names, hints)

    @staticmethod
    def _grids(head: Head, names: tuple[str, ...]) -> dict[str, ColumnHint]:
        grids: dict[str, dict[str, tuple[str, list[str]]]] = {}
        for position, name in enumerate(names):
            if found := _GRID.fullmatch(name):
                cells = column_cells(head.rows[1:], position)
                grids.setdefault(found["question"], {})[name] = (found["row"], cells)
        hints: dict[str, ColumnHint] = {}
        for question, rows in grids.items():
            if len(rows) >= _MIN_GRID:
                hints |= spread_hints(question, rows)
        return hints


_OWN = Text("Google 表单自带的列", "a column Google Forms adds itself")


def _several(name: str) -> ColumnHint:
    return ColumnHint(
        question=name,
        group=name,
        separator=SEPARATOR,
        role=Role.CHOICE_SET,
        reason=Text(
            "一格里有几个选项，用逗号隔开", "several options in one cell, joined by commas"
        ),
    )


def holds_several(cells: list[str]) -> bool:
    """Tell a multi-select from prose: the parts between ``", "`` come back in other answers.

    An option may hold a comma itself; such a question is not claimed, for its parts would be
    counted as options that nobody was offered.

    Parameters
    ----------
    cells : list of str
        Non-empty answers.
    """
    joined = [cell for cell in cells if SEPARATOR in cell]
    if len(cells) < _MIN_ANSWERS or len(joined) < len(cells) / 5:
        return False
    parts = Counter(part for cell in cells for part in cell.split(SEPARATOR))
    if any(_looks_cut(part) for part in parts):
        return False
    again = sum(n for n in parts.values() if n > 1)
    whole = len(set(joined))
    return again >= 0.8 * parts.total() and len(parts) < whole * 2


def _looks_cut(part: str) -> bool:
    return part.count("(") != part.count(")") or part.startswith(("and ", "or ", "etc"))


PROFILES = (GoogleForms(),)
