"""What really changed on the boards of a person since they were last here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import Board, Tile
from huiyin.analyse.views.definition import Question, View
from huiyin.codebook.contracts import Role
from huiyin.core.absence import Reason
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import DEFAULT_LEVEL, Call, Cell, Definition, Result
from huiyin.measure.definitions.words import day_of
from huiyin.measure.present import cell_json
from huiyin.measure.rereading import result_of
from huiyin.web.board_filters import Filters, days_words, filtered
from huiyin.web.seen import Asked as DatasetAsked
from huiyin.web.seen import view_seen
from huiyin.web.viewing import asked_view, fetch_result

if TYPE_CHECKING:
    from huiyin.web.boards import Onlooker
    from huiyin.web.corridors import View as Sight
    from huiyin.web.system import System

MOST_NUMBERS = 12
FIRST_DAYS = 30
"""So many of the newest days are looked at where nothing else says how many."""
SETTLES_LATE = frozenset({"resolution_rate"})
"""Metrics of which the newest rows always look worse: what came yesterday is not solved yet."""
_NOTHING_THERE = frozenset(
    {
        Reason.NO_ANSWERS, Reason.NO_ORDERS, Reason.NO_BASE, Reason.NOT_LINKED,
        Reason.NOT_KNOWN_WHO,
    }
)  # fmt: skip
_DAY = timedelta(days=1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Mine:
    """A board that somebody keeps an eye on."""

    id: str
    name: Text
    board: Board


@dataclass(slots=True)
class News:
    """What there is to say of the numbers that were looked at.

    Attributes
    ----------
    changed : list of dict
        Those that really changed.
    looked_at, unsure, silent : int
        Numbers that could be compared; how many of them have too few answers to tell; those
        without answers in the days looked at, or without what they are reckoned from.
    ended : list of dict
        Datasets whose answers end before the days looked at do, and on which day.
    newest : list of dict
        Datasets looked at by their newest days, since none of their answers is of the days since
        the visit: all is new to who comes first, and to whom a batch was loaded for.
    """

    changed: list[dict[str, Any]] = field(default_factory=list)
    looked_at: int = 0
    unsure: int = 0
    silent: int = 0
    ended: list[dict[str, Any]] = field(default_factory=list)
    newest: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a board."""

    mine: Mine
    tile: Tile
    view: View

    @property
    def metric(self) -> str:
        return self.view.query.metrics[0]


def news_since(look: Onlooker, watched: Sequence[Mine], visit: date | None) -> News:
    """Compare the numbers of the boards since a visit with as many days before it.

    Numbers of one dataset under the same conditions are asked together: one family of tests.

    Parameters
    ----------
    look : Onlooker
    watched : sequence of Mine
    visit : date or None
        Day of the last visit, None for the first.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[_Number]] = {}
    for one in _numbers(look, watched):
        groups.setdefault((one.view.dataset, one.view.query.where), []).append(one)
    news = News()
    for (dataset, where), numbers in groups.items():
        _add(news, _Asking(look, dataset, where, numbers), visit)
    return news


def _numbers(look: Onlooker, watched: Sequence[Mine]) -> list[_Number]:
    found = [
        _Number(one, tile, tile.view)
        for one in watched
        for tile in one.board.tiles
        if tile.kind is TileKind.NUMBER and tile.view is not None
    ]
    settled = [one for one in found if one.metric.partition(":")[0] not in SETTLES_LATE]
    return [replace(one, view=_as_on_its_board(look, one)) for one in settled[:MOST_NUMBERS]]


def _as_on_its_board(look: Onlooker, one: _Number) -> View:
    """Put the conditions of the board on a number; its days are those of the visit."""
    where = one.mine.board.where
    if not where:
        return one.view
    try:
        sight = view_seen(look.system, look.person, DatasetAsked(one.view.dataset))
    except HuiyinError:  # a dataset that is gone, or may not be seen: asked, it has no news
        return one.view
    return filtered(one.view, Filters(None, where), sight.snapshot.asked_codebook)[0]


@dataclass(frozen=True, slots=True)
class _Asking:
    """Numbers of one dataset that are asked together."""

    look: Onlooker
    dataset: str
    where: tuple[str, ...]
    numbers: Sequence[_Number]

    def over(self, days: Days) -> tuple[Sight, Result] | None:
        """Ask for some days; None where the dataset has no days, is gone or may not be seen."""
        since, until = (day.isoformat() for day in days)
        question = Question(
            metrics=tuple(dict.fromkeys(one.metric for one in self.numbers)),
            where=self.where, since=since, until=until, compare="previous", level=DEFAULT_LEVEL,
        )  # fmt: skip
        look = self.look
        try:
            with look.system.database.reading() as session:
                view = View(dataset=self.dataset, query=question)
                asked = asked_view(session, look.system, look.person, view)
            if asked.sight.snapshot.codebook.first(Role.TIME) is None:
                return None
            return asked.sight, result_of(fetch_result(look.system, look.person, asked))
        except HuiyinError:  # a dataset that is gone, or may not be seen, has no news
            return None


def _add(news: News, asking: _Asking, visit: date | None) -> None:
    yesterday = asking.look.today - _DAY
    first = visit or asking.look.today - FIRST_DAYS * _DAY
    days = (min(first, yesterday), yesterday)
    found = asking.over(days)
    if found is None:
        return
    sight, result = found
    newest = _newest_days(asking.look.system, sight) if _all_new(sight, result, visit) else None
    if newest is not None and newest[1] < yesterday:
        found = asking.over(newest)
        if found is not None:
            (sight, result), days = found, newest
            since, until = map(str, days)
            news.newest.append({"dataset": asking.dataset, "since": since, "until": until})
    if (ends := result.data.ends) is not None:
        told = {"dataset": asking.dataset, "day": ends.isoformat()}
        news.ended += [] if told in news.ended else [told]
    _count(news, asking, result, days)


def _all_new(sight: Sight, result: Result, visit: date | None) -> bool:
    """Tell whether the newest days are looked at: on a first visit, or after a batch was loaded."""
    if visit is None:
        return True
    return all(map(_is_silent, result.cells)) and day_of(sight.version.created_at) >= visit


def _newest_days(system: System, sight: Sight) -> Days | None:
    """Give the `FIRST_DAYS` that end with the newest answer."""
    key = ("newest day", sight.version.dataset_id, sight.version.version)
    newest = system.remembered.held(key, lambda: _newest(system, sight))
    return None if newest is None else (newest - (FIRST_DAYS - 1) * _DAY, newest)


def _newest(system: System, sight: Sight) -> date | None:
    with system.engines.lent() as engine:
        table = engine.read_parquet(sight.snapshot.files)
        found: date | None = (
            engine.run(table[ANSWERED_ON_COLUMN].cast("date").max()).column(0)[0].as_py()
        )
    return found


def _is_silent(cell: Cell) -> bool:
    absent = cell.not_estimable
    return absent is not None and absent.reason in _NOTHING_THERE


def _count(news: News, asking: _Asking, result: Result, days: Days) -> None:
    for cell in result.cells:
        if _is_silent(cell):
            news.silent += 1
            continue
        news.looked_at += 1
        call = cell.comparison.call if cell.comparison is not None else None
        if call is Call.REAL:
            news.changed.append(_change(asking, result, cell, days))
        elif call is not Call.STABLE:
            news.unsure += 1


def _change(asking: _Asking, result: Result, cell: Cell, days: Days) -> dict[str, Any]:
    one = next(number for number in asking.numbers if number.metric == cell.metric)
    meaning = meaning_of(result, cell.metric)
    return {
        **item(one.mine, one.tile, cell.label),
        "cell": cell_json(cell),
        "higher_is_better": meaning.higher_is_better,
        "days": [str(day) for day in days],
        "when": dict(days_words(*days)),
    }


def item(mine: Mine, tile: Tile, label: Text) -> dict[str, Any]:
    """Name a number: where it stands, what it is called, what to do about it."""
    return {
        "board": mine.id,
        "board_name": dict(mine.name),
        "dataset": tile.view.dataset if tile.view else None,
        "tile": tile.id,
        "title": dict(tile.title or label),
        "act": dict(tile.act),
    }


def meaning_of(result: Result, metric: str) -> Definition:
    """Give the definition of a metric of a result."""
    return next(one for one in result.definition if one.metric == metric)
