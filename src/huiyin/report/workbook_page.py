"""One sheet of the workbook: title, notes and tables below each other, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from math import ceil
from typing import Any

from huiyin.core.numbers import SECOND
from huiyin.core.text import Text
from huiyin.report.characters import display_width, one_line, printable, shortened
from huiyin.report.workbook_values import Shown, Table

FONT = "Microsoft YaHei"
INK, MUTED, PAPER, LINE = "#1F2329", "#5F6570", "#F6F7F9", "#D9DCE1"
ACCENT, GOOD, BAD = "#3B5BDB", "#0F7B75", "#C8453B"
_TONE: dict[str, dict[str, Any]] = {
    "good": {"font_color": GOOD, "bold": True},
    "bad": {"font_color": BAD, "bold": True},
    "unknown": {"font_color": MUTED},
    "muted": {"font_color": MUTED},
    "strong": {"bold": True},
    "mark": {"bg_color": "#FFF3D6", "bold": True},
    "open": {"bg_color": "#FFF9E5"},
    "link": {"font_color": ACCENT, "underline": 1},
}
_HEADER = {
    "bold": True, "font_color": INK, "bg_color": "#E9EDFB", "text_wrap": True, "valign": "vcenter",
    "bottom": 1, "bottom_color": ACCENT,
}  # fmt: skip
_CELL: dict[str, Any] = {"valign": "vcenter", "bottom": 1, "bottom_color": LINE}
_BUTTON, _LOOSE = "ooo", 1.08
"""Room of the filter button; how much wider words run than they are counted."""
_RISKY = ("=", "+", "-", "@", "\t", "\n", "'")
NARROWEST, WIDEST, CELL_LIMIT = 7, 48, 32_000
_LINE_POINTS, _TALLEST = 14.5, 400.0
_A4, _PRINTED_WIDTH, _FIRST_ROW = 9, 175, 3
_NUMBER_WIDTH = 8
_CHART_WIDTH, _ROW_PIXELS = 900, 20
_FIRST_DAY = date(2000, 1, 1)


@dataclass
class Book:
    """The open workbook: formats are made once, tables get unique names."""

    workbook: Any
    language: str
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    _n_tables: int = 0

    def style(self, **properties: Any) -> Any:
        """Give the format with these properties."""
        properties = {"font_name": FONT, "font_size": 10, "font_color": INK, **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def number_format(self, template: str) -> str:
        """Give a number format with the unit in the language of the workbook."""
        return template.replace("{s}", self.say(SECOND))

    def table_name(self) -> str:
        """Give a table name nobody has yet."""
        self._n_tables += 1
        return f"Huiyin_{self._n_tables}"

    def say(self, text: Text) -> str:
        """Say a text in the language of the workbook."""
        return text.say(self.language)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: sheet, first and last data row, and its headers."""

    sheet: str
    first_row: int
    last_row: int
    headers: tuple[str, ...]

    def values(self, header: str) -> list[str | int]:
        """Name a column's range for a chart."""
        column = self.headers.index(header)
        return [self.sheet, self.first_row, column, self.last_row, column]

    def reference(self, header: str, row: int | None = None) -> str:
        """Name a column's range, or one of its cells, as a formula for a chart."""
        from xlsxwriter.utility import quote_sheetname, xl_col_to_name

        name = xl_col_to_name(self.headers.index(header), col_abs=True)
        first, last = (self.first_row, self.last_row) if row is None else (row, row)
        return f"={quote_sheetname(self.sheet)}!{name}${first + 1}:{name}${last + 1}"


class Page:
    """One sheet, written from top to bottom.

    Parameters
    ----------
    book : Book
    title : Text
        Name of the sheet and its first line.
    home : Text or None
        Sheet the back link leads to.
    widest : int
        Characters at which the text of a column (but the first) wraps.
    headed : bool
        False: its first line is not its name; a table begins at once, for programs to go on with.
    """

    def __init__(
        self,
        book: Book,
        title: Text,
        home: Text | None,
        *,
        widest: int = 34,
        headed: bool = True,
    ) -> None:
        self.book = book
        self.name = book.say(title)
        self.sheet = book.workbook.add_worksheet(self.name)
        self.row = 0
        self._widest = widest
        self._widths: dict[int, int] = {}
        self._wrapped: list[tuple[int, int, str]] = []
        self._header_row: int | None = None
        self._n_tables = 0
        self._set_up_print()
        if headed:
            self.line(self.name, font_size=16, bold=True)
            self.row = _FIRST_ROW
        if home is not None:
            label = Text("← 回到摘要", "← back to summary").say(book.language)
            self.link(1, 0, label, book.say(home))

    def _set_up_print(self) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        name = self.name.replace("&", "&&")
        self.sheet.set_footer(f"&L&8{name}&R&8&P / &N")

    def line(self, text: str, **look: Any) -> None:
        """Write one line of free text that may run across the columns."""
        self.write(self.row, 0, Shown(text), measured=False, **look)
        self.row += 1

    def note(self, text: Text | str) -> None:
        """Write a remark in small grey."""
        said = self.book.say(text) if isinstance(text, Text) else text
        self.line(said, font_size=9, font_color=MUTED)

    def heading(self, text: str) -> None:
        """Write the heading of a block, with air above it."""
        if self._n_tables or self.row > _FIRST_ROW:
            self.row += 1
        self.line(text, font_size=12, bold=True)

    def link(self, row: int, column: int, label: str, sheet: str, **look: Any) -> None:
        """Write a link to another sheet of this workbook."""
        quoted = sheet.replace("'", "''")
        style = self.book.style(**{**look, **_TONE["link"]})
        self.sheet.write_url(row, column, f"internal:'{quoted}'!A1", style, printable(label))

    def write(
        self, row: int, column: int, shown: Shown, *, measured: bool = True, **look: Any
    ) -> None:
        """Write one cell; a text is always a text, whatever it begins with."""
        look = {**look, **_TONE.get(shown.tone or "", {})}
        if shown.target is not None:
            self.link(row, column, str(shown.content), shown.target, **look)
        elif shown.content is None:
            self.sheet.write_blank(row, column, None, self.book.style(**look))
        elif isinstance(shown.content, str):
            self._write_text(row, column, shown.content, look)
        elif isinstance(shown.content, date):
            style = self.book.style(**{"num_format": "yyyy-mm-dd", "align": "left", **look})
            self.sheet.write_datetime(row, column, shown.content, style)
        else:
            style = self.book.style(
                num_format=self.book.number_format(shown.number_format or "General"), **look
            )
            self.sheet.write_number(row, column, shown.content, style)
        if measured:
            self._widths[column] = max(self._widths.get(column, 0), _width(shown))

    def _write_text(self, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        text = printable(text)
        text = text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"
        if text.startswith(_RISKY):
            look = {**look, "quote_prefix": True}
        self.sheet.write_string(row, column, text, self.book.style(**look))
        if look.get("text_wrap"):
            self._wrapped.append((row, column, text))

    def table(self, table: Table, *, title: str | None = None) -> Place | None:
        """Write a table with filter; the first one of a sheet keeps its header in view."""
        if not table.rows:
            return None
        if title is not None:
            self.heading(title)
        top, headers = self.row, _unique(table.headers)
        look = self.book.style(**_HEADER)
        self.sheet.add_table(
            top, 0, top + len(table.rows), len(headers) - 1,
            {"name": self.book.table_name(), "style": None,
             "columns": [{"header": h, "header_format": look} for h in headers]},
        )  # fmt: skip
        for column, header in enumerate(headers):
            self._widths[column] = max(self._widths.get(column, 0), _header_width(header))
            self._wrapped.append((top, column, header + _BUTTON))
        for row, cells in enumerate(table.rows, start=top + 1):
            for column, shown in enumerate(cells):
                self.write(
                    row, column, shown, **_CELL, **_wrap(shown), **_off_the_number(column, shown)
                )
        self.row = top + len(table.rows) + 2
        self._n_tables += 1
        self._header_row = top if self._n_tables == 1 else None
        return Place(self.name, top + 1, top + len(table.rows), headers)

    def facts(self, facts: Sequence[tuple[Text, Shown]], *, title: Text) -> None:
        """Write what is known as name and value, without what is not."""
        self.heading(self.book.say(title))
        for name, shown in facts:
            if shown.content in {None, ""}:
                continue
            self.write(self.row, 0, Shown(self.book.say(name), tone="muted"), **_CELL)
            self.write(self.row, 1, shown, **_CELL, **_wrap(shown), align="left")
            self.row += 1
        self.row += 1

    def notes(self, notes: Sequence[Text]) -> None:
        """Write remarks below a table."""
        if notes:
            self.row -= 1
        for note in notes:
            self.note(note)
        if notes:
            self.row += 1

    def chart(self, chart: Any, height: int) -> None:
        """Put a chart below what is there; `height` in pixels."""
        chart.set_size({"width": _CHART_WIDTH, "height": height})
        self.sheet.insert_chart(self.row, 0, chart, {"x_offset": 4, "object_position": 2})
        self.row += height // _ROW_PIXELS + 2

    def dates_only(self, place: Place, column: int) -> None:
        """Let a column take dates only; what is in it now stays."""
        self.sheet.data_validation(
            place.first_row, column, place.last_row, column,
            {"validate": "date", "criteria": ">=", "value": _FIRST_DAY, "ignore_blank": True},
        )  # fmt: skip
        self.sheet.set_column(column, column, 14, self.book.style(num_format="yyyy-mm-dd"))
        self._widths.pop(column, None)

    def finish(self) -> None:
        """Set widths, freeze what must stay in view, repeat it on every printed page."""
        widths = {
            c: min(self._widest if c else WIDEST, max(NARROWEST, wide + 2))
            for c, wide in self._widths.items()
        }
        for column, width in widths.items():
            self.sheet.set_column(column, column, width)
        for row, lines in self._lines(widths).items():
            self.sheet.set_row(row, min(_TALLEST, lines * _LINE_POINTS + 3))
        if self._header_row is None:
            self.sheet.freeze_panes(1, 0)
        else:
            self.sheet.freeze_panes(self._header_row + 1, 1 if widths.get(0, 0) < WIDEST else 0)
            self.sheet.repeat_rows(self._header_row)
        self.sheet.print_area(0, 0, max(self.row, 1), _last_printed(widths))

    def _lines(self, widths: Mapping[int, int]) -> dict[int, int]:
        """Count the lines of every row that holds wrapped text: not every program does."""
        lines: dict[int, int] = {}
        for row, column, text in self._wrapped:
            n = _n_lines(text, widths.get(column, NARROWEST))
            lines[row] = max(lines.get(row, 1), n)
        return {row: n for row, n in lines.items() if n > 1}


def _n_lines(text: str, width: int) -> int:
    """Count the lines of a wrapped text, a little generous: words do not break."""
    return sum(max(1, ceil(display_width(part) * _LOOSE / width)) for part in text.split("\n"))


def _last_printed(widths: Mapping[int, int]) -> int:
    """Give the last column that still prints readably on the width of a page."""
    used = 0
    for column in sorted(widths):
        used += widths[column]
        if used > _PRINTED_WIDTH:
            return max(column - 1, 0)
    return max(widths, default=0)


def _wrap(shown: Shown) -> dict[str, Any]:
    return {"text_wrap": True} if isinstance(shown.content, str) else {}


def _off_the_number(column: int, shown: Shown) -> dict[str, Any]:
    """Keep a text away from a number that ends where it begins."""
    return {"indent": 1} if column and isinstance(shown.content, str) else {}


def _width(shown: Shown) -> int:
    """Columns a cell needs: numbers by their shown digits, a bit generous."""
    if isinstance(shown.content, str):
        return max(map(display_width, shown.content.split("\n")))
    return 0 if shown.content is None else _NUMBER_WIDTH


def _header_width(header: str) -> int:
    """Headers wrap on two lines; the filter button takes three columns."""
    return display_width(header) // 2 + 4


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    """Make headers differ, as a table wants them, and keep them on one short line."""
    unique: list[str] = []
    taken: set[str] = set()
    for header in headers:
        plain = shortened(one_line(header), 60) or "—"
        names = (f"{plain} ({i})" if i > 1 else plain for i in count(1))
        name = next(n for n in names if n.lower() not in taken)
        taken.add(name.lower())
        unique.append(name)
    return tuple(unique)
