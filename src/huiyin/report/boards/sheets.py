"""A board as a workbook: its filters and numbers in front, a sheet for every chart."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from huiyin.analyse.boards.contracts import TileKind
from huiyin.core.text import Text
from huiyin.report.boards import words as w
from huiyin.report.boards.paper import BoardPaper, PaperTile
from huiyin.report.characters import one_line, printable
from huiyin.report.workbook import SAFE
from huiyin.report.workbook_cells import Line, direction_of, lead, number_fields
from huiyin.report.workbook_page import Book, Page
from huiyin.report.workbook_scores import write_cells
from huiyin.report.workbook_values import Field, Shown, amount_in, table_of, words

LONGEST_SHEET_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def board_xlsx(paper: BoardPaper) -> bytes:
    """Write a board as an Excel workbook.

    Numbers stand as numbers; what cannot be estimated is an empty cell with the reason beside it.

    Parameters
    ----------
    paper : BoardPaper
    """
    import xlsxwriter

    buffer = BytesIO()
    book = Book(xlsxwriter.Workbook(buffer, SAFE), paper.language)
    book.workbook.set_properties({"title": printable(paper.name), "company": "Huiyin"})
    names = _Names()
    _front(book, paper, names)
    for tile in paper.of(TileKind.VIEW):
        _chart(book, tile, names)
    _voices(book, paper, names)
    book.workbook.close()
    return buffer.getvalue()


class _Names:
    """Names of sheets: short, without what a spreadsheet refuses, no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> Text:
        plain = one_line(wanted.translate(_NOT_IN_NAMES)).strip() or "—"
        found, n = plain[:LONGEST_SHEET_NAME], 1
        while found.casefold() in self._taken:
            n += 1
            found = f"{plain[: LONGEST_SHEET_NAME - 4]} ({n})"
        self._taken.add(found.casefold())
        return Text.same(found)


def _front(book: Book, paper: BoardPaper, names: _Names) -> None:
    page = Page(book, names.name(w.BOARD.say(paper.language)), None, widest=60)
    page.heading(paper.name)
    if paper.about:
        page.note(paper.about)
    for name, value in paper.facts:
        page.note(w.FACT.format(name=name, value=value))
    if paper.generated:
        page.note(w.GENERATED)
    _numbers(page, paper)
    _todo(page, paper)
    page.finish()


def _numbers(page: Page, paper: BoardPaper) -> None:
    said = paper.language
    tiles = [tile for tile in paper.of(TileKind.NUMBER) if tile.cell is not None]
    lines = [
        Line(tile.cell, _leads(tile, said), tile.higher_is_better) for tile in tiles if tile.cell
    ]
    heads = (w.TILE, w.BASIS, w.TARGET, w.STANDING)
    fields = (*(lead(head, i) for i, head in enumerate(heads)), *number_fields(said))
    page.table(table_of(fields, lines, said), title=page.book.say(w.NUMBERS))


def _leads(tile: PaperTile, said: str) -> tuple[Shown, ...]:
    goal = Shown(None)
    if tile.light is not None and tile.cell is not None:
        goal = amount_in(tile.cell.unit, tile.light.goal)
    lamp = words(tile.lamp(said), said, tile.lamp_tone)
    return words(tile.title, said), words(tile.note, said), goal, lamp


def _todo(page: Page, paper: BoardPaper) -> None:
    for tile in paper.of(TileKind.TODO):
        fields: tuple[Field[tuple[str, str]], ...] = (
            Field(w.ACT, lambda row: Shown(row[0])),
            Field(w.WHY, lambda row: Shown(row[1])),
        )
        rows = [(duty.act, duty.sentence) for duty in tile.duties]
        page.table(table_of(fields, rows, paper.language), title=tile.title)
        if not rows:
            page.heading(tile.title)
            page.note(tile.nothing_to_do(paper.language))


def _chart(book: Book, tile: PaperTile, names: _Names) -> None:
    page = Page(book, names.name(tile.title), w.BOARD)
    for remark in (tile.caption, tile.note, tile.text):
        if remark:
            page.note(remark)
    if tile.result is not None:
        write_cells(page, tile.result.cells, direction_of(tile.result.definition), names=tile.names)
        page.notes(tile.result.notes)
    if tile.beside is not None:
        _beside(page, tile.beside, book.language)
    page.finish()


def _beside(page: Page, beside: Mapping[str, Any], said: str) -> None:
    heads = [Text.same(head) for head in beside["heads"]]
    fields = tuple(_column(head, place) for place, head in enumerate(heads))
    page.table(table_of(fields, beside["rows"], said))


def _column(head: Text, place: int) -> Field[list[str]]:
    return Field(head, lambda row: Shown(row[place]))


def _voices(book: Book, paper: BoardPaper, names: _Names) -> None:
    for tile in paper.of(TileKind.VOICES):
        page = Page(book, names.name(tile.title), w.BOARD, widest=70)
        fields: tuple[Field[tuple[str, str]], ...] = (
            Field(w.VOICES, lambda row: Shown(row[0])),
            Field(w.WHO, lambda row: Shown(row[1])),
        )
        rows = [(quote.text, quote.who) for quote in tile.quotes]
        page.table(table_of(fields, rows, paper.language))
        for remark in (tile.text, tile.note):
            if remark:
                page.note(remark)
        page.finish()
