"""A raw column on its way to a typed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import and_, or_
from typing import Any

from huiyin.core.text import Text
from huiyin.engine.duck import Engine
from huiyin.engine.functions import trimmed
from huiyin.engine.startup import import_ibis

LARGEST_EXACT = 1e15
"""Whole floats below this print as integers without loss."""


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """Plan of a typed column: Ibis expressions over the raw table.

    `outside`, `missing` are True for rows whose value is out of scale or a code for “no answer”;
    `unread` for rows whose value cannot be read. None where no row is.
    """

    expr: Any
    outside: Any = None
    missing: Any = None
    unread: Any = None
    note: Text | None = None


def as_words(column: Any) -> Any:
    """Give a raw column as trimmed words, NULL where empty; whole floats print as integers."""
    kind = column.type()
    if kind.is_string():
        return trimmed(column)
    if kind.is_floating() or kind.is_decimal():
        number = column.cast("float64")
        whole = (number % 1 == 0) & (number.abs() < LARGEST_EXACT)
        words = whole.ifelse(number.try_cast("int64").cast("string"), number.cast("string"))
        return number.isnan().ifelse(None, words)
    return column.cast("string")


def is_number(column: Any) -> bool:
    """Tell whether the file itself stores numbers."""
    kind = column.type()
    return bool(kind.is_numeric() or kind.is_boolean())


def count_values(
    engine: Engine, table: Any, names: Sequence[str], *, most: int
) -> dict[str, dict[str, int]]:
    """Count the values of columns as raw words, the most frequent first.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
    names : sequence of str
    most : int
        At most this many values of each column; a column that gives more than that many is cut.

    Returns
    -------
    dict of dict
        Column → raw words (untrimmed) → rows. NULL is left out.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    if not names:
        return found
    n_rows = engine.run(table.count()).column(0)[0].as_py()
    if n_rows <= _FEW_ROWS:
        return count_in_memory(engine, table, names, n_rows=n_rows, most=most)
    for start in range(0, len(names), _AT_ONCE):
        _count_some(engine, table, names[start : start + _AT_ONCE], most, found)
    return found


_AT_ONCE = 60
_FEW_ROWS = 100_000
"""Rows up to which reading the columns is quicker than planning a group-by for each."""


def count_in_memory(
    engine: Engine, table: Any, names: Sequence[str], *, n_rows: int, most: int
) -> dict[str, dict[str, int]]:
    """Do the same for a table of few rows, by reading the columns whole, some at a time."""
    found: dict[str, dict[str, int]] = {}
    for some in in_turns(names, n_rows):
        rows = _words_of(engine, table, some)
        found |= {name: _counted(rows.column(name), most) for name in some}
    return found


def _words_of(engine: Engine, table: Any, names: Sequence[str]) -> Any:
    kinds = table.schema()
    if all(kinds[name].is_string() for name in names):
        return engine.columns(table, names)
    part = engine.narrow(table, names)
    return engine.run(part.select(**{name: raw_words(part[name]) for name in names}))


def in_turns(names: Sequence[str], n_rows: int) -> Iterator[Sequence[str]]:
    """Part columns so that those of one turn fit into memory side by side."""
    at_once = min(_MOST_COLUMNS, max(1, _MOST_CELLS // max(1, n_rows)))
    for start in range(0, len(names), at_once):
        yield names[start : start + at_once]


_MOST_CELLS = 10_000_000
_MOST_COLUMNS = 1_000


def _counted(values: Any, most: int) -> dict[str, int]:
    counted = values.drop_null().value_counts()
    words, counts = (counted.field(i).to_pylist() for i in (0, 1))
    pairs = [(str(v), int(n or 0)) for v, n in zip(words, counts, strict=True)]
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:most])


def _count_some(
    engine: Engine, table: Any, names: Sequence[str], most: int, found: dict[str, dict[str, int]]
) -> None:
    ibis = import_ibis()
    parts = [
        table.group_by(value=raw_words(table[name]))
        .agg(n=lambda part: part.count())
        .filter(lambda part: part.value.notnull())
        .order_by([ibis.desc("n"), "value"])
        .limit(most)
        .mutate(column=ibis.literal(i, "int32"))
        for i, name in enumerate(names)
    ]
    rows = engine.run(ibis.union(*parts) if len(parts) > 1 else parts[0])
    for value, n, i in zip(*(rows.column(c).to_pylist() for c in range(3)), strict=True):
        found[names[i]][value] = n


def raw_words(column: Any) -> Any:
    """Give a raw column as the words it stands for, not trimmed."""
    return column if column.type().is_string() else as_words(column)


def any_of(conditions: Sequence[Any]) -> Any:
    """Join conditions by “or”, one or more of them."""
    return joined(or_, conditions)


def all_of(conditions: Sequence[Any]) -> Any:
    """Join conditions by “and”, one or more of them."""
    return joined(and_, conditions)


def any_column(columns: Sequence[Any], meets: Callable[[Any], Any]) -> Any:
    """Tell whether a value of some column, of one type, meets a condition; NULL meets none.

    Of many columns one list is made, so that the condition is planned once: planned three hundred
    times over, a long one costs the engine a minute and all its memory.
    """
    if len(columns) <= _EACH_BY_ITSELF:
        return any_of([meets(column).fill_null(False) for column in columns])  # noqa: FBT003
    words = import_ibis().array(list(columns))
    return words.map(lambda one: meets(one).fill_null(False)).anys()  # noqa: FBT003


_EACH_BY_ITSELF = 12


def joined(join: Callable[[Any, Any], Any], parts: Sequence[Any]) -> Any:
    """Join parts, one or more, as a balanced tree: a chain of a thousand is too deep to compile."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(joined(join, parts[:middle]), joined(join, parts[middle:]))
