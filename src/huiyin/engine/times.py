"""Moments in the many forms files have them, as local wall-clock time of the dataset's zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin.codebook.numerals import HALF_SIGNS, WIDE_SIGNS, half_width
from huiyin.core.text import Text
from huiyin.engine.columns import TypedColumn, as_words
from huiyin.engine.duck import Engine
from huiyin.engine.functions import in_zone, parsed_time
from huiyin.engine.startup import import_ibis

PLAUSIBLE = ("1900-01-01", "2200-12-31")
"""Moments outside are misread: DuckDB takes ``01/05/24`` for the year 1."""
SAMPLE_ROWS = 2000
ROUNDS = 4
"""Times that unread values are looked at for further formats."""

_CLOCK = r"(?P<clock>(?P<sep>[ T]*)(?P<half>[ap]m)?(?P<hm>\d{1,2}:\d{2})(?P<s>:\d{2})?(?P<frac>\.\d+)?(?P<pm> ?[ap]m)?)?"  # noqa: E501
_DATES = (
    (re.compile(r"\d{4}(?P<a>[-/.])\d{1,2}(?P=a)\d{1,2}" + _CLOCK), "%Y{a}%m{a}%d"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日" + _CLOCK), "%Y年%m月%d日"),
    (re.compile(r"\d{4}年\d{1,2}月"), "%Y年%m月"),
    (re.compile(r"\d{4}(?P<a>[-/])\d{1,2}"), "%Y{a}%m"),
    (re.compile(r"\d{1,2}(?P<a>[-/])\d{4}"), "%m{a}%Y"),
    (re.compile(r"\d{1,2}(?P<a>[-/.])\d{1,2}(?P=a)\d{4}" + _CLOCK), "{first}{a}{second}{a}%Y"),
    (re.compile(r"\d{1,2}(?P<a>[-/.])\d{1,2}(?P=a)\d{2}" + _CLOCK), "{first}{a}{second}{a}%y"),
    (re.compile(r"\d{1,2}(?P<a>[- ])[a-z]{3}(?P=a)\d{4}" + _CLOCK), "%d{a}%b{a}%Y"),
    (re.compile(r"\d{1,2}(?P<a>[- ])[a-z]{3}(?P=a)\d{2}" + _CLOCK), "%d{a}%b{a}%y"),
    (re.compile(r"\d{1,2}(?P<a>[- ])[a-z]{4,}(?P=a)\d{4}" + _CLOCK), "%d{a}%B{a}%Y"),
    (re.compile(r"[a-z]{3} \d{1,2}(?P<a>,?) \d{4}" + _CLOCK), "%b %d{a} %Y"),
    (re.compile(r"[a-z]{4,} \d{1,2}(?P<a>,?) \d{4}" + _CLOCK), "%B %d{a} %Y"),
    (re.compile(r"[a-z]{3}(?P<a>[- ])\d{4}"), "%b{a}%Y"),
    (re.compile(r"[a-z]{4,}(?P<a>[- ])\d{4}"), "%B{a}%Y"),
    (re.compile(r"[a-z]{3}(?P<a>[- ])\d{2}"), "%b{a}%y"),
)
_EITHER = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)")
_OFFSET = r"(?i)\d(z| ?[+-]\d{2}:?\d{2})$"
_REWORDED = (
    (r"\s+", " "),
    (r"(?:上午|凌晨|早上|下午|晚上|中午) ?((?:1[3-9]|2[0-3])[:时点])", r" \1"),
    (r"上午|凌晨|早上", " am"),
    (r"下午|晚上|中午", " pm"),
    (r"(\d)[时点](\d{1,2})(分(\d{1,2})秒?)", r"\1:\2:\4"),
    (r"(\d)[时点](\d{1,2})分?$", r"\1:\2"),
    (r"号", "日"),
    (r"(?i) ?(gmt|utc|cst|[ecmp][sd]t|cet|cest|bst)([+-]\d{1,2}(:\d{2})?)?$", ""),
    (r"(?i)^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", ""),
    (r"(?i)(\d)(st|nd|rd|th)\b", r"\1"),
    (r"(?i)a\.m\.", "am"),
    (r"(?i)p\.m\.", "pm"),
    (r" +", " "),
)
"""Pattern and replacement, in order, before a format is looked for; the same in Python and SQL."""


@dataclass(frozen=True, slots=True)
class TimeForm:
    """How a column writes moments: formats found, and whether the day stands before the month."""

    formats: tuple[str, ...] = ()
    day_first: bool = False
    both_orders_fit: bool = False
    is_undecided: bool = False
    """No value tells day from month; `day_first` is then the reading with the shorter span."""
    has_offsets: bool = False
    is_plain: bool = True
    is_wide: bool = False
    """Some digits are written in full width: ``２０２４``."""


def plan_time(column: Any, form: TimeForm, zone: str) -> TypedColumn:
    """Plan a typed moment.

    Parameters
    ----------
    column : ibis.Column
    form : TimeForm
        As found by `find_form`.
    zone : str
        Moments with a zone or offset, and epoch numbers, are shown in this zone.

    Returns
    -------
    TypedColumn
        TIMESTAMP, wall-clock time in `zone`.
    """
    kind = column.type()
    if kind.is_timestamp() and kind.timezone:
        return TypedColumn(in_zone(column.cast("timestamp('UTC')"), zone))
    if kind.is_date() or kind.is_timestamp():
        return TypedColumn(column.cast("timestamp"))
    words = as_words(column)
    moment = _read(column, form, zone)
    unread = None if form.is_plain else words.notnull() & moment.isnull()
    return TypedColumn(moment, unread=unread, note=_ORDER_NOTE if form.both_orders_fit else None)


_ORDER_NOTE = Text(
    "日期写成“3/4/2024”这样，月与日分不清：按月在前读取，请核对。",
    "Dates such as “3/4/2024” fit both orders: read with the month first; please check.",
)


def _read(column: Any, form: TimeForm, zone: str) -> Any:
    words = _half_width(as_words(column)) if form.is_wide else as_words(column)
    moment = _sane(column.try_cast("timestamp")) if column.type().is_string() else _no_moment()
    if form.has_offsets:
        moment = words.re_search(_OFFSET).ifelse(
            in_zone(words.try_cast("timestamp('UTC')"), zone), moment
        )
    if form.is_plain:
        return moment
    ways = [moment]
    if form.formats:
        ways.append(_sane(parsed_time(_reworded(words), form.formats)))
    return import_ibis().coalesce(*ways, *_numeric_moments(words, zone))


def _half_width(words: Any) -> Any:
    return words.translate(WIDE_SIGNS, HALF_SIGNS)


def _no_moment() -> Any:
    return import_ibis().null("timestamp")


def _sane(moment: Any) -> Any:
    earliest, latest = (import_ibis().timestamp(day) for day in PLAUSIBLE)
    return moment.between(earliest, latest).ifelse(moment, None)


def _reworded(words: Any) -> Any:
    for pattern, instead in _REWORDED:
        words = words.re_replace(pattern, instead)
    return words.strip()


def reworded(value: str) -> str:
    """Bring a written moment to the form that formats are looked for in."""
    for pattern, instead in _REWORDED:
        value = re.sub(pattern, instead, value)
    return value.strip()


def _numeric_moments(words: Any, zone: str) -> list[Any]:
    ibis = import_ibis()
    number = words.try_cast("float64")
    days = ((number - _EXCEL_1970) * 86400).round().cast("int64").as_timestamp("s")
    return [
        number.between(*_EXCEL_SERIALS).ifelse(days.cast("timestamp"), None),
        number.between(*_EPOCH_SECONDS).ifelse(_epoch(number, zone), None),
        number.between(*_EPOCH_MILLISECONDS).ifelse(_epoch(number / 1000, zone), None),
        words.re_search(r"^\d+$").ifelse(_sane(parsed_time(words, _DIGITS)), None),
        ibis.coalesce(*(_quarter(words, pattern, y, q) for pattern, y, q in _QUARTERS)),
    ]


_EXCEL_1970 = 25569
_EXCEL_SERIALS = (20_000, 80_000)
"""1954 to 2119, as days since 1899-12-30."""
_EPOCH_SECONDS = (300_000_000, 4_200_000_000)
"""1979 to 2103."""
_EPOCH_MILLISECONDS = (300_000_000_000, 4_200_000_000_000)
_DIGITS = ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%d", "%Y%m", "%Y")
_QUARTERS = (
    (r"(?i)^(\d{4})[-/ 年]?第?q?([1-4一二三四])(?:季度)?$", 1, 2),
    (r"(?i)^q([1-4])[-/ ]?(\d{4})$", 2, 1),
)


def _epoch(seconds: Any, zone: str) -> Any:
    return in_zone(seconds.round().cast("int64").as_timestamp("s").cast("timestamp('UTC')"), zone)


def _quarter(words: Any, pattern: str, year: int, quarter: int) -> Any:
    marked = words.re_search(r"(?i)q|季") & words.re_search(pattern)
    number = words.re_extract(pattern, quarter).translate("一二三四", "1234")
    month = (number.try_cast("int64") - 1) * 3 + 1
    day = words.re_extract(pattern, year) + "-" + month.cast("string") + "-1"
    return marked.ifelse(day.try_cast("timestamp"), None)


def find_form(engine: Engine, table: Any, name: str, zone: str) -> TimeForm:
    """Look at a column's values until every format in it is known.

    Parameters
    ----------
    engine : Engine
    table : ibis.Table
        The raw rows.
    name : str
    zone : str

    Returns
    -------
    TimeForm
    """
    column = table[name]
    if column.type().is_temporal():
        return TimeForm()
    first = _some_words(engine, table, name, None)
    form = TimeForm(has_offsets=any(re.search(_OFFSET, value) for value in first))
    for _ in range(ROUNDS):
        unread = _some_words(engine, table, name, _read(column, form, zone))
        if not unread:
            break
        found = _with_formats(form, unread)
        if found == form:
            break
        form = found
    return _with_order(engine, table, name, form)


def _some_words(engine: Engine, table: Any, name: str, moment: Any) -> list[str]:
    words = as_words(table[name])
    wanted = words.notnull() if moment is None else moment.isnull() & words.notnull()
    rows = engine.run(table.filter(wanted).select(words=words).limit(SAMPLE_ROWS))
    return list(dict.fromkeys(str(value) for value in rows.column(0).to_pylist()))


def _with_formats(form: TimeForm, values: Iterable[str]) -> TimeForm:
    first, second = ("%d", "%m") if form.day_first else ("%m", "%d")
    written = {value: half_width(value) for value in values}
    found = [f for v in written.values() if (f := format_of(reworded(v).lower(), first, second))]
    formats = tuple(dict.fromkeys((*form.formats, *found)))
    is_wide = form.is_wide or any(value != half for value, half in written.items())
    return replace(form, formats=formats, is_plain=False, is_wide=is_wide)


def format_of(value: str, first: str, second: str) -> str | None:
    """Give the strptime format of a written moment; None where it is none.

    Parameters
    ----------
    value : str
        Lower case, as `reworded` gives it.
    first, second : str
        ``%d`` and ``%m`` in the order of ``3/4/2024``.
    """
    for pattern, date in _DATES:
        found = pattern.fullmatch(value)
        if found:
            parts = found.groupdict()
            day = date.format(a=parts.get("a"), first=first, second=second)
            return day + _clock_format(parts)
    return None


def _clock_format(parts: dict[str, str | None]) -> str:
    if not parts.get("clock"):
        return ""
    half = bool(parts["half"] or parts["pm"])
    hours = ("%I" if half else "%H") + ":%M" + (":%S" if parts["s"] else "")
    return "".join(
        [
            (parts["sep"] or "").upper(),
            "%p" if parts["half"] else "",
            hours,
            ".%f" if parts["frac"] else "",
            (parts["pm"] or "").replace("am", "%p").replace("pm", "%p"),
        ]
    )


def _with_order(engine: Engine, table: Any, name: str, form: TimeForm) -> TimeForm:
    either = [f for f in form.formats if f.startswith("%m") and "%d" in f[:6]]
    if not either:
        return form
    turned = tuple(_turned(f) if f in either else f for f in form.formats)
    words = _reworded(as_words(table[name]))
    month_first, day_first = parsed_time(words, tuple(either)), parsed_time(words, turned)
    facts = engine.run(_order_facts(table, words, month_first, day_first)).to_pylist()[0]
    return _decided(form, turned, facts)


def _turned(form: str) -> str:
    return form.replace("%m", "%?", 1).replace("%d", "%m", 1).replace("%?", "%d", 1)


def _order_facts(table: Any, words: Any, month_first: Any, day_first: Any) -> Any:
    either = words.re_search(_EITHER.pattern.replace("(?!\\d)", ""))
    rows = table.filter(either).select(m=month_first, d=day_first)
    return rows.agg(
        n_month=rows.m.count(),
        n_day=rows.d.count(),
        month_span=rows.m.max().epoch_seconds() - rows.m.min().epoch_seconds(),
        day_span=rows.d.max().epoch_seconds() - rows.d.min().epoch_seconds(),
    )


_CLEARLY_SHORTER = 0.7
"""A reading whose dates span less than this part of the other's is taken for the right one."""


def _decided(form: TimeForm, turned: Sequence[str], facts: dict[str, Any]) -> TimeForm:
    n_month, n_day = facts["n_month"], facts["n_day"]
    spans = (facts["month_span"] or 0, facts["day_span"] or 0)
    day_first = n_day > n_month or (n_day == n_month and spans[1] < _CLEARLY_SHORTER * spans[0])
    unclear = n_day == n_month and not day_first and not spans[0] < _CLEARLY_SHORTER * spans[1]
    formats = tuple(turned) if day_first else form.formats
    return replace(
        form, formats=formats, day_first=day_first, both_orders_fit=unclear,
        is_undecided=0 < n_day == n_month,
    )  # fmt: skip
