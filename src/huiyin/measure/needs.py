"""What analyses need beside estimates: cross products, a row sample, counts of levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.engine.arrays import numbers_of, whole_numbers_of
from huiyin.measure.cell_rows import CLUSTER, WEIGHT, Design
from huiyin.measure.contracts import (
    MAXIMUM_SAMPLE_ROWS,
    CrossProducts,
    Filter,
    Query,
    QueryError,
    RowSample,
    Viewer,
)
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import draw
from huiyin.measure.filters import condition
from huiyin.measure.moments import key_word
from huiyin.measure.periods import Window
from huiyin.measure.row_values import as_float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What of a dataset is seen: by whom, and with which weights, flags and clusters."""

    dataset: Dataset
    query: Query
    viewer: Viewer


def _rows(outlook: Outlook, where: Sequence[Filter]) -> tuple[Design, Any]:
    drawn = draw(outlook.dataset, outlook.query, Window(None, None))
    rows = drawn.design.rows
    conditions = [condition(outlook.dataset, rows, one) for one in (*outlook.viewer.rows, *where)]
    return drawn.design, rows.filter(conditions) if conditions else rows


def cross_products_of(
    outlook: Outlook, columns: Sequence[str], where: Sequence[Filter]
) -> CrossProducts:
    """Fetch pairwise-available moments in one plan; see `CrossProducts`.

    Sums are taken around the scale's midpoint, weights as in `query`.
    """
    dataset = outlook.dataset
    design, rows = _rows(outlook, where)
    centred = [_centred(dataset, rows, name) for name in columns]
    numbers = [number for number, _ in centred]
    weight = rows[WEIGHT] if design.weighted else None
    sums: dict[str, Any] = {}
    for i, j in combinations_with_replacement(range(len(columns)), 2):
        sums |= _pair_sums(numbers[i], numbers[j], weight, f"{i}_{j}")
    fetched = dataset.engine.run(rows.aggregate(**sums)).to_pylist()[0] if sums else {}
    return _assembled(tuple(columns), fetched, [origin for _, origin in centred])


def _centred(dataset: Dataset, rows: Any, name: str) -> tuple[Any, float]:
    import ibis

    typed = dataset.column_name(name)
    column = rows[typed]
    if not column.type().is_numeric():
        raise QueryError(Text("列“{c}”不是数", "Column “{c}” is no number").format(c=name))
    scale = dataset.codebook[name].scale if name in dataset.codebook else None
    origin = (scale.minimum + scale.maximum) / 2 if scale else origin_of(dataset, typed)
    return as_float(column) - ibis.literal(origin, type="float64"), origin


def origin_of(dataset: Dataset, column: str) -> float:
    """Give a round number near the mean of a column: the origin of its sums, kept once found."""

    def find() -> float:
        number = as_float(dataset.rows[column])
        found = dataset.engine.run(dataset.rows.aggregate(mean=number.mean()))["mean"][0].as_py()
        return float(f"{found:.6g}") if found is not None else 0.0

    return dataset.fact(("origin", column), find)


def _pair_sums(x: Any, y: Any, weight: Any, suffix: str) -> dict[str, Any]:
    both = x.notnull() & y.notnull()
    product = x * y
    if weight is None:
        return {
            f"n_{suffix}": product.count(),
            f"x_{suffix}": x.sum(where=both),
            f"y_{suffix}": y.sum(where=both),
            f"p_{suffix}": product.sum(),
        }
    return {
        f"n_{suffix}": weight.sum(where=both),
        f"x_{suffix}": (x * weight).sum(where=both),
        f"y_{suffix}": (y * weight).sum(where=both),
        f"p_{suffix}": (product * weight).sum(),
    }


def _assembled(
    columns: tuple[str, ...], fetched: dict[str, Any], origins: Sequence[float]
) -> CrossProducts:
    k = len(columns)
    n, mean, covariance = np.zeros((k, k)), np.full((k, k), np.nan), np.full((k, k), np.nan)
    for i, j in combinations_with_replacement(range(k), 2):
        weight, x, y, product = (fetched[f"{part}_{i}_{j}"] or 0.0 for part in "nxyp")
        n[i, j] = n[j, i] = weight
        if weight:
            mean[i, j], mean[j, i] = origins[i] + x / weight, origins[j] + y / weight
            covariance[i, j] = covariance[j, i] = product / weight - (x / weight) * (y / weight)
    return CrossProducts(columns, n, mean, covariance)


def row_sample_of(
    outlook: Outlook,
    columns: Sequence[str],
    texts: Sequence[str],
    where: Sequence[Filter],
    *,
    maximum: int,
    seed: int,
) -> RowSample:
    """Fetch a sample of rows that is the same in every run; see `RowSample`.

    The rows with the smallest hash of their number and the seed are taken, so the order in which
    an engine reads them does not matter.
    """
    dataset = outlook.dataset
    design, rows = _rows(outlook, where)
    key = dataset.row_key(rows)
    picked = {f"c{i}": _number(dataset, rows, name) for i, name in enumerate(columns)}
    picked |= {f"t{i}": _words(dataset, rows, name) for i, name in enumerate(texts)}
    if design.weighted:
        picked["weight"] = rows[WEIGHT]
    if design.clustered:
        picked["cluster"] = rows[CLUSTER].cast("string")
    n_total = dataset.engine.run(rows.aggregate(n=rows.count()))["n"][0].as_py()
    chosen = rows.select(key=key, **picked)
    limit = max(0, min(maximum, MAXIMUM_SAMPLE_ROWS))
    if n_total > limit:
        hashed = chosen.mutate(order=_mixed(chosen["key"], seed))
        chosen = hashed.order_by(hashed["order"], hashed["key"]).limit(limit).drop("order")
    fetched = dataset.engine.run(chosen).sort_by("key")
    return _sampled(fetched, tuple(columns), tuple(texts), n_total)


def _mixed(key: Any, seed: int) -> Any:
    """Hash a row's number with the seed, in words that every engine knows."""
    salted = key.cast("string") + f":{seed}"
    return salted.hexdigest("md5")


def _number(dataset: Dataset, rows: Any, name: str) -> Any:
    column = rows[dataset.column_name(name)]
    if not column.type().is_numeric():
        raise QueryError(Text("列“{c}”不是数", "Column “{c}” is no number").format(c=name))
    return as_float(column)


def _words(dataset: Dataset, rows: Any, name: str) -> Any:
    column = rows[dataset.column_name(name)]
    return column.join("┋") if column.type().is_array() else column


def _sampled(
    fetched: Any, columns: tuple[str, ...], texts: tuple[str, ...], n_total: int
) -> RowSample:
    values = [numbers_of(fetched[f"c{i}"]) for i in range(len(columns))]
    names = fetched.column_names
    return RowSample(
        columns=columns,
        values=np.column_stack(values) if values else np.empty((fetched.num_rows, 0)),
        row=whole_numbers_of(fetched["key"]),
        n_total=n_total,
        texts={
            name: tuple(key_word(v) for v in fetched[f"t{i}"].to_pylist())
            for i, name in enumerate(texts)
        },
        weights=numbers_of(fetched["weight"]) if "weight" in names else None,
        cluster=np.array(fetched["cluster"].to_pylist(), dtype=object)
        if "cluster" in names
        else None,
    )


def level_counts_of(
    outlook: Outlook, column: str, where: Sequence[Filter]
) -> tuple[tuple[str | None, int, float], ...]:
    """Count the values of a column: (value as words, rows, total weight), most frequent first."""
    dataset = outlook.dataset
    design, rows = _rows(outlook, where)
    found = rows[dataset.column_name(column)]
    options = found.unnest() if found.type().is_array() else found
    listed = rows.select(value=options, **({"weight": rows[WEIGHT]} if design.weighted else {}))
    sums = {"n": listed.count()}
    if design.weighted:
        sums["weight"] = listed["weight"].sum()
    counted = dataset.engine.run(listed.group_by("value").aggregate(**sums)).to_pylist()
    made = [(key_word(r["value"]), int(r["n"]), float(r.get("weight", r["n"]))) for r in counted]
    return tuple(sorted(made, key=lambda one: (-one[1], str(one[0]))))
