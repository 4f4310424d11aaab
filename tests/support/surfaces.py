"""The three surfaces on which a planted truth is looked for: why, a board, a question in words."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import Tile
from huiyin.analyse.boards.fitting import Source, fit_board
from huiyin.analyse.boards.gallery import read_plan
from huiyin.analyse.boards.todo import Told, what_to_do
from huiyin.analyse.stages import find_stages
from huiyin.analyse.views.contracts import Period
from huiyin.analyse.views.definition import Question, View
from huiyin.analyse.views.periods import on_day
from huiyin.analyse.why.run import explain_change
from huiyin.ask.answering import answer_asked
from huiyin.ask.contracts import Answerable
from huiyin.ask.reading import ask
from huiyin.ask.values import fetch_values
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.core.text import Text
from huiyin.measure.catalogue import operational_metrics
from huiyin.measure.contracts import Call
from huiyin.measure.metric import HOUSE_RULES
from huiyin.measure.parse import parse_query

DAY = timedelta(days=1)


def real(comparison, direction):
    return comparison.call is Call.REAL and comparison.difference * direction > 0


def _of_period(tile, period):
    """Put the board's period in place of the tile's own, as its filter does."""
    query = tile.view.query.model_copy(update={"period": period})
    return tile.model_copy(update={"view": tile.view.model_copy(update={"query": query})})


class Surfaces:
    """A sample company, asked as its people ask: by `why`, on a `board`, in a sentence."""

    def __init__(self, company):
        self.truths, self._table = company.truths, company.table
        self._words = {}

    def why(self, table, metric=None, **words):
        data = self._table(table)
        metrics = (metric,) if metric else ()
        return explain_change(data.corridor(), parse_query(data.codebook, metrics, **words))

    def tile(self, table, metric, today=date(2026, 7, 1), **words):
        """Answer a tile that somebody puts on a board."""
        view = View(dataset=table, query=Question(metrics=(metric,), **words))
        return self._told(Tile(id="t1", kind=TileKind.VIEW, view=view), today)

    def role_board(self, role, table, today, period=Period.LAST_MONTH):
        """Answer the board that a role starts from, on a day, filtered to the month before."""
        board = self._board(role, table, today)
        shown = [one for one in board.tiles if one.kind in {TileKind.NUMBER, TileKind.VIEW}]
        return [self._told(_of_period(one, period), today) for one in shown]

    def role_stages(self, role, table, today):
        """Answer the tile of stages on the board that a role starts from."""
        board = self._board(role, table, today)
        (tile,) = (one for one in board.tiles if one.kind is TileKind.STAGES)
        data, query = self._table(table), on_day(tile.view.query, today)
        asked = parse_query(data.codebook, (), since=query.since, until=query.until)
        return find_stages(data.corridor(), asked)

    def _board(self, role, table, today):
        source = Source(table, table, self._table(table).codebook, today - DAY)
        return fit_board(read_plan(role), role, [source], today)

    def _told(self, tile, today):
        data = self._table(tile.view.dataset)
        query = on_day(tile.view.query, today)
        words = query.model_dump(mode="json", exclude={"period", "metrics"}, exclude_defaults=True)
        result = data.corridor().answer(parse_query(data.codebook, query.metrics, **words))
        return Told(tile, Text.of(tile.title) if tile.title else Text.same("数"), result)

    def to_do(self, *told):
        """List what a board says is to be done, in words."""
        return [line.sentence.say() for line in what_to_do(told)]

    def ask(self, table, question):
        """Answer a question; one that is asked back or refused has found nothing."""
        corridor = self._table(table).corridor()
        if table not in self._words:
            there = [metric.id for metric in operational_metrics(corridor.codebook, HOUSE_RULES)]
            values = fetch_values(corridor)
            self._words[table] = build_vocabulary(corridor.codebook, values, operations=there)
        asked = ask(question, self._words[table], date(2026, 7, 1))
        assert isinstance(asked, Answerable), asked.text.say()
        return answer_asked(corridor, asked)
