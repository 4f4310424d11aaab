"""When a customer answered for the first time: a grouping that is no column of the data."""

from __future__ import annotations

from typing import Any

from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN, FLAGS_COLUMN
from huiyin.measure.cell_rows import NO_CUSTOMER
from huiyin.measure.contracts import Grain, Query, QueryError
from huiyin.measure.dataset import Dataset

FIRST_ANSWER = "@first_answer"
"""Name of the grouping: the period of the customer's first valid answer, in words."""
FIRST_ANSWER_TEXT = Text("首次作答", "first answer")
_UNITS = {Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}
_FIRST = "_first_answer"


def asks_first_answers(query: Query) -> bool:
    """Tell whether a query groups, filters or compares by the first answer of a customer."""
    compared = query.compare.column if query.compare else None
    return FIRST_ANSWER in {*query.by, *(one.column for one in query.where), compared}


def with_first_answers(dataset: Dataset, query: Query) -> Dataset:
    """Put the period of the customer's first answer beside the columns, where a query asks for it.

    It is a fact of the whole dataset: conditions and days of the query do not move it, nor does
    what a viewer may see. Answers that the query's cleaning rules leave out are no first answers.
    Rows without a customer have none.

    Parameters
    ----------
    dataset : Dataset
    query : Query
        Its grain is the length of the periods; months where it has none.

    Raises
    ------
    QueryError
        There is no column of customers.
    """
    if not asks_first_answers(query) or FIRST_ANSWER in dataset.rows.columns:
        return dataset
    customer = dataset.customer()
    if customer is None or customer.name not in dataset.rows.columns:
        raise QueryError(NO_CUSTOMER)
    grain, mask = query.grain or Grain.MONTH, dataset.mask(query)
    name = customer.name
    return dataset.keep(
        ("first answers", grain, mask),
        lambda: Dataset(
            dataset.engine,
            dataset.snapshot,
            {"rows": _rows(dataset.rows, name, grain, mask)},
            dataset,
        ),
    )


def _rows(rows: Any, customer: str, grain: Grain, mask: int) -> Any:
    import ibis

    valid = (rows[FLAGS_COLUMN] & ibis.literal(mask, type="int64")) == 0
    firsts = rows.filter(valid, rows[customer].notnull(), rows[ANSWERED_ON_COLUMN].notnull())
    firsts = firsts.group_by(customer).aggregate(**{_FIRST: firsts[ANSWERED_ON_COLUMN].min()})
    key = f"{_FIRST}_of"
    firsts = firsts.rename({key: customer})
    joined = rows.left_join(firsts, rows[customer] == firsts[key])
    named = joined.mutate(**{FIRST_ANSWER: _words(joined[_FIRST], grain)})
    return named.drop(_FIRST, key)


def _words(day: Any, grain: Grain) -> Any:
    """Write a period as people read it: ``2026-03``, ``2026 Q1``, ``2026``; else its first day."""
    if grain is Grain.QUARTER:
        return day.year().cast("string") + " Q" + day.quarter().cast("string")
    forms = {Grain.MONTH: "%Y-%m", Grain.YEAR: "%Y"}
    return day.truncate(_UNITS[grain]).strftime(forms.get(grain, "%Y-%m-%d"))
