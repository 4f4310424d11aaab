"""Today's page of a person: what really changed since they were here, what missed its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from huiyin.analyse.boards.changes import boards_for, mentions_of
from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import Board, Tile, board_of
from huiyin.analyse.boards.todo import MISSED_TARGET
from huiyin.analyse.boards.visits import last_visit
from huiyin.analyse.views.definition import Question, View
from huiyin.codebook.contracts import Role
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.measure.contracts import DEFAULT_LEVEL, Call, Cell, Result
from huiyin.measure.present import cell_json
from huiyin.measure.rereading import result_of
from huiyin.people.contracts import Right
from huiyin.web.board_filters import Filters
from huiyin.web.boards import answer_board
from huiyin.web.viewing import asked_view, fetch_result

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.web.boards import Onlooker, ShownTile

MOST_BOARDS = 2
MOST_NUMBERS = 12
MOST_MENTIONS = 10
FIRST_DAYS = 30
"""How far back somebody looks who has not been here before."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mine:
    """A board that somebody keeps an eye on."""

    id: str
    name: Text
    board: Board


def today_for(look: Onlooker) -> dict[str, Any]:
    """Give today's page.

    Parameters
    ----------
    look : Onlooker

    Returns
    -------
    dict
        ``since``: the first day that is new to them, and whether it is their first visit
        (``first``); ``boards``; ``changed``: numbers of their boards that really changed between
        `since` and yesterday against as many days before; ``looked_at``: of how many numbers;
        ``missed``: numbers whose target is missed for real; ``voices``; ``mentions``.
    """
    person, today = look.person, look.today
    with look.system.database.reading() as session:
        before = last_visit(session, person.staff_id, today)
        since = before or today - FIRST_DAYS * _DAY
        mine = [_mine(row) for row in boards_for(session, person.staff_id)]
        mentions = _mentions(session, person.staff_id, since)
    watched = mine[:MOST_BOARDS]
    changed, looked_at = _changed(look, watched, since)
    return {
        "since": since.isoformat(),
        "first": before is None,
        "boards": [{"id": one.id, "name": dict(one.name)} for one in mine],
        "datasets": _datasets(watched),
        "changed": changed,
        "looked_at": looked_at,
        "missed": list(_missed(look, watched)),
        "voices": _voices(look, watched),
        "mentions": mentions,
    }


def _mine(row: Any) -> Mine:
    board = board_of(row.definition)
    return Mine(row.id, Text.of(board.name), board)


def _datasets(watched: Sequence[Mine]) -> list[str]:
    """List the datasets that the boards are made of."""
    return sorted({tile.view.dataset for one in watched for tile in one.board.tiles if tile.view})


def _numbers(watched: Sequence[Mine]) -> list[tuple[Mine, Tile, View]]:
    found = [
        (one, tile, tile.view)
        for one in watched
        for tile in one.board.tiles
        if tile.kind is TileKind.NUMBER and tile.view is not None
    ]
    return found[:MOST_NUMBERS]


def _changed(
    look: Onlooker, watched: Sequence[Mine], since: date
) -> tuple[list[dict[str, Any]], int]:
    """Ask all numbers of one dataset and one set of conditions together: one family of tests."""
    until = look.today - _DAY
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[Mine, Tile, View]]] = {}
    for one in _numbers(watched):
        groups.setdefault((one[2].dataset, one[2].query.where), []).append(one)
    if until < since:
        return [], 0
    found: list[dict[str, Any]] = []
    looked_at = 0
    for (dataset, where), numbers in groups.items():
        result = _asked(look, dataset, where, numbers, (since, until))
        cells = () if result is None else result.cells
        looked_at += len(cells)
        found += [_change(numbers, result, cell) for cell in cells if result and _real(cell)]
    return found, looked_at


def _asked(
    look: Onlooker,
    dataset: str,
    where: tuple[str, ...],
    numbers: Sequence[tuple[Mine, Tile, View]],
    days: tuple[date, date],
) -> Result | None:
    metrics = tuple(dict.fromkeys(view.query.metrics[0] for _, _, view in numbers))
    since, until = (day.isoformat() for day in days)
    question = Question(
        metrics=metrics, where=where, since=since, until=until, compare="previous",
        level=DEFAULT_LEVEL,
    )  # fmt: skip
    try:
        with look.system.database.reading() as session:
            view = View(dataset=dataset, query=question)
            asked = asked_view(session, look.system, look.person, view)
        if asked.sight.snapshot.codebook.first(Role.TIME) is None:
            return None
        return result_of(fetch_result(look.system, look.person, asked))
    except HuiyinError:  # a dataset that is gone, or may not be seen, has no news
        return None


def _real(cell: Cell) -> bool:
    return cell.comparison is not None and cell.comparison.call is Call.REAL


def _change(
    numbers: Sequence[tuple[Mine, Tile, View]], result: Result, cell: Cell
) -> dict[str, Any]:
    mine, tile, _ = next(one for one in numbers if one[2].query.metrics[0] == cell.metric)
    meaning = next(one for one in result.definition if one.metric == cell.metric)
    return {
        "board": mine.id,
        "tile": tile.id,
        "title": dict(tile.title or cell.label),
        "act": dict(tile.act),
        "cell": cell_json(cell),
        "higher_is_better": meaning.higher_is_better,
    }


def _missed(look: Onlooker, watched: Sequence[Mine]) -> Iterator[dict[str, Any]]:
    """Give each number once, whichever boards it stands on."""
    seen: set[str] = set()
    for one in watched:
        ids = [tile.id for tile in one.board.tiles if tile.kind is TileKind.NUMBER]
        filters = Filters(one.board.period, one.board.where)
        for shown in answer_board(look, one.board, filters, ids[:MOST_NUMBERS]):
            asked = shown.tile.view.model_dump_json() if shown.tile.view else ""
            if _is_missed(shown) and asked not in seen:
                seen.add(asked)
                yield _miss(one, shown)


def _is_missed(shown: ShownTile) -> bool:
    light = shown.told.light if shown.told else None
    return light is not None and light.attainment == MISSED_TARGET


def _miss(one: Mine, shown: ShownTile) -> dict[str, Any]:
    answer = shown.body["answer"]
    return {
        "board": one.id,
        "tile": shown.tile.id,
        "title": dict(shown.tile.title or answer["result"]["cells"][0]["label"]),
        "act": dict(shown.tile.act),
        "cell": answer["result"]["cells"][0],
        "light": shown.body["light"],
    }


def _voices(look: Onlooker, watched: Sequence[Mine]) -> list[dict[str, Any]]:
    if not look.person.may(Right.SEE_ROWS):
        return []
    for one in watched:
        tiles = [tile for tile in one.board.tiles if tile.kind is TileKind.VOICES]
        filters = Filters(one.board.period, one.board.where)
        for shown in answer_board(look, one.board, filters, [tile.id for tile in tiles]):
            if shown.body.get("voices"):
                return list(shown.body["voices"])
    return []


def _mentions(session: Session, staff_id: str, since: date) -> list[dict[str, Any]]:
    return [
        {
            "board": board.id,
            "board_name": dict(board.definition["name"]),
            "tile": comment.tile_id,
            "author": comment.author,
            "words": comment.words,
            "created_at": comment.created_at.isoformat(),
        }
        for comment, board in mentions_of(session, staff_id)
        if comment.created_at.date() >= since and comment.author_id != staff_id
    ][:MOST_MENTIONS]
