"""Many rows at once: what an import of half a million customers needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import Column, LargeBinary, bindparam, select, type_coerce, update
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table as SqlTable
from sqlalchemy.types import NullType

from huiyin.store.tables import Table

T = TypeVar("T")
ROWS_AT_ONCE = 100_000
"""Rows of one transaction: each touches all of an index, so few large ones cost least."""
_VALUES_AT_ONCE = 500
_ROWS_OF_STATEMENT = 200
"""Rows of one statement: SQLite asks Python less often than for each row by itself."""
_READ_AT_ONCE = 10_000
_LOOK_UP_AT_MOST = 20_000


def batched(values: Iterable[T], n: int) -> Iterator[list[T]]:
    """Give values in lists of at most `n`."""
    source = iter(values)
    while some := list(islice(source, n)):
        yield some


def insert_columns(session: Session, table: type[Table], columns: Mapping[str, Any]) -> None:
    """Insert rows by the driver's own bulk way, in the running transaction.

    Parameters
    ----------
    session : Session
    table : type of Table
    columns : mapping of str to list or value
        Values of each column by row; what is no list stands in every row.
    """
    sql: SqlTable = Table.metadata.tables[table.__tablename__]
    connection = session.connection()
    dialect = connection.dialect
    varying = [name for name, given in columns.items() if isinstance(given, list)]
    bound = {name: _bound(sql.columns[name], dialect, columns[name]) for name in varying}
    rows = zip(*bound.values(), strict=True)
    same = [name for name in columns if name not in bound]
    fixed = [_bound_value(sql.columns[name], dialect, columns[name]) for name in same]
    quoted = ", ".join(dialect.identifier_preparer.quote(name) for name in (*same, *varying))
    name = dialect.identifier_preparer.quote(sql.name)
    cursor: Any = connection.connection.cursor()
    if dialect.name == "postgresql":
        with cursor.copy(f"COPY {name} ({quoted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*fixed, *row))
        return
    into = f"INSERT INTO {name} ({quoted}) VALUES "  # noqa: S608 -- names of our own tables
    whole = into + _marks(_ROWS_OF_STATEMENT, len(fixed), len(varying))
    for some in batched(rows, _ROWS_OF_STATEMENT):
        is_whole = len(some) == _ROWS_OF_STATEMENT
        statement = whole if is_whole else into + _marks(len(some), len(fixed), len(varying))
        cursor.execute(statement, [*fixed, *chain.from_iterable(some)])


def _marks(n_rows: int, n_fixed: int, n_varying: int) -> str:
    """Write the places of several rows for SQLite: what is the same in all is given once."""
    fixed = [f"?{place}" for place in range(1, n_fixed + 1)]
    rows = (
        [f"?{place}" for place in range(first, first + n_varying)]
        for first in range(n_fixed + 1, n_fixed + 1 + n_rows * n_varying, n_varying)
    )
    return ", ".join(f"({', '.join((*fixed, *row))})" for row in rows)


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
    # Values as the driver gives them: to convert each costs more than to read it.
    asked = select(*(type_coerce(column, NullType()) for column in columns)).where(*conditions)
    connection = session.connection()
    if len(wanted) <= _LOOK_UP_AT_MOST:
        for some in batched(wanted, _VALUES_AT_ONCE):
            yield from connection.execute(asked.where(by.in_(some)))
        return
    place = [getattr(column, "key", None) for column in columns].index(by.key)
    among = set(wanted)
    for row in connection.execute(asked.execution_options(yield_per=_READ_AT_ONCE)):
        if row[place] in among:
            yield row


def _bound(column: Column[Any], dialect: Any, given: list[Any]) -> list[Any]:
    if isinstance(column.type, LargeBinary):  # drivers take bytes; a view of each costs
        return given
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return [bind(value) for value in given] if bind else given


def _bound_value(column: Column[Any], dialect: Any, given: Any) -> Any:
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return bind(given) if bind else given
