"""One SELECT of another database: read in batches, kept as Parquet, every value as words."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from huiyin.collect.refreshes.contracts import (
    Allowed,
    Asked,
    Fetched,
    Given,
    SourceFailedError,
    required,
)
from huiyin.collect.refreshes.databases import reading, source_of
from huiyin.collect.refreshes.statement import checked_select
from huiyin.core.text import Text

BATCH_ROWS = 20_000
MOST_ROWS = 5_000_000
TOTAL_SECONDS = 1800
_ALL = 1 << 256
_TOO_MANY = Text(
    "查询结果超过 {n} 行，没有导入。请在 SQL 里加上时间条件，分批取。",
    "The query gives more than {n} rows and nothing was imported: add a condition on time.",
)
_TOO_SLOW = Text(
    "查询 {n} 分钟还没读完，没有导入。请在 SQL 里加上时间条件。",
    "The query was not read in {n} minutes and nothing was imported: add a condition on time.",
)
_TWICE = Text(
    "查询结果里有两列都叫“{name}”。请用 AS 起不同的名字。",
    "Two columns of the query are called “{name}”: name them apart with AS.",
)


class SqlKind:
    """The rows of one SELECT. The address with its password is sealed."""

    id = "sql"
    title = Text("数据库查询", "a database query")

    def checked(self, given: Mapping[str, Any], allowed: Allowed) -> Given:
        """Look at address and statement."""
        url = required(given, "url", Text("数据库地址", "database address"))
        source = source_of(url, allowed)
        query = checked_select(required(given, "query", Text("查询", "query")), source.dialect)
        return Given({"url": source.shown, "query": query}, {"url": url})

    def fetch(self, asked: Asked) -> Fetched:
        """Read all rows; none, or the same as last time in any order, give no file."""
        source = source_of(asked.given.secret["url"], asked.allowed)
        query = checked_select(asked.given.shown["query"], source.dialect)
        target = _Target(asked.work / "query.parquet", ZoneInfo(asked.zone))
        with reading(source, asked.allowed) as connection:
            target.write(connection, query)
        seen = {"rows": target.n_rows, "content": target.content}
        if not target.n_rows or dict(asked.seen) == seen:
            return Fetched((), seen)
        with target.path.open("rb") as file:
            kept = asked.keep("query.parquet", iter(lambda: file.read(1 << 20), b""))
        return Fetched((kept,), seen)


KIND = SqlKind()


@dataclass(slots=True)
class _Target:
    """The Parquet file that a query is written to."""

    path: Path
    zone: ZoneInfo
    n_rows: int = 0
    names: tuple[str, ...] = ()
    _sum: int = 0

    @property
    def content(self) -> str:
        """What was read, whatever the order of the rows."""
        return hashlib.sha256(repr((self.names, self._sum)).encode()).hexdigest()

    def write(self, connection: Connection, query: str) -> None:
        """Write a batch at a time."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        run = connection.execution_options(
            stream_results=True, max_row_buffer=BATCH_ROWS, no_parameters=True
        )
        until = time.monotonic() + TOTAL_SECONDS
        result = run.exec_driver_sql(query)
        self.names = _names(tuple(result.keys()))
        schema = pa.schema([(name, pa.string()) for name in self.names])
        with pq.ParquetWriter(self.path, schema) as writer:
            for rows in result.partitions(BATCH_ROWS):
                self._count(len(rows), until)
                words = [tuple(as_words(value, self.zone) for value in row) for row in rows]
                self._add(words)
                columns = [pa.array(column, pa.string()) for column in zip(*words, strict=True)]
                writer.write_table(pa.table(columns, schema=schema))

    def _count(self, n: int, until: float) -> None:
        self.n_rows += n
        if time.monotonic() > until:
            raise SourceFailedError(_TOO_SLOW.format(n=TOTAL_SECONDS // 60))
        if self.n_rows > MOST_ROWS:
            raise SourceFailedError(_TOO_MANY.format(n=f"{MOST_ROWS:,}"))

    def _add(self, rows: Sequence[tuple[str | None, ...]]) -> None:
        for row in rows:
            digest = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % _ALL


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if names.count(name) > 1:
            raise SourceFailedError(_TWICE.format(name=name))
    return names


def as_words(value: Any, zone: ZoneInfo) -> str | None:
    """Give a value of a database as a file would have it.

    Times with a zone are told on the dataset's clock; an empty text is missing, and so are
    bytes.
    """
    if isinstance(value, datetime):
        here = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
        return here.isoformat(" ")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if value is None or isinstance(value, (bytes, memoryview)):
        return None
    return str(value).replace("\0", "") or None
