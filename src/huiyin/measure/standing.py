"""What an answer stands on: which rows, and truly how many; never shown to whoever asks.

Two answers that stand on nearly the same rows tell of the few between them. So it is kept on which
rows each one stood, and counted how many lie in one of two and not in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.cell_rows import CellSet
from huiyin.measure.contracts import Query, Viewer
from huiyin.measure.dataset import Dataset
from huiyin.measure.filters import condition
from huiyin.measure.first_answers import asks_first_answers
from huiyin.measure.metric import MetricRules
from huiyin.measure.present import query_json
from huiyin.measure.rereading import query_of
from huiyin.measure.row_facts import RowSet
from huiyin.measure.row_values import as_float
from huiyin.measure.task import prepare_all


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of one side of an answer.

    Attributes
    ----------
    rows : str
        Which rows these are among: the same words, the same table; empty for the dataset's own.
    used : int
        How many there truly are, whatever is hidden of them.
    query : Query
        Asks for these rows, beside the viewer's row rule, by a metric that counts them.
    weekdays : tuple of int
        Of these only, Monday being 0; of all where it is empty.
    """

    rows: str
    used: int
    query: Query
    weekdays: tuple[int, ...] = ()

    @classmethod
    def of(cls, query: Query, rows: RowSet | None, cells: CellSet, used: int) -> Standing:
        """Say on which rows the cells of a query, or those they are compared with, stand."""
        bare = replace(
            query,
            metrics=query.metrics[:1],
            by=(),
            where=tuple(one for one in cells.where if not one.of_rule),
            since=cells.window.since,
            until=cells.window.until,
            compare=None,
            subtotals=False,
            column_totals=False,
        )
        return cls(_table(rows, bare), used, bare, cells.window.weekdays)

    def to_json(self) -> dict[str, Any]:
        """Give it as it is kept beside an answer."""
        return {
            "rows": self.rows,
            "used": self.used,
            "weekdays": list(self.weekdays),
            "asked": query_json(self.query),
        }

    @classmethod
    def of_json(cls, document: Mapping[str, Any]) -> Standing:
        """Read what `to_json` gave."""
        query, weekdays = query_of(document["asked"]), tuple(document["weekdays"])
        return cls(document["rows"], document["used"], query, weekdays)


def _table(rows: RowSet | None, query: Query) -> str:
    """Name the rows that a metric counts: where a query makes them, by what it makes them of.

    So it is with the first answers of customers, where conditions name them.
    """
    if rows is not None and rows.by_query:  # of the periods, else of the first day
        return f"{rows.name} {query.grain or query.since or query.until}"
    name = rows.name if rows is not None else ""
    return f"{name} {query.grain}" if asks_first_answers(query) else name


def rows_apart(
    dataset: Dataset,
    viewer: Viewer,
    rules: MetricRules,
    one: Standing,
    others: Sequence[Standing],
) -> list[int]:
    """Count, for each other standing, the rows that are of only one of the two.

    Parameters
    ----------
    dataset : Dataset
    viewer : Viewer
        Whose row rule holds for all.
    rules : MetricRules
    one : Standing
    others : sequence of Standing
        Of the same `rows`.
    """
    sides = (one, *others)
    where = tuple(dict.fromkeys(clause for side in sides for clause in side.query.where))
    named = replace(one.query, where=where)
    (task,) = prepare_all(dataset, named, viewer, rules, of_rows=True)
    table = task.dataset.rows
    inside = {f"s{i}": _inside(task.dataset, table, side, viewer) for i, side in enumerate(sides)}
    rows = table.select(**inside)
    apart = {f"n{i}": (rows["s0"] != rows[f"s{i}"]).sum() for i in range(1, len(sides))}
    found = dataset.engine.run(rows.aggregate(**apart)).to_pylist()[0]
    return [int(found[name] or 0) for name in apart]


def _inside(dataset: Dataset, rows: Any, side: Standing, viewer: Viewer) -> Any:
    import ibis

    query, day = side.query, rows[ANSWERED_ON_COLUMN]
    mask = ibis.literal(dataset.mask(query), type="int64")
    parts = [(rows[FLAGS_COLUMN] & mask) == 0]
    parts += [condition(dataset, rows, one) for one in (*viewer.rows, *query.where)]
    if query.since is not None:
        parts.append(day >= query.since)
    if query.until is not None:
        parts.append(day <= query.until)
    if side.weekdays:
        parts.append(day.day_of_week.index().isin(side.weekdays))
    if query.grain is not None:
        parts.append(day.notnull())
    if query.weighting is not None and query.weighting.column:
        parts.append(as_float(rows[dataset.column_name(query.weighting.column)]) > 0)
    return ibis.and_(*parts).fill_null(False)  # noqa: FBT003 -- a value
