"""Today's page of a person: what really changed since they were here, what missed its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from huiyin.analyse.boards.changes import boards_for, mentions_of
from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import board_of
from huiyin.analyse.boards.todo import MISSED_TARGET, Told
from huiyin.analyse.boards.visits import last_visit
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError
from huiyin.measure.contracts import Result
from huiyin.people.contracts import Right
from huiyin.web.board_filters import Filters
from huiyin.web.boards import answer_board
from huiyin.web.home_changes import (
    FIRST_DAYS,
    MOST_NUMBERS,
    Mine,
    item,
    meaning_of,
    news_since,
)
from huiyin.web.seen import Asked as DatasetAsked
from huiyin.web.seen import view_seen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.web.boards import Onlooker, ShownTile

MOST_BOARDS = 2
MOST_MENTIONS = 10
_DAY = timedelta(days=1)


def today_for(look: Onlooker) -> dict[str, Any]:
    """Give today's page.

    Parameters
    ----------
    look : Onlooker

    Returns
    -------
    dict
        ``since``: the first day that is new to them, and whether it is their first visit
        (``first``); ``boards``, and which of them are looked at (``watched``); ``changed``:
        numbers that really changed between `since` and yesterday against as many days before;
        ``looked_at``, ``unsure``, ``silent``, ``ended`` and ``newest`` as in `home_changes.News`;
        ``missed``: numbers whose target is missed for real; ``numbers``: how many the boards
        hold, ``told``: how many of them there are to see, ``stopped``: how many took too long;
        ``narrowed``: whether a row rule takes some of the answers away; ``voices`` and the tile
        they are of (``heard``); ``mentions``.
    """
    person, today = look.person, look.today
    with look.system.database.reading() as session:
        before = last_visit(session, person.staff_id, today)
        since = before or today - FIRST_DAYS * _DAY
        mine = [_mine(row) for row in boards_for(session, person.staff_id)]
        mentions = _mentions(session, person.staff_id, since)
    watched = mine[:MOST_BOARDS]
    news = news_since(look, watched, before)
    standing = _standing(look, watched)
    voices, heard = _voices(look, watched)
    datasets = _datasets(watched)
    return {
        "since": since.isoformat(),
        "first": before is None,
        "boards": [{"id": one.id, "name": dict(one.name)} for one in mine],
        "watched": len(watched),
        "datasets": datasets,
        **asdict(news),
        **asdict(standing),
        "narrowed": any(_is_narrowed(look, one) for one in datasets),
        "voices": voices,
        "heard": heard,
        "mentions": mentions,
    }


def _mine(row: Any) -> Mine:
    board = board_of(row.definition)
    return Mine(row.id, Text.of(board.name), board)


def _datasets(watched: Sequence[Mine]) -> list[str]:
    """List the datasets that the boards are made of."""
    return sorted({tile.view.dataset for one in watched for tile in one.board.tiles if tile.view})


def _is_narrowed(look: Onlooker, dataset: str) -> bool:
    """Tell whether a row rule takes answers away from the numbers of a dataset."""
    try:
        return bool(view_seen(look.system, look.person, DatasetAsked(dataset)).scores.rows)
    except HuiyinError:  # it is gone, or may not be seen
        return False


@dataclass(slots=True)
class _Standing:
    """Where the numbers of the boards stand, each told once, whichever boards it stands on.

    Of other rows, or held to another goal, it is another number.
    """

    missed: list[dict[str, Any]] = field(default_factory=list)
    numbers: int = 0
    told: int = 0
    stopped: int = 0


def _standing(look: Onlooker, watched: Sequence[Mine]) -> _Standing:
    found, seen = _Standing(), set[object]()
    for one in watched:
        ids = [tile.id for tile in one.board.tiles if tile.kind is TileKind.NUMBER]
        filters = Filters(one.board.period, one.board.where)
        for shown in answer_board(look, one.board, filters, ids[:MOST_NUMBERS]):
            view = shown.tile.view.model_dump_json() if shown.tile.view else ""
            number = (view, shown.tile.goal, filters)
            if number in seen:
                continue
            seen.add(number)
            found.numbers += 1
            found.stopped += isinstance(shown.fault, EngineError)
            if shown.told is not None:
                found.told += any(c.not_estimable is None for c in shown.told.result.cells)
                if _is_missed(shown.told):
                    found.missed.append(_miss(one, shown, shown.told.result))
    return found


def _is_missed(told: Told) -> bool:
    return told.light is not None and told.light.attainment == MISSED_TARGET


def _miss(one: Mine, shown: ShownTile, result: Result) -> dict[str, Any]:
    cell = result.cells[0]
    return {
        **item(one, shown.tile, cell.label),
        "cell": shown.body["answer"]["result"]["cells"][0],
        "higher_is_better": meaning_of(result, cell.metric).higher_is_better,
        "light": shown.body["light"],
        "when": shown.body.get("days"),
    }


def _voices(
    look: Onlooker, watched: Sequence[Mine]
) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
    """Give the voices of the first board that has any, and the tile they are of."""
    if not look.person.may(Right.SEE_ROWS):
        return [], None
    for one in watched:
        tiles = [tile for tile in one.board.tiles if tile.kind is TileKind.VOICES]
        filters = Filters(one.board.period, one.board.where)
        for shown in answer_board(look, one.board, filters, [tile.id for tile in tiles]):
            if shown.body.get("voices"):
                return list(shown.body["voices"]), {"board": one.id, "tile": shown.tile.id}
    return [], None


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
