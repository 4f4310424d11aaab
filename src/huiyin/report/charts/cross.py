"""A cross-table as a heat map: shade = share of the row, ▲▼ = clearly more or fewer."""

from __future__ import annotations

from huiyin.analyse.contracts import CrossTable
from huiyin.report.charts.chart import Chart, Option, base_option, on_phone
from huiyin.report.charts.labels import short, wrapped
from huiyin.report.numbers import count, share
from huiyin.report.palette import HEAT, HEAT_PALE, INK, PAPER
from huiyin.report.words import word

MAXIMUM_ROWS, MAXIMUM_COLUMNS = 20, 10
ROW_HEIGHT = 38
_TOP, _BOTTOM = 52, 10
_DARKEST_FROM = 0.8


def cross_chart(table: CrossTable, language: str) -> Chart | None:
    """Draw a cross-table, its first rows and columns where it is large; None where it is empty."""
    if not table.counts:
        return None
    rows = table.row_values[:MAXIMUM_ROWS]
    headers = table.column_values[:MAXIMUM_COLUMNS]
    return Chart(
        "cross",
        word(
            "cross.title",
            language,
            row=table.row_label.say(language),
            column=table.column_label.say(language),
        ),
        cross_caption(table, language),
        _option(table, rows, headers),
        _TOP + _BOTTOM + ROW_HEIGHT * len(rows),
    )


def cell_mark(table: CrossTable, row: int, column: int) -> str:
    """Mark a cell that is clearly above or below what independence would give."""
    if not table.different[row][column]:
        return ""
    return "▲" if table.residuals[row][column] > 0 else "▼"


def cross_caption(table: CrossTable, language: str) -> str:
    """Tell the cell that stands out most."""
    places = [
        (row, column)
        for row, line in enumerate(table.different)
        for column, different in enumerate(line)
        if different
    ]
    names = {"row": table.row_label.say(language), "column": table.column_label.say(language)}
    if not places:
        return word("caption.cross_none", language, **names)
    row, column = max(places, key=lambda p: abs(table.residuals[p[0]][p[1]]))
    more = table.residuals[row][column] > 0
    return word(
        "caption.cross",
        language,
        row=names["row"],
        value=short(table.row_values[row]),
        column=short(table.column_values[column]),
        direction=word("caption.more" if more else "caption.fewer", language),
        share=share(table.row_shares[row][column]),
    )


def _option(table: CrossTable, rows: tuple[str, ...], headers: tuple[str, ...]) -> Option:
    """Build the grid from stacked bars of equal length: each is one column of the table."""
    option = base_option(
        grid={"left": 170, "right": 10, "top": _TOP, "bottom": _BOTTOM},
        xAxis=[_hidden_axis(len(headers)), _names_axis(headers)],
        yAxis={
            "type": "category", "inverse": True, "data": [wrapped(row) for row in rows],
            "axisLine": {"show": False}, "axisTick": {"show": False},
            "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
        },
        series=[_column(table, rows, column) for column in range(len(headers))],
    )  # fmt: skip
    return on_phone(option, {"grid": {"left": 110, "right": 4}})


def _hidden_axis(n: int) -> Option:
    return {"type": "value", "min": 0, "max": n, "show": False}


def _names_axis(headers: tuple[str, ...]) -> Option:
    width = max(8, 84 // len(headers))
    return {
        "type": "category", "position": "top", "data": [wrapped(h, width) for h in headers],
        "axisLine": {"show": False}, "axisTick": {"show": False},
        "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
    }  # fmt: skip


def _column(table: CrossTable, rows: tuple[str, ...], column: int) -> Option:
    return {
        "type": "bar", "stack": "all", "barCategoryGap": 0, "barWidth": "100%",
        "label": {"show": True, "position": "inside", "fontSize": 12},
        "data": [_datum(table, row, column) for row in range(len(rows))],
    }  # fmt: skip


def _datum(table: CrossTable, row: int, column: int) -> Option:
    part = table.row_shares[row][column]
    widest = max(_DARKEST_FROM, *(max(line) for line in table.row_shares))
    shade = min(len(HEAT) - 1, int(part / widest * len(HEAT)))
    mark = cell_mark(table, row, column)
    words = " ".join(p for p in (mark, share(part)) if p)
    numbers = f"{share(part)} · {count(table.counts[row][column])}"
    return {
        "value": 1,
        "itemStyle": {
            "color": HEAT[shade], "borderColor": PAPER, "borderWidth": 2,
        },
        "label": {"formatter": words, "color": INK if shade < HEAT_PALE else PAPER},
        "tip": [f"{table.row_values[row]} × {table.column_values[column]}", numbers, mark],
    }  # fmt: skip
