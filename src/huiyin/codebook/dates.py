# ruff: noqa: E501 -- a date pattern reads best unbroken
"""Dates and times in the many forms files have them."""

from __future__ import annotations

import re
from functools import lru_cache

from huiyin.codebook.numerals import half_width
from huiyin.core.patterns import later

_YEAR = r"(?:1[89]\d\d|20\d\d)"
_HALF = r"(?:上午|下午|凌晨|早上|中午|晚上)?"
_CLOCK = rf"(?:(?:[ T]\s*|(?=[上下凌早中晚])){_HALF}\s*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}})?)?"
_MONTH_WORD = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = later(
    rf"{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}{_CLOCK}"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{_YEAR}|\d{{2}}){_CLOCK}"
    rf"|{_YEAR}年\d{{1,2}}月(?:\d{{1,2}}[日号]?)?\s*(?:{_HALF}\s*\d{{1,2}}[:时点]\d{{1,2}}(?:[:分]\d{{1,2}}秒?)?分?)?"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{{6}})?"
    rf"|{_YEAR}[-/](?:0?[1-9]|1[0-2])"
    rf"|{_YEAR}[-/ ]?[Qq][1-4]|[Qq][1-4][-/ ]?{_YEAR}|{_YEAR}年(?:第?[一二三四1-4]季度)"
    rf"|(?:0?[1-9]|1[0-2])[-_/]{_YEAR}"
    rf"|\d{{1,2}}[- ]{_MONTH_WORD}[- ,]+(?:{_YEAR}|\d{{2}}){_CLOCK}"
    rf"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?{_MONTH_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}{_CLOCK}"
    rf"|{_MONTH_WORD}[- ]{_YEAR}",
    re.IGNORECASE,
)
_NO_YEAR = later(r"\d{1,2}月\d{1,2}[日号]?.{0,12}")
_CLOCK_TIME = later(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*(?:[AaPp][Mm])?")
_LAPSE = later(
    r"(?:\d+ days?,? )?\d{1,4}:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
    r"|\d+(?:\.\d+)?\s*(?:秒钟?|分钟?|小时|天|s|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|ms)"
    r"|(?:\d+\s*(?:天|d))?\s*(?:\d+\s*(?:小时|时|h))?\s*\d+\s*(?:分钟?|m)\s*(?:\d+\s*(?:秒|s))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def is_date(value: str) -> bool:
    """Tell whether a text reads as a date, with or without a time of day.

    Years alone and clock times alone do not; ``20240131`` and ``2024Q1`` do.
    """
    first = value.strip()[:1]
    if not (first.isdigit() or (first.isascii() and first.isalpha())):
        return False
    return _DATE.fullmatch(half_width(value).strip()) is not None


def is_day_of_the_year(value: str) -> bool:
    """Tell whether a text names month and day and no year: ``5月3日``."""
    return _NO_YEAR.fullmatch(half_width(value).strip()) is not None


def is_compact_date(value: str) -> bool:
    """Tell whether a date is written as bare digits, which a running number can be too."""
    return value.strip().isdigit()


@lru_cache(maxsize=65_536)
def is_clock_time(value: str) -> bool:
    """Tell whether a text is a time of day: ``11:42:43``."""
    return _CLOCK_TIME.fullmatch(value.strip()) is not None


@lru_cache(maxsize=65_536)
def is_lapse(value: str) -> bool:
    """Tell whether a text is a stretch of time: ``00:04:43``, ``125秒``, ``2 min``."""
    return _LAPSE.fullmatch(value.strip()) is not None
