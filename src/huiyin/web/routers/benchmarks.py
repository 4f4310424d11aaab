"""Benchmark tables: numbers from outside, taken from a file as the command line takes them."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile

from huiyin.core.text import Text
from huiyin.measure.contracts import Benchmark
from huiyin.measure.definitions.benchmarks import (
    benchmark_rows,
    do_remove_benchmarks,
    do_replace_benchmarks,
)
from huiyin.measure.definitions.contracts import DefinitionError
from huiyin.measure.outside import read_benchmarks
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import BenchmarkRow
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.lists import Format, listed_as
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1", tags=["benchmarks"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_METRICS))]
KINDS = frozenset({".csv", ".txt", ".xlsx", ".xls", ".yaml", ".yml", ".json"})


@router.get("/benchmarks", response_model=None)
def get_benchmarks(
    system: TheSystem,
    _: Reader,
    table: str | None = None,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """List benchmarks, of one table or of all."""
    with system.database.reading() as session:
        items = [benchmark_item(row) for row in benchmark_rows(session, table)]
    return listed_as(format, items, "benchmarks")


@router.post("/benchmarks", status_code=201)
def post_benchmarks(
    name: Annotated[str, Form(max_length=200)],
    file: UploadFile,
    request: Request,
    system: TheSystem,
    person: Editor,
) -> dict[str, Any]:
    """Keep the table of a file (CSV, XLSX, YAML) in place of the one of the same name."""
    rows = _rows_of(system, file)
    with changing(request, person) as uow:
        n_rows = do_replace_benchmarks(uow, name, rows)
    return {"table": name.strip(), "rows": n_rows}


@router.delete("/benchmarks")
def delete_benchmarks(table: str, request: Request, person: Editor) -> dict[str, bool]:
    """Remove a table."""
    with changing(request, person) as uow:
        do_remove_benchmarks(uow, table)
    return {"removed": True}


def _rows_of(system: System, file: UploadFile) -> tuple[Benchmark, ...]:
    """Read a sent file under a name of our own: theirs goes into no path."""
    kind = PurePath(file.filename or "").suffix.lower()
    if kind not in KINDS:
        raise DefinitionError(
            Text(
                "基准表要是 CSV、XLSX 或 YAML 文件", "A benchmark table is a CSV, XLSX or YAML file"
            )
        )
    with TemporaryDirectory(prefix="benchmarks-", dir=system.folders.work) as folder:
        path = Path(folder) / f"benchmarks{kind}"
        path.write_bytes(file.file.read())
        return read_benchmarks(path)


def benchmark_item(row: BenchmarkRow) -> dict[str, Any]:
    """Give a benchmark as lists show it."""
    return {
        "id": row.id,
        "table": row.table_name,
        "metric": row.metric,
        "value": row.value,
        "year": row.year,
        "source": row.source,
        "n": row.n,
        "by": dict(row.by),
        "created_by": row.created_by,
        "created_at": row.created_at.isoformat(),
    }
