"""Words that people give a definition: checked before they are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiyin.core.text import Text
from huiyin.measure.definitions.contracts import DefinitionError

ZONE = ZoneInfo("Asia/Shanghai")
"""Where days begin and end for definitions."""
LONGEST_NAME = 200
LONGEST_NOTE = 2_000
_CONTROL = frozenset({"Cc", "Cs"})


def day_of(moment: datetime) -> date:
    """Give the company's day of a moment."""
    return moment.astimezone(ZONE).date()


def checked(words: str, what: Text, longest: int = LONGEST_NAME, *, empty: bool = False) -> str:
    """Give words without space around them.

    Raises
    ------
    DefinitionError
        They are empty, too long, or hold characters that nobody can see.
    """
    kept = words.strip()
    if not kept and not empty:
        raise DefinitionError(Text("{what}不能空着", "{what} must not be empty").format(what=what))
    if len(kept) > longest:
        raise DefinitionError(
            Text("{what}太长，最多 {n} 字", "{what} is too long: {n} characters at most").format(
                what=what, n=longest
            )
        )
    if any(unicodedata.category(c) in _CONTROL and c not in "\n\t" for c in kept):
        raise DefinitionError(
            Text(
                "{what}里有看不见的控制字符，请删去",
                "{what} holds control characters, remove them",
            ).format(what=what)
        )
    return kept


def checked_group(where: Mapping[str, str]) -> dict[str, str]:
    """Give a group's columns and values, each checked."""
    column, value = Text("列名", "the column"), Text("取值", "the value")
    return {checked(k, column): checked(v, value) for k, v in where.items()}
