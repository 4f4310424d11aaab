"""Benchmark tables in the store: numbers from outside, whole tables at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.contracts import Benchmark
from huiyin.measure.definitions.contracts import DefinitionError
from huiyin.measure.definitions.words import checked, checked_group
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import BenchmarkRow
from huiyin.store.unit_of_work import UnitOfWork

NOUN = Text("基准表", "benchmark table")
NAME = Text("基准表的名称", "the table's name")
MOST_ROWS = 5_000


def do_replace_benchmarks(work: UnitOfWork, table: str, rows: Sequence[Benchmark]) -> int:
    """Keep a benchmark table in place of the one of the same name; gives the number of rows.

    Raises
    ------
    DefinitionError
        No row, too many, or one that holds no finite number.
    """
    name = checked(table, NAME)
    if not 0 < len(rows) <= MOST_ROWS:
        raise DefinitionError(
            Text("基准表要有 1 到 {n} 行", "Give 1 to {n} rows of benchmarks").format(n=MOST_ROWS)
        )
    made = [_row(work, name, one) for one in rows]
    before = _held(work.session, name)
    work.session.execute(delete(BenchmarkRow).where(BenchmarkRow.table_name == name))
    work.session.add_all(made)
    work.session.flush()
    work.audit("replace" if before else "add", "benchmarks", name,
               before={"rows": before} if before else None, after={"rows": len(made)})  # fmt: skip
    return len(made)


def do_remove_benchmarks(work: UnitOfWork, table: str) -> None:
    """Remove a benchmark table.

    Raises
    ------
    NotFoundError
        There is none of this name.
    """
    name = checked(table, NAME)
    held = _held(work.session, name)
    if not held:
        raise NotFoundError(NOUN, name)
    work.session.execute(delete(BenchmarkRow).where(BenchmarkRow.table_name == name))
    work.audit("remove", "benchmarks", name, before={"rows": held})


def benchmark_rows(session: Session, table: str | None = None) -> tuple[BenchmarkRow, ...]:
    """List benchmarks by table and metric."""
    wanted = select(BenchmarkRow).order_by(
        BenchmarkRow.table_name, BenchmarkRow.metric, BenchmarkRow.year, BenchmarkRow.id
    )
    if table is not None:
        wanted = wanted.where(BenchmarkRow.table_name == checked(table, NAME))
    return tuple(session.scalars(wanted))


def benchmarks(session: Session, table: str | None = None) -> tuple[Benchmark, ...]:
    """Give benchmarks as a query compares with them."""
    return tuple(
        Benchmark(row.metric, row.value, row.year, row.source, row.n, dict(row.by))
        for row in benchmark_rows(session, table)
    )


def _held(session: Session, table: str) -> int:
    wanted = select(func.count()).where(BenchmarkRow.table_name == table)
    return session.scalars(wanted).one()


def _row(work: UnitOfWork, table: str, one: Benchmark) -> BenchmarkRow:
    metric = checked(one.metric, Text("指标", "the metric"))
    if not math.isfinite(one.value):
        raise DefinitionError(
            Text("“{m}”的基准不是数", "The benchmark of “{m}” is no number").format(m=metric)
        )
    facts: dict[str, Any] = {"year": _kept(one.year, "年份", "the year"),
                             "source": _kept(one.source, "来源", "the source")}  # fmt: skip
    return BenchmarkRow(
        table_name=table,
        metric=metric,
        value=float(one.value),
        n=one.n,
        by=checked_group(one.by),
        created_by=work.actor.name,
        created_at=work.now,
        **facts,
    )


def _kept(words: str | None, zh: str, en: str) -> str | None:
    return checked(words, Text(zh, en)) if words else None
