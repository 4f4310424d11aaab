"""A board as slides: cover with its filters, numbers as cards, a slide for every chart."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from huiyin.analyse.boards.contracts import TileKind
from huiyin.measure.contracts import Cell
from huiyin.report.boards import words as w
from huiyin.report.boards.paper import BoardPaper, PaperTile
from huiyin.report.characters import printable
from huiyin.report.charts.chart import WIDTH
from huiyin.report.draw import draw_png
from huiyin.report.numbers import answers, cell_interval, estimate
from huiyin.report.slides_deck import add_number
from huiyin.report.slides_measure import points
from huiyin.report.slides_page import Area, Entry, Grid, Slide, Words
from huiyin.report.slides_theme import new_deck

_PER_ROW, _PER_SLIDE = 4, 8
_GAP = 200_000
_ZOOM = 2.0
_COVER_TEXT = Area(1_500_000, 3_350_000, 9_700_000, 2_900_000)
_LEAD = 420_000
_EMU_PER_POINT = 12_700


def board_pptx(paper: BoardPaper) -> bytes:
    """Write a board as a PowerPoint deck, 16:9; the filters stand at the foot of every slide.

    Raises
    ------
    MissingPartError
        The machine cannot draw charts: no Chinese font, or no JS engine.
    """
    deck = _Deck(paper)
    deck.cover()
    numbers = paper.of(TileKind.NUMBER)
    for start in range(0, len(numbers), _PER_SLIDE):
        deck.numbers(numbers[start : start + _PER_SLIDE])
    for tile in paper.tiles:
        deck.tile(tile)
    buffer = BytesIO()
    deck.file.save(buffer)
    return buffer.getvalue()


class _Deck:
    def __init__(self, paper: BoardPaper) -> None:
        self.paper = paper
        self.file: Any = new_deck()
        self.file.core_properties.title = printable(paper.name)
        self.file.core_properties.author = "Huiyin"
        said = [w.FACT.format(name=n, value=v).say(paper.language) for n, v in paper.facts]
        generated = [w.GENERATED.say(paper.language)] if paper.generated else []
        self.foot = " · ".join((*generated, *said))

    def cover(self) -> None:
        paper = self.paper
        made = self.file.slides.add_slide(self.file.slide_layouts[0])
        slide = Slide(made, paper.language)
        slide.title(paper.name, width=9_700_000, larger=10)
        lines = [Words(paper.about, 16, "accent")] if paper.about else []
        lines += [
            Words(w.FACT.format(name=n, value=v).say(paper.language), 14, "soft", above=4)
            for n, v in paper.facts
        ]
        if paper.generated:
            lines.append(Words(w.GENERATED.say(paper.language), 13, "bad", bold=True, above=8))
        slide.text(_COVER_TEXT, lines)

    def page(self, title: str) -> Slide:
        layout = self.file.slide_layouts[1]
        made = self.file.slides.add_slide(layout)
        add_number(made, layout)
        slide = Slide(made, self.paper.language)
        slide.kicker(self.paper.name)
        slide.title(title)
        slide.footnote(self.foot)
        return slide

    def numbers(self, tiles: Sequence[PaperTile]) -> None:
        slide, whole = self.page(w.NUMBERS.say(self.paper.language)), Area()
        width = (whole.width - (_PER_ROW - 1) * _GAP) // _PER_ROW
        height = (whole.height - _GAP) // 2
        for place, tile in enumerate(tiles):
            row, column = divmod(place, _PER_ROW)
            area = Area(
                whole.left + column * (width + _GAP), whole.top + row * (height + _GAP),
                width, height,
            )  # fmt: skip
            slide.card(area, self._card(tile), tone=tile.lamp_tone if tile.light else None)

    def _card(self, tile: PaperTile) -> list[Words]:
        said = self.paper.language
        if tile.cell is None:
            return [Words(tile.title, 13, "soft"), Words(tile.text, 12, "unknown", above=4)]
        chip = tile.chip(said)
        lines = [
            Words(tile.title, 13, "soft"),
            Words(
                estimate(tile.cell, said), 28 if tile.cell.estimate is not None else 13, bold=True
            ),
        ]
        if tile.evidence(said):
            lines.append(Words(tile.evidence(said), 11, "soft"))
        if chip is not None:
            lines.append(Words(str(chip), 12, chip.tone, bold=chip.tone == "bad", above=4))
        if tile.light is not None:
            lines.append(Words(tile.lamp(said), 12, tile.lamp_tone, above=2))
        if tile.note:
            lines.append(Words(tile.note, 10, "soft", above=2))
        return lines

    def tile(self, tile: PaperTile) -> None:
        if tile.kind is TileKind.NUMBER:
            return
        slide, area = self.page(tile.title), Area()
        said = tile.caption or (tile.text if tile.kind is not TileKind.TEXT else "")
        left = w.UNPRINTED.format(n=tile.unprinted).say(self.paper.language)
        unprinted = left if tile.unprinted and tile.option is None else ""
        lead = " ".join(part for part in (said, unprinted, tile.note) if part)
        if lead:
            words = Words(lead, 13, "soft")
            tall = max(_LEAD, round(words.height(points(area.width)) * _EMU_PER_POINT))
            slide.text(Area(area.left, area.top, area.width, tall), [words])
            area = area.below(tall)
        if tile.option is not None:
            slide.picture(area, _drawn(tile, area), f"{tile.title}. {tile.caption}")
        elif tile.kind is TileKind.TEXT:
            slide.text(area, [Words(tile.text, 16)])
        else:
            grid = self._grid(tile)
            for place, part in enumerate(grid.sized(area).pages(area) if grid.rows else ()):
                on = self.page(tile.title) if place else slide
                on.table(area, part)

    def _grid(self, tile: PaperTile) -> Grid:
        said = self.paper.language
        if tile.kind is TileKind.TODO:
            rows = tuple((Entry(one.act, bold=True), Entry(one.sentence)) for one in tile.duties)
            nothing = ((Entry(tile.nothing_to_do(said)), Entry("")),)
            return Grid((w.ACT.say(said), w.WHY.say(said)), rows or nothing, (5, 7))
        if tile.kind is TileKind.VOICES:
            rows = tuple((Entry(one.text), Entry(one.who, "soft")) for one in tile.quotes)
            return Grid((w.VOICES.say(said), w.WHO.say(said)), rows, (8, 3))
        return _numbers_grid(tile, said)


def _numbers_grid(tile: PaperTile, said: str) -> Grid:
    columns = 5 if any(cell.comparison is not None for cell in tile.lines) else 4
    rows = tuple(_numbers_row(tile, cell, said)[:columns] for cell in tile.lines)
    return Grid((tile.title, "", "", "", "")[:columns], rows, (5, 2, 3, 2, 3)[:columns])


def _numbers_row(tile: PaperTile, cell: Cell, said: str) -> tuple[Entry, ...]:
    chip = tile.chip(said, cell)
    return (
        Entry(tile.name(cell, said)),
        Entry(estimate(cell, said), right=True),
        Entry(cell_interval(cell, said), "soft", right=True),
        Entry(answers(cell.n, said, cell.counted), "soft", right=True),
        Entry(chip.brief if chip else "", chip.tone if chip else "soft"),
    )


def _drawn(tile: PaperTile, area: Area) -> bytes:
    shape = area.height / area.width
    height = max(tile.height, round(WIDTH * shape))
    return draw_png(tile.option or {}, max(WIDTH, round(height / shape)), height, zoom=_ZOOM)
