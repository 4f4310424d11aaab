"""Tables: what their columns mean, and a writer that takes them in pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.core.text import EN, ZH, Text
from huiyin.sample.label import GENERATED_KEY, GENERATED_VALUE
from huiyin.sample.months import Ints

ROW_GROUP = 250_000
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, role in the codebook, and what a person reads.

    `scale` is (lowest code, highest code, direction); `events` are the values of an outcome that
    count as “it happened”; `separator` stands between the options of a multi-select; `steps` are
    the values of a column whose values follow each other, in that order.
    """

    name: str
    role: str
    label: Text | None = None
    scale: tuple[int, int, int] | None = None
    group: str | None = None
    separator: str | None = None
    events: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    def as_yaml(self) -> dict[str, Any]:
        """Give the column as the codebook file has it."""
        label = self.label or Text.same(self.name)
        plain: dict[str, Any] = {"name": self.name, "role": self.role}
        if self.scale:
            low, high, direction = self.scale
            plain["scale"] = {"min": low, "max": high, "direction": direction}
        plain["label"] = {ZH: label.say(ZH), EN: label.say(EN)}
        extra = {"group": self.group, "separator": self.separator, "events": list(self.events),
                 "labels": {step: step for step in self.steps}}  # fmt: skip
        return plain | {key: value for key, value in extra.items() if value}


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its name without ending, its title, its columns in order."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    is_survey: bool = False


class TableFile:
    """A Parquet file that grows piece by piece, as a draft until it is published."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self.n_rows = 0
        self._path = folder / f"{table.name}.parquet"
        self._draft = folder / f"{table.name}.parquet.part"
        self._pieces: list[Any] = []
        self._waiting = 0
        self._writer: Any = None

    def add(self, values: Values, order: Ints | None = None) -> None:
        """Take rows: one array per column; `order` picks and sorts them first."""
        import pyarrow as pa

        names = [field.name for field in self.table.fields]
        piece = pa.table([_arrow(values[name]) for name in names], names=names)
        if order is not None:
            piece = piece.take(order)
        self._pieces.append(piece)
        self._waiting += piece.num_rows
        self.n_rows += piece.num_rows
        if self._waiting >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._pieces:
            return
        rows = pa.concat_tables(self._pieces).unify_dictionaries()
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._draft, rows.schema, store_schema=False)
            self._writer.add_key_value_metadata({GENERATED_KEY: GENERATED_VALUE})
        self._writer.write_table(rows, row_group_size=ROW_GROUP)
        self._pieces, self._waiting = [], 0

    def finish(self) -> None:
        """Write what is left, still under the draft's name."""
        self._flush()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def publish(self) -> None:
        """Give the finished file its name."""
        self._draft.replace(self._path)

    def tidy(self) -> None:
        """Remove a draft that was not published."""
        if self._writer is not None:
            self._writer.close()
        self._draft.unlink(missing_ok=True)


def _arrow(values: Any) -> Any:
    import pyarrow as pa

    return values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)


def numbered(prefix: str, numbers: Ints, width: int = 9, missing: Any = None) -> Any:
    """Write numbers as ids: ``C000000012``; missing where `missing` says so."""
    import pyarrow as pa
    import pyarrow.compute as pc

    digits = pc.utf8_lpad(pc.cast(pa.array(numbers, mask=missing), pa.string()), width, "0")
    return joined(pa.scalar(prefix), digits)


def joined(*parts: Any, between: str = "") -> Any:
    """Join texts row by row; missing where one of them is."""
    import pyarrow.compute as pc

    join: Any = pc.binary_join_element_wise  # its types allow no scalar beside an array
    return join(*parts, between)


def taken(values: Sequence[str], positions: Ints, missing: NDArray[np.bool_] | None = None) -> Any:
    """Pick texts by position."""
    import pyarrow as pa

    return picked(pa.array(values, pa.string()), positions, missing)


def picked(values: Any, positions: Ints, missing: NDArray[np.bool_] | None = None) -> Any:
    """Pick elements of an array by position; missing where `missing` says so."""
    return values.take(_indices(positions, missing))


def _indices(positions: Ints, missing: NDArray[np.bool_] | None) -> Any:
    import pyarrow as pa

    return pa.array(positions.astype(np.int32), mask=missing)


def words(codes: Ints, values: Sequence[str], missing: NDArray[np.bool_] | None = None) -> Any:
    """Write positions as words."""
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(_indices(codes, missing), pa.array(values, pa.string()))


def yes_no(true: NDArray[np.bool_], missing: NDArray[np.bool_] | None = None) -> Any:
    """Write 是 and 否."""
    return words(true.astype(np.int64), ("否", "是"), missing)


def stamps(seconds: Ints, missing: NDArray[np.bool_] | None = None) -> Any:
    """Write local moments."""
    import pyarrow as pa

    return pa.array(seconds.astype("datetime64[s]"), mask=missing)


def days(seconds: Ints, missing: NDArray[np.bool_] | None = None) -> Any:
    """Write local dates."""
    import pyarrow as pa

    return pa.array(seconds.astype("datetime64[s]").astype("datetime64[D]"), mask=missing)


def numbers(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Any:
    """Write numbers, missing where `missing` says so."""
    import pyarrow as pa

    return pa.array(values, mask=missing)


def money(values: NDArray[np.float64], missing: NDArray[np.bool_] | None = None) -> Any:
    """Write amounts rounded to 0.01 as exact decimals."""
    import pyarrow as pa

    cents = pa.array(np.rint(values * 100) / 100, mask=missing)
    return cents.cast(pa.decimal128(18, 4))
