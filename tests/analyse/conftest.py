"""A small corridor over arrays in memory: every number is computed, none is canned."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pytest

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role, Scale
from huiyin.codebook.cuts import HOUSE_CUTS, Cuts
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    Against,
    Call,
    Cell,
    Comparison,
    CrossProducts,
    DataFacts,
    Definition,
    Grain,
    QueryError,
    Result,
    RowSample,
    Unit,
)
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.stats.comparison import call, compare
from huiyin.stats.means import t_mean
from huiyin.stats.multiple import benjamini_hochberg

UNITS = {
    "nps": Unit.NPS, "score": Unit.POINTS, "ces": Unit.SCALE, "mean": Unit.SCALE,
    "satisfied": Unit.SHARE, "easy": Unit.SHARE, "intent": Unit.SHARE, "share": Unit.SHARE,
}  # fmt: skip
DELTAS = {Unit.NPS: 5.0, Unit.POINTS: 2.0, Unit.SHARE: 0.03, Unit.SCALE: 0.1, Unit.AMOUNT: 1.0}


def rating(name, role=Role.ASPECT, low=1, high=5, direction=1, **more) -> Column:
    return Column(name, role, Text.same(name), Scale(low, high, direction), **more)


def plain(name, role=Role.DIMENSION, **more) -> Column:
    return Column(name, role, Text.same(name), **more)


@dataclass(frozen=True)
class MemoryCorridor:
    """Columns as arrays: floats with NaN, objects with None (words, dates, lists of options)."""

    book: Codebook
    data: Mapping[str, np.ndarray]
    excluded: Mapping[str, np.ndarray] = field(default_factory=dict)
    customer: str | None = None
    weight: str | None = None
    minimum: int = 1

    @property
    def codebook(self) -> Codebook:
        return self.book

    @property
    def cuts(self) -> Cuts:
        return HOUSE_CUTS

    @property
    def index_weights(self) -> Mapping[str, float]:
        return {}

    @cached_property
    def n_rows(self) -> int:
        return len(next(iter(self.data.values())))

    def rows(self, where=(), include=False) -> np.ndarray:
        kept = np.ones(self.n_rows, dtype=bool)
        for rule, flagged in self.excluded.items():
            if include is False or (include is not True and rule not in include):
                kept &= ~flagged
        for clause in where:
            kept &= self.meets(clause)
        return kept

    def meets(self, clause) -> np.ndarray:
        values = self.data[clause.column]
        if values.dtype == object and clause.operator == ">=":
            return np.array([v is not None and str(v) >= clause.values[0] for v in values])
        if values.dtype == object:
            hit = np.array([v in clause.values for v in values])
            return hit if clause.operator == "=" else ~hit
        bounds = [float(v) for v in clause.values]
        compare_by = {
            "=": lambda: np.isin(values, bounds),
            "!=": lambda: ~np.isin(values, bounds),
            "<": lambda: values < bounds[0],
            "<=": lambda: values <= bounds[0],
            ">": lambda: values > bounds[0],
            ">=": lambda: values >= bounds[0],
        }
        return compare_by[clause.operator]() & ~np.isnan(values)

    def metric_values(self, metric, weights=None):  # noqa: PLR0911 -- one line per metric
        if metric == "index":
            scores = [w * self.metric_values(f"score:{c}")[0] for c, w in weights.items()]
            return np.sum(scores, axis=0) / sum(weights.values()), Unit.POINTS
        kind, _, name = metric.partition(":")
        name, _, value = name.partition("=")
        column = self.book[name]
        if kind == "share":
            return self.share_values(self.data[name], value), Unit.SHARE
        raw = self.data[name].astype(float)
        if kind == "mean":
            return raw, Unit.SCALE if column.scale else Unit.AMOUNT
        if column.scale is None or column.role not in RATING_ROLES:
            raise QueryError(Text("不是评分", "no rating"))
        low, high = column.scale.minimum, column.scale.maximum
        good = (raw - low) / (high - low)
        good = good if column.scale.direction > 0 else 1 - good
        if kind == "nps":
            value = 100.0 * ((raw >= 9).astype(float) - (raw <= 6))
            return np.where(np.isnan(raw), np.nan, value), Unit.NPS
        if kind == "score":
            return 100 * good, Unit.POINTS
        if kind == "ces":
            return raw, Unit.SCALE
        return np.where(np.isnan(raw), np.nan, good >= 0.75), Unit.SHARE

    @staticmethod
    def share_values(values, wanted) -> np.ndarray:
        if values.dtype != object:
            return np.where(np.isnan(values), np.nan, values == float(wanted))
        return np.array(
            [
                np.nan if v is None else float(wanted in v if isinstance(v, list) else v == wanted)
                for v in values
            ]
        )

    def answer(self, query) -> Result:
        kept = self.rows(query.where, query.include_flagged)
        cells = []
        for metric in query.metrics:
            values, unit = self.metric_values(metric, query.index_weights)
            groups = self.groups(query, kept)
            made = [self.cell(metric, unit, values, rows, by, query.level) for by, rows in groups]
            cells += self.compared(made, query, values, kept, groups)
        definitions = tuple(
            self.definition(metric, query.index_weights) for metric in query.metrics
        )
        return Result(query, definitions, self.facts(kept), tuple(self.corrected(cells, query)))

    def facts(self, kept) -> DataFacts:
        left_out = {rule: int(flag.sum()) for rule, flag in self.excluded.items()}
        return DataFacts(self.n_rows, int(kept.sum()), left_out, None, None, "memory")

    def definition(self, metric, weights) -> Definition:
        unit = self.metric_values(metric, weights)[1]
        name = metric.partition(":")[2]
        column = next((c for c in self.book if c.name == name.partition("=")[0]), None)
        better = column is None or column.role not in {Role.COST, Role.DURATION}
        return Definition(metric, 1, Text.same(metric), Text.same(""), name, DELTAS[unit], better)

    def groups(self, query, kept):
        keys = [self.keys(query, row) for row in np.flatnonzero(kept)]
        found: dict[tuple, list[int]] = {}
        for row, key in zip(np.flatnonzero(kept), keys, strict=True):
            found.setdefault(key, []).append(row)
        names = (("period",) if query.grain else ()) + query.by
        if query.grain:
            found.pop(next((k for k in found if k[0] is None), None), None)
        ordered = sorted(found, key=lambda key: tuple(str(part) for part in key))
        if not names:
            return [({}, np.flatnonzero(kept))]
        return [(dict(zip(names, key, strict=True)), np.array(found[key])) for key in ordered]

    def keys(self, query, row) -> tuple:
        key = []
        if query.grain:
            time = self.book.first(Role.TIME)
            key.append(period_start(self.data[time.name][row], query.grain))
        for name in query.by:
            value = self.data[name][row]
            key.append(None if value is None else str(value))
        return tuple(key)

    def cell(self, metric, unit, values, rows, by, level) -> Cell:
        there = values[rows]
        there = there[~np.isnan(there)]
        n = len(there)
        common = {"by": by, "metric": metric, "label": Text.same(metric), "unit": unit,
                  "level": level, "n": n, "n_customers": n, "method": "t"}  # fmt: skip
        if n == 0:
            return Cell(**common, estimate=None, low=None, high=None, n_effective=None,
                        not_estimable=NotEstimable(Reason.NO_ANSWERS))  # fmt: skip
        interval = t_mean(n, there.mean(), there.var(ddof=1) if n > 1 else np.nan, level=level)
        low, high = float(interval.low), float(interval.high)
        known = np.isfinite(low)
        return Cell(**common, estimate=float(there.mean()), low=low if known else None,
                    high=high if known else None, n_effective=float(n),
                    standard_error=float(interval.standard_error) if known else None,
                    degrees_of_freedom=float(n - 1))  # fmt: skip

    def compared(self, cells, query, values, kept, groups):
        if query.compare is None:
            return cells
        result = []
        for i, (cell, (_, rows)) in enumerate(zip(cells, groups, strict=True)):
            if query.compare.against is Against.PREVIOUS:
                other = cells[i - 1] if i else None
            else:
                rest = np.setdiff1d(np.flatnonzero(kept), rows)
                other = self.cell(cell.metric, cell.unit, values, rest, {}, cell.level)
            result.append(replace(cell, comparison=self.comparison(cell, other, query)))
        return result

    def comparison(self, cell, other, query) -> Comparison | None:
        if other is None or cell.standard_error is None or other.standard_error is None:
            return None
        error = np.hypot(cell.standard_error, other.standard_error)
        delta = DELTAS[cell.unit]
        gap = cell.estimate - other.estimate
        test = compare(gap, error, cell.n + other.n - 2, delta=delta, level=cell.level)
        word = Call.STABLE if bool(test.inside_delta) else Call.CANNOT_TELL
        return Comparison(query.compare.against.value, other.estimate, gap, float(test.low),
                          float(test.high), float(test.p), None, delta, 0, word)  # fmt: skip

    @staticmethod
    def corrected(cells, query):
        compared = [c for c in cells if c.comparison is not None]
        q = benjamini_hochberg([c.comparison.p for c in compared])
        by_id = {id(c): v for c, v in zip(compared, q, strict=True)}
        for cell in cells:
            if id(cell) not in by_id:
                yield cell
                continue
            stable = cell.comparison.call is Call.STABLE
            word = Call(str(call(stable, by_id[id(cell)], query.level)))
            comparison = replace(
                cell.comparison, q=float(by_id[id(cell)]), family=len(compared), call=word
            )
            yield replace(cell, comparison=comparison)

    def cross_products(self, columns, *, where=()) -> CrossProducts:
        kept = self.rows(where)
        values = np.column_stack([self.data[c][kept].astype(float) for c in columns])
        there = ~np.isnan(values)
        k = len(columns)
        n, mean, covariance = np.zeros((k, k)), np.full((k, k), np.nan), np.full((k, k), np.nan)
        for i in range(k):
            for j in range(k):
                both = values[there[:, i] & there[:, j]]
                n[i, j] = len(both)
                if len(both):
                    mean[i, j] = both[:, i].mean()
                    pair = (both[:, i] - both[:, i].mean()) * (both[:, j] - both[:, j].mean())
                    covariance[i, j] = pair.mean()
        return CrossProducts(tuple(columns), n, mean, covariance)

    def row_sample(self, columns, *, texts=(), where=(), maximum=200_000, seed=0) -> RowSample:
        rows = np.flatnonzero(self.rows(where))
        total = len(rows)
        if total > maximum:
            rows = np.sort(np.random.default_rng(seed).choice(rows, maximum, replace=False))
        values = np.empty((len(rows), len(columns)))
        for i, name in enumerate(columns):
            values[:, i] = self.data[name][rows].astype(float)
        words = {name: tuple(self.data[name][rows]) for name in texts}
        return RowSample(
            tuple(columns), values, rows, total, words,
            weights=self.data[self.weight][rows] if self.weight else None,
            cluster=self.data[self.customer][rows] if self.customer else None,
        )  # fmt: skip

    def level_counts(self, column, *, where=()):
        rows = np.flatnonzero(self.rows(where))
        weights = self.data[self.weight] if self.weight else np.ones(self.n_rows)
        found: dict[str | None, list[float]] = {}
        for row in rows:
            value = self.data[column][row]
            parts = value if isinstance(value, list) else [value]
            for part in parts:
                count = found.setdefault(as_words(part), [0, 0.0])
                count[0] += 1
                count[1] += float(weights[row])
        return tuple((value, int(n), total) for value, (n, total) in found.items())

    def hidden_groups(self, groups, *, crossed=(), among=()):
        inside = np.any([self.rows(one) for one in among], axis=0) if among else self.rows()
        counts = {(i,): int((self.rows(one) & inside).sum()) for i, one in enumerate(groups)}
        if not crossed:
            return hidden_cells([counts], self.minimum, n_groups=[1])[0]
        cells = {
            (i, j): int((self.rows(one) & self.rows(other)).sum())
            for i, one in enumerate(groups)
            for j, other in enumerate(crossed)
        }
        return hidden_cells([cells, counts], self.minimum, n_groups=[2, 1])[0]


def as_words(value) -> str | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def period_start(day, grain) -> str | None:
    if day is None:
        return None
    starts = {
        Grain.DAY: lambda: day,
        Grain.WEEK: lambda: date.fromordinal(day.toordinal() - day.weekday()),
        Grain.MONTH: lambda: day.replace(day=1),
        Grain.QUARTER: lambda: day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1),
        Grain.YEAR: lambda: day.replace(month=1, day=1),
    }
    return starts[grain]().isoformat()


@pytest.fixture(scope="session")
def corridor_class():
    """Give the class of corridors in memory."""
    return MemoryCorridor


@pytest.fixture
def make_corridor():
    """Give a function (columns, data, …) -> corridor."""

    def make(columns, data, **more) -> MemoryCorridor:
        return MemoryCorridor(Codebook(tuple(columns)), data, **more)

    return make


@pytest.fixture(name="rating")
def give_rating():
    return rating


@pytest.fixture(name="plain")
def give_plain():
    return plain


@pytest.fixture
def survey(make_corridor):
    """Give a function (seed, n, missing, effects) -> corridor with planted drivers of overall."""

    def make(seed=1, n=900, missing=0.1, effects=(0.9, 0.5, 0.15, 0.0), **more):
        rng = np.random.default_rng(seed)
        names = ["质量", "服务", "价格", "环境"][: len(effects)]
        common = rng.normal(size=n)
        parts = [0.5 * common + rng.normal(size=n) for _ in names]
        total = sum(e * p for e, p in zip(effects, parts, strict=True)) + rng.normal(size=n)
        data = {name: levels(part, rng, missing) for name, part in zip(names, parts, strict=True)}
        data["总体"] = levels(total, rng, 0.0)
        data["地区"] = np.array(rng.choice(["东", "南", "西", "北"], n), dtype=object)
        columns = [*(rating(name) for name in names), rating("总体", Role.OVERALL), plain("地区")]
        return make_corridor(columns, data, **more)

    return make


def levels(latent, rng, missing) -> np.ndarray:
    """Cut a latent opinion into 1–5 and lose some answers."""
    cut = np.digitize(latent / latent.std(), (-1.2, -0.5, 0.3, 1.1)) + 1.0
    cut[rng.random(len(cut)) < missing] = np.nan
    return cut
