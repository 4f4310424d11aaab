"""The answers of a board as they are sent: made once for all who see the same rows."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.collect.datasets.contracts import NoDataYetError
from huiyin.core.errors import HuiyinError
from huiyin.people.contracts import NotAllowedError, Right
from huiyin.store.contracts import NotFoundError
from huiyin.web.boards import NoVoicesError, noted_of, shown_tiles
from huiyin.web.lists import listed
from huiyin.web.near_queries import Noted, note_all
from huiyin.web.ready import Ready
from huiyin.web.seen import Asked, view_seen

if TYPE_CHECKING:
    from huiyin.analyse.boards.definition import Board
    from huiyin.web.board_filters import Filters
    from huiyin.web.boards import Onlooker

STANDING = (NotAllowedError, NoVoicesError, NotFoundError, NoDataYetError)
"""Why a tile is not answered, as long as nothing in the store changes; others may pass."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is sent, and what is written down of the questions, whoever asks them."""

    ready: Ready
    noted: tuple[Noted, ...]


class _PassingError(Exception):
    """Answers that are given, but not held: a tile of them may be answered the next time."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__()
        self.answers = answers


def answers_ready(
    look: Onlooker, board: Board, filters: Filters, only: Sequence[str] | None = None
) -> Ready:
    """Answer the tiles of a board for somebody; their questions are noted.

    Parameters
    ----------
    look : Onlooker
    board : Board
    filters : Filters
    only : sequence of str, optional
        Ids of tiles; all by default.

    Returns
    -------
    Ready
        The list of what `answer_board` gives of each tile, held in memory by all it hangs on: the
        board, the filters, the day, the language, and of each dataset the version, the rules and
        the rows that whoever looks may see.
    """
    asked = board.model_dump_json(), filters, None if only is None else tuple(only)
    key = ("answers", asked, look.language, look.today, _rights(look, board))
    try:
        found: _Answers = look.system.remembered.held(
            key, lambda: _answers(look, board, filters, only), lambda one: one.ready.n_bytes
        )
    except _PassingError as passing:
        found = passing.answers
    note_all(look.system, look.person, found.noted)
    return found.ready


def _answers(
    look: Onlooker, board: Board, filters: Filters, only: Sequence[str] | None
) -> _Answers:
    shown = shown_tiles(look, board, filters, only)
    items = listed([one.body for one in shown])
    body = json.dumps(items, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    found = _Answers(Ready(body.encode()), noted_of(shown))
    if all(one.fault is None or isinstance(one.fault, STANDING) for one in shown):
        return found
    raise _PassingError(found)


def _rights(look: Onlooker, board: Board) -> Hashable:
    """Give what a person may see of the datasets of a board: who are equal in it see the same."""
    views = [tile.view for tile in board.tiles if tile.view is not None]
    asked = dict.fromkeys(
        Asked(one.dataset, one.query.version, one.query.rules_version) for one in views
    )
    seen = tuple((one, look.person.reaches(one.dataset_id), _seen(look, one)) for one in asked)
    return look.person.may(Right.SEE_ROWS), seen


def _seen(look: Onlooker, asked: Asked) -> str:
    try:
        return view_seen(look.system, look.person, asked).key()
    except HuiyinError as error:
        return type(error).__name__
