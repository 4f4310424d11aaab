"""Benchmark tables: from CSV, XLSX and YAML alike, replaced whole, compared with."""

from __future__ import annotations

import pytest
import xlsxwriter
from sqlalchemy import select

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Benchmark, Compare, Query, QueryError, Viewer
from huiyin.measure.definitions.benchmarks import (
    benchmarks,
    do_remove_benchmarks,
    do_replace_benchmarks,
)
from huiyin.measure.definitions.contracts import DefinitionError
from huiyin.measure.outside import read_benchmarks
from huiyin.measure.run import answer
from huiyin.store.contracts import Actor, NotFoundError
from huiyin.store.tables import AuditRow
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice")
HEAD = ("指标", "数值", "年份", "来源", "样本量", "地区")
ROWS = [
    ("nps", 31.5, 2024, "行业协会", 1200, ""),
    ("satisfied", 0.86, 2024, "行业协会", "", "华东"),
]
YAML = """\
- {metric: nps, value: 31.5, year: 2024, source: 行业协会, n: 1200}
- {metric: satisfied, value: 86%, year: 2024, source: 行业协会, 地区: 华东}
"""


def written(folder, kind):
    path = folder / f"基准.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for i, row in enumerate([HEAD, *ROWS]):
                sheet.write_row(i, 0, row)
    elif kind == "yaml":
        path.write_text(YAML, "utf-8")
    else:
        lines = [",".join(map(str, row)) for row in [HEAD, *ROWS]]
        path.write_text("\n".join(lines), "gb18030" if kind == "csv" else "utf-8")
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx", "yaml", "txt"])
def test_every_form_of_file_gives_the_same_table(tmp_path, kind):
    first, second = read_benchmarks(written(tmp_path, kind))
    assert (first.metric, first.value, first.year, first.n) == ("nps", 31.5, "2024", 1200)
    assert (second.value, second.n, dict(second.by)) == (0.86, None, {"地区": "华东"})


def test_file_that_is_no_table_is_refused(tmp_path):
    broken = tmp_path / "基准.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(QueryError, match="XLSX"):
        read_benchmarks(broken)
    words = tmp_path / "基准.yaml"
    words.write_text("just words", "utf-8")
    with pytest.raises(QueryError, match="list"):
        read_benchmarks(words)


def keep(database, rows, table="行业"):
    with unit_of_work(database, ALICE) as work:
        return do_replace_benchmarks(work, table, rows)


def test_a_table_is_replaced_whole_and_others_stay(database, tmp_path):
    rows = read_benchmarks(written(tmp_path, "xlsx"))
    keep(database, rows)
    keep(database, rows[:1], table="竞品")
    assert keep(database, rows[1:]) == 1
    with database.reading() as session:
        assert benchmarks(session, "行业") == rows[1:]
        assert benchmarks(session, "竞品") == rows[:1]
        assert len(benchmarks(session)) == 2
        actions = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert [(a.action, a.noun_id) for a in actions] == [
        ("add", "行业"), ("add", "竞品"), ("replace", "行业"),
    ]  # fmt: skip


def test_removal(database):
    keep(database, [Benchmark("nps", 1.0)])
    with unit_of_work(database, ALICE) as work:
        do_remove_benchmarks(work, "行业")
    with pytest.raises(NotFoundError), unit_of_work(database, ALICE) as work:
        do_remove_benchmarks(work, "行业")


@pytest.mark.parametrize("rows", [[], [Benchmark("nps", float("nan"))], [Benchmark(" ", 1.0)]])
def test_rows_that_cannot_be_kept(sqlite_database, rows):
    with pytest.raises(DefinitionError):
        keep(sqlite_database, rows)


def test_kept_benchmarks_are_compared_with(engine, make, column, sqlite_database):
    keep(sqlite_database, [Benchmark("nps", 10.0, "2024", "协会", 500)])
    snapshot = make({"推荐": [10.0, 9.0, 3.0] * 50}, [column("推荐", Role.NPS, (0, 10))])
    with sqlite_database.reading() as session:
        compare = Compare(Against.BENCHMARK, benchmarks=benchmarks(session))
    (cell,) = answer(engine, snapshot, Query(("nps",), compare=compare), Viewer.owner()).cells
    assert (cell.comparison.reference, cell.comparison.call is not None) == (10.0, True)
