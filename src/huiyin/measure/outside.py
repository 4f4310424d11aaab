"""Tables from outside: known margins of the population, and benchmarks to compare with."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiyin.core.text import Text
from huiyin.measure.contracts import Benchmark, Margin, QueryError

SHARE_NAMES = ("share", "total", "count", "占比", "人数")


def read_number(word: Any, where: str) -> float:
    """Read a number; a per cent sign divides by 100.

    Raises
    ------
    QueryError
        It is no finite number; `where` says which option or file it stood in.
    """
    try:
        number = float(str(word).strip().rstrip("%"))
    except ValueError as error:
        raise _noread_number(word, where) from error
    if not math.isfinite(number):
        raise _noread_number(word, where)
    return number / 100 if str(word).strip().endswith("%") else number


def _noread_number(word: Any, where: str) -> QueryError:
    return QueryError(
        Text("{where}：“{w}”不是数", "{where}: “{w}” is no number").format(where=where, w=word)
    )


GIVEN = "margins"
ROUNDED = 0.02
"""What rounding may take from, or add to, shares that make a whole."""


def read_margins(path: str | Path) -> tuple[Margin, ...]:
    """Read known population shares or counts: CSV ``column,value,share`` or YAML by column.

    Raises
    ------
    QueryError
        The file cannot be read, or a share is missing, negative or no number.
    """
    rows = _read_rows(Path(path))
    margins: dict[str, dict[str, float]] = {}
    if isinstance(rows, Mapping):
        margins = {
            str(c): {str(v): _share(s, path) for v, s in shares.items()}
            for c, shares in rows.items()
            if isinstance(shares, Mapping)
        }
    else:
        for row in rows:
            column, value = (
                _field(row, path, "column", "variable", "列"),
                _field(row, path, "value", "level", "值", "取值"),
            )
            shares = margins.setdefault(column, {})
            if value in shares:
                raise _twice(path, column, value)
            shares[value] = _share(_field(row, path, *SHARE_NAMES), path)
    if not margins:
        raise QueryError(
            Text("“{f}”里没有总体构成，需要三列：column,value,share",
                 "“{f}” holds no margins; it needs column,value,share").format(f=Path(path).name)
        )  # fmt: skip
    return given_margins(margins, path)


def given_margins(
    margins: Mapping[str, Mapping[str, float]], path: str | Path = GIVEN
) -> tuple[Margin, ...]:
    """Take known shares or counts by column and value; `path` names them in an error.

    Raises
    ------
    QueryError
        A share is below 0, or the shares of a column do not make a whole.
    """
    read = {c: {v: _share(n, path) for v, n in of.items()} for c, of in margins.items()}
    for column, shares in read.items():
        _check_sum(path, column, sum(shares.values()), max(shares.values(), default=0.0))
    return tuple(Margin(column, shares) for column, shares in read.items())


def _check_sum(path: str | Path, column: str, total: float, largest: float) -> None:
    """Refuse shares that do not make a whole; percentages and counts are larger than 1."""
    if largest > 1 or abs(total - 1) <= ROUNDED:
        return
    raise QueryError(
        Text("“{f}”里“{c}”的占比合计 {n:g}，应为 1",
             "“{f}”: the shares of “{c}” add up to {n:g}, not to 1")
        .format(f=Path(path).name, c=column, n=total)
    )  # fmt: skip


def _twice(path: str | Path, column: str, value: str) -> QueryError:
    return QueryError(
        Text("“{f}”里“{c}={v}”出现了两次，请只留一次",
             "“{f}” names “{c}={v}” twice; keep one").format(f=Path(path).name, c=column, v=value)
    )  # fmt: skip


def _share(word: Any, path: str | Path) -> float:
    number = read_number(word, Path(path).name)
    if number < 0:
        raise QueryError(
            Text("“{f}”里的占比不能为负：{n}", "A share in “{f}” is below 0: {n}").format(
                f=Path(path).name, n=number
            )
        )
    return number


def _cannot_read(path: Path) -> QueryError:
    if not path.exists():
        return QueryError(
            Text("没有文件“{f}”，请核对文件名和路径",
                 "There is no file “{f}”: check its name and folder").format(f=path)
        )  # fmt: skip
    return QueryError(
        Text("读不了“{f}”：请给 CSV、XLSX 或 YAML 文件",
             "Cannot read “{f}”: give a CSV, XLSX or YAML file").format(f=path.name)
    )  # fmt: skip


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # as Chinese Excel saves CSV
        return raw.decode("gb18030")


def _sheet_rows(path: Path) -> list[dict[str, str]]:
    """Read the first worksheet: names in its first row, whole numbers without a point."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_index(0).to_python()
    except (OSError, python_calamine.CalamineError) as error:
        raise _cannot_read(path) from error
    words = [[_cell_word(cell) for cell in row] for row in rows]
    if not words:
        return []
    return [dict(zip(words[0], row, strict=False)) for row in words[1:] if any(row)]


def _cell_word(cell: Any) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()


def read_benchmarks(path: str | Path) -> tuple[Benchmark, ...]:
    """Read outside numbers: CSV, XLSX or YAML with metric (or aspect), value, year, source, n.

    Raises
    ------
    QueryError
        The file cannot be read, or a value is missing or no number.
    """
    rows = _read_rows(Path(path))
    if isinstance(rows, Mapping):
        rows = rows.get("benchmarks", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise QueryError(
            Text("“{f}”应是基准的列表，每项有 metric、value",
                 "“{f}” must be a list of benchmarks, each with metric and value")
            .format(f=Path(path).name)
        )  # fmt: skip
    return tuple(_benchmark(row, path) for row in rows)


def _benchmark(row: Mapping[str, Any], path: str | Path) -> Benchmark:
    metric = str(row.get("metric") or row.get("指标") or "").strip()
    aspect = str(row.get("aspect") or row.get("维度") or "").strip()
    if not metric and not aspect:
        raise _lacks(path, "metric")
    n = str(row.get("n") or row.get("样本量") or "").strip()
    known = {
        "metric",
        "aspect",
        "value",
        "year",
        "source",
        "n",
        "指标",
        "维度",
        "数值",
        "年份",
        "来源",
        "样本量",
    }
    return Benchmark(
        metric=f"{metric or 'score'}:{aspect}" if aspect else metric,
        value=read_number(_field(row, path, "value", "数值"), Path(path).name),
        year=str(row.get("year") or row.get("年份") or "").strip() or None,
        source=str(row.get("source") or row.get("来源") or "").strip() or None,
        n=_answers(n, path) if n else None,
        by={str(k): str(v) for k, v in row.items() if k and k not in known and v},
    )


def _answers(word: str, path: str | Path) -> int:
    number = read_number(word, Path(path).name)
    if number < 1:
        raise QueryError(
            Text("“{f}”里的样本量 n 应至少为 1：{n:g}。不知道就留空",
                 "“{f}”: n must be at least 1, not {n:g}; leave it empty where unknown")
            .format(f=Path(path).name, n=number)
        )  # fmt: skip
    return round(number)


def _field(row: Mapping[str, Any], path: str | Path, *names: str) -> str:
    for name in names:
        if row.get(name) not in {None, ""}:
            return str(row[name]).strip()
    raise _lacks(path, names[0])


def _lacks(path: str | Path, name: str) -> QueryError:
    return QueryError(
        Text(
            "“{f}”缺少“{n}”这一列或它的值", "“{f}” lacks the column “{n}” or a value in it"
        ).format(f=Path(path).name, n=name)
    )


def _read_rows(path: Path) -> Any:
    if path.suffix.lower() in {".xlsx", ".xls"}:
        return _sheet_rows(path)
    try:
        text = _decoded(path.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise _cannot_read(path) from error
    if path.suffix.lower() not in {".yaml", ".yml", ".json"}:  # JSON is YAML too
        return list(csv.DictReader(text.splitlines()))
    import yaml

    try:
        return yaml.safe_load(text) or {}
    except (yaml.YAMLError, RecursionError) as error:
        raise QueryError(
            Text("“{f}”不是有效的 YAML", "“{f}” is not valid YAML").format(f=path.name)
        ) from error
