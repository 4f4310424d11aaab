"""A board as a file: answered as for a page, set on paper by the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.stages import is_brief
from huiyin.analyse.views.periods import days_of
from huiyin.core.text import Text
from huiyin.measure.condition_words import typed_text
from huiyin.report.boards import words as w
from huiyin.report.boards.paper import BoardPaper, Duty, PaperTile, Quote
from huiyin.report.charts.marked import marked
from huiyin.report.views.contracts import PERIOD
from huiyin.store.tables import Dataset
from huiyin.web.board_filters import days_words
from huiyin.web.boards import answer_board
from huiyin.web.events_seen import happened_along

if TYPE_CHECKING:
    from huiyin.analyse.boards.definition import Board
    from huiyin.web.board_filters import Filters
    from huiyin.web.boards import Onlooker, ShownTile


def board_file(look: Onlooker, board: Board, filters: Filters, form: str) -> bytes:
    """Set a board as a file.

    Parameters
    ----------
    look : Onlooker
        Whose numbers are printed.
    board : Board
    filters : Filters
        Printed on it.
    form : str
        ``pdf``, ``pptx`` or ``xlsx``.
    """
    return _WRITERS[form](paper_of(look, board, filters))


def paper_of(look: Onlooker, board: Board, filters: Filters) -> BoardPaper:
    """Answer a board and give it as it is printed: tiles in reading order."""
    said = look.language
    used = _datasets(look, board)
    sources = {one.id: one.name for one in used} if len(used) > 1 else {}
    shown = sorted(answer_board(look, board, filters), key=lambda one: (one.tile.y, one.tile.x))
    return BoardPaper(
        name=Text.of(board.name).say(said),
        about=Text.of(board.about).say(said) if board.about else "",
        language=said,
        facts=tuple((name.say(said), value) for name, value in _facts(look, filters)),
        tiles=tuple(
            _marked(look, _tile(one, said, _note(one, said, sources, filters)), one)
            for one in shown
        ),
        generated=any(one.generated for one in used),
    )


def _facts(look: Onlooker, filters: Filters) -> list[tuple[Text, str]]:
    said = look.language
    picked = (words for pick in filters.picks for words in pick.words(said))
    held = dict.fromkeys((*(typed_text(one).say(said) for one in filters.where), *picked))
    return [
        (w.PERIOD, _period(look, filters)),
        (w.FILTERS, " · ".join(held) or w.NO_FILTERS.say(said)),
        (w.MADE, look.today.isoformat()),
        (w.FOR_WHOM, look.person.name),
    ]


def _period(look: Onlooker, filters: Filters) -> str:
    if filters.period is None:
        return w.OWN_PERIODS.say(look.language)
    since, until = days_of(filters.period, look.today)
    return days_words(since, until).say(look.language)


def _datasets(look: Onlooker, board: Board) -> tuple[Row[tuple[str, str, bool]], ...]:
    """Give id, name and whether they are generated of the datasets that a board draws from."""
    ids = {tile.view.dataset for tile in board.tiles if tile.view is not None}
    facts = select(Dataset.id, Dataset.name, Dataset.generated).where(Dataset.id.in_(ids))
    with look.system.database.reading() as session:
        return tuple(session.execute(facts))


def _tile(one: ShownTile, said: str, note: str) -> PaperTile:
    body, tile = one.body, one.tile
    answer: Mapping[str, Any] = body.get("answer", {})
    return PaperTile(
        kind=TileKind.VIEW if tile.kind is TileKind.STAGES else tile.kind,
        title=_title(one, said),
        width=tile.w,
        result=one.told.result if one.told else None,
        names=one.told.names if one.told else {},
        n_printed=_n_brief(one) if tile.kind is TileKind.STAGES else None,
        caption=answer.get("caption") or _bottleneck(body, said),
        option=answer.get("option") if tile.kind is TileKind.VIEW else None,
        height=answer.get("height", 0),
        table=answer.get("table"),
        beside=answer.get("beside"),
        light=one.told.light if one.told else None,
        quotes=tuple(_quote(voice, said) for voice in body.get("voices", ())),
        duties=tuple(_duty(line, said) for line in body.get("lines", ())),
        heard=body.get("heard", 0),
        silent=body.get("silent", 0),
        text=_text(one, said),
        note=note,
    )


def _n_brief(one: ShownTile) -> int:
    """Count the numbers of stages that its page shows; they come first."""
    cells = one.told.result.cells if one.told else ()
    return sum(is_brief(cell.metric) for cell in cells)


def _marked(look: Onlooker, paper: PaperTile, one: ShownTile) -> PaperTile:
    """Draw on a tile over time what happened then, as its page does."""
    days = _days_along(paper)
    if paper.option is None or one.tile.view is None or not days:
        return paper
    events = happened_along(look.system, look.person, one.tile.view.dataset, days)
    option, legend = marked(paper.option, days, events, look.language)
    note = " · ".join(part for part in (legend, paper.note) if part)
    return replace(paper, option=option, note=note)


def _days_along(paper: PaperTile) -> list[date]:
    """Give the first days of the periods along the axis of a chart; none where it has none."""
    axis = (paper.option or {}).get("xAxis")
    if paper.result is None or paper.result.query.grain is None or not isinstance(axis, dict):
        return []
    starts = {cell.by.get(PERIOD) for cell in paper.result.cells}
    days = sorted(date.fromisoformat(one) for one in starts if one)
    return days if len(days) == len(axis.get("data") or ()) else []


def _note(one: ShownTile, said: str, sources: Mapping[str, str], filters: Filters) -> str:
    """Name the days of a tile, its dataset where the board has several, what filters it not."""
    name = sources.get(one.tile.view.dataset) if one.tile.view else None
    unreached = one.body.get("unfiltered", ())
    unfiltered = "、".join(typed_text(words).say(said) for words in unreached)
    chosen = "、".join(filters.chosen_on(one.tile.id, said))
    parts = [
        Text.of(one.body["days"]).say(said) if one.body.get("days") else "",
        w.SOURCE.format(name=name).say(said) if name else "",
        w.UNFILTERED.format(which=unfiltered).say(said) if unfiltered else "",
        w.UNDATED.say(said) if one.body.get("undated") else "",
        w.CHOSEN_HERE.format(which=chosen).say(said) if chosen else "",
    ]
    return " · ".join(part for part in parts if part)


def _bottleneck(body: Mapping[str, Any], said: str) -> str:
    found = body.get("stages", {}).get("bottleneck")
    return Text.of(found["sentence"]).say(said) if found else ""


def _title(one: ShownTile, said: str) -> str:
    if one.tile.title:
        return Text.of(one.tile.title).say(said)
    return one.told.title.say(said) if one.told else ""


def _text(one: ShownTile, said: str) -> str:
    if "refused" in one.body:
        return Text.of(one.body["refused"]).say(said)
    return Text.of(one.tile.text).say(said) if one.tile.text else ""


def _quote(voice: Mapping[str, Any], said: str) -> Quote:
    rating = voice["rating"]
    rated = "" if rating is None else w.RATED.format(rating=f"{rating:g}").say(said)
    parts = (rated, *voice["by"].values())
    return Quote(voice["text"], " · ".join(part for part in parts if part))


def _duty(line: Mapping[str, Any], said: str) -> Duty:
    act = Text.of(line["act"]).say(said) if line["act"] else ""
    return Duty(Text.of(line["sentence"]).say(said), act)


def _pdf(paper: BoardPaper) -> bytes:
    from huiyin.report.boards.pdf import board_pdf

    return board_pdf(paper)


def _pptx(paper: BoardPaper) -> bytes:
    from huiyin.report.boards.slides import board_pptx

    return board_pptx(paper)


def _xlsx(paper: BoardPaper) -> bytes:
    from huiyin.report.boards.sheets import board_xlsx

    return board_xlsx(paper)


_WRITERS: Mapping[str, Callable[[BoardPaper], bytes]] = {
    "pdf": _pdf, "pptx": _pptx, "xlsx": _xlsx,
}  # fmt: skip
