"""A board on A4 pages across: its tiles in rows, charts as vector pictures, filters in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from huiyin.analyse.boards.contracts import COLUMNS
from huiyin.report.boards import words as w
from huiyin.report.boards.paper import BoardPaper, PaperTile
from huiyin.report.draw import draw_svg
from huiyin.report.fonts import find_cjk_font
from huiyin.report.html import asset, templates
from huiyin.report.numbers import answers, cell_interval, estimate
from huiyin.report.pdf import faces_of, pdf_setter, without_outlines
from huiyin.report.views.kinds.heat import is_grid, readable_grid

if TYPE_CHECKING:
    from markupsafe import Markup

PAGE_PIXELS = 1060
"""Width of the paper between its margins, in the pixels that charts are drawn on."""
NARROWEST_PLOT = 160
"""Of the marks beside names and numbers; a chart that leaves them less is drawn wider, scaled."""
TALL, SQUEEZED = 240, 0.55
"""Two rows of charts with their titles and findings fill a page; many rows need more room."""
TALLEST_GRID = 560
"""A grid whose fields are written in is not squeezed: nearly a page."""


def board_pdf(paper: BoardPaper) -> bytes:
    """Set a board as a PDF.

    Raises
    ------
    MissingPartError
        Pango, a Chinese font or the JS engine is missing.
    """
    from markupsafe import Markup

    library, font = pdf_setter(), find_cjk_font()
    from weasyprint.urls import URLFetcher

    faces = faces_of(font.family, paper.language)
    page = templates().get_template("board.html.j2").render(
        paper=paper, w=w, said=paper.language, picture=_pictures(faces),
        share=_share, estimate=estimate, interval=cell_interval, answers=answers,
        css=Markup(asset("board.css")),  # noqa: S704 -- our own file
        faces=Markup(faces),  # noqa: S704 -- names of installed fonts
    )  # fmt: skip
    fetcher = URLFetcher(allowed_protocols=["data"])
    return bytes(library.HTML(string=page, url_fetcher=fetcher).write_pdf())


def _share(tile: PaperTile) -> str:
    return f"{100 * tile.width / COLUMNS:.4f}%"


def _pictures(faces: str) -> object:
    from markupsafe import Markup

    def picture(tile: PaperTile) -> Markup:
        option = dict(tile.option or {})
        style = {**option.get("textStyle", {}), "fontFamily": faces}
        width = round(PAGE_PIXELS * tile.width / COLUMNS)
        height = min(max(tile.height, 160), max(TALL, round(SQUEEZED * tile.height)))
        if is_grid(option):
            option, height = readable_grid(option, width, min(tile.height, TALLEST_GRID))
        drawn = without_outlines({**option, "textStyle": style})
        drawn_width = width + _missing(option, width)
        svg = draw_svg(drawn, drawn_width, round(height * drawn_width / width))
        return Markup(svg)  # noqa: S704 -- drawn here, its texts escaped by the drawing library

    return picture


def _missing(option: Mapping[str, Any], width: int) -> int:
    """Give how many pixels the marks of a chart lack where its names and numbers stand."""
    grid = option.get("grid")
    sides = [grid.get(side) for side in ("left", "right")] if isinstance(grid, dict) else []
    taken = [side for side in sides if isinstance(side, int)]
    return max(0, NARROWEST_PLOT - (width - sum(taken)))
