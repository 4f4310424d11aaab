"""What the rules know of a dataset before they look at its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN, TypedFacts
from huiyin.engine.duck import Engine

_DEVICE_NAME = re.compile(
    r"(?:^|[^a-z])(?:ip|ip ?address|device(?: ?id)?|cookie|fingerprint|imei|idfa|oaid)(?:[^a-z]|$)|"
    r"设备|指纹|来自ip",
    re.IGNORECASE,
)
ANSWER_ROLES = (*sorted(RATING_ROLES), Role.CHOICE_SET, Role.TEXT, Role.OUTCOME)
"""Roles of what a respondent says; the rest is known of them or measured beside it."""


@dataclass(frozen=True)
class Facts:
    """The typed rows as an Ibis table, their codebook, and counts taken once.

    Attributes
    ----------
    engine : Engine
    table : ibis.Table
        Typed rows, system columns and marks included.
    codebook : Codebook
    typed : TypedFacts
    n_answered : mapping of str to int
        Typed column → rows that are not NULL.
    seconds_share : float
        Share of the answer times whose seconds are not 0: times without seconds tell no order.
    """

    engine: Engine
    table: Any
    codebook: Codebook
    typed: TypedFacts
    n_answered: Mapping[str, int]
    seconds_share: float

    @property
    def n_rows(self) -> int:
        """Count the rows."""
        return self.typed.n_rows

    def columns(self, *roles: Role) -> tuple[Column, ...]:
        """List usable columns of `roles` that the table has and somebody filled in."""
        return tuple(c for c in self.codebook.with_role(*roles) if self.n_answered.get(c.name, 0))

    def names(self, *roles: Role) -> tuple[str, ...]:
        """List typed names of `roles` that somebody filled in; a multi-select is one."""
        named = (
            c.name if c.name in self.n_answered else c.group or c.name for c in self._of(roles)
        )
        return tuple(name for name in dict.fromkeys(named) if self.n_answered.get(name, 0))

    def _of(self, roles: tuple[Role, ...]) -> tuple[Column, ...]:
        return self.codebook.with_role(*roles)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Typed names of what respondents said."""
        return self.names(*ANSWER_ROLES)

    @cached_property
    def ratings(self) -> tuple[Column, ...]:
        """Rating columns in file order."""
        return self.columns(*RATING_ROLES)

    @cached_property
    def devices(self) -> tuple[str, ...]:
        """Columns that tell one device or address from another."""
        roles = (Role.META, Role.CONTACT, Role.DIMENSION, Role.ID, Role.CUSTOMER)
        return tuple(c.name for c in self.columns(*roles) if _DEVICE_NAME.search(c.name))

    @cached_property
    def respondents(self) -> tuple[str, ...]:
        """Columns that name a person: customers, else contact data."""
        people = [n for n in self.names(Role.CUSTOMER) if n not in self.devices]
        return tuple(people or [n for n in self.names(Role.CONTACT) if n not in self.devices])

    @cached_property
    def time(self) -> str | None:
        """Column of the moment of the answer."""
        names = self.names(Role.TIME)
        return names[0] if names else None

    @property
    def row_key(self) -> tuple[str, str]:
        """Columns that number the rows."""
        return (SOURCE_COLUMN, ROW_COLUMN)


def fetch_facts(engine: Engine, typed: TypedFacts, codebook: Codebook) -> Facts:
    """Count what the rules ask for, in one pass.

    Parameters
    ----------
    engine : Engine
    typed : TypedFacts
    codebook : Codebook

    Returns
    -------
    Facts
    """
    table = engine.read_parquet(typed.files)
    n_answered = _noted_answers(typed.files)
    counts = {
        f"n_{i}": table[name].count()
        for i, name in enumerate(table.columns)
        if name not in n_answered
    }
    time = next((c.name for c in codebook.with_role(Role.TIME) if c.name in table.columns), None)
    if time is not None:
        counts["seconds"] = (table[time].second() != 0).mean()
    found = engine.run(table.agg(**counts)).to_pylist()[0] if counts else {}
    n_answered |= {
        name: int(found[f"n_{i}"]) for i, name in enumerate(table.columns) if f"n_{i}" in found
    }
    return Facts(engine, table, codebook, typed, n_answered, float(found.get("seconds") or 0.0))


def _noted_answers(files: Sequence[Path]) -> dict[str, int]:
    """Give the rows that are not NULL, as the files note them, of every column noted throughout."""
    import pyarrow.parquet as pq

    n_answered: dict[str, int] = {}
    unknown: set[str] = set()
    for file in files:
        notes = pq.read_metadata(file)
        for group in map(notes.row_group, range(notes.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                name, said = column.path_in_schema, column.statistics
                n_null = None if said is None else said.null_count
                if n_null is None:
                    unknown.add(name)
                else:
                    n_answered[name] = n_answered.get(name, 0) + group.num_rows - n_null
    return {name: n for name, n in n_answered.items() if name not in unknown}
