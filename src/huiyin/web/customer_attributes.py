"""What the newest rows say of customers, what kind of rows a dataset has, and scores over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.core.masking import mask_numbers
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.engine.startup import import_ibis

if TYPE_CHECKING:
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
    engine: Engine, parts: Sequence[Part], customers: Sequence[str], most: int = _SHOWN
) -> dict[str, list[dict[str, Any]]]:
    """Give what the newest row that says something tells of each customer, by column.

    Parameters
    ----------
    engine : Engine
    parts : sequence of Part
        As the person sees them.
    customers : sequence of str
        Some hundred at most.
    most : int
        Of one customer.

    Returns
    -------
    dict of str to list of dict
        Surrogate → column, label, value, the day it is of, and the dataset.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for part in parts if customers else ():
        for row in _newest(engine, part, customers):
            mine = found.setdefault(row["id"], {})
            for fact in _facts(part, row):
                known = mine.get(fact["column"])
                if known is None or str(known["on"] or "") < str(fact["on"] or ""):
                    mine[fact["column"]] = fact
    return {one: list(facts.values())[:most] for one, facts in found.items()}


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


def _newest(engine: Engine, part: Part, customers: Sequence[str]) -> list[dict[str, Any]]:
    import pyarrow as pa

    rows = part.rows(engine)
    columns = [] if rows is None else _columns(part, rows)
    if not columns:
        return []
    wanted = engine.from_arrow(pa.table({"own": pa.array(customers, pa.string())}))
    mine = rows.semi_join(wanted, rows[CUSTOMER_COLUMN] == wanted.own)
    day = mine[ANSWERED_ON_COLUMN].cast("date")
    order = day.coalesce(import_ibis().date(1, 1, 1))
    newest = {
        f"v{number}": mine[column.name].argmax(order, where=mine[column.name].notnull())
        for number, column in enumerate(columns)
    }
    grouped = mine.group_by(id=mine[CUSTOMER_COLUMN]).agg(on=day.max(), **newest)
    shown: list[dict[str, Any]] = engine.run(grouped).to_pylist()
    return [{**row, "columns": columns} for row in shown]


def _facts(part: Part, row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "column": column.name,
            "label": dict(column.label),
            "value": mask_numbers(column.labels.get(row[f"v{number}"], row[f"v{number}"])),
            "on": row["on"],
            "dataset": part.dataset.name,
        }
        for number, column in enumerate(row["columns"])
        if row[f"v{number}"] is not None
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
