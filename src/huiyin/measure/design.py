"""Strata, clusters and weights: put on the rows, and counted once per snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from huiyin.engine.deadline import Deadline
from huiyin.measure.calibrated import Calibration, calibration
from huiyin.measure.cell_rows import CLUSTER, STRATUM, Design, in_window
from huiyin.measure.contracts import Query
from huiyin.measure.cubes.cube import Cube
from huiyin.measure.cubes.drawing import answers_per_unit, design_facts, is_repeated
from huiyin.measure.cubes.sums import Source
from huiyin.measure.dataset import Dataset
from huiyin.measure.estimates import DesignFacts
from huiyin.measure.moments import key_word
from huiyin.measure.periods import Window
from huiyin.measure.weighting import Raked, put_weights, rake_rows, weigh_by_column

REPEATED_ANSWERS = 1.05
"""Mean answers per customer above which customers are clusters."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The design of a query: its rows, its facts, and what people should know of it.

    `by_psu` tells that sums are taken over PSU totals, `by_customer` that those are customers. With
    a `source` the sums come from a cube, and the design has no rows of its own.
    """

    design: Design
    facts: DesignFacts
    cluster_column: str | None = None
    strata_column: str | None = None
    by_customer: bool = False
    by_psu: bool = False
    without_weight: int = 0
    raked: Raked | None = None
    calibration: Calibration | None = None
    source: Source | None = None


def draw(
    dataset: Dataset,
    query: Query,
    window: Window,
    *,
    by_psu: bool = False,
    overlap: bool = False,
) -> Drawn:
    """Put strata, clusters and weights of a query on the rows, and count the design.

    Parameters
    ----------
    dataset : Dataset
    query : Query
    window : Window
        Where repeated answers of a customer are looked for.
    by_psu : bool
        Take the way of designs although every row counts alike.
    overlap : bool
        A row may lie on both sides of a comparison: rows are then clusters, if nothing else is.

    Raises
    ------
    QueryError
        A design column does not exist, a weight is negative, or the margins do not fit.
    """
    strata = dataset.column_name(query.strata) if query.strata else None
    cluster = cluster_column(dataset, query, window)
    rows, without, raked = _weights(dataset, query)
    weighted = query.weighting is not None
    if strata:
        rows = rows.mutate(**{STRATUM: rows[strata]})
    if cluster:
        rows = rows.mutate(**{CLUSTER: cluster_key(dataset, rows, cluster)})
    design = Design(rows, bool(strata), bool(cluster), weighted)
    key = (dataset.mask(query), strata, cluster, query.weighting)
    facts = dataset.keep(("facts", _hashable(key)), lambda: _facts(dataset, query, design, cluster))
    if (overlap or raked) and not cluster:
        rows = rows.mutate(**{CLUSTER: dataset.row_key(rows)})
        design = replace(design, rows=rows, clustered=True)
    whole = None
    if raked is not None:
        codes = raked.codes
        whole = dataset.keep(
            ("calibration", _hashable(key)),
            lambda: calibration(dataset, design, facts.strata, codes),
        )
    customer = dataset.customer()
    return Drawn(
        design,
        facts,
        cluster,
        strata,
        by_customer=bool(customer and cluster == customer.name),
        by_psu=by_psu or not design.plain,
        without_weight=without,
        raked=raked,
        calibration=whole,
    )


def draw_on_cube(
    dataset: Dataset,
    cube: Cube,
    query: Query,
    window: Window,
    deadline: Deadline,
    *,
    by_psu: bool = False,
) -> Drawn:
    """Count the design of a query whose sums come from a cube; as `draw` does.

    Raises
    ------
    QueryError
        A design column does not exist.
    """
    cluster, mask = cluster_column(dataset, query, window), dataset.mask(query)
    facts = cube.known(("design", mask, cluster), lambda: design_facts(cube, cluster, mask))
    customer = dataset.customer()
    return Drawn(
        Design(None, clustered=cluster is not None),
        facts,
        cluster,
        by_customer=bool(customer and cluster == customer.name),
        by_psu=by_psu or cluster is not None,
        source=Source(cube, mask, cluster, deadline),
    )


def _facts(dataset: Dataset, query: Query, design: Design, cluster: str | None) -> DesignFacts:
    """Count the design: in the cube where neither strata nor weights are asked for."""
    cube, mask = dataset.cube, dataset.mask(query)
    if cube is None or design.stratified or design.weighted:
        return count_design(dataset, design)
    if cluster is not None and not _coded(dataset, cube, cluster):
        return count_design(dataset, design)
    cube.load(dataset, ())
    return cube.known(("design", mask, cluster), lambda: design_facts(cube, cluster, mask))


def _hashable(key: Any) -> str:
    return repr(key)


def _weights(dataset: Dataset, query: Query) -> tuple[Any, int, Raked | None]:
    """Put the weights on the valid rows: (rows, rows left without weight, raking)."""
    rows, without, raked = dataset.valid_rows(query), 0, None
    weighting = query.weighting
    if weighting is None:
        return rows, without, raked
    if weighting.column:
        rows, without = weigh_by_column(dataset, rows, weighting.column)
    if weighting.margins:
        weighted = bool(weighting.column)
        key = ("raked", dataset.mask(query), _hashable(weighting))
        base = rows
        raked = dataset.keep(
            key, lambda: rake_rows(dataset, base, weighting.margins, weighted=weighted)
        )
        rows = put_weights(dataset, rows, raked, weighted=weighted)
    return rows, without, raked


def cluster_column(dataset: Dataset, query: Query, window: Window) -> str | None:
    """Give the column of clusters: the named one, else customers who answer repeatedly."""
    if query.cluster:
        return dataset.column_name(query.cluster)
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.kinds:
        return None
    mean = answers_per_customer(dataset, query, window)
    return customer.name if mean > REPEATED_ANSWERS else None


def answers_per_customer(dataset: Dataset, query: Query, window: Window) -> float:
    """Give the mean answers per known customer inside the window; 1 where none is known."""
    customer = dataset.customer()
    if customer is None:
        return 1.0

    def count() -> float:
        if dataset.cube is not None and _coded(dataset, dataset.cube, customer.name):
            return answers_per_unit(dataset.cube, customer.name, dataset.mask(query), window)
        rows = in_window(dataset.valid_rows(query), window)
        known = rows[customer.name]
        found = dataset.engine.run(rows.aggregate(n=known.count(), distinct=known.nunique()))
        n, distinct = found["n"][0].as_py(), found["distinct"][0].as_py()
        return n / distinct if distinct else 1.0

    return dataset.fact(("repeats", dataset.mask(query), window), count)


def _coded(dataset: Dataset, cube: Cube, name: str) -> bool:
    cube.load(dataset, [name])
    return cube.column(name) is not None


def cluster_key(dataset: Dataset, rows: Any, cluster: str) -> Any:
    """Give the cluster of each row; a row whose cluster is unknown is one by itself."""
    missing = dataset.fact(
        ("missing", cluster),
        lambda: _count(_unrepeated(dataset, cluster), cluster) < dataset.snapshot.n_rows,
    )
    column = rows[cluster]
    if not missing:
        return column
    alone = "\x00" + dataset.row_key(rows).cast("string")
    return column.cast("string").coalesce(alone)


def _unrepeated(dataset: Dataset, column: str) -> Dataset:
    """Give the data's own rows, where they have the column: other rows may hold one repeatedly."""
    base = dataset.base
    return base if base is not None and column in base.kinds else dataset


def _count(dataset: Dataset, column: str) -> int:
    rows = dataset.rows
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


def customer_key(dataset: Dataset, rows: Any) -> Any | None:
    """Give the customer of each row; None where no customer answers twice or none is known."""
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.kinds:
        return None
    known = dataset.fact(
        ("customers", customer.name), lambda: _known_and_distinct(dataset, customer.name)
    )
    return cluster_key(dataset, rows, customer.name) if known[0] > known[1] else None


def counted_column(dataset: Dataset, cube: Cube) -> str | None:
    """Give the column of customers where one may answer twice; as `customer_key` does of rows."""
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.kinds:
        return None
    repeated = cube.known(("repeated", customer.name), lambda: is_repeated(cube, customer.name))
    return customer.name if repeated else None


def _known_and_distinct(dataset: Dataset, name: str) -> tuple[int, int]:
    column = dataset.rows[name]
    found = dataset.engine.run(dataset.rows.aggregate(n=column.count(), distinct=column.nunique()))
    return found["n"][0].as_py(), found["distinct"][0].as_py()
