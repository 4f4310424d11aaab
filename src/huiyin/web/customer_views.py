"""Whom a person may see among the customers, and what is known of one: by their row rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.core.masking import mask_numbers
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.engine.startup import import_ibis
from huiyin.measure.contracts import Filter
from huiyin.people.contracts import Person
from huiyin.store.tables import Dataset
from huiyin.web.corridors import NOBODY, View
from huiyin.web.kept_results import kept_table
from huiyin.web.seen import Asked, view_seen

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.engine.duck import Engine
    from huiyin.web.system import System

ORDERS = ("last_on", "first_on", "n_rows", "n_datasets")
MOST_ROWS = 200
"""Rows of one customer in one dataset that a page shows, newest first."""
_LEFT_OUT = frozenset({Role.CONTACT, Role.CUSTOMER, Role.WEIGHT, Role.STRATA, Role.CLUSTER,
                       Role.META, Role.IGNORE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A dataset whose customers a person may see, by their rows."""

    dataset: Dataset
    view: View

    @property
    def codebook(self) -> Codebook:
        """What the columns mean."""
        return self.view.snapshot.codebook

    def rows(self, engine: Engine) -> Any:
        """Plan the person's rows that name a customer; None where there are none."""
        table = engine.read_parquet(self.view.snapshot.files)
        if CUSTOMER_COLUMN not in table.columns:
            return None
        return self.narrowed(table.filter(table[CUSTOMER_COLUMN].notnull()))

    def narrowed(self, table: Any) -> Any:
        """Plan the rows of a table of this dataset that the person may see; None: none at all."""
        rules = self.view.rows.rows
        if NOBODY in rules or any(one.column not in table.columns for one in rules):
            return None
        return table.filter([_meets(table[one.column], one) for one in rules]) if rules else table


def _meets(column: Any, rule: Filter) -> Any:
    """Plan the condition of a row rule: one of its values is there."""
    if column.type().is_array():
        found = column.contains(rule.values[0])
        for value in rule.values[1:]:
            found = found | column.contains(value)
        return found
    return column.cast("string").isin(list(rule.values))


def parts_of(session: Session, system: System, person: Person) -> list[Part]:
    """Give the datasets in which a person may see anybody."""
    asked = select(Dataset).where(
        Dataset.current_version.is_not(None), Dataset.archived_at.is_(None)
    )
    parts = []
    for dataset in session.scalars(asked.order_by(Dataset.name, Dataset.id)):
        view = view_seen(system, person, Asked(dataset.id))
        if NOBODY not in view.rows.rows and view.snapshot.files:
            parts.append(Part(dataset, view))
    return parts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of customers is narrowed to.

    Attributes
    ----------
    among : sequence of str or None
        Surrogates that a search or a client names; None: everybody.
    seen_since, seen_until : date or None
        By the last answer, both included.
    order : str
        One of `ORDERS`; what is unknown comes last.
    ascending : bool
    """

    among: Sequence[str] | None = None
    seen_since: date | None = None
    seen_until: date | None = None
    order: str = "last_on"
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Of one customer: how many rows there are, and when they came."""

    id: str
    n_rows: int
    n_datasets: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Customers:
    """The customers that a person may see, newest answer first."""

    engine: Engine
    parts: Sequence[Part]
    cache: Path

    def page(self, wanted: Wanted, limit: int, offset: int) -> tuple[list[RowCounts], int]:
        """Give one page and how many there are."""
        import pyarrow as pa

        if wanted.among is not None and not wanted.among:
            return [], 0
        found = self._everybody()
        if wanted.among is not None:
            among = self.engine.from_arrow(pa.table({"id": pa.array(wanted.among, pa.string())}))
            found = found.semi_join(among, found.id == among.id)
        if wanted.seen_since is not None:
            found = found.filter(found.last_on >= wanted.seen_since)
        if wanted.seen_until is not None:
            found = found.filter(found.last_on <= wanted.seen_until)
        total = self.engine.run(found.count()).column(0)[0].as_py()
        ibis = import_ibis()
        turn = ibis.asc if wanted.ascending else ibis.desc
        order = [turn(found[wanted.order], nulls_first=False), found.id]
        rows = self.engine.run(found.order_by(order).limit(limit, offset=offset))
        return [RowCounts(**row) for row in rows.to_pylist()], int(total or 0)

    def present(self, among: Sequence[str]) -> set[str]:
        """Tell which of some customers the person may see."""
        import pyarrow as pa

        if not among:
            return set()
        found = self._everybody()
        named = self.engine.from_arrow(pa.table({"id": pa.array(among, pa.string())}))
        met = self.engine.run(found.semi_join(named, found.id == named.id).select("id"))
        return {str(one) for one in met.column(0).to_pylist()}

    def _everybody(self) -> Any:
        """Give everybody with their counts, kept by all that it stands on."""
        key = hashlib.sha256("".join(p.view.key("customers") for p in self.parts).encode())
        path = kept_table(
            self.cache,
            key.hexdigest(),
            "customers",
            lambda own: self.engine.write_parquet(self._counted(), own),
        )
        return self.engine.read_parquet([path])

    def _counted(self) -> Any:
        ibis = import_ibis()
        sides = []
        for part in self.parts:
            rows = part.rows(self.engine)
            if rows is not None:
                day = rows[ANSWERED_ON_COLUMN]
                sides.append(
                    rows.group_by(id=rows[CUSTOMER_COLUMN]).agg(
                        n=rows.count(), first_on=day.min(), last_on=day.max()
                    )
                )
        if not sides:
            return self.engine.from_arrow(_nobody())
        together = ibis.union(*sides) if len(sides) > 1 else sides[0]
        return together.group_by("id").agg(
            n_rows=together.n.sum(),
            n_datasets=together.count(),
            first_on=together.first_on.min(),
            last_on=together.last_on.max(),
        )


def _nobody() -> pa.Table:
    """Give the counts of nobody."""
    import pyarrow as pa

    kinds: list[tuple[str, pa.DataType]] = [("id", pa.string())]
    kinds += [(name, pa.int64()) for name in ("n_rows", "n_datasets")]
    kinds += [(name, pa.date32()) for name in ("first_on", "last_on")]
    return pa.schema(kinds).empty_table()


def rows_of_customer(
    engine: Engine, parts: Sequence[Part], customer_id: str, most: int = MOST_ROWS
) -> Iterator[tuple[Part, list[dict[str, Any]]]]:
    """Give a customer's rows in each dataset that has any, newest first, as the person sees them.

    Parameters
    ----------
    engine : Engine
    parts : sequence of Part
    customer_id : str
    most : int
        Rows of one dataset.
    """
    ibis = import_ibis()
    for part in parts:
        rows = part.rows(engine)
        if rows is None:
            continue
        own = rows.filter(rows[CUSTOMER_COLUMN] == customer_id)
        order = [ibis.desc(own[ANSWERED_ON_COLUMN], nulls_first=False), own["_response_id"]]
        found = engine.run(own.order_by(order).limit(most)).to_pylist()
        if found:
            yield part, found


def row_json(part: Part, row: dict[str, Any]) -> dict[str, Any]:
    """Give one row as a page shows it: scores, what was said, and the rest."""
    shape: dict[str, Any] = {
        "id": row["_response_id"],
        "answered_on": row[ANSWERED_ON_COLUMN] or _opened_on(part.codebook, row),
        "left_out": _left_out(part, row["_flags"]),
        "scores": [],
        "texts": [],
        "facts": [],
    }
    for name, value in row.items():
        column = _column(part.codebook, name)
        if column is None or value is None or column.role in _LEFT_OUT:
            continue
        kind = "facts"
        if column.role in RATING_ROLES:
            kind = "scores"
        elif column.role is Role.TEXT:
            kind = "texts"
        shape[kind].append(_value_json(column, name, value))
    return shape


def _opened_on(codebook: Codebook, row: dict[str, Any]) -> date | None:
    """Give the day of a row that is no answer: when it was opened, promised or delivered."""
    for role in (Role.OPENED, Role.PROMISED, Role.DELIVERED, Role.RESOLVED):
        column = codebook.first(role)
        value = row.get(column.name) if column is not None else None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
    return None


def _column(codebook: Codebook, name: str) -> Column | None:
    if name.startswith("_"):
        return None
    return next((c for c in codebook if name in {c.name, c.group}), None)


def _value_json(column: Column, name: str, value: Any) -> dict[str, Any]:
    shape: dict[str, Any] = {"column": name, "label": dict(column.label), "role": column.role.value}
    if column.role in RATING_ROLES and column.scale is not None:
        shape |= {"min": column.scale.minimum, "max": column.scale.maximum}
    if isinstance(value, str):
        value = value if column.role is Role.TEXT else mask_numbers(value)
    elif isinstance(value, list):
        value = [mask_numbers(one) for one in value]
    elif isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    return shape | {"value": value if isinstance(value, (str, int, float, list)) else str(value)}


def _left_out(part: Part, flags: int) -> list[str]:
    legend = part.view.snapshot.legend
    return [flag.rule_id for bit, flag in enumerate(legend) if flag.excludes and flags >> bit & 1]
