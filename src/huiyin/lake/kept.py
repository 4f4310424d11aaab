"""Which columns a table keeps, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.lake.contracts import (
    MONTH_COLUMN,
    ChangedColumnError,
    NoSuchColumnError,
    UnstorableColumnError,
)

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import Field, Schema


def plan_kept(rows: Any) -> Any:
    """Plan rows as the lake keeps them: its types, and the month beside them.

    Parameters
    ----------
    rows : ibis.Table

    Returns
    -------
    ibis.Table
        Times to the microsecond; `MONTH_COLUMN` last, NULL where `_answered_on` is.

    Raises
    ------
    NoSuchColumnError
        `_answered_on` is missing.
    UnstorableColumnError
        A type that Delta does not know, or the name of the month column.
    """
    if ANSWERED_ON_COLUMN not in rows.columns:
        raise NoSuchColumnError(ANSWERED_ON_COLUMN)
    casts = {name: _kept_type(name, kind) for name, kind in rows.schema().items()}
    month = rows[ANSWERED_ON_COLUMN].truncate("M")
    return rows.cast(casts).mutate(**{MONTH_COLUMN: month})


def _kept_type(name: str, kind: Any) -> Any:
    wrong_date = name == ANSWERED_ON_COLUMN and not kind.is_date()
    if name.casefold() == MONTH_COLUMN or wrong_date:
        raise UnstorableColumnError(name, str(kind))
    if kind.is_array():
        return kind.copy(value_type=_scalar_type(name, kind.value_type))
    return _scalar_type(name, kind)


def _scalar_type(name: str, kind: Any) -> Any:
    if kind.is_timestamp():
        return kind.copy(scale=6)
    plain = kind.is_string() or kind.is_boolean() or kind.is_date() or kind.is_decimal()
    if plain or kind.is_signed_integer() or (kind.is_floating() and kind.nbytes in {4, 8}):
        return kind
    raise UnstorableColumnError(name, "?" if kind.is_unknown() else str(kind))


def schema_of(kept: Any) -> Schema:
    """Give the Delta schema of planned rows."""
    from deltalake import Schema

    return Schema.from_arrow(kept.schema().to_pyarrow())


def schema_with_month(fields: pa.Schema) -> Schema:
    """Give the Delta schema of rows whose types are those that the lake keeps, and their month."""
    import pyarrow as pa
    from deltalake import Schema

    return Schema.from_arrow(fields.append(pa.field(MONTH_COLUMN, pa.date32())))


def by_month(rows: pa.Table, fields: pa.Schema) -> Iterator[tuple[str | None, pa.Table]]:
    """Part rows by the month of `_answered_on`, each part with all the columns of a table.

    Parameters
    ----------
    rows : pyarrow.Table
    fields : pyarrow.Schema
        Columns of the table without that of the month; one that the rows lack is NULL.

    Yields
    ------
    str or None
        First day of the month.
    pyarrow.Table

    Raises
    ------
    NoSuchColumnError
        The table lacks a column, or the rows lack `_answered_on`.
    """
    import pyarrow as pa

    strange = [name for name in rows.column_names if name not in fields.names]
    if strange or ANSWERED_ON_COLUMN not in rows.column_names:
        raise NoSuchColumnError((strange or [ANSWERED_ON_COLUMN])[0])
    whole = pa.table([_column(rows, field) for field in fields], schema=fields)
    days = rows.column(ANSWERED_ON_COLUMN).to_pylist()
    months = [day and day.replace(day=1).isoformat() for day in days]
    different = dict.fromkeys(months)
    for month in different:
        its = pa.array([one == month for one in months])
        yield month, whole if len(different) == 1 else whole.filter(its)


def _column(rows: pa.Table, field: Any) -> Any:
    import pyarrow as pa

    place = rows.schema.get_field_index(field.name)
    if place < 0:
        return pa.nulls(rows.num_rows, field.type)
    found = rows.column(place)
    return found if found.type == field.type else found.cast(field.type)


def new_fields(table: Schema, comes: Schema) -> list[Field]:
    """List the columns that a table does not have yet.

    Raises
    ------
    ChangedColumnError
        A column has another type than in the table, or differs only in upper and lower case.
    """
    known = {field.name.casefold(): field for field in table.fields}
    for field in comes.fields:
        was = known.get(field.name.casefold())
        if was is not None and (was.name, was.type) != (field.name, field.type):
            raise ChangedColumnError(field.name, _said(was), _said(field))
    return [field for field in comes.fields if field.name.casefold() not in known]


def _said(field: Field) -> str:
    import json

    kind = json.loads(field.type.to_json())
    words = kind if isinstance(kind, str) else f"{kind['type']}<{kind['elementType']}>"
    return f"{field.name} {words}"
