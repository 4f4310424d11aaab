"""What a metric is: how one row counts, in which unit, and what its words are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.cuts import HOUSE_CUTS, Cuts
from huiyin.core.absence import Reason
from huiyin.core.text import Text
from huiyin.measure.aspects import Aspect
from huiyin.measure.complaint_sources import ComplaintSource
from huiyin.measure.contracts import MINIMUM_N, Counted, Unit
from huiyin.measure.made.formulas import Formula
from huiyin.measure.row_facts import Clock, Fact, RowSet
from huiyin.measure.rule_windows import HOUSE_WINDOWS, Windows

DELTA_NPS = 5.0
DELTA_SHARE = 0.03
DELTA_POINTS = 2.0
"""Margins of indifference: the house defaults of the metric definitions."""
DELTA_DURATION = 0.1
"""Of a duration: a part of the duration that it is compared with."""


class Form(StrEnum):
    """How a row counts: 0 or 1; -1, 0 or 1; a number; as a part of two sums; or in one of two."""

    SHARE = "share"
    NPS = "nps"
    NUMBER = "number"
    RATIO = "ratio"
    RATE = "rate"


QUOTIENTS = frozenset({Form.RATIO, Form.RATE})
"""Forms that are a sum over a sum: no mean over rows."""


class LevelPoints(StrEnum):
    """How a level of a scale becomes points of 0–100; TABLE: by the rules' own tables."""

    LINEAR = "linear"
    TIMES_20 = "times20"
    STEPS = "graded"
    TABLE = "table"


class Elsewhere(StrEnum):
    """What happens on a scale that a rule was not made for."""

    REFUSED = "refused"
    LINEAR = "linear"
    NON_STANDARD = "non_standard"


class Better(StrEnum):
    """Which end of a metric is the good one; AS_ASKED: the wording of the question says so."""

    HIGHER = "higher"
    LOWER = "lower"
    AS_ASKED = "as_asked"


@dataclass(frozen=True, slots=True)
class MetricRules:
    """House defaults that may be changed; a Result names the version it used.

    Attributes
    ----------
    level_points : LevelPoints
        How levels become the 0–100 score, where a query does not say.
    points_tables : mapping of int to tuple of float
        For TABLE: number of levels → points of each level, from the worst to the best.
    other_scales : Elsewhere
        On scales that `level_points` is not made for: REFUSED or LINEAR.
    delta_nps, delta_share, delta_points : float
        What still counts as no difference: points, a proportion, points of 0–100.
    delta_duration : float
        Likewise of durations: a part of the duration that it is compared with.
    windows : Windows
        Days of the windows of operational metrics.
    cuts : Cuts
    odd_nps : Elsewhere
        NPS asked on 1–10: NON_STANDARD (named so, never compared) or REFUSED.
    better : mapping of str to Better
        Metric id, or id and column, whose good end is not the metric's own.
    index_weights : mapping of str to float
        Weights of the index by aspect or column, where a query gives none.
    aspects : tuple of Aspect
        What each aspect is made of, and from when to when.
    minimum_n : int
        Smallest group that is shown to others than the owner; counts customers.
    version : int
    formulas : mapping of str to Formula
        Metrics that people made for the dataset at hand, by name.
    complaints : tuple of ComplaintSource
        Datasets that hold complaints on the customers or orders of the dataset at hand.
    """

    level_points: LevelPoints = LevelPoints.LINEAR
    delta_nps: float = DELTA_NPS
    delta_share: float = DELTA_SHARE
    delta_points: float = DELTA_POINTS
    delta_duration: float = DELTA_DURATION
    windows: Windows = HOUSE_WINDOWS
    points_tables: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    other_scales: Elsewhere = Elsewhere.REFUSED
    cuts: Cuts = HOUSE_CUTS
    odd_nps: Elsewhere = Elsewhere.NON_STANDARD
    better: Mapping[str, Better] = field(default_factory=dict)
    index_weights: Mapping[str, float] = field(default_factory=dict)
    aspects: tuple[Aspect, ...] = ()
    minimum_n: int = MINIMUM_N
    version: int = 1
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    complaints: tuple[ComplaintSource, ...] = ()


HOUSE_RULES = MetricRules()


@dataclass(frozen=True, slots=True)
class Value:
    """How one row counts for a metric: the estimate is ``shift + factor * mean(v)``.

    Attributes
    ----------
    column : str
    form : Form
        SHARE: v is 1 inside `high` (or for one of `words`), else 0. NPS: v is 1 inside `high`, -1
        inside `low`, else 0. NUMBER: v is the value (or its `points`) minus `origin`. RATIO: the
        sum of `column` over the sum of `base`, over the rows where `base` is above 0. RATE: the
        same of rows of two kinds, events with 1 in `column` and 0 in `base`, and what they are
        counted against with 0 and 1: the latter alone are its n.
    high, low : (float, float) or None
        Closed ranges of level codes.
    words : tuple of str
        Values that count as a hit, for columns in words; `outside` are not even in the base.
    points : tuple of (float, float)
        Level code to points; empty for the code itself.
    origin : float or None
        Fixed origin of the sums; None: taken from the data before the sums (amounts).
    once : bool
        Customers are counted, not rows: each by its first row of a cell.
    again : bool
        With `once`: a hit is a customer with rows of two days in the cell.
    base : str or None
        For RATIO and RATE: the column that is summed below the line.
    """

    column: str
    form: Form
    high: tuple[float, float] | None = None
    low: tuple[float, float] | None = None
    words: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    origin: float | None = 0.0
    factor: float = 1.0
    shift: float = 0.0
    once: bool = False
    again: bool = False
    base: str | None = None

    def centred(self, origin: float) -> Value:
        """Move the origin of the sums; the estimate stays the same."""
        return replace(self, origin=origin, shift=self.shift + self.factor * origin)


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric on one column (several for the index); `absent`: why no data can give it.

    `facts` are columns made for it, `rows` other rows than the dataset's; with a `clock` the
    number is a quantile of durations, and `delta` a part of the duration it is compared with.
    With `under` it is a quotient: so many values stand above the line, the others below it.
    """

    values: tuple[Value, ...]
    shares: tuple[float, ...]
    label: Text
    formula: Text
    unit: Unit
    delta: float
    higher_is_better: bool = True
    notes: tuple[Text, ...] = ()
    please_check: bool = False
    comparable: bool = True
    absent: Reason | None = None
    facts: tuple[Fact, ...] = ()
    rows: RowSet | None = None
    clock: Clock | None = None
    under: int | None = None

    @property
    def is_combined(self) -> bool:
        """Tell whether it is made of several values, or of a ratio: no plain mean over rows."""
        return len(self.values) > 1 or any(value.form in QUOTIENTS for value in self.values)

    @property
    def is_decomposable(self) -> bool:
        """Tell whether a change of it is taken apart by groups: what rows bring over how many."""
        plain = len(self.values) == 1 and self.clock is None
        return plain and not any(v.once or v.form is Form.RATIO for v in self.values)

    @classmethod
    def of(cls, value: Value, label: Text, formula: Text, unit: Unit, delta: float) -> Reading:
        """Read one value on one column."""
        return cls((value,), (1.0,), label, formula, unit, delta)


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the catalogue, declared by one file of ``measure/metrics``.

    Attributes
    ----------
    roles : tuple of tuples of Role
        Where a bare id looks for its column: the first tuple that any column fits.
    read : callable
        (column, value after ``=`` or None, rules) -> Reading.
    needs_scale : bool
        Only defined on a rating scale.
    needs_value : bool
        Takes ``COLUMN=VALUE``.
    meaning : Text
        What it says, and which misreading it invites.
    expression : str
        The formula in symbols: n(…) counts valid answers, w are weights.
    rule_keys : tuple of str
        Keys of the metric rules that can change it, beside its margin and its good end.
    look : callable or None
        For operational metrics, which stand on several columns: (metric, codebook, what follows
        the colon, rules) -> Reading; `read` is then never asked.
    window : Text or None
        The window that belongs to the definition, in words.
    counted : Counted or None
        What its n counts; None: what the rows of the data are.
    """

    id: str
    version: int
    label: Text
    formula: Text
    unit: Unit
    roles: tuple[tuple[Role, ...], ...]
    read: Callable[[Column, str | None, MetricRules], Reading]
    higher_is_better: bool = True
    needs_scale: bool = True
    needs_value: bool = False
    meaning: Text = field(kw_only=True)
    expression: str = field(kw_only=True)
    rule_keys: tuple[str, ...] = field(default=(), kw_only=True)
    look: Look | None = field(default=None, kw_only=True)
    window: Text | None = field(default=None, kw_only=True)
    counted: Counted | None = field(default=None, kw_only=True)

    @property
    def better(self) -> Better:
        """The good end of the metric by itself; raw means have that of their question."""
        if self.unit is Unit.SCALE:
            return Better.AS_ASKED
        return Better.HIGHER if self.higher_is_better else Better.LOWER


Look = Callable[[Metric, Codebook, str, MetricRules], Reading]
