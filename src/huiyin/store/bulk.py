"""Many rows at once: what an import of half a million customers needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table as SqlTable

from huiyin.store.tables import Table

T = TypeVar("T")
ROWS_AT_ONCE = 10_000
_VALUES_AT_ONCE = 500
_LOOK_UP_AT_MOST = 20_000


def batched(values: Iterable[T], n: int) -> Iterator[list[T]]:
    """Give values in lists of at most `n`."""
    source = iter(values)
    while some := list(islice(source, n)):
        yield some


def insert_rows(
    session: Session, table: type[Table], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows by the driver's own bulk way, in the running transaction.

    Parameters
    ----------
    session : Session
    table : type of Table
    columns : sequence of str
    rows : iterable of sequence
        Values in the order of `columns`.
    """
    sql: SqlTable = Table.metadata.tables[table.__tablename__]
    connection = session.connection()
    dialect = connection.dialect
    bound = [_binder(sql.columns[name], dialect) for name in columns]
    ready = (
        tuple(
            value if bind is None else bind(value) for bind, value in zip(bound, row, strict=True)
        )
        for row in rows
    )
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in columns)
    name = dialect.identifier_preparer.quote(sql.name)
    cursor: Any = connection.connection.cursor()
    if dialect.name == "postgresql":
        with cursor.copy(f"COPY {name} ({quoted}) FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in columns)
    cursor.executemany(f"INSERT INTO {name} ({quoted}) VALUES ({marks})", ready)  # noqa: S608 -- names of our own tables


def update_rows(
    session: Session, table: type[Table], column: str, values: Iterable[tuple[str, Any]]
) -> None:
    """Set one column of many rows, each to a value of its own, by their ids."""
    sql = Table.metadata.tables[table.__tablename__]
    change = (
        update(sql).where(sql.c.id == bindparam("row_id")).values({column: bindparam("new_value")})
    )
    for some in batched(values, ROWS_AT_ONCE):
        session.connection().execute(
            change, [{"row_id": key, "new_value": value} for key, value in some]
        )


def rows_with(
    session: Session, columns: Sequence[Any], by: Any, wanted: Sequence[Any], *conditions: Any
) -> Iterator[Any]:
    """Give the rows where `by` holds one of many values.

    Few values are looked up by the index; for many the table is read once.

    Parameters
    ----------
    session : Session
    columns : sequence of column
        What to read, `by` among it.
    by : column
    wanted : sequence
    *conditions : column expressions
    """
    asked = select(*columns).where(*conditions)
    if len(wanted) <= _LOOK_UP_AT_MOST:
        for some in batched(wanted, _VALUES_AT_ONCE):
            yield from session.execute(asked.where(by.in_(some)))
        return
    place = [getattr(column, "key", None) for column in columns].index(by.key)
    among = set(wanted)
    for row in session.execute(asked.execution_options(yield_per=ROWS_AT_ONCE)):
        if row[place] in among:
            yield row


def _binder(column: Column[Any], dialect: Any) -> Any:
    return column.type.dialect_impl(dialect).bind_processor(dialect)
