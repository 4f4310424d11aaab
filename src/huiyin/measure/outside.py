"""Tables from outside: known margins of the population, and benchmarks to compare with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from huiyin.core.text import Text
from huiyin.core.text_files import shown_name
from huiyin.measure.contracts import Benchmark, Margin, QueryError
from huiyin.measure.table_files import read_rows

SHARE_NAMES = ("share", "total", "count", "占比", "人数")


def read_number(word: Any, where: str | Text) -> float:
    """Read a number; a per cent sign divides by 100.

    Raises
    ------
    QueryError
        It is no finite number; `where` says which option or file it stood in.
    """
    try:
        number = float(str(word).strip().rstrip("%"))
    except ValueError as error:
        raise _no_number(word, where) from error
    if not math.isfinite(number):
        raise _no_number(word, where)
    return number / 100 if str(word).strip().endswith("%") else number


def _no_number(word: Any, where: str | Text) -> QueryError:
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
    rows = read_rows(Path(path))
    margins: dict[str, dict[str, float]] = {}
    if isinstance(rows, Mapping):
        margins = {
            column: {value: _share(share, path) for value, share in _shares_of(rows, column, path)}
            for column in rows
        }
    else:
        for row in _as_rows(rows, path, "column, value, share"):
            column, value = (
                _field(row, path, "column", "variable", "列"),
                _field(row, path, "value", "level", "值", "取值"),
            )
            shares = margins.setdefault(column, {})
            if value in shares:
                raise _twice(path, column, value)
            shares[value] = _share(_field(row, path, *SHARE_NAMES), path)
    if not any(margins.values()):
        raise QueryError(
            Text("“{f}”里没有总体构成，需要三列：column,value,share",
                 "“{f}” holds no margins; it needs column,value,share")
            .format(f=shown_name(Path(path)))
        )  # fmt: skip
    return given_margins(margins, path)


def _shares_of(rows: Mapping[str, Any], column: str, path: str | Path) -> Iterable[tuple[str, Any]]:
    shares = rows[column]
    if not isinstance(shares, Mapping):
        raise QueryError(
            Text("“{f}”里“{c}”下面应逐行写“取值: 占比”",
                 "“{f}”: write lines `value: share` under “{c}”")
            .format(f=shown_name(Path(path)), c=column)
        )  # fmt: skip
    return shares.items()


def _as_rows(rows: Any, path: str | Path, names: str) -> Sequence[Mapping[str, Any]]:
    if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
        return rows
    raise QueryError(
        Text("“{f}”应是列表，每项有 {n}", "“{f}” must be a list, each item with {n}")
        .format(f=shown_name(Path(path)), n=names)
    )  # fmt: skip


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
        .format(f=shown_name(Path(path)), c=column, n=total)
    )  # fmt: skip


def _twice(path: str | Path, column: str, value: str) -> QueryError:
    return QueryError(
        Text("“{f}”里“{c}={v}”出现了两次，请只留一次",
             "“{f}” names “{c}={v}” twice; keep one")
        .format(f=shown_name(Path(path)), c=column, v=value)
    )  # fmt: skip


def _share(word: Any, path: str | Path) -> float:
    number = read_number(word, shown_name(Path(path)))
    if number < 0:
        raise QueryError(
            Text("“{f}”里的占比不能为负：{n}", "A share in “{f}” is below 0: {n}").format(
                f=shown_name(Path(path)), n=number
            )
        )
    return number


def read_benchmarks(path: str | Path) -> tuple[Benchmark, ...]:
    """Read outside numbers: CSV, XLSX or YAML with metric (or aspect), value, year, source, n.

    Raises
    ------
    QueryError
        The file cannot be read, or a value is missing or no number.
    """
    rows = read_rows(Path(path))
    if isinstance(rows, Mapping):
        rows = rows.get("benchmarks") or []
    listed = _as_rows(rows, path, "metric, value")
    if not listed:
        raise QueryError(
            Text("“{f}”里没有基准。每行写一条：metric（或 aspect）、value，可加 year、source、n",
                 "“{f}” holds no benchmarks. Give one a line: metric (or aspect), value; year, "
                 "source and n if known").format(f=shown_name(Path(path)))
        )  # fmt: skip
    return tuple(_benchmark(row, path) for row in listed)


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
        value=read_number(_field(row, path, "value", "数值"), shown_name(Path(path))),
        year=str(row.get("year") or row.get("年份") or "").strip() or None,
        source=str(row.get("source") or row.get("来源") or "").strip() or None,
        n=_answers(n, path) if n else None,
        by={str(k): str(v) for k, v in row.items() if k and k not in known and v},
    )


def _answers(word: str, path: str | Path) -> int:
    number = read_number(word, shown_name(Path(path)))
    if number < 1:
        raise QueryError(
            Text("“{f}”里的样本量 n 应至少为 1：{n:g}。不知道就留空",
                 "“{f}”: n must be at least 1, not {n:g}; leave it empty where unknown")
            .format(f=shown_name(Path(path)), n=number)
        )  # fmt: skip
    return round(number)


def _field(row: Mapping[str, Any], path: str | Path, *names: str) -> str:
    for name in names:
        word = str(row.get(name) or "").strip()
        if word:
            return word
    raise _lacks(path, names[0])


def _lacks(path: str | Path, name: str) -> QueryError:
    return QueryError(
        Text(
            "“{f}”缺少“{n}”这一列或它的值", "“{f}” lacks the column “{n}” or a value in it"
        ).format(f=shown_name(Path(path)), n=name)
    )
