"""What can be known of each column before anyone says what it means.

Figures come from a bounded sample of rows, spread evenly over the files and the same on each
run: what a column *is* shows in fifty thousand rows. A column that is empty in the sample but
not in the file is looked at again where it has values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import ColumnProfile
from huiyin.codebook.dates import is_date
from huiyin.codebook.numerals import (
    Comma,
)
from huiyin.collect.column_numbers import as_numbers, numbers_in
from huiyin.collect.contracts import Staged
from huiyin.collect.mixed_dates import fits_both_orders, is_serial_date, ways_of_dates
from huiyin.engine.arrays import (
    number_array,
    text_array,
    whole_numbers_of,
    without_blanks,
)
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine

SAMPLE_ROWS = 50_000
"""Rows looked at, at most."""
SAMPLE_CELLS = 8_000_000
"""Cells looked at, at most: wide files are looked at in fewer rows."""
LEAST_ROWS = 1_000
"""Rows looked at however wide the file is."""
MOST_ROW_GROUPS = 12
"""Row groups decoded per file, so that a very long file costs no more than a long one."""
COLUMNS_AT_ONCE = 500
"""Columns decoded together."""
RESCUED_ROWS = 2_000
"""Rows fetched for columns that the sample shows empty."""
TOP_VALUES = 200
_PLAIN_BYTES = 4
"""What a text takes in a file at least where it is written out: its length."""
_DATES_TRIED = 100
_LEAST_WRITTEN = 0.2
"""Share of dates in writing from which the five-digit numbers beside them are dates too."""


def profile_columns(staged: Staged, engine: Engine) -> tuple[ColumnProfile, ...]:
    """Look at every column of a staged file.

    Parameters
    ----------
    staged : Staged
        A file as it was read.
    engine : Engine
        Runs the second look at columns that the sample shows empty.

    Returns
    -------
    tuple of ColumnProfile
        One per column of `staged`, in file order. `n` is the number of rows looked at.

    Raises
    ------
    EngineError
        The engine gave up on the second look.
    """
    names = [c for c in staged.columns if c not in {ROW_COLUMN, SOURCE_COLUMN}]
    rows = min(SAMPLE_ROWS, max(LEAST_ROWS, SAMPLE_CELLS // max(1, len(names))))
    profiles = _profiles(staged, names, rows)
    profiles |= _with_commas(profiles, staged, rows)
    if staged.n_rows > rows:
        profiles |= _look_again(profiles, staged, engine)
    return tuple(_with_order(profiles[name], staged, engine) for name in names)


def _profiles(
    staged: Staged, names: Sequence[str], rows: int, comma: Comma | None = None
) -> dict[str, ColumnProfile]:
    found: dict[str, ColumnProfile] = {}
    for start in range(0, len(names), COLUMNS_AT_ONCE):
        batch = list(names[start : start + COLUMNS_AT_ONCE])
        table = _sample(staged.files, batch, rows)
        found |= {name: _profile(name, table.column(name), staged, comma) for name in batch}
    return found


def _with_commas(
    profiles: dict[str, ColumnProfile], staged: Staged, rows: int
) -> dict[str, ColumnProfile]:
    """Read commas that fit two ways by what the other columns of the file show.

    Where some column surely has decimal commas, all that may have them do; what may be thousands
    as well stays in doubt. Where none has, thousands are thousands.
    """
    kinds = {profile.comma for profile in profiles.values()}
    if Comma.DECIMAL in kinds:
        lists = [name for name, profile in profiles.items() if profile.comma is Comma.LIST]
        return _profiles(staged, lists, rows, Comma.DECIMAL) if lists else {}
    groups = (p for p in profiles.values() if p.comma is Comma.GROUP)
    return {profile.name: replace(profile, comma=Comma.NONE) for profile in groups}


def _with_order(profile: ColumnProfile, staged: Staged, engine: Engine) -> ColumnProfile:
    """Find which of two numbers is read as the day, where no value of the column tells."""
    if not profile.date_share or not fits_both_orders(profile.sample):
        return profile
    from huiyin.engine.times import find_form

    table = engine.read_parquet(staged.files)
    form = find_form(engine, table, profile.name, _ANY_ZONE)
    return replace(profile, day_first=form.day_first) if form.is_undecided else profile


_ANY_ZONE = "UTC"
"""The order of day and month is the same in all."""


def _sample(files: Sequence[Path], names: list[str], rows: int) -> Any:
    import pyarrow as pa

    readers = [_reader(file, names) for file in files]
    try:
        total = sum(reader.metadata.num_rows for reader in readers)
        pieces = [p for reader in readers for p in _pieces(reader, names, rows, total)]
    finally:
        for reader in readers:
            reader.close()
    if not pieces:
        return pa.Table.from_arrays([text_array(())] * len(names), names=names)
    return pa.concat_tables(pieces, promote_options="permissive")


def _reader(file: Path, names: Sequence[str]) -> Any:
    """Open a file so that columns kept as a dictionary and places in it are read as such."""
    import pyarrow.parquet as pq

    notes = pq.read_metadata(file)
    wanted, repeating = set(names), []
    for group in map(notes.row_group, range(min(1, notes.num_row_groups))):
        for column in map(group.column, range(group.num_columns)):
            is_dictionary = (
                column.has_dictionary_page
                and column.physical_type == "BYTE_ARRAY"
                and column.total_uncompressed_size < _PLAIN_BYTES * column.num_values
            )
            repeating += [column.path_in_schema] if is_dictionary else []
    listed = [name for name in repeating if name in wanted]
    return pq.ParquetFile(file, memory_map=True, read_dictionary=listed)


def _decoded(batch: Any) -> Any:
    import pyarrow as pa
    import pyarrow.types as pt

    columns = [c.dictionary_decode() if pt.is_dictionary(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _pieces(reader: Any, names: list[str], rows: int, total: int) -> list[Any]:
    """Take this file's share of the sample, batch by batch, a row of every so many."""
    import numpy as np
    import pyarrow as pa

    n_rows = reader.metadata.num_rows
    groups = _spread(reader.metadata.num_row_groups, MOST_ROW_GROUPS)
    held = sum(reader.metadata.row_group(g).num_rows for g in groups)
    wanted = min(held, max(1, round(rows * n_rows / max(1, total)))) if n_rows else 0
    if not wanted:
        return []
    chosen = np.arange(wanted, dtype=np.int64) * held // wanted  # np.unique would load numpy.ma
    held_names = set(reader.schema_arrow.names)
    present = [name for name in names if name in held_names]
    pieces, start = [], 0
    for batch in reader.iter_batches(65_536, row_groups=groups, columns=present):
        here = chosen[(chosen >= start) & (chosen < start + batch.num_rows)] - start
        taken = _decoded(batch if len(here) == batch.num_rows else batch.take(number_array(here)))
        pieces.append(pa.Table.from_batches([taken]))  # pa.table would load pandas
        start += batch.num_rows
    return pieces


def _spread_values(filled: Any, most: int) -> list[str]:
    import numpy as np

    places = np.array(_spread(len(filled), most), np.int64)
    values: list[str] = filled.take(number_array(places)).to_pylist()
    return values


def _spread(n: int, most: int) -> list[int]:
    """Choose at most `most` of ``range(n)``, spread evenly, ends included."""
    if n <= most:
        return list(range(n))
    return sorted({round(i * (n - 1) / (most - 1)) for i in range(most)})


def _look_again(
    profiles: dict[str, ColumnProfile], staged: Staged, engine: Engine
) -> dict[str, ColumnProfile]:
    """Profile the columns that have values outside the sample only."""
    from huiyin.engine.columns import any_of

    empty = [name for name, p in profiles.items() if p.n_missing == p.n]
    if not empty:
        return {}
    table = engine.read_parquet(staged.files)
    filled = any_of([table[name].notnull() for name in empty])
    found = engine.run(table.filter(filled).select(empty).limit(RESCUED_ROWS))
    if not found.num_rows:
        return {}
    return {name: _profile(name, found.column(name), staged) for name in empty}


def _profile(name: str, values: Any, staged: Staged, comma: Comma | None = None) -> ColumnProfile:
    import pyarrow.compute as pc

    native = _native_type(values.type)
    filled = _as_text(values, native)
    counts = filled.value_counts()
    distinct = counts.field("values")
    order = pc.sort_indices(counts.field("counts"), sort_keys=[("", "descending")])[:TOP_VALUES]
    top = tuple(
        (str(v), int(n))
        for v, n in zip(
            distinct.take(order).to_pylist(),
            counts.field("counts").take(order).to_pylist(),
            strict=True,
        )
    )
    sample = tuple(_spread_values(filled, TOP_VALUES))
    rows = whole_numbers_of(counts.field("counts"))
    written, comma = as_numbers(distinct, sample, comma)
    numbers = numbers_in(written, rows)
    lengths = whole_numbers_of(pc.utf8_length(distinct))
    return ColumnProfile(
        name=name,
        native_type=native,
        n=len(values),
        n_missing=len(values) - len(filled),
        n_distinct=len(distinct),
        top=top,
        sample=sample,
        numeric_share=numbers.share,
        integer_share=numbers.whole_share,
        date_share=1.0 if native in {"date", "timestamp"} else _date_share(sample),
        minimum=numbers.minimum,
        maximum=numbers.maximum,
        mean_length=float(lengths @ rows / len(filled)) if len(filled) else 0.0,
        max_length=int(lengths.max(initial=0)),
        monotone=numbers.monotone,
        hint=staged.hints.get(name),
        comma=comma,
    )


def _native_type(kind: Any) -> str:
    import pyarrow.types as pt

    tests = (
        (pt.is_boolean, "boolean"), (pt.is_integer, "integer"), (pt.is_floating, "number"),
        (pt.is_decimal, "number"), (pt.is_date, "date"), (pt.is_timestamp, "timestamp"),
    )  # fmt: skip
    return next((word for test, word in tests if test(kind)), "text")


def _as_text(values: Any, native: str) -> Any:
    """Spell every value that is there as text; whole floats lose their ``.0``."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as pt

    whole = values.combine_chunks() if hasattr(values, "combine_chunks") else values
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    if pt.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    if pt.is_nested(whole.type):
        return text_array(str(v) for v in whole.to_pylist() if v is not None)
    texts = pc.cast(whole, pa.string(), safe=False)
    if native == "number":
        texts = pc.replace_substring_regex(texts, r"\.0+$", "")
    return without_blanks(pc.utf8_trim_whitespace(texts)).drop_null()


def _date_share(sample: Sequence[str]) -> float:
    """Give the share that reads as dates, Excel's serial numbers too where dates stand beside."""
    tried = sample[:: max(1, len(sample) // _DATES_TRIED)]
    n_dates = sum(map(is_date, tried))
    if n_dates >= _LEAST_WRITTEN * len(tried) and len(ways_of_dates(tried)) > 1:
        n_dates = sum(is_date(value) or is_serial_date(value) for value in tried)
    return n_dates / len(tried) if tried else 0.0
