"""What the newest rows say of customers, what kind of rows a dataset has, and scores over time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.core.masking import mask_numbers
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.engine.startup import import_ibis
from huiyin.web.kept_results import kept_table

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.engine.duck import Engine
    from huiyin.web.customer_views import Part

_SAID = frozenset({Role.DIMENSION, Role.UNIT, Role.STAGE})
"""Roles that say something of who the customer is, rather than of one answer."""
_KINDS = (
    ("tickets", (Role.TICKET,)),
    ("orders", (Role.ORDER, Role.AMOUNT, Role.PROMISED, Role.DELIVERED)),
    ("tickets", (Role.OPENED, Role.RESOLVED, Role.FIRST_RESPONSE)),
)
"""What a dataset without ratings holds, by the first of these roles that it has."""
_SHOWN = 4


def kind_of(codebook: Codebook) -> str:
    """Tell what a dataset's rows are: ``answers, tickets, orders`` or ``records``."""
    if any(column.role in RATING_ROLES for column in codebook):
        return "answers"
    for kind, roles in _KINDS:
        if any(codebook.first(role) is not None for role in roles):
            return kind
    return "answers" if codebook.first(Role.TEXT) is not None else "records"


def attributes_of(
    engine: Engine, parts: Sequence[Part], customers: Sequence[str], cache: Path, most: int = _SHOWN
) -> dict[str, list[dict[str, Any]]]:
    """Give what the newest row that says something tells of each customer, by column.

    Of each dataset that is kept as it stands; all are asked at once.

    Parameters
    ----------
    engine : Engine
    parts : sequence of Part
        As the person sees them.
    customers : sequence of str
        Some hundred at most.
    cache : Path
        May be emptied at any time.
    most : int
        Of one customer.

    Returns
    -------
    dict of str to list of dict
        Surrogate → column, label, value, the day it is of, and the dataset.
    """
    import pyarrow as pa

    if not parts or not customers:
        return {}
    told = engine.read_parquet([_kept(engine, part, cache) for part in parts])
    wanted = engine.from_arrow(pa.table({"own": pa.array(customers, pa.string())}))
    rows = engine.run(told.semi_join(wanted, told.id == wanted.own)).to_pylist()
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for part in parts:
        for row in rows:
            if row["dataset_id"] == part.dataset.id:
                _add_newest(found.setdefault(row["id"], {}), _facts(part, row))
    return {one: list(facts.values())[:most] for one, facts in found.items()}


def _add_newest(mine: dict[str, dict[str, Any]], facts: Sequence[dict[str, Any]]) -> None:
    for fact in facts:
        known = mine.get(fact["column"])
        if known is None or str(known["on"] or "") < str(fact["on"] or ""):
            mine[fact["column"]] = fact


def _kept(engine: Engine, part: Part, cache: Path) -> Path:
    """Give the file of what a dataset's newest rows say of its customers."""
    return kept_table(
        cache,
        part.view.key("newest facts"),
        "facts",
        lambda own: engine.write_parquet(_newest(engine, part), own),
    )


def _newest(engine: Engine, part: Part) -> Any:
    """Plan what the newest rows say of each customer: one row each, of the same columns always."""
    ibis = import_ibis()
    rows = part.rows(engine)
    columns = [] if rows is None else _columns(part, rows)
    if not columns:
        return engine.from_arrow(_nothing())
    day = rows[ANSWERED_ON_COLUMN].cast("date")
    order = day.coalesce(ibis.date(1, 1, 1))
    grouped = rows.group_by(id=rows[CUSTOMER_COLUMN]).agg(
        on=day.max(),
        **{
            f"v{number}": rows[column.name].argmax(order, where=rows[column.name].notnull())
            for number, column in enumerate(columns)
        },
    )
    return grouped.select(
        "on",
        "id",
        dataset_id=ibis.literal(part.dataset.id),
        names=ibis.array([ibis.literal(column.name) for column in columns]),
        said=ibis.array([grouped[f"v{number}"] for number in range(len(columns))]),
    )


def _nothing() -> pa.Table:
    import pyarrow as pa

    kinds: list[tuple[str, pa.DataType]] = [("on", pa.date32())]
    kinds += [(name, pa.string()) for name in ("id", "dataset_id")]
    kinds += [(name, pa.list_(pa.string())) for name in ("names", "said")]
    return pa.schema(kinds).empty_table()


def _columns(part: Part, table: Any) -> list[Column]:
    """List the columns of one value that say something of a customer."""
    return [
        column
        for column in part.codebook
        if column.role in _SAID
        and column.usable
        and column.name in table.columns
        and table[column.name].type().is_string()
    ]


def _facts(part: Part, row: dict[str, Any]) -> list[dict[str, Any]]:
    book = {column.name: column for column in part.codebook}
    return [
        {
            "column": name,
            "label": dict(book[name].label),
            "value": mask_numbers(book[name].labels.get(value, value)),
            "on": row["on"],
            "dataset": part.dataset.name,
        }
        for name, value in zip(row["names"], row["said"], strict=True)
        if value is not None
    ]


def trends_of(part: Part, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each rating of a customer over time, oldest first; one answer is no trend."""
    found = []
    for column in part.codebook:
        if column.role not in RATING_ROLES or column.scale is None or not column.usable:
            continue
        points = [
            {"on": row[ANSWERED_ON_COLUMN], "value": row[column.name]}
            for row in reversed(rows)
            if row.get(column.name) is not None and row[ANSWERED_ON_COLUMN] is not None
        ]
        if len(points) > 1:
            scale = column.scale
            found.append(
                {
                    "dataset_id": part.dataset.id,
                    "dataset": part.dataset.name,
                    "column": column.name,
                    "label": dict(column.label),
                    "role": column.role.value,
                    "min": scale.minimum,
                    "max": scale.maximum,
                    "direction": scale.direction,
                    "points": points,
                }
            )
    return found
