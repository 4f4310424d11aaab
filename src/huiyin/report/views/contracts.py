"""What a kind of chart is, what it is given, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.definition import Options
from huiyin.analyse.views.reckoning import Reckoned
from huiyin.codebook.bands import group_text
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Cell, Definition, Result
from huiyin.measure.definitions.attainment import Judged
from huiyin.report.charts.chart import Option
from huiyin.report.charts.labels import without_shared_lead
from huiyin.report.views.words import say

PERIOD = "period"
_ANSWER = re.compile(r"share:([^=]+)=(.*)")


@dataclass(frozen=True, slots=True)
class Extras:
    """What is drawn beside the numbers of the answer.

    Attributes
    ----------
    names : mapping of str to Text
        Column → what people call it; a column that is not here goes by its name.
    judged : tuple of Judged
        Cells that have a target, and where they stand.
    reckoned : Reckoned
        What the kind needs beside the answer.
    """

    names: Mapping[str, Text] = field(default_factory=dict)
    judged: tuple[Judged, ...] = ()
    reckoned: Reckoned = field(default_factory=Reckoned)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that is to be drawn, in one language."""

    result: Result
    options: Options
    language: str
    extras: Extras = Extras()

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns that the answer is grouped by."""
        return self.result.query.by

    @property
    def timed(self) -> bool:
        """Tell whether it runs over time."""
        return self.result.query.grain is not None

    @property
    def dated(self) -> bool:
        """Tell whether any of its numbers has a period: of no answers, none has."""
        return any(cell.by[PERIOD] is not None for _, cell in self.whole)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The metrics, in the order they were asked for."""
        return self.result.definition

    @property
    def whole(self) -> tuple[tuple[int, Cell], ...]:
        """The cells of the drawn groups, each with its place in the result: no subtotals."""
        keys = {*self.groups, *([PERIOD] if self.timed else [])}
        return tuple((place, cell) for place, cell in self.drawn if set(cell.by) == keys)

    @property
    def drawn(self) -> tuple[tuple[int, Cell], ...]:
        """The cells of the drawn groups and the subtotals, each with its place in the result."""
        cells = enumerate(self.result.cells)
        return tuple((place, cell) for place, cell in cells if self._drawn(cell))

    @property
    def only(self) -> tuple[str, ...]:
        """The groups that are drawn alone; empty: all."""
        return self.options.only if len(self.groups) == 1 else ()

    def _drawn(self, cell: Cell) -> bool:
        if not self.only or self.groups[0] not in cell.by:
            return True
        return cell.by[self.groups[0]] in self.only

    @property
    def lower_is_better(self) -> frozenset[str]:
        """The metrics of which less is better."""
        return frozenset(one.metric for one in self.definitions if not one.higher_is_better)

    def name(self, column: str) -> str:
        """Give what people call a column."""
        found = self.extras.names.get(column)
        return found.say(self.language) if found else column

    def group(self, column: str, value: str | None) -> str:
        """Give what people call a group of a column; one that is not known says so."""
        if value is None:
            return say("unknown", self.language)
        return group_text(column, value).say(self.language)

    def metric_name(self, metric: str) -> str:
        """Give the label of a metric, without what the labels of all have in common."""
        if self.answered:
            return say("answer", self.language, value=metric.partition("=")[2])
        labels = [one.label.say(self.language) for one in self.definitions]
        names = without_shared_lead(labels)
        return next(n for n, d in zip(names, self.definitions, strict=True) if d.metric == metric)

    @property
    def answered(self) -> str:
        """The question of which single answers are counted, where nothing else is; else empty."""
        found = [_ANSWER.fullmatch(one.metric) for one in self.definitions]
        columns = {one[1] if one else "" for one in found}
        return columns.pop() if len(columns) == 1 and len(found) > 1 else ""

    @property
    def units(self) -> frozenset[Unit]:
        """The units of the numbers."""
        return frozenset(cell.unit for cell in self.result.cells)


@dataclass(frozen=True, slots=True)
class Listing:
    """The numbers of a figure that are no cells of the answer, as a table in words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Give ``heads`` and ``rows``."""
        return {"heads": list(self.heads), "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class SizedWord:
    """A word of a cloud: its area goes by `n`, so its `size` (pixels) by the root of it."""

    word: str
    n: int
    size: float

    def to_json(self) -> dict[str, Any]:
        """Give ``word``, ``n`` and ``size``."""
        return {"word": self.word, "n": self.n, "size": self.size}


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn answer.

    Attributes
    ----------
    option : dict or None
        An ECharts option, plain JSON; a datum's `cell` is the place of its number in the result.
        None where the numbers stand as words (`NUMBER`) or as a table.
    height : int
        Pixels.
    caption : str
        The finding, as one sentence.
    table : dict or None
        ``head``, ``rows``: of a pivot table.
    beside : Listing or None
        What is drawn beside the cells of the answer, for who reads it as a table.
    words : tuple of SizedWord
        Of a cloud: a page sets them itself, each as a button; paper draws the option.
    """

    option: Option | None
    height: int
    caption: str
    table: Mapping[str, Any] | None = None
    beside: Listing | None = None
    words: tuple[SizedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of chart.

    Attributes
    ----------
    fits : callable
        Of an answer: how well it fits, above 0; or the sentence why it does not.
    """

    kind: ChartKind
    fits: Callable[[Shown], int | Text]
    draw: Callable[[Shown], Figure]


Placed = Sequence[tuple[int, Cell]]
