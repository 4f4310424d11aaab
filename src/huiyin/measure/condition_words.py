"""Conditions as people read them: 门店为南京路、人民广场; typed they are read by `parse_filter`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from huiyin.codebook.bands import BAND, group_text
from huiyin.core.text import LANGUAGES, Text, listed
from huiyin.measure.contracts import Filter, QueryError
from huiyin.measure.parse import parse_filter

_IS = Text("{c}为{v}", "{c} is {v}")
_IS_NOT = Text("{c}不是{v}", "{c} is not {v}")
_BOUND = Text("{c} {o} {v}", "{c} {o} {v}")
_SIDE = Text("{c} {v}", "{c} {v}")
_SIGNS = {">=": "≥", "<=": "≤"}


Titles = Callable[[str], Text]
"""What a column is called, by its name."""
BY_NAME: Titles = Text.same


def condition_text(one: Filter, titles: Titles = BY_NAME) -> Text:
    """Say a condition: its column, and what is in it.

    Examples
    --------
    >>> condition_text(Filter("门店", "=", ("南京路", "人民广场"))).say("zh-CN")
    '门店为南京路、人民广场'
    >>> condition_text(Filter("age", ">=", ("30",))).say("en")
    'age ≥ 30'
    """
    pattern = {"=": _IS, "!=": _IS_NOT}.get(one.operator, _BOUND)
    values = listed(group_text(one.column, value) for value in one.values)
    return pattern.format(
        c=column_text(one.column, titles), o=_SIGNS.get(one.operator, one.operator), v=values
    )


def conditions_text(where: Iterable[Filter], titles: Titles = BY_NAME) -> Text:
    """Say conditions that all hold, one after another."""
    return _in_a_row(condition_text(one, titles) for one in where)


def typed_texts(typed: Iterable[str]) -> Text:
    """Say conditions that were typed and all hold: see `typed_text`."""
    return _in_a_row(map(typed_text, typed))


def _in_a_row(said: Iterable[Text]) -> Text:
    parts = tuple(said)
    return Text.of({tag: " · ".join(one.say(tag) for one in parts) for tag in LANGUAGES})


def typed_text(words: str) -> Text:
    """Say a condition that was typed as ``COLUMN=VALUE|VALUE``; words that are none stay.

    Examples
    --------
    >>> typed_text("band:总体满意度=1–2 不满意|3 一般").say("en")
    '总体满意度 is 1–2 dissatisfied, 3 neutral'
    """
    try:
        return condition_text(parse_filter(words, ()))
    except QueryError:
        return Text.same(words)


def side_typed_text(words: str) -> Text:
    """Say a group that was typed as ``COLUMN=VALUE``; words that are none stay."""
    column, equals, value = words.partition("=")
    return side_text(column, value) if equals else Text.same(words)


def side_text(column: str, value: str, titles: Titles = BY_NAME) -> Text:
    """Say a group that others are set beside, by its column and its name.

    Examples
    --------
    >>> side_text("band:总体满意度", "1–2 不满意").say("en")
    '总体满意度 1–2 dissatisfied'
    """
    return _SIDE.format(c=column_text(column, titles), v=group_text(column, value))


def column_text(name: str, titles: Titles = BY_NAME) -> Text:
    """Say what a column is called."""
    return titles(name.removeprefix(BAND))
