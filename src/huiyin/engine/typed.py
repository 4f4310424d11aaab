"""Raw rows and a codebook become typed rows; what cannot be read is counted and shown."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import (
    NUMBER_ROLES,
    RATING_ROLES,
    TIME_ROLES,
    Codebook,
    Column,
    Role,
)
from huiyin.engine.arrays import any_loose_ends
from huiyin.engine.choices import plan_cell, plan_group
from huiyin.engine.columns import (
    TypedColumn,
    any_of,
    as_words,
    count_values,
    in_turns,
    raw_words,
)
from huiyin.engine.contracts import (
    ANSWERED_ON_COLUMN,
    FLAGS_COLUMN,
    MISSING_CODE_MARK,
    NO_RESPONSE_MARK,
    OUT_OF_SCALE_MARK,
    ROW_COLUMN,
    SOURCE_COLUMN,
    SYSTEM_COLUMNS,
    ColumnFacts,
    TypedFacts,
)
from huiyin.engine.duck import Engine
from huiyin.engine.functions import has_loose_ends
from huiyin.engine.levels import (
    MOST_VALUES,
    is_missing,
    missing_set,
    plan_levels,
    plan_outcome,
    tidy,
)
from huiyin.engine.not_responses import find_no_responses, first_columns
from huiyin.engine.numbers import (
    MONEY_TYPE,
    plain_cast,
    plan_duration,
    plan_number,
    uses_decimal_comma,
)
from huiyin.engine.startup import import_ibis
from huiyin.engine.times import find_form, plan_time

N_EXAMPLES = 5
_EXAMPLED_COLUMNS = 40
_STRANGE_VALUES = 2000
_LOOKED_AT_ONCE = 200
_LOOKED_AT_WHOLE = 2_000_000
"""Rows up to which a text column is read whole to look at its ends."""
WIDEST_VIEW = 400
"""Columns of a view at most."""
_MONEY_ROLES = (Role.AMOUNT, Role.COST)


def write_typed(
    engine: Engine,
    staged_files: Sequence[Path],
    codebook: Codebook,
    folder: Path,
    *,
    rows_have_numbers: bool | None = None,
    zone: str = "Asia/Shanghai",
    as_view: bool = False,
) -> TypedFacts:
    """Write staged rows as typed rows, one file, rows in the order they came in.

    Parameters
    ----------
    engine : Engine
    staged_files : sequence of Path
        Parquet files of raw rows.
    codebook : Codebook
        Columns that the files lack are left out.
    folder : Path
        Where the typed file goes; made if absent.
    rows_have_numbers : bool, optional
        False where the files are the user's own Parquet files and carry no `ROW_COLUMN` and
        `SOURCE_COLUMN`: rows are then numbered within each file. Default: look.
    zone : str
        The dataset's time zone.
    as_view : bool
        Write nothing: a view of the engine types the rows when they are read. For one question
        this costs far less, for a report more. A table of more than `WIDEST_VIEW` columns is
        written all the same: to plan them all anew at every reading costs more.

    Returns
    -------
    TypedFacts

    Raises
    ------
    EngineError
        A limit was met, or a file vanished.
    """
    if rows_have_numbers is None:
        rows_have_numbers = {ROW_COLUMN, SOURCE_COLUMN} <= {
            *engine.read_parquet(staged_files).columns
        }
    table = numbered(engine, staged_files, rows_have_numbers=rows_have_numbers)
    first = first_columns(table) if rows_have_numbers else []
    loose = _loose_columns(engine, table, [*_words_columns(table, codebook), *first])
    plans = plan_columns(engine, table, codebook, zone, loose)
    marks = _marks(plans)
    none = find_no_responses(engine, table, loose) if rows_have_numbers else None
    if none is not None:
        marks[NO_RESPONSE_MARK] = none
    typed = table.select(**_system(table, plans, codebook), **_exprs(plans), **marks)
    as_view = as_view and len(plans) <= WIDEST_VIEW
    view = engine.view(typed) if as_view else None
    files = tuple(staged_files) if as_view else (_written(engine, typed, folder),)
    n_rows, columns = _facts(engine, table, plans)
    content = digest(staged_files)
    return TypedFacts(files, n_rows, columns, tuple(marks), zone, view, content)


def digest(files: Sequence[Path]) -> str:
    """Give one hexadecimal SHA-256 over the bytes of files, in order."""
    seal = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            seal.update(hashlib.file_digest(stream, "sha256").digest())
    return seal.hexdigest()


def _written(engine: Engine, typed: Any, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "typed.parquet"
    engine.write_parquet(typed, path)
    return path


def numbered(engine: Engine, files: Sequence[Path], *, rows_have_numbers: bool) -> Any:
    """Give staged files as one table with `ROW_COLUMN` and `SOURCE_COLUMN`."""
    ibis = import_ibis()
    table = engine.read_parquet(files, row_numbers=not rows_have_numbers)
    if rows_have_numbers:
        return table
    source = ibis.literal(0, "int32")
    if len(files) > 1:
        pairs = [(str(file), ibis.literal(i, "int32")) for i, file in enumerate(files)]
        source = table.filename.cases(*pairs, else_=0).cast("int32")
    return table.mutate(
        **{ROW_COLUMN: (table.file_row_number + 1).cast("int64"), SOURCE_COLUMN: source}
    ).drop("file_row_number", "filename")


def plan_columns(
    engine: Engine, table: Any, codebook: Codebook, zone: str, loose: Collection[str]
) -> dict[str, TypedColumn]:
    """Plan every typed column, looking at the values where the plan depends on them.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
    codebook : Codebook
    zone : str
    loose : collection of str
        Text columns with blanks around some value: only they need trimming.

    Returns
    -------
    dict of str to TypedColumn
        By typed name, in file order; a multi-select is one entry under its group.
    """
    columns = _read_columns(table, codebook)
    counted = [c.name for c in columns if _reads_values_one_by_one(c)]
    counts = count_values(engine, table, counted, most=MOST_VALUES)
    plans: dict[str, TypedColumn] = {}
    for name, members in _by_typed_name(columns):
        column = members[0]
        if _is_spread(column):
            plans[name] = TypedColumn(plan_group(table, members, counts))
        elif _is_words(column):
            plans[name] = TypedColumn(_words(table[name], column, is_loose=name in loose))
        else:
            plans[name] = _plan_one(engine, table, column, counts.get(column.name, {}), zone)
    return plans


def _read_columns(table: Any, codebook: Codebook) -> list[Column]:
    there = frozenset(table.columns)
    return [c for c in codebook if c.name in there and c.role is not Role.IGNORE]


def _words_columns(table: Any, codebook: Codebook) -> list[str]:
    return [c.name for c in _read_columns(table, codebook) if _is_words(c)]


def _is_spread(column: Column) -> bool:
    return column.role is Role.CHOICE_SET and column.option is not None


def _by_typed_name(columns: Iterable[Column]) -> Iterator[tuple[str, list[Column]]]:
    grouped: dict[str, list[Column]] = {}
    for column in columns:
        name = column.group if _is_spread(column) and column.group else column.name
        grouped.setdefault(name, []).append(column)
    for name, members in grouped.items():
        yield name, members if _is_spread(members[0]) else members[:1]


def _reads_values_one_by_one(column: Column) -> bool:
    if column.role in RATING_ROLES or _is_spread(column):
        return True
    if column.role in NUMBER_ROLES:
        return bool(column.events or column.missing_codes)
    return False


def _plan_one(
    engine: Engine, table: Any, column: Column, counts: dict[str, int], zone: str
) -> TypedColumn:
    raw = table[column.name]
    if column.role in RATING_ROLES:
        return plan_levels(raw, column, counts)
    if column.role is Role.OUTCOME and column.events:
        return plan_outcome(raw, column, counts)
    if column.role in TIME_ROLES:
        return plan_time(raw, find_form(engine, table, column.name, zone), zone)
    if column.role in NUMBER_ROLES:
        return _plan_number(engine, table, column, counts)
    return TypedColumn(plan_cell(raw, column))


def _plan_number(engine: Engine, table: Any, column: Column, counts: dict[str, int]) -> TypedColumn:
    raw = table[column.name]
    kind = MONEY_TYPE if column.role in _MONEY_ROLES else "float64"
    strange = _strange_values(engine, table, column.name, kind) if raw.type().is_string() else []
    codes = missing_set(column.missing_codes)
    missing = sorted({v.strip() for v in counts if is_missing(tidy(v), codes)})
    if column.role is Role.DURATION:
        return plan_duration(raw, missing, strange)
    points = _pointed_values(engine, table, column.name) if uses_decimal_comma(strange) else ()
    return plan_number(raw, kind, missing, strange, points=points)


def _strange_values(engine: Engine, table: Any, name: str, kind: str) -> list[str]:
    words = as_words(table[name])
    return _some_values(engine, table, words, plain_cast(table[name], kind).isnull())


def _pointed_values(engine: Engine, table: Any, name: str) -> list[str]:
    words = as_words(table[name])
    return _some_values(engine, table, words, words.re_search(r"^[-+]?\d*\.\d+$"))


def _some_values(engine: Engine, table: Any, words: Any, wanted: Any) -> list[str]:
    rows = engine.run(
        table.filter(wanted & words.notnull()).select(words=words).limit(_STRANGE_VALUES)
    )
    return list(dict.fromkeys(str(value) for value in rows.column(0).to_pylist()))


def _is_words(column: Column) -> bool:
    known = (*RATING_ROLES, *TIME_ROLES, *NUMBER_ROLES, Role.CHOICE_SET)
    return column.role not in known


def _loose_columns(engine: Engine, table: Any, names: Sequence[str]) -> set[str]:
    """Find the text columns with blanks around some value: only they need trimming."""
    kinds = table.schema()
    texts = [name for name in dict.fromkeys(names) if kinds[name].is_string()]
    if not texts:
        return set()
    n_rows = engine.run(table.count()).column(0)[0].as_py()
    if len(texts) > _LOOKED_AT_ONCE or n_rows <= _LOOKED_AT_WHOLE:
        return _loose_in_memory(engine, table, texts, n_rows)
    asked = {f"loose_{i}": has_loose_ends(table[name]).any() for i, name in enumerate(texts)}
    answers = engine.run(table.agg(**asked))
    return {n for i, n in enumerate(texts) if answers.column(f"loose_{i}")[0].as_py()}


def _loose_in_memory(engine: Engine, table: Any, texts: Sequence[str], n_rows: int) -> set[str]:
    """Do the same by reading the columns, some at a time: a pattern costs more to plan and run."""
    found: set[str] = set()
    for some in in_turns(texts, n_rows):
        rows = engine.columns(table, some)
        found |= {name for name in some if any_loose_ends(rows.column(name))}
    return found


def _words(raw: Any, column: Column, *, is_loose: bool) -> Any:
    words = as_words(raw) if is_loose or not raw.type().is_string() else raw
    if column.missing_codes:
        words = words.isin(list(column.missing_codes)).ifelse(None, words)
    return words.cases(*column.labels.items(), else_=words) if column.labels else words


def _system(table: Any, plans: dict[str, TypedColumn], codebook: Codebook) -> dict[str, Any]:
    ibis = import_ibis()
    time = codebook.first(Role.TIME)
    answered_on = ibis.null("date")
    if time is not None and time.name in plans:
        answered_on = plans[time.name].expr.date()
    return {
        ROW_COLUMN: table[ROW_COLUMN],
        SOURCE_COLUMN: table[SOURCE_COLUMN],
        FLAGS_COLUMN: ibis.literal(0, "int64"),
        ANSWERED_ON_COLUMN: answered_on,
    }


def _exprs(plans: dict[str, TypedColumn]) -> dict[str, Any]:
    return {name: plan.expr for name, plan in plans.items() if name not in SYSTEM_COLUMNS}


def _marks(plans: dict[str, TypedColumn]) -> dict[str, Any]:
    outside = [p.outside for p in plans.values() if p.outside is not None]
    missing = [p.missing for p in plans.values() if p.missing is not None]
    kinds = {OUT_OF_SCALE_MARK: outside, MISSING_CODE_MARK: missing}
    return {name: any_of(rows).fill_null(False) for name, rows in kinds.items() if rows}  # noqa: FBT003


def _facts(
    engine: Engine, table: Any, plans: dict[str, TypedColumn]
) -> tuple[int, dict[str, ColumnFacts]]:
    asked = {
        f"{kind}_{i}": condition.sum()
        for i, plan in enumerate(plans.values())
        for kind in ("outside", "missing", "unread")
        if (condition := getattr(plan, kind)) is not None
    }
    counts = engine.run(table.agg(n_rows=table.count(), **asked)).to_pylist()[0]
    facts: dict[str, ColumnFacts] = {}
    for i, (name, plan) in enumerate(plans.items()):
        n_outside, n_missing, n_unread = (
            int(counts.get(f"{kind}_{i}") or 0) for kind in ("outside", "missing", "unread")
        )
        if n_outside or n_missing or n_unread or plan.note:
            wants_examples = (n_outside or n_unread) and len(facts) < _EXAMPLED_COLUMNS
            examples = _examples(engine, table, name, plan) if wants_examples else ()
            facts[name] = ColumnFacts(name, n_missing, n_outside, n_unread, examples, plan.note)
    return int(counts["n_rows"]), facts


def _examples(
    engine: Engine, table: Any, name: str, plan: TypedColumn
) -> tuple[tuple[int, str], ...]:
    strange = any_of([c for c in (plan.outside, plan.unread) if c is not None])
    rows = table.filter(strange).select(row=table[ROW_COLUMN], value=raw_words(table[name]))
    found = engine.run(rows.limit(N_EXAMPLES)).to_pylist()
    return tuple((int(row["row"]), row["value"]) for row in found)
