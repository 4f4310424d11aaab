"""What a value is called for short: 春熙路 for 成都春熙路店, 2组 for 客服2组."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from huiyin.ask.spelling import is_han

FOUR = 4
TEAMS = ("", "service ", "support ", "customer service ", "customer support ")
ENDINGS = ("店", "支行", "分行", "组", "网点", "地区")


def with_column(value: str, column: str) -> Iterator[str]:
    """Give a value with half of its column's name: 华为手机, 金卡会员."""
    written = len(column) == FOUR and all(map(is_han, column))  # mode: 外卖de sounds as 外卖的
    if written and value not in column:
        yield from (f"{value}{column[:2]}", f"{value}{column[2:]}")


NUMBERED = re.compile(r"^(?P<name>\D+?)(?P<zeros>0*)(?P<n>\d+)$")
GROUP_NUMBER = re.compile(r"^(?P<name>\D+)(?P<n>\d)(?P<end>组|队|班)$")
HAN_DIGITS = "零一二三四五六七八九"


def short_forms(value: str, cities: set[str]) -> Iterator[str]:
    """Give how a value is called for short: without its city, its ending, its number's zeros."""
    forms = {value}
    for city in cities:
        if value.startswith(city) and len(value) - len(city) > 1:
            forms.add(value[len(city) :])
    for form in [*forms]:
        for ending in ENDINGS:
            bare = form.removesuffix(ending)
            if bare != form and len(bare) >= 2:  # noqa: PLR2004
                forms.add(bare)
    numbered = NUMBERED.match(value)
    if numbered:
        name, n = numbered["name"], numbered["n"]
        forms |= {
            f"{name}{n}",
            f"{n}号{name}",
            f"{name}{n}号",
            f"{name}{n.zfill(2)}",
            f"{numbered['zeros']}{n}号{name}",
        }
        if len(name) > 1 and is_han(name[-1]):
            forms.add(name)
    group = GROUP_NUMBER.match(value)
    if group:
        n = HAN_DIGITS[int(group["n"])]
        end = group["end"]
        forms |= {
            f"{group['name']}{n}{end}",
            f"{group['n']}{end}",
            f"{n}{end}",
            f"第{n}{end}",
            *(f"{whose}team {group['n']}" for whose in TEAMS),
        }
    yield from forms - {value}


def numbered_in_english(value: str, words: Iterable[str]) -> Iterator[str]:
    """Give agent 12, agent 012, agent no. 12 for a value that is a name and a number: 坐席012.

    Parameters
    ----------
    value : str
    words : iterable of str
        What the column is called.

    Examples
    --------
    >>> list(numbered_in_english("柜员8", ["柜员", "teller"]))
    ['teller 8', 'teller no. 8', 'teller number 8', 'teller #8']
    """
    numbered = NUMBERED.match(value)
    if numbered is None or not all(map(is_han, numbered["name"])):
        return
    digits = dict.fromkeys([numbered["n"], numbered["zeros"] + numbered["n"]])
    for word in (one for one in words if one.isascii()):
        for n in digits:
            yield from (f"{word} {n}", f"{word} no. {n}", f"{word} number {n}", f"{word} #{n}")
