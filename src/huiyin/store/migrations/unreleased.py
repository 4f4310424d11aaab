"""Stores from before the first release: they carry its first revision, in earlier shapes.

Rows that come in an earlier shape, of a store or of its backup, are put aside and moved into the
table of today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import (
    Column,
    Connection,
    Inspector,
    MetaData,
    String,
    exists,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import Table as SqlTable

from huiyin.store.contracts import OldStoreError
from huiyin.store.tables import Table

_PREFIX = "aside_"
_LEFT_BEHIND = {("customer_fields", "id"), ("customer_keys", "id")}
"""Columns of earlier shapes whose values nobody needs."""
_FOUND_OTHERWISE = """
    CASE WHEN EXISTS (
        SELECT 1 FROM customer_keys
        WHERE customer_keys.customer_id = aside.customer_id
        AND customer_keys.blind_index = aside.blind_index
    ) THEN NULL ELSE aside.blind_index END
"""
_FILLED = {("customer_fields", "found_by"): _FOUND_OTHERWISE}
"""Columns that are told from others of the row; those that are in neither may be empty."""


def bring_forward(connection: Connection) -> None:
    """Give a store of the first revision the tables of today, with the rows that it has.

    Parameters
    ----------
    connection : Connection
        In the transaction of the migrations, which were run.

    Raises
    ------
    OldStoreError
        A table has rows with columns that this version does not know; nothing was changed.
    """
    found = inspect(connection)
    there = set(found.get_table_names())
    tables = [table for table in Table.metadata.sorted_tables if table.name in there]
    asides = [_set_aside(connection, found, table) for table in tables if _differs(found, table)]
    Table.metadata.create_all(connection)
    move_all(connection, asides)
    _renew_indexes(connection)


def aside_of(name: str, columns: Collection[str]) -> SqlTable:
    """Describe a table for rows of an earlier shape, which lasts as long as the connection.

    Parameters
    ----------
    name : str
        A table of today.
    columns : collection of str
        Those of the rows.

    Raises
    ------
    OldStoreError
        The rows cannot be moved into the table of today.
    """
    today = Table.metadata.tables[name]
    if any(one not in today.columns and (name, one) not in _LEFT_BEHIND for one in columns):
        raise OldStoreError(name)
    lacking = [one for one in today.columns if one.name not in columns]
    if not all(one.nullable or (name, one.name) in _FILLED for one in lacking):
        raise OldStoreError(name)
    types = {one: today.columns[one].type if one in today.columns else String() for one in columns}
    kept = [Column(one, type_) for one, type_ in types.items()]
    return SqlTable(f"{_PREFIX}{name}", MetaData(), *kept, prefixes=["TEMPORARY"])


def move_all(connection: Connection, asides: Iterable[SqlTable | None]) -> None:
    """Move rows that stand aside into the tables of today, where all other rows are.

    Raises
    ------
    OldStoreError
        They do not fit.
    """
    looks_elsewhere = {f"{_PREFIX}{name}" for name, _ in _FILLED}
    there = [one for one in asides if one is not None]
    for aside in sorted(there, key=lambda one: one.name in looks_elsewhere):
        _move(connection, aside)


def _move(connection: Connection, aside: SqlTable) -> None:
    name = aside.name.removeprefix(_PREFIX)
    values = {
        one.name: _value(name, one.name, aside.columns.keys())
        for one in Table.metadata.tables[name].columns
    }
    into = ", ".join(f'"{one}"' for one in values)
    insert = f'INSERT INTO "{name}" ({into}) SELECT {", ".join(values.values())} FROM {aside.name}'  # noqa: S608 -- names of our own tables
    try:
        connection.execute(text(f"{insert} AS aside"))
    except IntegrityError as error:
        raise OldStoreError(name) from error
    aside.drop(connection)


def _value(table: str, column: str, there: Collection[str]) -> str:
    return f'aside."{column}"' if column in there else _FILLED.get((table, column), "NULL")


def _differs(found: Inspector, table: SqlTable) -> bool:
    there = {one["name"]: one["nullable"] for one in found.get_columns(table.name)}
    keys = {one.name for one in table.primary_key}
    return there.keys() != {*table.columns.keys()} or any(
        there[one.name] != one.nullable for one in table.columns if one.name not in keys
    )


def _set_aside(connection: Connection, found: Inspector, table: SqlTable) -> SqlTable | None:
    if connection.execute(select(exists().select_from(table))).scalar_one() is False:
        table.drop(connection)
        return None
    aside = aside_of(table.name, [one["name"] for one in found.get_columns(table.name)])
    aside.create(connection)
    names = ", ".join(f'"{one.name}"' for one in aside.columns)
    connection.execute(
        text(f'INSERT INTO {aside.name} ({names}) SELECT {names} FROM "{table.name}"')  # noqa: S608 -- names of our own tables
    )
    table.drop(connection)
    return aside


def _renew_indexes(connection: Connection) -> None:
    """Make the indexes that tables of earlier shapes lack, and drop those that they had."""
    found = inspect(connection)
    for table in Table.metadata.sorted_tables:
        there = {one["name"] for one in found.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in there:
                index.create(connection)
        for name in there - {one.name for one in table.indexes}:
            if name and name.startswith("ix_"):
                connection.execute(text(f'DROP INDEX "{name}"'))
