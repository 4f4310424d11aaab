"""What the tiles of a board show to a person: each through the one way that every view goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import Board, Tile
from huiyin.analyse.boards.todo import Light, Line, Told, what_to_do
from huiyin.analyse.boards.voices import worth_reading
from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.stages import find_stages, in_order
from huiyin.analyse.views.contracts import ChartKind, Period
from huiyin.analyse.views.definition import View
from huiyin.codebook.contracts import Role
from huiyin.core.errors import HuiyinError
from huiyin.core.surface import Surface, speaking_on
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter
from huiyin.measure.definitions.attainment import attainment
from huiyin.measure.definitions.contracts import ATTAINMENT_TEXT, Attainment
from huiyin.measure.definitions.words import day_of
from huiyin.measure.ending import DATA_ENDS
from huiyin.measure.present import query_json
from huiyin.measure.rereading import result_of
from huiyin.people.contracts import RIGHT_TEXT, Person, Right
from huiyin.report.views.draw import propose
from huiyin.web.board_filters import Unreached, days_words, filtered
from huiyin.web.corridors import opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.near_queries import Noted, note_all
from huiyin.web.seen import Asked as DatasetAsked
from huiyin.web.seen import view_seen
from huiyin.web.told import Found, found_over
from huiyin.web.viewing import asked_view, drawn, figure_of, result_over

if TYPE_CHECKING:
    from huiyin.measure.contracts import Result
    from huiyin.measure.definitions.contracts import Goal
    from huiyin.web.board_filters import Filters
    from huiyin.web.system import System
    from huiyin.web.viewing import Asked

AT_ONCE = 2
"""Tiles of one board that are answered at the same time: as many as there are engines."""
TILE_BYTES = 50_000
"""About what an answered tile takes in memory."""
_NO_ROWS = Text(
    "您没有“{right}”的权限，原话不显示。", "Verbatims are not shown: you may not “{right}”."
)
DAYS_AND_END = Text("{days}（{end}）", "{days} ({end})")
STAGES = Text("各环节的时长", "Time in each stage")
_DAYS_A_WEEK = 7


class NoVoicesError(HuiyinError):
    """Somebody may see scores, but not what customers wrote."""


@dataclass(slots=True)
class ShownTile:
    """A tile with its answer: the body that a page gets, and the numbers of a number or chart.

    `noted` is what is written down of its question, `fault` why it could not be answered.
    """

    tile: Tile
    body: dict[str, Any]
    told: Told | None = None
    noted: tuple[Noted, ...] = ()
    fault: HuiyinError | None = None


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks at a board, and in which language.

    Attributes
    ----------
    system : System
    person : Person
    language : str
        A language tag.
    """

    system: System
    person: Person
    language: str

    @property
    def today(self) -> date:
        """Today in the company's zone."""
        return day_of(self.system.clock())


def answer_board(
    look: Onlooker, board: Board, filters: Filters, only: Sequence[str] | None = None
) -> list[ShownTile]:
    """Answer the tiles of a board.

    Parameters
    ----------
    look : Onlooker
    board : Board
    filters : Filters
    only : sequence of str, optional
        Ids of tiles; all by default.

    Returns
    -------
    list of ShownTile
        The body of each holds ``id`` and ``kind``, and: of a number or view its ``answer`` (as
        ``POST /views/answer`` gives it), ``days`` in words (not where its data bear no dates, or
        its axis has them), ``light``, the conditions that do not fit its data
        (``unfiltered``) and whether its data bear no dates to be filtered by (``undated``);
        ``voices``; ``lines`` and how many of the tiles they are drawn from have a number
        (``heard``) and how many have none (``silent``); ``stages``. Where it
        cannot be answered, ``refused`` holds the sentence that says why.
    """
    shown = shown_tiles(look, board, filters, only)
    note_all(look.system, look.person, noted_of(shown))
    return shown


def noted_of(shown: Iterable[ShownTile]) -> tuple[Noted, ...]:
    """Give what is written down of the questions of tiles."""
    return tuple(noted for one in shown for noted in one.noted)


def shown_tiles(
    look: Onlooker, board: Board, filters: Filters, only: Sequence[str] | None = None
) -> list[ShownTile]:
    """Answer the tiles of a board as `answer_board` does; nobody's question is noted."""
    wanted = [tile for tile in board.tiles if only is None or tile.id in only]
    listing = any(tile.kind is TileKind.TODO for tile in wanted)
    judged = [tile for tile in board.tiles if listing and tile.kind in _JUDGED]
    asking = [*judged, *(tile for tile in wanted if tile.kind in _ASKING and tile not in judged)]
    in_turn = sorted(asking, key=_is_quick)
    answer = _answerer(look, filters)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = [pool.submit(copy_context().run, answer, tile) for tile in in_turn]
    shown = {tile.id: one.result() for tile, one in zip(in_turn, begun, strict=True)}
    told = (shown[tile.id].told for tile in asking)
    lines = what_to_do(one for one in told if one is not None)
    silent = sum(not _has_number(shown[tile.id]) for tile in judged)
    heard = len(judged) - silent
    return [_finished(tile, shown, lines, (heard, silent)) for tile in wanted]


_JUDGED = frozenset({TileKind.NUMBER, TileKind.VIEW})
"""What a list of things to do is drawn from."""
_ASKING = _JUDGED | {TileKind.VOICES, TileKind.STAGES}


def _is_quick(tile: Tile) -> tuple[bool, bool]:
    """Put what takes longest first, so that none is waited for alone: long times, then charts."""
    long = tile.view is not None and tile.view.query.period in _LONG
    return not long, tile.kind is TileKind.NUMBER


_LONG = {None, Period.ALL, Period.LAST_12_MONTHS, Period.LAST_YEAR, Period.THIS_YEAR}


def _has_number(shown: ShownTile) -> bool:
    told = shown.told
    return told is not None and any(cell.not_estimable is None for cell in told.result.cells)


def _finished(
    tile: Tile, shown: dict[str, ShownTile], lines: tuple[Line, ...], tiles: tuple[int, int]
) -> ShownTile:
    if tile.id in shown:
        return shown[tile.id]
    body: dict[str, Any] = {"id": tile.id, "kind": tile.kind.value}
    if tile.kind is TileKind.TODO:
        heard, silent = tiles
        body |= {"lines": [_line(line) for line in lines], "heard": heard, "silent": silent}
    return ShownTile(tile, body)


def _line(line: Line) -> dict[str, Any]:
    return {
        "tile": line.tile_id,
        "urgency": line.urgency.value,
        "sentence": dict(line.sentence),
        "act": dict(line.act) if line.act else None,
    }


def _answerer(look: Onlooker, filters: Filters) -> Any:
    def answer(tile: Tile) -> ShownTile:
        body: dict[str, Any] = {"id": tile.id, "kind": tile.kind.value}
        shown = ShownTile(tile, body)
        with speaking_on(Surface.PAGES):  # in a thread of its own
            try:
                _fill(look, filters, shown)
            except HuiyinError as error:  # one tile that cannot be answered spoils no other
                body["refused"], shown.fault = dict(error.sentence), error
        return shown

    return answer


def _fill(look: Onlooker, filters: Filters, shown: ShownTile) -> None:
    tile = shown.tile
    if tile.view is None:
        return
    ends: date | str | None = None
    asked, unreached = _asked(look, filters.on(tile.id), tile.view)
    shown.body |= {"unfiltered": list(unreached.where), "undated": unreached.undated}
    shown.body |= _days(asked)
    if tile.kind is TileKind.VOICES:
        shown.body["voices"], ends = _voices(look, asked)
    elif tile.kind is TileKind.STAGES:
        _stages(look, asked, shown)
    else:
        _answer(look, asked, shown)
    if shown.told is not None:
        ends = shown.told.result.data.ends
    if ends is not None:
        shown.body["days"] = dict(_with_end(shown.body.get("days"), DATA_ENDS.format(day=ends)))


def _days(asked: Asked) -> dict[str, Any]:
    query = asked.query
    timed = asked.sight.snapshot.asked_codebook.first(Role.TIME) is not None
    if not timed or query.grain is not None:
        return {}
    return {"days": dict(days_words(query.since, query.until))}


def _with_end(days: dict[str, str] | None, end: Text) -> Text:
    return end.begun() if days is None else DAYS_AND_END.format(days=Text.of(days), end=end)


def _asked(look: Onlooker, filters: Filters, view: View) -> tuple[Asked, Unreached]:
    """Make a view ready under the filters that act on its tile; gives what does not reach it."""
    with look.system.database.reading() as session:
        unreached = Unreached()
        if filters.any:
            sight = view_seen(look.system, look.person, DatasetAsked(view.dataset))
            view, unreached = filtered(view, filters, sight.snapshot.asked_codebook)
        return asked_view(session, look.system, look.person, view), unreached


def foresee_tile(look: Onlooker, tile: Tile, filters: Filters) -> None:
    """Answer a tile so that its result is kept; the question is nobody's and is not noted.

    Raises
    ------
    HuiyinError
        It cannot be answered for this person.
    """
    if tile.view is None:
        return
    asked, _ = _asked(look, filters.on(tile.id), tile.view)
    if tile.kind is TileKind.VOICES:
        _voices(look, asked)
    elif tile.kind is TileKind.STAGES:
        _found_stages(look, asked)
    else:
        result_over(look.system, asked)


def foresee_view(look: Onlooker, view: View) -> None:
    """Answer a view so that its result is kept; as `foresee_tile` does.

    Raises
    ------
    HuiyinError
        It cannot be answered for this person.
    """
    with look.system.database.reading() as session:
        asked = asked_view(session, look.system, look.person, view)
    result = result_of(result_over(look.system, asked).body)
    figure_of(look.system, asked, result, look.language)


def _answer(look: Onlooker, asked: Asked, shown: ShownTile) -> None:
    tile, document = shown.tile, asked.view.to_document()
    facts = (query_json(asked.query), document, tile.model_dump(mode="json"), asked.goals)
    key = ("tile", asked.sight.key(*facts, look.language, look.today))
    told, parts, shown.noted = look.system.remembered.held(
        key, lambda: _made(look, asked, tile), lambda _: TILE_BYTES
    )
    shown.told = told
    shown.body |= parts


def _made(
    look: Onlooker, asked: Asked, tile: Tile
) -> tuple[Told, dict[str, Any], tuple[Noted, ...]]:
    """Answer a tile and draw it; nobody changes what is given, it is held for whoever comes."""
    found = result_over(look.system, asked)
    result = result_of(found.body)
    figure = _figure(look, asked, result)
    light = light_of(tile, result, _kept_goal(asked, figure)) if _one(tile) else None
    names = {c.name: c.label for c in asked.sight.snapshot.asked_codebook}
    title = Text.of(tile.title) if tile.title else result.definition[0].label
    answer = {
        "view": asked.view.to_document(),
        "query": asked.view.query.model_dump(mode="json", exclude={"period"}, exclude_none=True),
        "result": found.body,
        **figure,
    }
    told = Told(tile, title, result, light, names)
    parts = {"light": _light_json(light) if light else None, "answer": answer}
    return told, parts, found.noted


def _figure(look: Onlooker, asked: Asked, result: Result) -> dict[str, Any]:
    """Draw an answer as its tile says; where the filters left too little for that, more plainly."""
    fitting = propose(result, asked.view.options)
    if asked.view.chart is not ChartKind.AUTO and asked.view.chart not in fitting:
        plain = next((kind for kind in _PLAIN if kind in fitting), ChartKind.AUTO)
        asked = replace(asked, view=asked.view.model_copy(update={"chart": plain}))
    return drawn(look.system, asked, result, look.language)


_PLAIN = (ChartKind.NUMBER, ChartKind.BAR, ChartKind.TABLE)


def light_of(tile: Tile, result: Result, kept_goal: Goal | None) -> Light | None:
    """Give the light of a number tile: by the kept target, else by the board's own.

    Parameters
    ----------
    tile : Tile
    result : Result
        Of its question; the first cell is the number.
    kept_goal : Goal or None
        The company's target for that cell.
    """
    goal = kept_goal.value if kept_goal is not None else _own_goal(tile)
    if not result.cells or goal is None:
        return None
    cell, better = result.cells[0], result.definition[0].higher_is_better
    if kept_goal is not None and kept_goal.higher_is_better is not None:
        better = kept_goal.higher_is_better
    judged = attainment(cell.low, cell.high, goal, higher_is_better=better)
    return Light(goal, judged.value, company=kept_goal is not None)


def _own_goal(tile: Tile) -> float | None:
    """Give the board's own target: that of the tile, else the one typed where it was drawn."""
    if tile.goal is not None or tile.view is None:
        return tile.goal
    return tile.view.options.target


def _one(tile: Tile) -> bool:
    return tile.kind is TileKind.NUMBER


def _kept_goal(asked: Asked, figure: dict[str, Any]) -> Goal | None:
    """Give the company's target for the first number, the one that begins last where several."""
    values = [one["goal"] for one in figure["judged"] if one["cell"] == 0]
    return next((goal for goal in asked.goals if values and goal.value == values[0]), None)


def _light_json(light: Light) -> dict[str, Any]:
    return {
        "goal": light.goal,
        "attainment": light.attainment,
        "attainment_words": dict(ATTAINMENT_TEXT[Attainment(light.attainment)]),
        "company": light.company,
    }


def _voices(look: Onlooker, asked: Asked) -> tuple[list[dict[str, Any]], str | None]:
    """Choose what is worth reading; gives also where the data ends, if the days go on."""
    if not look.person.may(Right.SEE_ROWS):
        raise NoVoicesError(_NO_ROWS.format(right=RIGHT_TEXT[Right.SEE_ROWS]))
    conditions = _conditions(asked)
    week = look.today.toordinal() // _DAYS_A_WEEK
    words = [[one.column, one.operator, list(one.values)] for one in conditions]
    key = asked.sight.key("voices and end", words, week)

    def choose() -> dict[str, Any]:
        with opened_corridor(look.system, asked.sight) as corridor:
            chosen = worth_reading(corridor, where=conditions, seed=week)
            ends = corridor.ends(asked.query)
        return {"voices": [_voice(one) for one in chosen], "ends": ends and ends.isoformat()}

    found: dict[str, Any] = kept(look.system.folders.cache, key, choose)
    return found["voices"], found["ends"]


def _found_stages(look: Onlooker, asked: Asked) -> Found:
    key = asked.sight.score_key("stages", None, query_json(asked.query))
    return found_over(
        look.system, asked.sight, key, lambda own: find_stages(own, asked.query).to_json()
    )


def _stages(look: Onlooker, asked: Asked, shown: ShownTile) -> None:
    found = _found_stages(look, asked)
    shown.noted = found.noted
    shown.body["stages"] = found.body
    title = Text.of(shown.tile.title) if shown.tile.title else STAGES
    times, shares = result_of(found.body["times"]), found.body["shares"]
    parts = result_of(shares) if shares else None
    order, column = found.body["order"], found.body["stage_column"]
    names = {one.name: one.label for one in asked.sight.snapshot.asked_codebook}
    numbers = in_order(order, column, times, parts)
    shown.told = Told(shown.tile, title, numbers, names=names)


def _conditions(asked: Asked) -> tuple[Filter, ...]:
    query, book = asked.query, asked.sight.snapshot.asked_codebook
    time = book.first(Role.TIME)
    if time is None:
        return query.where
    since = (Filter(time.name, ">=", (query.since.isoformat(),)),) if query.since else ()
    until = (Filter(time.name, "<=", (query.until.isoformat(),)),) if query.until else ()
    return (*query.where, *since, *until)


def _voice(one: Verbatim) -> dict[str, Any]:
    return {
        "text": one.text,
        "column": one.column,
        "rating": one.rating,
        "band": one.band,
        "by": dict(one.by),
    }
