"""Strata, clusters and weights: put on the rows, and counted once per snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.measure.contracts import Query, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.estimates import DesignFacts
from huiyin.measure.moments import key_word
from huiyin.measure.periods import Window
from huiyin.measure.plan import CLUSTER, STRATUM, WEIGHT, Design, as_float, in_window

REPEATED_ANSWERS = 1.05
"""Mean answers per customer above which customers are clusters."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The design of a query: its rows, its facts, and what people should know of it."""

    design: Design
    facts: DesignFacts
    cluster_column: str | None = None
    strata_column: str | None = None
    by_customer: bool = False
    without_weight: int = 0


def draw(dataset: Dataset, query: Query, window: Window, *, rows_as_psus: bool = False) -> Drawn:
    """Put strata, clusters and weights of a query on the rows, and count the design.

    Parameters
    ----------
    dataset : Dataset
    query : Query
    window : Window
        Where repeated answers of a customer are looked for.
    rows_as_psus : bool
        Take the way of designs although every row counts alike.

    Raises
    ------
    QueryError
        A design column does not exist, or a weight is negative.
    """
    rows = dataset.valid_rows(query.include_flagged)
    strata = dataset.column_name(query.strata) if query.strata else None
    cluster = cluster_column(dataset, query, window)
    weight = query.weighting.column if query.weighting else None
    without = 0
    design = Design(rows, bool(strata), bool(cluster), bool(weight))
    if weight:
        design, without = _weighted(dataset, design, weight, query)
    if strata:
        design = replace(design, rows=design.rows.mutate(**{STRATUM: design.rows[strata]}))
    if cluster:
        key = cluster_key(dataset, design.rows, cluster)
        design = replace(design, rows=design.rows.mutate(**{CLUSTER: key}))
    facts = dataset.keep(
        ("facts", dataset.mask(query.include_flagged), strata, cluster, weight),
        lambda: count_design(dataset, design),
    )
    customer = dataset.customer()
    return Drawn(
        design,
        replace(facts, plain=facts.plain and not rows_as_psus),
        cluster,
        strata,
        bool(customer and cluster == customer.name),
        without,
    )


def cluster_column(dataset: Dataset, query: Query, window: Window) -> str | None:
    """Give the column of clusters: the named one, else customers who answer repeatedly."""
    if query.cluster:
        return dataset.column_name(query.cluster)
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.rows.columns:
        return None
    mean = answers_per_customer(dataset, query, window)
    return customer.name if mean > REPEATED_ANSWERS else None


def answers_per_customer(dataset: Dataset, query: Query, window: Window) -> float:
    """Give the mean answers per known customer inside the window; 1 where none is known."""
    customer = dataset.customer()
    if customer is None:
        return 1.0

    def count() -> float:
        rows = in_window(dataset.valid_rows(query.include_flagged), window)
        known = rows[customer.name]
        found = dataset.engine.run(rows.aggregate(n=known.count(), distinct=known.nunique()))
        n, distinct = found["n"][0].as_py(), found["distinct"][0].as_py()
        return n / distinct if distinct else 1.0

    return dataset.keep(("repeats", dataset.mask(query.include_flagged), window), count)


def cluster_key(dataset: Dataset, rows: Any, cluster: str) -> Any:
    """Give the cluster of each row; a row whose cluster is unknown is one by itself."""
    missing = dataset.keep(
        ("missing", cluster),
        lambda: _count(dataset, dataset.rows, cluster) < dataset.snapshot.n_rows,
    )
    column = rows[cluster]
    if not missing:
        return column
    alone = "\x00" + dataset.row_key(rows).cast("string")
    return column.cast("string").coalesce(alone)


def _count(dataset: Dataset, rows: Any, column: str) -> int:
    found = dataset.engine.run(rows.aggregate(n=rows[column].count()))["n"][0].as_py()
    return int(found)


def count_design(dataset: Dataset, design: Design) -> DesignFacts:
    """Count the PSUs of each stratum of the whole design."""
    rows = design.rows
    counted = rows[CLUSTER].nunique() if design.clustered else rows.count()
    if design.stratified:
        table = dataset.engine.run(rows.group_by(STRATUM).aggregate(psus=counted))
        words = [key_word(value) for value in table[STRATUM].to_pylist()]
        counts = table["psus"].to_pylist()
        ordered = sorted(zip(words, counts, strict=True), key=lambda pair: str(pair[0]))
        strata = tuple(word for word, _ in ordered)
        n_psu = np.array([count for _, count in ordered], dtype=np.float64)
    else:
        table = dataset.engine.run(rows.aggregate(psus=counted))
        strata, n_psu = (None,), np.array([table["psus"][0].as_py()], dtype=np.float64)
    return DesignFacts(n_psu, strata, design.plain, design.clustered)


def _weighted(dataset: Dataset, design: Design, weight: str, query: Query) -> tuple[Design, int]:
    name = dataset.column_name(weight)
    if not design.rows[name].type().is_numeric():
        raise QueryError(
            Text("列“{c}”不是数，不能当权重", "Column “{c}” is no number, not a weight").format(
                c=name
            )
        )
    negative, missing = dataset.keep(
        ("weights", name, dataset.mask(query.include_flagged)),
        lambda: _faults(dataset, design, name),
    )
    if negative:
        raise QueryError(
            Text("权重列“{c}”有 {n} 行小于 0；权重不能为负，请先改正",
                 "The weight “{c}” is below 0 in {n} rows; mend it first").format(c=name, n=negative)
        )  # fmt: skip
    rows = design.rows.mutate(**{WEIGHT: as_float(design.rows[name])})
    return replace(design, rows=rows.filter(rows[WEIGHT] > 0)), missing


def _faults(dataset: Dataset, design: Design, name: str) -> tuple[int, int]:
    rows, column = design.rows, design.rows[name]
    table = dataset.engine.run(
        rows.aggregate(
            negative=rows.count(where=column < 0),
            missing=rows.count(where=column.isnull() | (column == 0)),
        )
    )
    return table["negative"][0].as_py(), table["missing"][0].as_py()
