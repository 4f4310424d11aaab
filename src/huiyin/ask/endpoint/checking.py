"""What a model answered → a query by our own rules, or nothing: no word of it is trusted."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from huiyin.ask.contracts import (
    Answerable,
    Kind,
    Rank,
    Threshold,
    Understood,
    sorted_conditions,
)
from huiyin.ask.endpoint.contracts import DroppedReadingError
from huiyin.ask.meanings import AMOUNTS, RATED, Vocabulary
from huiyin.ask.wording import reading_of
from huiyin.core.errors import BadInputError
from huiyin.core.text import LANGUAGES, Text
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query
from huiyin.measure.metric import MetricRules
from huiyin.measure.parse import parse_query

BY_MODEL = Text("由语言模型理解", "read by the language model")
_FORM = Text(
    "语言模型的回答没有采用：格式不对。",
    "The language model's answer was not used: it is not in the agreed form.",
)
_UNKNOWN = Text(
    "语言模型的回答没有采用：“{word}”不在您能看的数据里。",
    "The language model's answer was not used: “{word}” is not in the data that you may see.",
)
_NONE = Text("语言模型也没看懂这个问题。", "The language model did not understand it either.")
_DAYS = Text(
    "语言模型的回答没有采用：日期不对。",
    "The language model's answer was not used: its days do not fit.",
)
BOUND = re.compile(r"(<=|>=|<|>)(-?\d{1,12}(?:\.\d{1,6})?)")
MEASURES = frozenset({"nps", "ces", "easy", "intent", "score", "satisfied", "dissatisfied", "mean"})
MOST_PARTS, MOST_RANKED, TWO = 8, 100, 2
Words = Annotated[str, Field(min_length=1, max_length=300)]
Parts = Annotated[list[Words], Field(max_length=MOST_PARTS)]
Count = Annotated[StrictInt, Field(ge=1, le=MOST_RANKED)]
NEEDS = {Kind.VOICES: 0, Kind.DRIVERS: 1, Kind.RELATION: 2}


class _Told(BaseModel):
    """The agreed form; anything beside it is no answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind | None
    metrics: Parts = Field(default_factory=list)
    by: Parts = Field(default_factory=list)
    where: Parts = Field(default_factory=list)
    since: date | None = None
    until: date | None = None
    grain: Grain | None = None
    compare: Words | None = None
    rank: dict[Literal["worst", "best"], Count] | None = None
    threshold: Annotated[str, Field(max_length=30)] | None = None


def checked_reading(document: Any, vocabulary: Vocabulary, today: date) -> Answerable:
    """Take a model's answer as a question that was read, if it is one.

    Parameters
    ----------
    document : object
        Any JSON.
    vocabulary : Vocabulary
        Of the viewer: a column or value that is not in it is not there.
    today : date
        What is asked ends yesterday at the latest.

    Returns
    -------
    Answerable
        Its reading says that a model read it.

    Raises
    ------
    DroppedReadingError
        It is not in the agreed form, or names what the viewer may not see.
    """
    try:
        told = _Told.model_validate(document)
    except ValidationError as fault:
        raise DroppedReadingError(_FORM) from fault
    if told.kind is None:
        raise DroppedReadingError(_NONE)
    understood = _Checking(vocabulary, today).understood(told, told.kind)
    reading = reading_of(understood, vocabulary.codebook)
    marked = {tag: f"{reading.say(tag)} · {BY_MODEL.say(tag)}" for tag in LANGUAGES}
    return Answerable(understood, Text.of(marked))


class _Checking:
    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self._vocabulary = vocabulary
        self._book = vocabulary.codebook
        self._today = today
        self._rated = {c.name for c in self._book.with_role(*RATED) if c.usable}
        self._amounts = {c.name for c in self._book.with_role(*AMOUNTS) if c.usable}

    def understood(self, told: _Told, kind: Kind) -> Understood:
        query = self._query(told)
        for one in query.where:
            self._filter(one)
        for column in query.by:
            self._group(column)
        compare = self._compare(query.compare)
        metrics = tuple(dict.fromkeys(told.metrics))
        for metric in metrics:
            self._metric(metric, query)
        self._days(told)
        found = Understood(
            kind=kind,
            metrics=metrics,
            by=query.by,
            where=sorted_conditions(query.where),
            since=told.since,
            until=told.until,
            grain=told.grain,
            compare=compare,
            rank=_rank(told),
            threshold=_bound(told),
        )
        _fits(found, kind)
        return found

    def _query(self, told: _Told) -> Query:
        try:
            return parse_query(
                self._book, (), by=told.by, where=told.where, compare=told.compare or None
            )
        except BadInputError as fault:
            raise DroppedReadingError(_FORM) from fault

    def _filter(self, one: Filter) -> None:
        if one.operator not in {"=", "!="}:
            raise _unknown(one.operator)
        for value in one.values:
            self._value(one.column, str(value))

    def _value(self, column: str, value: str) -> None:
        if column in self._rated:
            scale = self._book[column].scale
            level = value.isdecimal() and scale is not None
            if level and scale and scale.minimum <= float(value) <= scale.maximum:
                return
            raise _unknown(f"{column}={value}")
        if value not in self._vocabulary.values.get(column, ()):
            raise _unknown(f"{column}={value}")

    def _group(self, column: str) -> None:
        if column not in self._vocabulary.values:
            raise _unknown(column)

    def _compare(self, compare: Compare | None) -> Compare | None:
        if compare is None or compare.against in {
            Against.PREVIOUS,
            Against.YEAR_AGO,
            Against.YEAR_AGO_LUNAR,
            Against.REST,
        }:
            return compare
        if compare.against is not Against.GROUP or not compare.column:
            raise DroppedReadingError(_FORM)
        self._value(compare.column, str(compare.value))
        return compare

    def _metric(self, metric: str, query: Query) -> None:
        measure, _, of = metric.partition(":")
        if measure == "share":
            column, _, value = of.partition("=")
            self._value(column, value)
        elif measure not in MEASURES and metric not in self._vocabulary.operations:
            raise _unknown(metric)
        elif of and of not in (self._rated | self._amounts):
            raise _unknown(of)
        try:
            find_metric(metric, self._book, query, MetricRules())
        except BadInputError as fault:
            raise _unknown(metric) from fault

    def _days(self, told: _Told) -> None:
        last = max((day for day in (told.since, told.until) if day), default=None)
        turned = told.since and told.until and told.since > told.until
        if turned or (last is not None and last >= self._today):
            raise DroppedReadingError(_DAYS)


def _rank(told: _Told) -> Rank | None:
    if told.kind is not Kind.RANKING or not told.rank:
        return None
    if len(told.rank) > 1:
        raise DroppedReadingError(_FORM)
    ((end, n),) = told.rank.items()
    return Rank(end == "best", n)


def _bound(told: _Told) -> Threshold | None:
    if told.kind is not Kind.THRESHOLD:
        return None
    found = BOUND.fullmatch(told.threshold or "")
    if found is None:
        raise DroppedReadingError(_FORM)
    return Threshold(found[1], float(found[2]))


def _fits(found: Understood, kind: Kind) -> None:
    """Refuse what a kind lacks: a ranking goes by groups, a comparison has another side."""
    n = len(found.metrics)
    many = n != NEEDS[kind] if kind in NEEDS else n == 0
    grouped = kind not in {Kind.RANKING, Kind.THRESHOLD} or bool(found.by)
    series = kind is not Kind.TREND or found.grain is not None
    sided = kind not in {Kind.COMPARE, Kind.WHY} or found.compare is not None
    timed = not found.against_time or (found.since is not None and found.until is not None)
    plain = kind in {Kind.COMPARE, Kind.WHY, Kind.TREND} or found.compare is None
    if many or not (grouped and series and sided and timed and plain):
        raise DroppedReadingError(_FORM)


def _unknown(word: str) -> DroppedReadingError:
    return DroppedReadingError(_UNKNOWN.format(word=word[:60]))
