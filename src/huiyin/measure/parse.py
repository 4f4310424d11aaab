"""Words from a command line or a notebook → Query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huiyin.codebook.advice import option
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.spelling import as_known
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import (
    DEFAULT_LEVEL,
    WINDOW_MARK,
    Against,
    Compare,
    Filter,
    Grain,
    Query,
    QueryError,
    Weighting,
)
from huiyin.measure.metric import LevelPoints
from huiyin.measure.outside import given_margins, read_benchmarks, read_margins, read_number

OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "≠", "≤", "≥")
PLAIN_OPERATOR = {"≠": "!=", "≤": "<=", "≥": ">="}
ANY_OF = "|"
_NEED_MORE = {Against.GROUP, Against.BENCHMARK, Against.WINDOW}


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
    margins: str | Path | Mapping[str, Mapping[str, float]] | None = None,
    strata: str | None = None,
    cluster: str | None = None,
    index_weights: Sequence[str] | Mapping[str, float] = (),
    points: str | None = None,
    level: float = DEFAULT_LEVEL,
    include_flagged: bool | Sequence[str] = False,
    exclude_flagged: Sequence[str] = (),
    subtotals: bool = False,
    column_totals: bool = False,
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
        ``previous, year_ago, year_ago_lunar, same_weekdays, rest, benchmark, competitor``,
        ``competitor:COLUMN``, ``COLUMN=VALUE``, or days:
        ``2025-01-01..2025-01-31``, ``2025-01..2025-01``.
    benchmarks : path
        CSV or YAML file.
    margins : path, or mapping
        CSV or YAML file, or column → value → share.
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
        metrics=tuple(dict.fromkeys(_written(metric, names) for metric in metrics)),
        by=tuple(as_known(name, names) for name in by),
        where=tuple(parse_filter(words, names) for words in where),
        since=parse_day(since, last=False),
        until=parse_day(until, last=True),
        grain=_one_of(Grain, grain, option("grain")) if grain is not None else None,
        compare=_parse_compare(compare, benchmarks, names),
        weighting=_parse_weighting(weight and as_known(weight, names), margins),
        strata=strata and as_known(strata, names),
        cluster=cluster and as_known(cluster, names),
        level=float(level),
        include_flagged=include_flagged
        if isinstance(include_flagged, bool)
        else tuple(include_flagged),
        exclude_flagged=tuple(exclude_flagged),
        index_weights=_parse_index_weights(index_weights, names),
        subtotals=subtotals,
        column_totals=column_totals,
        points=_one_of(LevelPoints, points, option("points")).value if points is not None else None,
    )


def _column_names(codebook: Codebook) -> tuple[str, ...]:
    names = dict.fromkeys(column.name for column in codebook)
    names |= dict.fromkeys(c.group for c in codebook if c.group)
    return tuple(names)


def _written(metric: str, names: tuple[str, ...]) -> str:
    """Write the column of ``ID:COLUMN`` or ``share:COLUMN=VALUE`` as the codebook does."""
    kind, colon, rest = metric.partition(":")
    if not colon:
        return metric
    whole = as_known(rest, names)
    if whole in names:
        return f"{kind}:{whole}"
    column, equals, value = rest.partition("=")
    return f"{kind}:{as_known(column, names)}{equals}{value}"


def _one_of(kind: Any, word: str, named: Text) -> Any:
    try:
        return kind(word.strip().lower())
    except ValueError as error:
        raise QueryError(
            Text("{o} 不认识“{w}”，可用：{k}", "{o} does not know “{w}”; use one of {k}").format(
                o=named, w=word, k=listed(member.value for member in kind)
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
    return _filter(as_known(words[:at].strip(), names), operator, words[at:])


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
    if benchmarks is not None and words not in {None, Against.BENCHMARK.value}:
        raise QueryError(
            Text("给了基准表，却要和“{w}”比：两者只能选一个",
                 "A table of benchmarks is given, but “{w}” is to be compared with: choose one")
            .format(w=words)
        )  # fmt: skip
    if words is None:
        return (
            Compare(Against.BENCHMARK, benchmarks=read_benchmarks(benchmarks))
            if benchmarks
            else None
        )
    if words == Against.BENCHMARK.value:
        if benchmarks is None:
            raise QueryError(
                Text("和基准比较要给基准表：{o} 文件",
                     "Comparing with benchmarks needs the table: {o} FILE")
                .format(o=option("benchmarks"))
            )  # fmt: skip
        return Compare(Against.BENCHMARK, benchmarks=read_benchmarks(benchmarks))
    rival = words.partition(f"{Against.COMPETITOR.value}:")
    if not rival[0] and rival[2]:
        return Compare(Against.COMPETITOR, as_known(rival[2].strip(), names))
    if WINDOW_MARK in words and "=" not in words:
        return _parse_window(words)
    if words in {one.value for one in Against if one not in _NEED_MORE}:
        return Compare(Against(words))
    if "=" not in words:
        raise QueryError(
            Text("{o} 不认识“{w}”，可用 previous、year_ago、year_ago_lunar、same_weekdays、rest、"
                 "benchmark、competitor、起日..止日 或 列=值",
                 "{o} does not know “{w}”; use previous, year_ago, year_ago_lunar, "
                 "same_weekdays, rest, benchmark, competitor, FIRST..LAST or COLUMN=VALUE")
            .format(w=words, o=option("compare"))
        )  # fmt: skip
    group = parse_filter(words, names)
    if group.operator != "=" or len(group.values) != 1:
        raise QueryError(Text("对比的组请写成 列=值", "Name the group as COLUMN=VALUE"))
    return Compare(Against.GROUP, group.column, group.values[0])


def _parse_window(words: str) -> Compare:
    first, _, last = words.partition(WINDOW_MARK)
    since, until = parse_day(first, last=False), parse_day(last, last=True)
    if since and until and until < since:
        raise QueryError(Text("截止日早于起始日", "The last day lies before the first"))
    return Compare(Against.WINDOW, since=since, until=until)


def _parse_weighting(
    weight: str | None, margins: str | Path | Mapping[str, Mapping[str, float]] | None
) -> Weighting | None:
    if weight is None and margins is None:
        return None
    if isinstance(margins, Mapping):
        return Weighting(weight, given_margins(margins))
    return Weighting(weight, read_margins(margins) if margins is not None else ())


def _parse_index_weights(
    words: Sequence[str] | Mapping[str, float], names: tuple[str, ...]
) -> Mapping[str, float]:
    if isinstance(words, Mapping):
        return dict(words)
    weights = {}
    for word in words:
        part = parse_filter(word, names)
        weights[part.column] = read_number(part.values[0], option("index-weight"))
    return weights
