"""What a model says: which datasets, joined how, and which columns come over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from huiyin.codebook.contracts import Role
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.engine.contracts import Snapshot

MODEL = Text("数据模型", "data model")
BUILD_JOB = "build_model"
SOURCE_NAME = "来源"
"""Column of a union that names the dataset a row is from."""
YES, NO = "是", "否"
MOST_LINKS = 10
MOST_TAKEN = 30
MOST_SOURCES = 20
MOST_CURRENCIES = 10
MOST_DAYS = 3660
STRICT = {"extra": "forbid", "str_max_length": 400}


class ModelKind(StrEnum):
    """`LINK`: the rows of one dataset with columns of others. `UNION`: the rows of several."""

    LINK = "link"
    UNION = "union"


class Side(StrEnum):
    """Where the rows of a window lie, seen from the base row."""

    BEFORE = "before"
    AFTER = "after"
    AROUND = "around"


class How(StrEnum):
    """What is made of the rows that are found for one base row."""

    COUNT = "count"
    DAYS = "days"
    ANY = "any"
    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "min"
    MAXIMUM = "max"
    FIRST = "first"
    LAST = "last"
    NEAREST = "nearest"


AMOUNTS = frozenset({How.SUM, How.MEAN, How.MINIMUM, How.MAXIMUM})
"""They compute with the values of a column of numbers."""
PICKS = frozenset({How.FIRST, How.LAST, How.NEAREST})
"""They give the value of one row."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time window, seen from the base row's time.

    ``after`` N days: later than the base row, up to and including N days later. ``before``: the
    N days up to the base row, itself not included. ``around``: N days both ways, ends included.
    A day is 24 hours; where one side knows only dates, calendar days are compared.

    Attributes
    ----------
    side : Side
    days : int or None
        None, without limit: only for ``before``.
    base_time, other_time : str or None
        Columns of moments; each dataset's time column where none is named.
    until : date or None
        Last day up to which the other dataset is complete; that of its latest row by default.
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    side: Side
    days: int | None = None
    base_time: str | None = None
    other_time: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Only rows of the other dataset whose column holds one of these values."""

    __pydantic_config__: ClassVar[Any] = STRICT
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """A column that comes over.

    Attributes
    ----------
    name : str
        Its name in the result.
    how : How
    column : str or None
        Column of the other dataset; None for `COUNT`, `DAYS` and `ANY`.
    role : Role or None
        ``outcome, dimension`` or ``meta`` for counts and yes/no; chosen by itself where None.
    per_currency : bool
        For amounts: one column for each currency.
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    name: str
    how: How
    column: str | None = None
    role: Role | None = None
    per_currency: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A column of the base and the column of the other dataset that must be equal."""

    __pydantic_config__: ClassVar[Any] = STRICT
    base: str
    other: str


@dataclass(frozen=True, slots=True)
class Link:
    """One other dataset, how its rows are found, and what comes over."""

    __pydantic_config__: ClassVar[Any] = STRICT
    dataset_id: str
    keys: tuple[Key, ...]
    take: tuple[Take, ...]
    window: Window | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """A base dataset and what is linked to it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    base: str
    links: tuple[Link, ...]

    @property
    def parents(self) -> tuple[str, ...]:
        """The datasets it is made from, the base first."""
        return tuple(dict.fromkeys((self.base, *(link.dataset_id for link in self.links))))


@dataclass(frozen=True, slots=True)
class CommonColumn:
    """A column of a union: what it is called and which column of each source it is.

    Attributes
    ----------
    name : str
    columns : mapping of str to str
        Dataset id → column. A source that is not named has no answers to it.
    as_score : bool
        Turn ratings of different scales into the 0–100 score (the lowest level is 0).
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    name: str
    columns: Mapping[str, str]
    as_score: bool = False


@dataclass(frozen=True, slots=True)
class UnionSource:
    """A dataset of a union, and what its rows are called in the source column."""

    __pydantic_config__: ClassVar[Any] = STRICT
    dataset_id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class UnionPlan:
    """Several datasets whose rows stand one below the other.

    `columns` empty: columns of the same name, or of the same role where each has just one, are
    put together.
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    sources: tuple[UnionSource, ...]
    columns: tuple[CommonColumn, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """The datasets it is made from."""
        return tuple(dict.fromkeys(source.dataset_id for source in self.sources))


Plan = LinkPlan | UnionPlan


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What linking one dataset met. Rows of the other dataset are those that may be used.

    Attributes
    ----------
    dataset_id : str
    cardinality : str
        ``1:1, 1:n, n:1, n:m`` (base : other), or ``none`` where no key meets.
    n_keys : int
        Keys that both sides have.
    base_rows, base_matched, base_unmatched, base_without_key : int
        By key alone, whatever the window says.
    other_rows, other_matched, other_unmatched, other_without_key : int
    other_left_out : int
        Rows that cleaning leaves out, or that a condition does not let in.
    n_pairs : int
        Pairs of rows with equal keys.
    base_without_time, other_without_time, base_incomplete : int
        With a window: rows whose time is unknown; base rows whose window is not over in the other
        dataset, or begins before it does. They get NULL, never 0.
    data_from, data_until : str or None
        First and last moment of the other dataset, as far as it is complete.
    compared_by : str or None
        ``second`` or ``day``.
    base_with_rows : int or None
        Base rows for which at least one row was found; None in a preview.
    """

    dataset_id: str
    cardinality: str
    n_keys: int
    base_rows: int
    base_matched: int
    base_unmatched: int
    base_without_key: int
    other_rows: int
    other_matched: int
    other_unmatched: int
    other_without_key: int
    other_left_out: int
    n_pairs: int
    base_without_time: int = 0
    other_without_time: int = 0
    base_incomplete: int = 0
    data_from: str | None = None
    data_until: str | None = None
    compared_by: str | None = None
    base_with_rows: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source of a union: its rows, and which columns they have."""

    dataset_id: str
    name: str
    n_rows: int
    share: float
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parent:
    """A dataset at the version that is read."""

    dataset_id: str
    name: str
    version: int
    snapshot: Snapshot
    ledger: Mapping[str, Any]


class ModelError(BadInputError):
    """A model cannot be made as it is said."""


class DerivedDatasetError(BadInputError):
    """The dataset is made from others: its rows and its codebook come from there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "“{name}”是由别的数据集合成的，不能直接导入或改码本。请改它的来源，它会跟着更新。",
                "“{name}” is made from other datasets: it takes no rows or codebook of its own. "
                "Change those it is made from, and it follows.",
            ).format(name=name)
        )


class PartialViewError(BadInputError):
    """Who makes a model must see all rows of what it is made from."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "您只能看到“{name}”的一部分数据，不能用它合成新数据集。请找能看到全部数据的人来做。",
                "You see only part of “{name}” and cannot make a dataset from it. "
                "Ask somebody who sees all of it.",
            ).format(name=name)
        )
