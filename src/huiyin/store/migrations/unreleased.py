"""Stores from before the first release: they carry its first revision, with fewer tables."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from huiyin.store.contracts import OldStoreError
from huiyin.store.tables import Table


def add_missing_tables(connection: Connection) -> None:
    """Make the tables that a store of this revision may still lack.

    Parameters
    ----------
    connection : Connection
        In the transaction of the migrations, which were run.

    Raises
    ------
    OldStoreError
        A table that is there has other columns than today's; nothing was changed.
    """
    found = inspect(connection).get_multi_columns()
    columns = {name: {one["name"] for one in parts} for (_, name), parts in found.items()}
    tables = Table.metadata.sorted_tables
    for table in tables:
        if table.name in columns and columns[table.name] != {one.name for one in table.columns}:
            raise OldStoreError(table.name)
    missing = [table for table in tables if table.name not in columns]
    if missing:
        Table.metadata.create_all(connection, tables=missing)
