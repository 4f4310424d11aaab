"""What the rules know of a dataset before they look at its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.engine.contracts import (
    MARK_COLUMNS,
    ROW_COLUMN,
    SOURCE_COLUMN,
    SYSTEM_COLUMNS,
    TypedFacts,
)
from huiyin.engine.duck import Engine

T = TypeVar("T")
_DEVICE_NAME = re.compile(
    r"(?:^|[^a-z])(?:ip|ip ?address|device(?: ?id)?|cookie|fingerprint|imei|idfa|oaid)(?:[^a-z]|$)|"
    r"设备|指纹|来自ip",
    re.IGNORECASE,
)
ANSWER_ROLES = (*sorted(RATING_ROLES), Role.CHOICE_SET, Role.TEXT, Role.OUTCOME)
"""Roles of what a respondent says; the rest is known of them or measured beside it."""


class Answered(Mapping[str, int]):
    """Rows that are not NULL, of every typed column; counted when first asked for.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
    known : mapping of str to int
        Columns counted already.
    """

    def __init__(self, engine: Engine, table: Any, known: Mapping[str, int]) -> None:
        self._engine = engine
        self._table = table
        self._columns = frozenset(table.columns)
        self._known = dict(known)

    def count(self, names: Iterable[str]) -> None:
        """Count several columns in one pass; what is no column, or is known, is passed over.

        Of a table of few columns all are counted at once, for most are asked for sooner or later.
        """
        wanted = [n for n in dict.fromkeys(names) if n in self._columns and n not in self._known]
        if wanted and len(self._columns) <= _FEW_COLUMNS:
            others = (n for n in self._table.columns if n not in _NOT_ANSWERED)
            wanted = [n for n in dict.fromkeys((*wanted, *others)) if n not in self._known]
        for start in range(0, len(wanted), _COUNTED_AT_ONCE):
            some = wanted[start : start + _COUNTED_AT_ONCE]
            counts = {f"n_{i}": self._table[name].count() for i, name in enumerate(some)}
            found = self._engine.run(self._table.agg(**counts)).to_pylist()[0]
            self._known |= {name: int(found[f"n_{i}"]) for i, name in enumerate(some)}

    def __getitem__(self, name: str) -> int:
        self.count([name])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.columns)

    def __len__(self) -> int:
        return len(self._columns)


_COUNTED_AT_ONCE = 500
_FEW_COLUMNS = 60
_NOT_ANSWERED = frozenset((*SYSTEM_COLUMNS, *MARK_COLUMNS))


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
    n_answered : Answered
        Typed column → rows that are not NULL.
    """

    engine: Engine
    table: Any
    codebook: Codebook
    typed: TypedFacts
    n_answered: Answered
    _found: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """Give what a rule finds out under a name of its own; it is looked for once."""
        if name not in self._found:
            self._found[name] = find()
        found: T = self._found[name]
        return found

    @property
    def n_rows(self) -> int:
        """Count the rows."""
        return self.typed.n_rows

    def columns(self, *roles: Role) -> tuple[Column, ...]:
        """List usable columns of `roles` that the table has and somebody filled in."""
        columns = self.codebook.with_role(*roles)
        self.n_answered.count(c.name for c in columns)
        return tuple(c for c in columns if self.n_answered.get(c.name, 0))

    def names(self, *roles: Role) -> tuple[str, ...]:
        """List typed names of `roles` that somebody filled in; a multi-select is one."""
        named = dict.fromkeys(
            c.name if c.name in self.n_answered else c.group or c.name
            for c in self.codebook.with_role(*roles)
        )
        self.n_answered.count(named)
        return tuple(name for name in named if self.n_answered.get(name, 0))

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

    @cached_property
    def seconds_share(self) -> float:
        """Share of the times of answer with seconds other than 0: else they tell no order."""
        if self.time is None:
            return 0.0
        found = self.engine.run((self.table[self.time].second() != 0).mean())
        return float(found.column(0)[0].as_py() or 0.0)

    @property
    def row_key(self) -> tuple[str, str]:
        """Columns that number the rows."""
        return (SOURCE_COLUMN, ROW_COLUMN)


def fetch_facts(engine: Engine, typed: TypedFacts, codebook: Codebook) -> Facts:
    """Open the typed rows for the rules, with what their files note of them.

    Parameters
    ----------
    engine : Engine
    typed : TypedFacts
    codebook : Codebook

    Returns
    -------
    Facts
    """
    table = engine.open(typed.files, typed.view)
    known = _noted_answers(typed.files) if typed.view is None else {}
    return Facts(engine, table, codebook, typed, Answered(engine, table, known))


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
