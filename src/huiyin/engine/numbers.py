"""Amounts and durations as people write them: ``¥1,280.50``, ``1.2万``, ``3分20秒``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from huiyin.codebook.numerals import HALF_SIGNS, MULTIPLES, WIDE_SIGNS, half_width, without_gaps
from huiyin.engine.columns import TypedColumn, as_words, is_number
from huiyin.engine.startup import import_ibis

MONEY_TYPE = "decimal(18, 4)"
_SYMBOLS = r"[¥$€£\s]|cny|rmb|usd|eur|gbp|hkd|人民币|美元|欧元|港币|yuan|dollars?|元|块钱?"
_AROUND = rf"(?i)^(?:{_SYMBOLS})+|(?:{_SYMBOLS})+$"
_THOUSANDS = r"^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$"
_DECIMAL_COMMA = re.compile(
    r"[-+]?(?:(?:\d{1,3}(?:\.\d{3})+|\d+),(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)"
)
_GAP = "(\\d)[ \u00a0\u202f](\\d{3})"
_DOTTED = r"^[-+]?\d{1,3}(\.\d{3})+$"
_DECIMAL_POINT = re.compile(r"[-+]?\d[\d,]*\.\d+")


def plan_number(
    column: Any,
    kind: str,
    missing: Sequence[str],
    strange: Iterable[str],
    *,
    points: Iterable[str] = (),
) -> TypedColumn:
    """Plan a typed number.

    Parameters
    ----------
    column : ibis.Column
    kind : str
        ``float64`` or `MONEY_TYPE`.
    missing : sequence of str
        Raw words that mean “no answer”.
    strange : iterable of str
        Some of the words that the engine's own cast does not read; empty where it reads all.
    points : iterable of str
        Some of the words with one decimal point; looked at beside decimal commas only.

    Returns
    -------
    TypedColumn
    """
    words = as_words(column)
    number = plain_cast(column, kind)
    strange = [value for value in strange if value not in missing]
    if strange:
        comma = uses_decimal_comma(strange)
        if comma and all(re.match(_DOTTED, value) for value in points):  # 1.200 beside 99,50
            number = words.re_search(_DOTTED).ifelse(None, number)
        number = number.fill_null(_written_number(words, kind, comma=comma))
    return _without_missing(words, number, missing, counted=bool(strange))


def plan_duration(column: Any, missing: Sequence[str], strange: Iterable[str]) -> TypedColumn:
    """Plan a duration in seconds; parameters as in `plan_number`."""
    words = as_words(column)
    number = plain_cast(column, "float64")
    strange = [value for value in strange if value not in missing]
    if strange:
        number = number.fill_null(_written_duration(words))
    return _without_missing(words, number, missing, counted=bool(strange))


def plain_cast(column: Any, kind: str) -> Any:
    """Read what the engine itself reads as a finite number; NULL else."""
    if column.type().is_time():
        return (column.hour() * 3600 + column.minute() * 60 + column.second()).cast(kind)
    number = column.cast("float64") if is_number(column) else column.try_cast("float64")
    if column.type().is_integer() or column.type().is_decimal():
        return column.cast(kind)
    if kind != "float64":
        return column.try_cast(kind)
    return (number.isnan() | number.isinf()).ifelse(None, number)


def uses_decimal_comma(values: Iterable[str]) -> bool:
    """Tell whether the comma is the decimal sign of a column: ``12,50`` and never ``12.50``."""
    bare = [re.sub(_AROUND, "", without_gaps(half_width(value))) for value in values]
    commas = sum(1 for value in bare if _DECIMAL_COMMA.fullmatch(value))
    return commas > sum(1 for value in bare if _DECIMAL_POINT.fullmatch(value))


def _written_number(words: Any, kind: str, *, comma: bool) -> Any:
    ibis = import_ibis()
    bare = _without_symbols(words.translate(WIDE_SIGNS, HALF_SIGNS))
    negative = bare.re_search(r"^\(.*\)$|^-")
    bare = _without_symbols(bare.re_replace(r"^[-(]", "").re_replace(r"\)$", ""))
    factor = ibis.cases(
        *((bare.endswith(word), size) for word, size in MULTIPLES.items()), else_=1.0
    )
    bare = bare.re_replace("[万亿千]$", "").re_replace(_GAP, r"\1\2")
    if comma:
        bare = bare.replace(".", "").replace(",", ".")
    else:
        bare = bare.re_search(_THOUSANDS).ifelse(bare.replace(",", ""), bare)
    bare = bare.re_search(r"^\d+(\.\d*)?$|^\.\d+$").ifelse(bare, None)
    if kind == MONEY_TYPE:
        exact = bare.try_cast(kind)
        size = (factor == 1.0).ifelse(exact, (bare.try_cast("float64") * factor).try_cast(kind))
    else:
        size = bare.try_cast("float64") * factor
    return negative.ifelse(-size, size).cast(kind)


def _without_symbols(words: Any) -> Any:
    return words.re_replace(rf"(?i)^(?:{_SYMBOLS})+", "").re_replace(rf"(?i)(?:{_SYMBOLS})+$", "")


def _written_duration(words: Any) -> Any:
    ibis = import_ibis()
    tidy = words.translate(WIDE_SIGNS, HALF_SIGNS).lower().re_replace(r"\s", "")
    clock = ibis.coalesce(
        *(
            tidy.re_search(pattern).ifelse(_summed(tidy, pattern, sizes), None)
            for pattern, sizes in _LAPSES
        )
    )
    return clock.cast("float64")


_NUM = r"(\d+(?:\.\d+)?)"
_LAPSES = (
    (r"^(\d+):(\d{1,2}):(\d{1,2}(?:\.\d+)?)$", (3600.0, 60.0, 1.0)),
    (r"^(\d+):(\d{1,2}(?:\.\d+)?)$", (60.0, 1.0)),
    (rf"^{_NUM}(?:ms|毫秒)$", (0.001,)),
    (
        (
            rf"^(?:{_NUM}(?:天|days?,?|d))?(?:{_NUM}(?:小时|个小时|时|hours?|hrs?|h))?"
            rf"(?:{_NUM}(?:分钟|分|minutes?|mins?|m))?(?:{_NUM}(?:秒钟|秒|seconds?|secs?|s))?$"
        ),
        (86400.0, 3600.0, 60.0, 1.0),
    ),
)
"""Patterns of a lapse and the seconds that each of their groups counts in."""


def _summed(words: Any, pattern: str, sizes: tuple[float, ...]) -> Any:
    parts = [
        words.re_extract(pattern, i).try_cast("float64").fill_null(0.0) * size
        for i, size in enumerate(sizes, start=1)
    ]
    return sum(parts[1:], start=parts[0])


def _without_missing(
    words: Any, number: Any, missing: Sequence[str], *, counted: bool
) -> TypedColumn:
    absent = words.isin(list(missing)) if missing else None
    if absent is not None:
        number = absent.ifelse(None, number)
    unread = words.notnull() & number.isnull() if counted else None
    if unread is not None and absent is not None:
        unread = unread & ~absent
    return TypedColumn(number, missing=absent, unread=unread)
