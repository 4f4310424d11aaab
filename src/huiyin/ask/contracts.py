"""What asking ends in: a query, a question back, or a refusal. Never SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Compare, Filter, Grain, Query


class Kind(StrEnum):
    """What a question wants to know."""

    NUMBER = "number"
    TREND = "trend"
    COMPARE = "compare"
    RANKING = "ranking"
    THRESHOLD = "threshold"
    WHY = "why"
    DRIVERS = "drivers"
    RELATION = "relation"
    VOICES = "voices"


class Missing(StrEnum):
    """What a question has to say first."""

    METRIC = "metric"
    COLUMN = "column"
    VALUE = "value"
    PERIOD = "period"
    RELATIVE_OR_ABSOLUTE = "relative_or_absolute"
    WHAT = "what"


class Why(StrEnum):
    """Why no data here can answer."""

    NO_SUCH_METRIC = "no_such_metric"
    NO_SUCH_COLUMN = "no_such_column"
    NO_SUCH_VALUE = "no_such_value"
    FUTURE = "future"
    CAUSAL = "causal"
    PERSONAL = "personal"
    NOT_A_QUESTION = "not_a_question"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Rank:
    """The best or the worst `n`; what is good is the metric's word, not its size."""

    best: bool
    n: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound in the metric's unit (shares as proportions); `operator` is ``< <= > >=``."""

    operator: str
    value: float

    @property
    def words(self) -> str:
        """Write it as in ``<60``."""
        return f"{self.operator}{self.value:g}"


@dataclass(frozen=True, slots=True)
class Understood:
    """All that a thread has said so far; a follow-up changes only what it says.

    Attributes
    ----------
    kind : Kind or None
        None where nothing said it; a number is meant then.
    metrics, by : tuple of str
        As in `Query`.
    where : tuple of Filter
        Sorted by column.
    since, until : date or None
    grain : Grain or None
    compare : Compare or None
    rank : Rank or None
    threshold : Threshold or None
    """

    kind: Kind | None = None
    metrics: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    grain: Grain | None = None
    compare: Compare | None = None
    rank: Rank | None = None
    threshold: Threshold | None = None

    @property
    def query(self) -> Query:
        """The question to the corridor."""
        return Query(
            metrics=self.metrics,
            by=self.by,
            where=self.where,
            since=self.since,
            until=self.until,
            grain=self.grain,
            compare=self.compare,
        )

    @property
    def against_time(self) -> bool:
        """Tell whether it is compared with an earlier time."""
        times = (Against.PREVIOUS, Against.YEAR_AGO, Against.YEAR_AGO_LUNAR)
        return self.compare is not None and self.compare.against in times


@dataclass(frozen=True, slots=True)
class Answerable:
    """A question that the data may answer, complete, and how it was read.

    `unused` are words beside it that are about nothing in this data; `reading` shows them too.
    `doubted` are those of them that may well matter: the answer begins with them.
    """

    understood: Understood
    reading: Text
    unused: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What it wants to know."""
        return self.understood.kind or Kind.NUMBER

    @property
    def query(self) -> Query:
        """The question to the corridor."""
        return self.understood.query


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question that could mean several numbers: what to say, and what could be said.

    `word` is what may mean several things; an answer that names one of `options` settles it.
    """

    reason: Missing
    text: Text
    options: tuple[str, ...] = ()
    understood: Understood = field(default_factory=Understood)
    word: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that no data here can answer, with the reason; `word` is what there is not."""

    reason: Why
    text: Text
    word: str = ""


Asked = Answerable | AskBack | Refusal


@dataclass(frozen=True, slots=True)
class ColumnValues:
    """The values of the columns that a viewer may group by, most frequent first."""

    by_column: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calculated:
    """A metric that people made of others: it is asked by its name."""

    name: str
    is_share: bool = False
    higher_is_better: bool = True

    @property
    def metric(self) -> str:
        """Its id, as in `Query.metrics`."""
        return f"{CALCULATED}:{self.name}"


CALCULATED = "calc"


def sorted_conditions(conditions: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """Put conditions in the order of their columns, so that equal questions are equal."""
    return tuple(sorted(conditions, key=lambda one: (one.column, one.operator, one.values)))


def without(understood: Understood, *slots: str) -> Understood:
    """Forget what was said of these slots."""
    empty = Understood()
    return replace(understood, **{slot: getattr(empty, slot) for slot in slots})
