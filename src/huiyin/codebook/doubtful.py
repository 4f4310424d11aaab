# ruff: noqa: PLR2004 -- the shares and counts of the rules stand where they are explained
"""Columns whose values can be taken two ways, or lost something on the way: a person is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huiyin.codebook import names
from huiyin.codebook.contracts import Role, Scale
from huiyin.codebook.dates import is_day_of_the_year
from huiyin.codebook.facts import Facts, Guess, is_two_way
from huiyin.codebook.level_words import grade_word, is_no_answer, tidy
from huiyin.codebook.numerals import Comma, as_number, half_width
from huiyin.codebook.ratings import kind_of_rating
from huiyin.codebook.scales import read_numbers
from huiyin.codebook.values import looked_at, mostly
from huiyin.core.patterns import later
from huiyin.core.text import Text, listed

DOUBT = 0.55
"""Below what is accepted: a person is asked."""
LEAST_NUMBERS = 0.6
"""Share of the answers that must be numbers for the words beside them to be the odd ones."""
MOST_ODD = 12
"""Different words beside the numbers at most: more are no answers to a rating."""
_SHOWN = 4
_PERCENT = later(r"-?\d+(?:\.\d+)?\s*%")
_SHORTENED = later(r"[1-9](?:\.\d+)?[Ee]\+?\d{1,2}")
_LONG_NUMBER = 1e9
_NO_ANSWER = later(r"无|没有|没|none|inf|infinity|空白|未|未选|0?na|弃权|跳|不选")
_READ = later(r"(-?\d+(?:\.\d+)?)\s*(?:分|星|颗星|stars?|points?|pts?|/\s*\d+)", re.IGNORECASE)
_STARS = later(r"[★⭐🌟]+[☆✩]*")
_ROLES_OF_GRADES = ((2.9, 5.0), (0.1, 4.0), (-0.1, 3.0), (-2.9, 2.0), (-9.0, 1.0))
"""From which grade of a word which of five levels."""


def lost_digits(facts: Facts) -> Guess | None:
    """Find long numbers that a spreadsheet wrote as ``1.38E+10``: their last digits are gone."""
    if not facts.numeric or (facts.profile.minimum or 0) < _LONG_NUMBER:
        return None
    if names.AMOUNT.name(facts.words) or names.MEASURE.name(facts.words):
        return None
    if not _alike(facts, _SHORTENED):
        return None
    return Guess(Role.META, 0.85, _LOST)


_LOST = Text(
    "长号码被表格软件写成了科学计数法（如 1.38E+10），后几位已经丢了，不能用来认人或认单；"
    "请从原系统按文本格式重新导出",
    "long numbers were written as 1.38E+10 by a spreadsheet: their last digits are lost and they "
    "tell nobody apart; export them again as text",
)


def counted_moment(facts: Facts) -> Guess | None:
    """Find moments that programs count: Excel's days, seconds since 1970, 202405."""
    low, high = facts.profile.minimum, facts.profile.maximum
    if not facts.numeric or low is None or high is None or not names.TIMES.name(facts.words):
        return None
    if names.DURATION.name(facts.words) or facts.n_distinct < 2:
        return None
    for first, last, reason in _COUNTED:
        if first <= low and high <= last:
            return Guess(Role.TIME, 0.7, reason)
    if facts.whole and low >= _FIRST_MONTH and all(_MONTH.fullmatch(v) for v in looked_at(facts)):
        return Guess(Role.TIME, 0.7, Text("年月（202405）", "year and month (202405)"))
    return None


_COUNTED = (
    (30_000, 65_000, Text("Excel 的日期序号", "dates as Excel counts them")),
    (6e8, 2.6e9, Text("从 1970 年起的秒数", "seconds since 1970")),
    (6e11, 2.6e12, Text("从 1970 年起的毫秒数", "milliseconds since 1970")),
)
_FIRST_MONTH = 190_001
_MONTH = later(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])")


def rate(facts: Facts) -> Guess | None:
    """Take a share of many answers (好评率) for no rating of one customer."""
    if not facts.numeric or names.RATE.search(facts.header) is None:
        return None
    reason = Text("列名是比率，不是一个人的评分", "named a rate, not one person's rating")
    return Guess(Role.META, 0.7, reason)


def day_without_year(facts: Facts) -> Guess | None:
    """Find dates without a year: no moment can be made of them."""
    if not mostly(looked_at(facts), is_day_of_the_year):
        return None
    reason = Text("只有月和日，没有年份，不能当日期用", "month and day without a year: no moment")
    return Guess(Role.META, 0.75, reason)


def percent(facts: Facts) -> Guess | None:
    """Take shares in writing (80%) for no rating; a person is asked where the name says one."""
    if facts.numeric or not _alike(facts, _PERCENT):
        return None
    kind = kind_of_rating(facts)
    if kind is None or kind is Role.NPS:
        if facts.n_distinct <= MOST_ODD:  # answers to choose from
            return None
        return Guess(Role.META, 0.7, Text("取值是百分数", "the values are percentages"))
    reason = Text("写成百分数，像是 0–100 分，请核对", "written in per cent, as if on 0–100; check")
    return Guess(kind, DOUBT, reason, scale=Scale(0.0, 100.0))


def _alike(facts: Facts, pattern: re.Pattern[str]) -> bool:
    return mostly(looked_at(facts), lambda value: pattern.fullmatch(half_width(value).strip()))


def numbers_with_words(facts: Facts) -> Guess | None:
    """Read a column named as a rating whose answers are numbers, and some of them words.

    Words for “nothing” are no answers; with any other word a person is asked.
    """
    kind = kind_of_rating(facts) or (Role.ASPECT if names.ASPECT.name(facts.words) else None)
    if facts.numeric or kind is None or is_two_way(facts) or not facts.n_filled:
        return None
    read = {
        value: number for value, _ in facts.values if (number := _read(facts, value)) is not None
    }
    odd = [value for value, _ in facts.values if value not in read]
    counted = [(read[value], count) for value, count in facts.values if value in read]
    share = sum(count for _, count in counted) / facts.n_filled
    if share < LEAST_NUMBERS or len(odd) > MOST_ODD or not facts.all_listed:
        return None
    found = read_numbers(
        replace(facts, numbers=tuple(counted), numeric=True),
        nps=kind is Role.NPS, by_name=names.NPS.name(facts.words),
    )  # fmt: skip
    if found is None:
        return None
    return _mixed(kind, found.scale, read, odd, sure=found.sure)


def _read(facts: Facts, value: str) -> float | None:
    text = tidy(value)
    pointed = _READ.fullmatch(text)
    if pointed:
        return float(pointed[1])
    if _STARS.fullmatch(text):
        return float(sum(text.count(star) for star in "★⭐🌟"))
    comma = Comma.DECIMAL if facts.profile.comma is Comma.LIST else facts.profile.comma
    return as_number(value, comma)


def _mixed(
    kind: Role, scale: Scale, read: dict[str, float], odd: list[str], *, sure: bool
) -> Guess:
    nothing = tuple(v for v in odd if _NO_ANSWER.fullmatch(tidy(v)) or is_no_answer(v))
    words = [value for value in odd if value not in nothing]
    levels = {value: number for value, number in read.items() if as_number(value) is None}
    if scale.maximum == 5:
        levels |= {word: level for word in words if (level := _level(word)) is not None}
    codes = tuple(dict.fromkeys((*scale.missing_codes, *nothing)))
    scale = replace(scale, levels=levels, missing_codes=codes)
    if not words and sure and not levels:
        reason = _said(_NOTHING, scale, nothing)
        return Guess(kind, 0.75, reason, scale=scale, family="numbers")
    reason = _said(_ODD, scale, tuple(dict.fromkeys((*levels, *words))))
    return Guess(kind, DOUBT, reason, scale=scale, family="numbers")


_NOTHING = Text(
    "列名是评分，答案落在 {low}–{high}；{words} 按“未回答”处理",
    "named as a rating, answers within {low}–{high}; {words} taken as “no answer”",
)
_ODD = Text(
    "列名是评分，数字落在 {low}–{high}，但还混着{words}，请核对",
    "named as a rating, numbers within {low}–{high}, with {words} among them; check",
)


def _said(reason: Text, scale: Scale, words: Sequence[str]) -> Text:
    ends = {"low": f"{scale.minimum:g}", "high": f"{scale.maximum:g}"}
    return reason.format(**ends, words=listed(f"“{word}”" for word in words[:_SHOWN]))


def _level(word: str) -> float | None:
    graded = grade_word(word)
    if graded is None:
        return None
    return next(level for least, level in _ROLES_OF_GRADES if graded[1] >= least)


def with_comma_doubt(facts: Facts, guess: Guess) -> Guess:
    """Ask about numbers such as ``1,250`` in a file whose other columns write decimal commas."""
    if facts.profile.comma is not Comma.GROUP or not facts.numeric:
        return guess
    reason = Text("{reason}；{doubt}", "{reason}; {doubt}").format(
        reason=guess.reason, doubt=_GROUP
    )
    return replace(guess, confidence=min(guess.confidence, DOUBT), reason=reason)


_GROUP = Text(
    "“1,250”这样的数在这份文件里可能是 1250，也可能是 1.25：按 1250 读取，请核对",
    "a number such as “1,250” may be 1250 or 1.25 in this file: read as 1250; check",
)
