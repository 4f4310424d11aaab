"""Results of the analyses: frozen, complete, ready to be shown without arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.absence import NotEstimable
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell, Definition, Result, Unit

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Purpose(StrEnum):
    """What the report is for: picks the target and the order of the chapters."""

    REPURCHASE = "repurchase"
    CHURN = "churn"
    PROCESS = "process"
    GENERAL = "general"


class QuestionKind(StrEnum):
    """How a question is shown by itself."""

    SCALE = "scale"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One answer level or option: count, share in [0, 1] of the base, with interval.

    `said` is set where the words are ours and not the survey's: “3 others”, “yes”. `label` then
    says it in the survey's language.
    """

    label: str
    code: float | None
    n: int
    share: float
    low: float
    high: float
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question by itself.

    `n_base`: those who answered it (multi-select: who chose at least one option or saw the
    question), `n_missing`: the rest. `levels` are in scale order, options by count; beyond 30
    options the rest is folded into one level labelled as such. `mean` is a `Cell` for scales
    and numbers; `quantiles` maps 0.1, 0.25, 0.5, 0.75, 0.9 to values for numbers.
    """

    column: str
    role: Role
    kind: QuestionKind
    label: Text
    n_base: int
    n_missing: int
    levels: tuple[LevelShare, ...] = ()
    mean: Cell | None = None
    quantiles: Mapping[float, float] = field(default_factory=dict)
    not_estimable: NotEstimable | None = None


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A lasting change of level in a trend: first period of the new level, and the step."""

    period: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    call: Call


@dataclass(frozen=True, slots=True)
class Trend:
    """One metric over time; `cells` in period order, each compared with the one before."""

    metric: str
    label: Text
    unit: Unit
    grain: str
    cells: tuple[Cell, ...]
    change_points: tuple[ChangePoint, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupDifferences:
    """Which groups of one dimension differ from the rest, for real.

    `cells` carry the comparison with the rest, best first; `p`, `q` test the dimension as a
    whole; `worst`/`best` name groups whose call is `real` only.
    """

    dimension: str
    label: Text
    metric: str
    unit: Unit
    cells: tuple[Cell, ...]
    p: float | None
    q: float | None
    effect_size: float | None
    best: tuple[str, ...] = ()
    worst: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


DRIVER_FLAG_TEXT: dict[str, Text] = {
    "sign_differs": Text(
        "符号相反：评分越高目标反而越低，或单看与合看方向不一，请勿单独解读",
        "opposite sign: the higher the rating the lower the target, or one way alone and the "
        "other among the rest; not to be read by itself",
    ),
    "same_as_target": Text("与目标几乎是同一个问题", "nearly the same question as the target"),
    "mostly_missing": Text("一半以上没有作答", "more than half did not answer"),
}
"""What the flags of a `Driver` mean."""


class Quadrant(StrEnum):
    """Place in the importance–performance matrix."""

    FIX_FIRST = "fix_first"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    POSSIBLE_OVERKILL = "possible_overkill"
    UNCERTAIN = "uncertain"


QUADRANT_TEXT: Mapping[Quadrant, Text] = {
    Quadrant.FIX_FIRST: Text("优先改进", "fix first"),
    Quadrant.KEEP_UP: Text("继续保持", "keep up"),
    Quadrant.LOW_PRIORITY: Text("次要改进", "low priority"),
    Quadrant.POSSIBLE_OVERKILL: Text("可能投入过多", "possible overkill"),
    Quadrant.UNCERTAIN: Text("还分不清", "uncertain"),
}


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver of the target.

    `share` is its part of R² over R² (all sum to 1), with a bootstrap percentile interval;
    `correlation` and `beta` (standardised) with interval and sign; `performance` is its own
    0–100 score with interval, None for a column without a scale. `priority` ranks what to fix
    first, 1 = first, None = not ranked. `flags` are keys of `DRIVER_FLAG_TEXT`.
    """

    column: str
    label: Text
    n: int
    missing_share: float
    share: float
    low: float | None
    high: float | None
    correlation: float
    correlation_low: float | None
    correlation_high: float | None
    beta: float
    beta_low: float | None
    beta_high: float | None
    performance: float | None
    performance_low: float | None
    performance_high: float | None
    quadrant: Quadrant
    priority: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverResult:
    """Drivers of a target.

    `method` is ``lmg`` or ``relative_weights``; `importance_cut` (mean share) and
    `performance_cut` (mean score) split the quadrants. With `not_estimable` the drivers are
    empty.
    """

    target: str
    target_label: Text
    method: str
    n: int
    n_total: int
    r2: float | None
    r2_low: float | None
    r2_high: float | None
    drivers: tuple[Driver, ...]
    bootstrap: int
    seed: int
    level: float
    importance_cut: float | None = None
    performance_cut: float | None = None
    missing_method: str = "pairwise"
    dropped: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the documented JSON shape (``docs/contracts.md``)."""
        from huiyin.analyse.present import drivers_json

        return drivers_json(self)

    def to_arrow(self) -> pa.Table:
        """Give one row per driver."""
        from huiyin.analyse.present import drivers_arrow

        return drivers_arrow(self)

    def to_pandas(self) -> pd.DataFrame:
        """Give one row per driver."""
        return self.to_arrow().to_pandas()

    def _repr_html_(self) -> str:
        from huiyin.analyse.present import drivers_html

        return drivers_html(self)


@dataclass(frozen=True, slots=True)
class Linkage:
    """An outcome by satisfaction band. Correlation, never cause.

    `bands`: one cell of the outcome per band of the satisfaction column, low to high, with
    ``by = {"band": …}``; `top_against_bottom`: the last band against the first (a `Comparison`
    on the last cell); `correlation` with interval (Spearman); `p` for the trend.
    """

    outcome: str
    outcome_label: Text
    satisfaction: str
    satisfaction_label: Text
    unit: Unit
    bands: tuple[Cell, ...]
    correlation: float | None
    correlation_low: float | None
    correlation_high: float | None
    p: float | None
    q: float | None
    n: int
    notes: tuple[Text, ...] = ()
    not_estimable: NotEstimable | None = None


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Two groupings against each other: counts, row shares, test, and where it differs.

    `residuals` are adjusted standardised residuals; `different` marks cells whose residual
    stays significant after false-discovery control. `row_rest` and `column_rest` tell that the
    last value holds all that were put together; its word follows the survey's language.
    """

    row: str
    column: str
    row_label: Text
    column_label: Text
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_shares: tuple[tuple[float, ...], ...]
    residuals: tuple[tuple[float, ...], ...]
    different: tuple[tuple[bool, ...], ...]
    statistic: float | None
    degrees_of_freedom: float | None
    p: float | None
    q: float | None
    cramers_v: float | None
    method: str
    n: int
    not_estimable: NotEstimable | None = None
    row_rest: bool = False
    column_rest: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """One comment, contact data masked, with its rating and groups."""

    text: str
    column: str
    rating: float | None
    band: str | None
    by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the action table: weak aspect → suggested measure; owner and date stay open."""

    priority: int
    aspect: str
    label: Text
    evidence: Text
    measure: Text
    metric: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One plain sentence of the summary.

    `kind`: ``level``, ``trend``, ``driver``, ``group``, ``linkage``, ``quality``, ``caution``;
    `tone`: ``good``, ``bad``, ``neutral``, ``unknown``; `chapter` names where the evidence is.
    """

    kind: str
    tone: str
    sentence: Text
    chapter: str


@dataclass(frozen=True, slots=True)
class LedgerScore:
    """One headline score as given, and with one cleaning rule used the other way.

    `label` says which: as given; a rule that leaves rows out not used; the rows that a warning
    rule flags left out as well. `rule_id` is ``any_rule`` or ``all_warnings`` where all rules of
    a kind are used the other way at once.
    """

    metric: str
    rule_id: str | None
    cell: Cell
    label: Text


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a report shows. `chapters` is their order for the purpose."""

    title: str
    purpose: Purpose
    target: str | None
    codebook: Codebook
    sources: tuple[str, ...]
    profile: str
    scorecard: Result | None
    definitions: tuple[Definition, ...]
    conclusions: tuple[Conclusion, ...]
    trends: tuple[Trend, ...]
    aspects: Result | None
    drivers: DriverResult | None
    groups: tuple[GroupDifferences, ...]
    linkages: tuple[Linkage, ...]
    cross_tables: tuple[CrossTable, ...]
    questions: tuple[QuestionSummary, ...]
    verbatims: tuple[Verbatim, ...]
    ledger: Ledger
    ledger_scores: tuple[LedgerScore, ...]
    actions: tuple[Action, ...]
    chapters: tuple[str, ...]
    generated_on: str
    level: float
    notes: tuple[Text, ...] = ()
    is_sample: bool = False


class AnalysisError(BadInputError):
    """An analysis is asked for columns it cannot use."""
