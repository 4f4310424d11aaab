"""Weights: from a column of the file, or raked to known margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.core.text import Text, listed
from huiyin.measure.cell_rows import JOINT, WEIGHT
from huiyin.measure.contracts import Margin, QueryError
from huiyin.measure.dataset import Dataset
from huiyin.measure.moments import key_word
from huiyin.measure.row_values import as_float
from huiyin.stats.contracts import Floats
from huiyin.stats.raking import RakingResult, rake

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Raked:
    """Margins met on the joint cells of their columns.

    Attributes
    ----------
    codes : tuple of (joint cells,) arrays of int
        Level of each joint cell in each margin, -1 where unknown.
    table : pyarrow.Table
        Joint cells as they stand in the file, with their factor and number.
    result : RakingResult
    """

    codes: tuple[Any, ...]
    table: pa.Table
    result: RakingResult
    columns: tuple[str, ...]


def weigh_by_column(dataset: Dataset, rows: Any, name: str) -> tuple[Any, int]:
    """Put the weights of a column on the rows; rows without weight are left out and counted.

    Raises
    ------
    QueryError
        The column is no number, or a weight is below 0 or not finite.
    """
    typed = dataset.column_name(name)
    column = rows[typed]
    if not column.type().is_numeric():
        raise QueryError(
            Text("列“{c}”不是数，不能当权重", "Column “{c}” holds no numbers for weights").format(
                c=name
            )
        )
    column = as_float(column)
    found = dataset.engine.run(
        rows.aggregate(
            bad=rows.count(where=(column < 0) | column.isnan() | column.isinf()),
            missing=rows.count(where=column.isnull() | (column == 0)),
        )
    ).to_pylist()[0]
    if found["bad"]:
        raise QueryError(
            Text("权重列“{c}”有 {n} 行小于 0 或不是有限的数，请先改正",
                 "The weight “{c}” is below 0 or not finite in {n} rows; mend it first")
            .format(c=name, n=found["bad"])
        )  # fmt: skip
    weighted = rows.mutate(**{WEIGHT: column})
    return weighted.filter(weighted[WEIGHT] > 0), int(found["missing"])


def rake_rows(dataset: Dataset, rows: Any, margins: Sequence[Margin], *, weighted: bool) -> Raked:
    """Find the factor of every joint cell of the margins' columns.

    Raises
    ------
    QueryError
        A margin names a value that no row has, or lacks one that the file has; or the margins
        contradict each other.
    """
    columns = tuple(dataset.column_name(margin.column) for margin in margins)
    base = rows[WEIGHT].sum() if weighted else rows.count().cast("float64")
    table = dataset.engine.run(rows.group_by(list(columns)).aggregate(base=base, n=rows.count()))
    codes = tuple(
        _codes([key_word(v) for v in table[column].to_pylist()], margin)
        for column, margin in zip(columns, margins, strict=True)
    )
    totals = table["base"].to_numpy()
    for code, margin in zip(codes, margins, strict=True):
        _check_filled(code, margin)
    targets = [np.array(list(margin.shares.values())) for margin in margins]
    result = rake(totals, codes, targets)
    if not result.converged:
        raise QueryError(
            Text("这几个总体构成互相矛盾，或有组合没有答卷，加权不收敛（最大差 {gap:.2%}）",
                 "The margins contradict each other or combinations have no answers: no weights "
                 "meet them (largest gap {gap:.2%})").format(gap=result.largest_gap)
        )  # fmt: skip
    scaled = result.weights * (table["n"].to_numpy().sum() / result.weights.sum())
    return Raked(codes, _factors(table.select(list(columns)), scaled / totals), result, columns)


def _codes(words: Sequence[str | None], margin: Margin) -> Any:
    place = {name: i for i, name in enumerate(margin.shares)}
    unknown = sorted({word for word in words if word is not None and word not in place})
    if unknown:
        raise QueryError(
            Text("列“{c}”里有“{v}”，总体构成里却没有；请在构成表里补上",
                 "Column “{c}” has “{v}”, the margins do not; add it to them")
            .format(c=margin.column, v=listed(unknown[:5]))
        )  # fmt: skip
    return np.array([-1 if word is None else place[word] for word in words], dtype=np.intp)


def _check_filled(code: Any, margin: Margin) -> None:
    present = set(code.tolist())
    empty = [
        name
        for i, (name, share) in enumerate(margin.shares.items())
        if share > 0 and i not in present
    ]
    if empty:
        raise QueryError(
            Text("总体构成里“{c}”有“{v}”，答卷里一份也没有；请合并这一类再加权",
                 "The margin of “{c}” has “{v}”, no answer has; merge it with another")
            .format(c=margin.column, v=listed(empty[:5]))
        )  # fmt: skip


def _factors(table: pa.Table, factors: Floats) -> pa.Table:
    import pyarrow as pa

    named = table.rename_columns([f"_margin{i}" for i in range(table.num_columns)])
    named = named.append_column("_factor", pa.array(factors))
    return named.append_column(JOINT, pa.array(np.arange(len(factors)), pa.int64()))


def put_weights(dataset: Dataset, rows: Any, raked: Raked, *, weighted: bool) -> Any:
    """Put the raked weights, and the number of the joint cell, on the rows."""
    factors = dataset.engine.from_arrow(raked.table)
    matched = [
        rows[name].identical_to(factors[f"_margin{i}"]) for i, name in enumerate(raked.columns)
    ]
    joined = rows.inner_join(factors, matched)
    weight = joined["_factor"] * joined[WEIGHT] if weighted else joined["_factor"]
    kept = {name: joined[name] for name in rows.columns if name != WEIGHT}
    return joined.select(**kept, **{WEIGHT: weight, JOINT: joined[JOINT]})
