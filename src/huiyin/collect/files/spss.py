"""SPSS files, through pyreadstat: values, labels, missing codes and variable labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import ColumnHint, Role
from huiyin.collect.contracts import UnreadableFileError
from huiyin.collect.files.table import HEAD_ROWS, RawTable, StagePlan
from huiyin.collect.names import unique_names
from huiyin.core.text import Text
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN

_MAX_CODES = 50
"""A missing range is spelled out where it covers at most so many whole codes."""


@dataclass
class SpssTable(RawTable):
    """An SPSS data file."""

    frame: Any = None

    def stage(self, plan: StagePlan) -> int:
        """Stage with the file's own types; as text where it is read with other formats."""
        arrays = [_arrow(self.frame.iloc[:, i]) for i in range(self.frame.shape[1])]
        if plan.as_text:
            import pyarrow.compute as pc

            from huiyin.collect.files.staged import StagedWriter

            with StagedWriter(plan) as writer:
                writer.write([pc.cast(array, "string") for array in arrays])
            return writer.n_rows
        return self._stage_typed(plan, arrays)

    def _stage_typed(self, plan: StagePlan, arrays: list[Any]) -> int:
        import numpy as np
        import pyarrow as pa
        import pyarrow.parquet as pq

        n = len(self.frame)
        arrays = [*arrays, pa.array(np.arange(1, n + 1)), pa.array(np.full(n, plan.source, "i4"))]
        names = [*plan.columns, ROW_COLUMN, SOURCE_COLUMN]
        pq.write_table(pa.Table.from_arrays(arrays, names=names), plan.target)
        return n


def _arrow(series: Any) -> Any:
    """Turn a column to Arrow: whole numbers to BIGINT, so that codes read ``1``, not ``1.0``."""
    import numpy as np
    import pyarrow as pa

    if series.dtype.kind == "f":
        values = series.to_numpy()
        known = values[~np.isnan(values)]
        if len(known) and np.all(known == np.round(known)) and np.all(np.abs(known) < 2**53):
            return pa.array(values, from_pandas=True).cast(pa.int64())
        return pa.array(values, from_pandas=True)
    if series.dtype.kind in "mM":
        return pa.Array.from_pandas(series)
    cells = [None if cell is None or cell != cell or cell == "" else cell for cell in series]  # noqa: PLR0124 -- NaN is unlike itself
    kinds = {type(cell) for cell in cells if cell is not None}
    return pa.array(cells) if len(kinds) == 1 else pa.array([c and str(c) for c in cells], "string")


def open_spss(path: Path) -> list[SpssTable]:
    """Open an SPSS data file.

    Raises
    ------
    UnreadableFileError
        It is cut off or broken.
    """
    import pyreadstat

    try:
        frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError) as fault:
        raise UnreadableFileError(
            Text(
                "SPSS 文件“{path}”已损坏或不完整（{why}）。请重新保存。",
                "The SPSS file “{path}” is broken or cut off ({why}). Save it again.",
            ).format(path=path.name, why=str(fault).strip())
        ) from fault
    names = unique_names(meta.column_names)
    rows = frame.head(HEAD_ROWS).astype(object).itertuples(index=False)
    cells = [tuple(None if c != c else str(c) for c in row) for row in rows]  # noqa: PLR0124 -- NaN is unlike itself
    table = SpssTable(path, (tuple(meta.column_names), *cells), "spss", frame=frame)
    table.encoding = meta.file_encoding
    table.hints = _hints(names, meta)
    return [table]


def _hints(names: tuple[str, ...], meta: Any) -> dict[str, ColumnHint]:
    hints = {}
    for name, native in zip(names, meta.column_names, strict=True):
        labels = meta.variable_value_labels.get(native, {})
        hints[name] = ColumnHint(
            question=meta.column_names_to_labels.get(native) or None,
            labels={_code(value): str(label) for value, label in labels.items()},
            missing_codes=_missing_codes(meta.missing_ranges.get(native, ()), labels),
        )
    return hints | _several(dict(zip(meta.column_names, names, strict=True)), hints, meta)


def _several(
    names: Mapping[str, str], hints: Mapping[str, ColumnHint], meta: Any
) -> dict[str, ColumnHint]:
    """Group the variables of a multiple-response set of ticks."""
    grouped = {}
    for key, several in (meta.mr_sets or {}).items():
        if not several.get("is_dichotomy"):
            continue
        for native in several.get("variable_list", ()):
            name = names.get(native, native)
            grouped[name] = replace(
                hints[name],
                group=several.get("label") or key,
                option=hints[name].question or name,
                role=Role.CHOICE_SET,
                reason=Text("SPSS 里定义的多选题", "a multiple-response set defined in SPSS"),
            )
    return grouped


def _code(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _missing_codes(ranges: Any, labels: Mapping[Any, str]) -> tuple[str, ...]:
    codes: list[str] = []
    for span in ranges:
        low, high = (span["lo"], span["hi"]) if isinstance(span, dict) else (span, span)
        if low == high:
            codes.append(_code(low))
        elif isinstance(low, float) and isinstance(high, float):
            codes += _codes_between(low, high, labels)
    return tuple(dict.fromkeys(codes))


def _codes_between(low: float, high: float, labels: Mapping[Any, str]) -> list[str]:
    inside = [_code(v) for v in labels if isinstance(v, int | float) and low <= v <= high]
    if high - low <= _MAX_CODES:
        inside += [str(code) for code in range(round(low), round(high) + 1)]
    return inside
