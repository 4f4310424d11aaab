"""One slide, built from native parts: title, texts, tables, pictures, cards, footnote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from huiyin.report.characters import one_line, printable
from huiyin.report.palette import ACCENT, BAD, GOOD, INK, RULE, SOFT, UNSURE_TEXT, WASH
from huiyin.report.slides_measure import LINE, em_width, fitted, largest_size, n_lines, points
from huiyin.report.slides_theme import (
    BODY_TOP,
    BODY_WIDTH,
    FOOT_HEIGHT,
    FOOT_TOP,
    MARGIN,
    NUMBER_WIDTH,
)

TONE_COLOUR = {
    "good": GOOD, "bad": BAD, "neutral": SOFT, "unknown": UNSURE_TEXT, "ink": INK,
    "accent": ACCENT, "soft": SOFT,
}  # fmt: skip
_TITLE_SIZES = (24.0, 22.0, 20.0, 18.0)
_TITLE_LINES = 2
_KICKER_HEIGHT, _KICKER_TOP = 240_000, 310_000
_EMU_PER_POINT = 12_700
_PAD, CARD_PAD = 70_000, 150_000
_ROW_PAD = 7.0
_SMALLER = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
TABLE_SIZE = 11.0
_TALLEST_ROW, _HEADER_LINES = 0.4, 2
GRID_SIZES = (14.0, 12.5, TABLE_SIZE)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a slide, in EMU."""

    left: int = MARGIN
    top: int = BODY_TOP
    width: int = BODY_WIDTH
    height: int = 4_780_000

    def split(self, left_share: float, gap: int = 260_000) -> tuple[Area, Area]:
        """Cut into a left and a right part."""
        left = round((self.width - gap) * left_share)
        return (
            Area(self.left, self.top, left, self.height),
            Area(self.left + left + gap, self.top, self.width - gap - left, self.height),
        )

    def below(self, used: int, gap: int = 120_000) -> Area:
        """Give what is left under the first `used` EMU."""
        taken = used + gap
        return Area(self.left, self.top + taken, self.width, self.height - taken)


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph: text, size in points, tone, weight, room above it in points."""

    text: str
    size: float = 12.0
    tone: str = "ink"
    bold: bool = False
    above: float = 0.0

    def height(self, width: float) -> float:
        """Give its height in points over `width` points."""
        return self.above + n_lines(self.text, self.size, width, bold=self.bold) * self.size * LINE


def fitting(paragraphs: Sequence[Words], width: float, height: float) -> list[Words]:
    """Make paragraphs smaller, all alike and by a quarter at most, until they fit."""
    made = list(paragraphs)
    for part in _SMALLER:
        made = [replace(one, size=one.size * part, above=one.above * part) for one in paragraphs]
        if sum(one.height(width) for one in made) <= height:
            break
    return made


@dataclass(frozen=True, slots=True)
class Entry:
    """One table cell: text, tone, weight, side."""

    text: str
    tone: str = "ink"
    bold: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for a slide: headers, rows, relative column widths.

    `pad`: points above and below the words of a row. `tallest`: the part of the area that one row
    may take.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    widths: tuple[float, ...]
    size: float = TABLE_SIZE
    pad: float = _ROW_PAD
    tallest: float = _TALLEST_ROW

    def sized(self, area: Area, sizes: Sequence[float] = GRID_SIZES) -> Grid:
        """Give the table in the largest size in which it fits the area at once, else smallest."""
        for size in sizes:
            grid = replace(self, size=size)
            header, heights = grid.heights(area.width)
            if header + sum(heights) <= area.height and grid.keeps_words(area.width):
                return grid
        return replace(self, size=sizes[-1])

    def keeps_words(self, width: int) -> bool:
        """Tell whether no number and no word of a header need be broken."""
        return sum(self._least(column) for column in range(len(self.widths))) <= width

    def column_widths(self, width: int) -> list[int]:
        """Share out `width` EMU so that no number and no word of a header is broken."""
        whole = sum(self.widths)
        wanted = [width * part / whole for part in self.widths]
        least = [self._least(column) for column in range(len(self.widths))]
        short = sum(max(0.0, low - want) for low, want in zip(least, wanted, strict=True))
        spare = sum(max(0.0, want - low) for low, want in zip(least, wanted, strict=True))
        if short > spare:
            return [int(want) for want in wanted]
        given = short / spare if spare else 0.0
        return [
            int(low if low >= want else want - (want - low) * given)
            for low, want in zip(least, wanted, strict=True)
        ]

    def _least(self, column: int) -> float:
        """Give the EMU that a column needs for its numbers and the words of its header."""
        words = self.headers[column].split() or [""]
        numbers = [row[column].text for row in self.rows if row[column].right]
        ems = max(em_width(text, bold=True) for text in (*words, *numbers))
        return (ems * self.size + 1) * _EMU_PER_POINT + 2 * _PAD

    def heights(self, width: int) -> tuple[int, list[int]]:
        """Give the height of the header and of every row in EMU."""
        columns = self.column_widths(width)
        header = self._height([Entry(h, bold=True) for h in self.headers], columns)
        return header, [self._height(row, columns) for row in self.rows]

    def _height(self, row: Sequence[Entry], columns: Sequence[int]) -> int:
        lines = max(
            n_lines(entry.text, self.size, points(column - 2 * _PAD), bold=entry.bold)
            for entry, column in zip(row, columns, strict=True)
        )
        return round((lines * self.size * LINE + 2 * self.pad) * _EMU_PER_POINT)

    def pages(self, area: Area) -> list[Grid]:
        """Cut the rows so that each part fits the area; what no page could hold is shortened."""
        grid = self._shortened(area)
        header, heights = grid.heights(area.width)
        counts = _even_counts(heights, area.height - header)
        ends = [sum(counts[: i + 1]) for i in range(len(counts))]
        return [
            replace(grid, rows=grid.rows[end - n : end])
            for n, end in zip(counts, ends, strict=True)
        ]

    def _shortened(self, area: Area) -> Grid:
        """Keep headers to two lines, and every row to a part of the area."""
        rooms = [points(column - 2 * _PAD) for column in self.column_widths(area.width)]
        pitch = self.size * LINE
        most = max(1, int((points(area.height) * self.tallest - 2 * self.pad) / pitch))
        return replace(
            self,
            headers=tuple(
                fitted(text, self.size, room, _HEADER_LINES)
                for text, room in zip(self.headers, rooms, strict=True)
            ),
            rows=tuple(
                tuple(
                    replace(entry, text=fitted(entry.text, self.size, room, most))
                    for entry, room in zip(row, rooms, strict=True)
                )
                for row in self.rows
            ),
        )


def _even_counts(heights: Sequence[int], room: int) -> list[int]:
    """Give the rows of each page: as few pages as can be, about equally full."""
    fewest = len(_counts(heights, room))
    smaller = (round(room * part / 20) for part in range(1, 20))
    return next(
        (cut for cut in (_counts(heights, r) for r in smaller) if len(cut) == fewest),
        _counts(heights, room),
    )


def _counts(heights: Sequence[int], room: int) -> list[int]:
    """Fill page after page; a row alone may be higher than the room."""
    counts: list[int] = []
    used = room + 1
    for height in heights:
        if used + height > room:
            counts.append(0)
            used = 0
        counts[-1] += 1
        used += height
    return counts


class Slide:
    """One slide of the deck.

    Parameters
    ----------
    slide : pptx.slide.Slide
    language : str
        Language tag; marks the runs, so that fonts and spelling follow.
    """

    def __init__(self, slide: Any, language: str) -> None:
        self.slide = slide
        self._language = language

    def title(self, text: str, *, width: int = BODY_WIDTH, larger: float = 0.0) -> None:
        """Set the title in the largest size that keeps to two lines."""
        shown, room = one_line(text), points(width)
        sizes = tuple(size + larger for size in _TITLE_SIZES)
        size = largest_size(shown, sizes, room, _TITLE_LINES)
        frame = self.slide.shapes.title.text_frame
        self._fill(frame, [Words(fitted(shown, size, room, _TITLE_LINES), size, bold=True)])
        self._plain_frame(frame, "middle")

    def kicker(self, text: str) -> None:
        """Name the chapter above the title."""
        area = Area(MARGIN, _KICKER_TOP, BODY_WIDTH, _KICKER_HEIGHT)
        shown = fitted(one_line(text), 11, points(area.width), 1)
        self.text(area, [Words(shown, 11, "accent", bold=True)], name="Chapter")

    def footnote(self, text: str) -> None:
        """Say at the foot where the numbers come from."""
        area = Area(MARGIN, FOOT_TOP, BODY_WIDTH - NUMBER_WIDTH - 100_000, FOOT_HEIGHT)
        shown = fitted(one_line(text), 9, points(area.width), 1)
        self.text(area, [Words(shown, 9, "soft")], anchor="middle", name="Source")

    def text(
        self,
        area: Area,
        paragraphs: Sequence[Words],
        *,
        anchor: str = "top",
        name: str | None = None,
    ) -> None:
        """Write paragraphs into a box without inner margins."""
        box = self.slide.shapes.add_textbox(area.left, area.top, area.width, area.height)
        if name is not None:
            box.name = name
        self._fill(box.text_frame, paragraphs)
        self._plain_frame(box.text_frame, anchor)

    def card(self, area: Area, paragraphs: Sequence[Words], *, tone: str | None = None) -> None:
        """Write paragraphs on a tinted panel, smaller where they would not fit, edged by tone."""
        from pptx.enum.shapes import MSO_SHAPE

        panel = self.slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, area.left, area.top, area.width, area.height
        )
        _remove_style(panel)
        panel.fill.solid()
        panel.fill.fore_color.rgb = _colour(WASH)
        panel.line.color.rgb = _colour(TONE_COLOUR[tone] if tone else RULE)
        panel.line.width = round(_EMU_PER_POINT * (1.25 if tone else 0.75))
        room = points(area.width - 2 * CARD_PAD), points(area.height - CARD_PAD)
        self._fill(panel.text_frame, fitting(paragraphs, *room))
        self._plain_frame(panel.text_frame, "top", pad=CARD_PAD)  # numbers of a row line up

    def picture(self, area: Area, png: bytes, description: str) -> None:
        """Place a picture at the top of an area, with a text for those who cannot see it."""
        picture = self.slide.shapes.add_picture(BytesIO(png), area.left, area.top)
        scale = min(area.width / picture.width, area.height / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = area.left + (area.width - picture.width) // 2
        picture._element.nvPicPr.cNvPr.set("descr", printable(description))  # noqa: SLF001 -- no API for alternative text

    def table(self, area: Area, grid: Grid) -> None:
        """Write a native table; the caller has cut it to fit."""
        header, heights = grid.heights(area.width)
        frame = self.slide.shapes.add_table(
            len(grid.rows) + 1, len(grid.headers), area.left, area.top, area.width,
            header + sum(heights),
        )  # fmt: skip
        table = frame.table
        _plain_table(frame)
        for column, width in zip(table.columns, grid.column_widths(area.width), strict=True):
            column.width = width
        for row, height in zip(table.rows, (header, *heights), strict=True):
            row.height = height
        sides = (
            [entry.right for entry in grid.rows[0]] if grid.rows else [False] * len(grid.headers)
        )
        top = [
            Entry(h, "soft", bold=True, right=side)
            for h, side in zip(grid.headers, sides, strict=True)
        ]
        for r, entries in enumerate((top, *grid.rows)):
            for c, entry in enumerate(entries):
                self._write_entry(table.cell(r, c), entry, grid.size, header=r == 0)

    def _write_entry(self, cell: Any, entry: Entry, size: float, *, header: bool) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        self._fill(cell.text_frame, [Words(entry.text, size, entry.tone, entry.bold or header)])
        if entry.right:
            cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_left = cell.margin_right = _PAD
        cell.margin_top = cell.margin_bottom = round(_EMU_PER_POINT * 3)
        cell.fill.background()
        _underline(cell, ACCENT if header else RULE, 1.5 if header else 0.75)

    def _fill(self, frame: Any, paragraphs: Sequence[Words]) -> None:
        from pptx.util import Pt

        for place, words in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.line_spacing = Pt(words.size * LINE)
            paragraph.space_before, paragraph.space_after = Pt(words.above), Pt(0)
            for i, part in enumerate(printable(words.text).split("\n")):
                if i:
                    paragraph.add_line_break()
                self._run(paragraph, part, words)

    def _run(self, paragraph: Any, text: str, words: Words) -> None:
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = text.replace("\t", " ")
        run.font.size, run.font.bold = Pt(words.size), words.bold
        run.font.color.rgb = _colour(TONE_COLOUR[words.tone])
        run._r.get_or_add_rPr().set("lang", self._language)  # noqa: SLF001 -- the API knows Office languages only
        run._r.get_or_add_rPr().set("altLang", "zh-CN")  # noqa: SLF001 -- the same

    @staticmethod
    def _plain_frame(frame: Any, anchor: str, pad: int = 0) -> None:
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN

        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = pad
        frame.margin_top = frame.margin_bottom = pad // 2
        frame.vertical_anchor = MSO_ANCHOR.TOP if anchor == "top" else MSO_ANCHOR.MIDDLE
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT


def _colour(hexadecimal: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(hexadecimal[1:])  # type: ignore[no-untyped-call]  # no types


def _plain_table(frame: Any) -> None:
    """Take away the built-in table look; the first row stays a header to screen readers."""
    from pptx.oxml.ns import qn

    table = frame.table
    table.horz_banding = False
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))  # noqa: SLF001 -- no API for table styles
    style.text = _NO_STYLE


def _remove_style(shape: Any) -> None:
    """Take away the theme's effects: no shadow, no gradient."""
    from pptx.oxml.ns import qn

    style = shape._element.find(qn("p:style"))  # noqa: SLF001 -- no API for style references
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001 -- the same


def _underline(cell: Any, colour: str, width: float) -> None:
    """Draw the lower edge of a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    edge = parse_xml(
        f'<a:lnB {nsdecls("a")} w="{round(width * _EMU_PER_POINT)}" cap="flat" cmpd="sng">'
        f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'
        '<a:prstDash val="solid"/></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, edge)  # noqa: SLF001 -- no API for borders
