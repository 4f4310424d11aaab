# ruff: noqa: PLR2004 -- the shares and counts of the rules stand where they are explained
"""The numbers of a column, however its file writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.codebook.numerals import (
    MONEY_AROUND,
    MULTIPLES,
    WIDE_DIGITS,
    Comma,
    as_number,
    comma_of,
    half_width,
    without_gaps,
)
from huiyin.core.patterns import later
from huiyin.engine.arrays import (
    any_begins,
    numbers_of,
    text_array,
)

_NUMBER = r"^[-+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$"
_SPELLED = "^[-+]?[\\d.,]*\\d(?:[万亿千]|[ \u00a0\u202f]\\d{3}(?:[.,]\\d+)?)$"
_WITH_COMMA = r"^[-+]?[\d.]+,\d+$"
_DIGITS = r"^[-+]?[\d.,]*\d[\d.,]*$"
_MONEY = r"^[¥￥$€£]|[¥￥$€£元块]$|\d ?(?:cny|rmb|usd|eur)$|^(?:cny|rmb|usd|eur) ?\d"
"""What shows that amounts stand with their currency: a quick look."""
_UNUSUAL = later(f"{WIDE_DIGITS}|{_MONEY}|{_SPELLED}|{_WITH_COMMA}", re.IGNORECASE | re.MULTILINE)
"""A quick look whether any value is a number that programs do not write so."""
_BEGINNINGS = b"+-.0123456789"
_WHOLE = r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?$"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the numeric values of a column say."""

    share: float
    whole_share: float
    minimum: float | None
    maximum: float | None
    monotone: bool


def as_numbers(distinct: Any, sample: Sequence[str], comma: Comma | None) -> tuple[Any, Comma]:
    """Write values as programs write numbers, where a sample shows any that are not so.

    Parameters
    ----------
    distinct : pyarrow.StringArray
    sample : sequence of str
        Some of them.
    comma : Comma or None
        What the commas in them are; None to find it.

    Returns
    -------
    tuple of (pyarrow.StringArray, Comma)
        At the same places, and what the commas were.
    """
    import pyarrow.compute as pc

    if _UNUSUAL.search("\n".join(sample)) is None:
        return distinct, comma or Comma.NONE
    if pc.any(pc.match_substring_regex(distinct, WIDE_DIGITS)).as_py():
        distinct = text_array(half_width(value) for value in distinct.to_pylist())
    distinct = pc.replace_substring_regex(distinct, MONEY_AROUND, "")
    if pc.any(pc.match_substring_regex(distinct, _SPELLED)).as_py():
        distinct = text_array(_plain(value) for value in distinct.to_pylist())
    comma = _comma_of(distinct) if comma is None else comma
    return _without_commas(distinct, comma), comma


def _plain(value: str) -> str:
    """Write ``1.2万`` or ``12 000`` as a program writes numbers; leave all else."""
    if not re.search(_SPELLED, value):
        return value
    number = as_number(value) if value[-1] in MULTIPLES else None
    return without_gaps(value) if number is None else f"{number:.15g}"


def _comma_of(distinct: Any) -> Comma:
    import pyarrow.compute as pc

    return comma_of(distinct.filter(pc.match_substring_regex(distinct, _DIGITS)).to_pylist())


def _without_commas(distinct: Any, comma: Comma) -> Any:
    """Turn decimal commas into points, the points between thousands left out."""
    import pyarrow.compute as pc

    if comma is not Comma.DECIMAL:
        return distinct
    text = pc.replace_substring_regex(
        distinct, r"^([-+]?\d{1,3})\.(\d{3})(?:\.(\d{3}))?(,\d+)?$", r"\1\2\3\4"
    )
    return pc.replace_substring_regex(text, r"^([-+]?\d+),(\d+)$", r"\1.\2")


def numbers_in(distinct: Any, rows: Any) -> Numbers:
    """Look at the distinct values, in the order they first come in, and how many rows have each."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not any_begins(distinct, _BEGINNINGS):
        return Numbers(0.0, 0.0, None, None, monotone=False)
    is_number = pc.match_substring_regex(distinct, _NUMBER)
    texts = distinct.filter(is_number)
    if not len(texts):
        return Numbers(0.0, 0.0, None, None, monotone=False)
    held = rows[numbers_of(is_number) > 0]
    is_whole = numbers_of(pc.match_substring_regex(texts, _WHOLE)) > 0
    numbers = numbers_of(pc.cast(pc.replace_substring_regex(texts, "[,+]", ""), pa.float64()))
    steps = np.diff(numbers)
    return Numbers(
        share=int(held.sum()) / int(rows.sum()),
        whole_share=int(held[is_whole].sum()) / int(rows.sum()),
        minimum=float(numbers.min()),
        maximum=float(numbers.max()),
        monotone=int(held.sum()) == len(held) > 2 and bool((steps > 0).all() or (steps < 0).all()),
    )
