"""All rows of a store as lines of JSON, and back: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Date, Integer, LargeBinary, func, insert, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table as SqlTable

from huiyin.store.migrations.unreleased import aside_of, move_all
from huiyin.store.tables import Table
from huiyin.store.types import UtcDateTime

BATCH = 2000


def table_names() -> list[str]:
    """Name the tables, each after those it points to."""
    return [table.name for table in Table.metadata.sorted_tables]


def dump_table(session: Session, name: str, file: IO[bytes]) -> int:
    """Write the rows of a table, one a line; gives how many.

    Parameters
    ----------
    session : Session
        One transaction for all tables gives one moment.
    name : str
    file : binary file
    """
    table = Table.metadata.tables[name]
    rows = session.execute(select(table).execution_options(yield_per=BATCH)).mappings()
    n = 0
    for row in rows:
        plain = {column.name: _to_plain(row[column.name]) for column in table.columns}
        file.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        n += 1
    return n


def hold_still(session: Session, seconds: float) -> None:
    """Keep others from writing until this transaction ends; SQLite has one writer as it is.

    Who writes already is waited for, and let go first where they wait for us.

    Raises
    ------
    OperationalError
        Somebody was writing all the while.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    names = ", ".join(f'"{name}"' for name in table_names())
    until = time.monotonic() + seconds
    session.execute(text("SET LOCAL lock_timeout = '500ms'"))
    while True:
        try:
            with session.begin_nested():
                session.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
        except OperationalError:
            if time.monotonic() > until:
                raise
        else:
            break
    session.execute(text("SET LOCAL lock_timeout = DEFAULT"))


def clear_tables(session: Session) -> None:
    """Delete every row of every table, in the running transaction."""
    for table in reversed(Table.metadata.sorted_tables):
        session.execute(table.delete())


def load_tables(session: Session, folder: Path) -> None:
    """Insert dumped rows into the empty tables; a table that came after the dump stays empty.

    Parameters
    ----------
    session : Session
    folder : Path
        A file for each table, named as it. Rows of an earlier shape are moved into today's.

    Raises
    ------
    OldStoreError
        They do not fit it.
    """
    asides = [_load(session, name, folder / dump_name(name)) for name in table_names()]
    move_all(session.connection(), asides)
    for table in Table.metadata.sorted_tables:
        _go_on_counting(session, table)


def dump_name(table: str) -> str:
    """Name the file of a table."""
    return f"{table}.jsonl"


def _load(session: Session, name: str, path: Path) -> SqlTable | None:
    """Insert the rows of a file; gives the table that they stand in aside, for other columns."""
    table = Table.metadata.tables[name]
    if not path.exists():
        return None
    with path.open("rb") as lines:
        first = next(lines, None)
        if first is None:
            return None
        lines.seek(0)
        columns = json.loads(first).keys()
        if columns != {*table.columns.keys()}:
            table = aside_of(name, columns)
            table.create(session.connection())
        for rows in _batches(_read(table, line) for line in lines):
            ordered = _parents_first(table, rows) if _points_to_itself(table) else rows
            session.execute(insert(table), ordered)
    return table if table.name != name else None


def count_rows(session: Session, name: str) -> int:
    """Count the rows of a table."""
    return session.scalar(select(func.count()).select_from(Table.metadata.tables[name])) or 0


def _to_plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


def _read(table: SqlTable, line: bytes) -> dict[str, Any]:
    plain = json.loads(line)
    return {column.name: _from_plain(column, plain[column.name]) for column in table.columns}


def _from_plain(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value["b64"])
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _points_to_itself(table: SqlTable) -> bool:
    return any(key.column.table is table for key in table.foreign_keys)


def _parents_first(table: SqlTable, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order the rows of a tree so that a row comes after the one it points to."""
    (column,) = {key.parent.name for key in table.foreign_keys if key.column.table is table}
    waiting: Mapping[str, dict[str, Any]] = {row["id"]: row for row in rows}
    ordered: dict[str, dict[str, Any]] = {}

    def place(row: dict[str, Any]) -> None:
        parent = waiting.get(row[column])
        if parent is not None and parent["id"] not in ordered:
            place(parent)
        ordered[row["id"]] = row

    for row in rows:
        place(row)
    return list(ordered.values())


def _go_on_counting(session: Session, table: SqlTable) -> None:
    """Let PostgreSQL's counters go on after the numbers that were loaded."""
    dialect = session.get_bind().dialect.name
    counted = [
        c for c in table.primary_key if isinstance(c.type, Integer) and c.autoincrement is True
    ]
    if dialect != "postgresql" or not counted:
        return
    name = counted[0].name
    sequence = text("SELECT setval(pg_get_serial_sequence(:t, :c), :n)")
    highest = session.scalar(select(func.max(counted[0])))
    if highest is not None:
        session.execute(sequence, {"t": table.name, "c": name, "n": highest})


def revision_of(session: Session) -> str | None:
    """Name the migration that a store is at."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found
