"""Words from a command line or a notebook → Query."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import (
    DEFAULT_LEVEL,
    Against,
    Benchmark,
    Compare,
    Filter,
    Grain,
    Margin,
    Query,
    QueryError,
    Weighting,
)
from huiyin.measure.metric import LevelPoints

OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "≠", "≤", "≥")
PLAIN_OPERATOR = {"≠": "!=", "≤": "<=", "≥": ">="}
ANY_OF = "|"
SHARE_NAMES = ("share", "total", "count", "占比", "人数")


def parse_query(  # noqa: PLR0913 -- one argument per option of the command
    codebook: Codebook,
    metrics: Sequence[str],
    *,
    by: Sequence[str] = (),
    where: Sequence[str] = (),
    since: str | date | None = None,
    until: str | date | None = None,
    grain: str | None = None,
    compare: str | None = None,
    benchmarks: str | Path | None = None,
    weight: str | None = None,
    margins: str | Path | None = None,
    strata: str | None = None,
    cluster: str | None = None,
    index_weights: Sequence[str] | Mapping[str, float] = (),
    points: str | None = None,
    level: float = DEFAULT_LEVEL,
    include_flagged: bool | Sequence[str] = False,
    subtotals: bool = False,
) -> Query:
    """Read the words of a question.

    Parameters
    ----------
    codebook : Codebook
        Tells where a column's name ends in ``where``.
    metrics : sequence of str
        ``nps``, ``satisfied:服务``, ``share:渠道=门店``…
    by : sequence of str
    where : sequence of str
        ``地区=华东``, ``分数>=8``, ``渠道=门店|官网`` (any of).
    since, until : str or date
        ``2025-03-01``; ``2025-03`` is its first, for `until` its last day.
    grain : str
        ``day, week, month, quarter, year``.
    compare : str
        ``previous, year_ago, rest, benchmark`` or ``COLUMN=VALUE``.
    benchmarks, margins : path
        CSV or YAML files.
    index_weights : sequence of ``COLUMN=NUMBER``, or mapping

    Returns
    -------
    Query

    Raises
    ------
    QueryError
        A word cannot be understood.
    """
    names = _column_names(codebook)
    return Query(
        metrics=tuple(metrics),
        by=tuple(by),
        where=tuple(parse_filter(words, names) for words in where),
        since=parse_day(since, last=False),
        until=parse_day(until, last=True),
        grain=_one_of(Grain, grain, "--grain") if grain else None,
        compare=_parse_compare(compare, benchmarks, names),
        weighting=_parse_weighting(weight, margins),
        strata=strata,
        cluster=cluster,
        level=float(level),
        include_flagged=include_flagged
        if isinstance(include_flagged, bool)
        else tuple(include_flagged),
        index_weights=_parse_index_weights(index_weights, names),
        subtotals=subtotals,
        points=_one_of(LevelPoints, points, "--points").value if points else "linear",
    )


def _column_names(codebook: Codebook) -> tuple[str, ...]:
    names = dict.fromkeys(column.name for column in codebook)
    names |= dict.fromkeys(c.group for c in codebook if c.group)
    return tuple(names)


def _one_of(kind: Any, word: str, option: str) -> Any:
    try:
        return kind(word.strip().lower())
    except ValueError as error:
        raise QueryError(
            Text("{o} 不认识“{w}”，可用：{k}", "{o} does not know “{w}”; use one of {k}").format(
                o=option, w=word, k="、".join(member.value for member in kind)
            )
        ) from error


def parse_filter(words: str, names: Iterable[str]) -> Filter:
    """Read ``COLUMN OPERATOR VALUE[|VALUE…]``; the longest column name that fits wins.

    Raises
    ------
    QueryError
        There is no operator in it.
    """
    for name in sorted(names, key=len, reverse=True):
        rest = words.removeprefix(name).lstrip()
        operator = next((o for o in OPERATORS if rest.startswith(o)), None)
        if words.startswith(name) and operator:
            return _filter(name, operator, rest)
    places = [(words.find(o), -len(o), o) for o in OPERATORS if o in words]
    if not places:
        raise QueryError(
            Text("看不懂条件“{w}”，请写成 列=值 或 列>=数",
                 "Cannot read the condition “{w}”; write COLUMN=VALUE or COLUMN>=NUMBER")
            .format(w=words)
        )  # fmt: skip
    at, _, operator = min(places)
    return _filter(words[:at].strip(), operator, words[at:])


def _filter(name: str, operator: str, rest: str) -> Filter:
    values = tuple(v.strip() for v in rest.removeprefix(operator).split(ANY_OF))
    if not all(values):
        raise QueryError(
            Text("条件“{c}”缺少值", "The condition on “{c}” lacks a value").format(c=name)
        )
    return Filter(name, PLAIN_OPERATOR.get(operator, operator), values)


def parse_day(words: str | date | None, *, last: bool) -> date | None:
    """Read a day; a month or a year alone stands for its first, or its last, day.

    Raises
    ------
    QueryError
        It is not a date.
    """
    if words is None or isinstance(words, date):
        return words.date() if isinstance(words, datetime) else words
    text = words.strip().replace("/", "-").replace(".", "-")
    try:
        parts = [int(part) for part in text.split("T")[0].split(" ")[0].split("-")]
        return _day_of(parts, last=last)
    except ValueError as error:
        raise QueryError(
            Text("“{w}”不是日期，请写成 2025-03-01", "“{w}” is no date; write 2025-03-01").format(
                w=words
            )
        ) from error


def _day_of(parts: list[int], *, last: bool) -> date:
    from calendar import monthrange

    if len(parts) not in {1, 2, 3}:
        raise ValueError(parts)
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) > 2:  # noqa: PLR2004 -- year, month, day
        return date(year, month, parts[2])
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _parse_compare(
    words: str | None, benchmarks: str | Path | None, names: tuple[str, ...]
) -> Compare | None:
    if words is None:
        return (
            Compare(Against.BENCHMARK, benchmarks=read_benchmarks(benchmarks))
            if benchmarks
            else None
        )
    if words == Against.BENCHMARK.value:
        if benchmarks is None:
            raise QueryError(
                Text("和基准比较要给基准表：--benchmarks 文件",
                     "Comparing with benchmarks needs the table: --benchmarks FILE")
            )  # fmt: skip
        return Compare(Against.BENCHMARK, benchmarks=read_benchmarks(benchmarks))
    if words in {Against.PREVIOUS.value, Against.YEAR_AGO.value, Against.REST.value}:
        return Compare(Against(words))
    if "=" not in words:
        raise QueryError(
            Text("--compare 不认识“{w}”，可用 previous、year_ago、rest、benchmark 或 列=值",
                 "--compare does not know “{w}”; use previous, year_ago, rest, benchmark "
                 "or COLUMN=VALUE")
            .format(w=words)
        )  # fmt: skip
    group = parse_filter(words, names)
    if group.operator != "=" or len(group.values) != 1:
        raise QueryError(Text("对比的组请写成 列=值", "Name the group as COLUMN=VALUE"))
    return Compare(Against.GROUP, group.column, group.values[0])


def _parse_weighting(weight: str | None, margins: str | Path | None) -> Weighting | None:
    if weight is None and margins is None:
        return None
    return Weighting(weight, read_margins(margins) if margins is not None else ())


def _parse_index_weights(
    words: Sequence[str] | Mapping[str, float], names: tuple[str, ...]
) -> Mapping[str, float]:
    if isinstance(words, Mapping):
        return dict(words)
    weights = {}
    for word in words:
        part = parse_filter(word, names)
        weights[part.column] = _number(part.values[0], "--index-weight")
    return weights


def _number(word: Any, where: str) -> float:
    try:
        number = float(str(word).strip().rstrip("%"))
    except ValueError as error:
        raise _no_number(word, where) from error
    if not math.isfinite(number):
        raise _no_number(word, where)
    return number / 100 if str(word).strip().endswith("%") else number


def _no_number(word: Any, where: str) -> QueryError:
    return QueryError(
        Text("{where}：“{w}”不是数", "{where}: “{w}” is no number").format(where=where, w=word)
    )


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
    for column, shares in margins.items():
        _check_sum(path, column, sum(shares.values()), max(shares.values(), default=0.0))
    return tuple(Margin(column, shares) for column, shares in margins.items())


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
    number = _number(word, Path(path).name)
    if number < 0:
        raise QueryError(
            Text("“{f}”里的占比不能为负：{n}", "A share in “{f}” is below 0: {n}").format(
                f=Path(path).name, n=number
            )
        )
    return number


def read_benchmarks(path: str | Path) -> tuple[Benchmark, ...]:
    """Read outside numbers: CSV or YAML list with metric (or aspect), value, year, source, n.

    Raises
    ------
    QueryError
        The file cannot be read, or a value is missing or no number.
    """
    rows = _read_rows(Path(path))
    if isinstance(rows, Mapping):
        rows = rows.get("benchmarks", [])
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
        value=_number(_field(row, path, "value", "数值"), Path(path).name),
        year=str(row.get("year") or row.get("年份") or "").strip() or None,
        source=str(row.get("source") or row.get("来源") or "").strip() or None,
        n=_answers(n, path) if n else None,
        by={str(k): str(v) for k, v in row.items() if k and k not in known and v},
    )


def _answers(word: str, path: str | Path) -> int:
    number = _number(word, Path(path).name)
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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(
            Text("读不了“{f}”：请给 UTF-8 的 CSV 或 YAML 文件",
                 "Cannot read “{f}”: give a CSV or YAML file in UTF-8").format(f=path)
        ) from error  # fmt: skip
    if path.suffix.lower() not in {".yaml", ".yml", ".json"}:  # JSON is YAML too
        return list(csv.DictReader(text.splitlines()))
    import yaml

    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise QueryError(
            Text("“{f}”不是有效的 YAML", "“{f}” is not valid YAML").format(f=path.name)
        ) from error
