"""The company's own words for asking: 战区 is 大区, 小蓝店 is one of the shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.core.errors import BadInputError

LONGEST_WORD, LONGEST_MEANING, MOST_WORDS = 40, 80, 500


class OwnWordsError(BadInputError):
    """A word cannot be taken, or nothing was changed."""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word of the company, and the word that it means: a column, a value, a metric.

    `means` may name the column of a value too: ``门店=上海陆家嘴店``.
    """

    word: str
    means: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One version of the list; 0 is the empty one that nobody has saved."""

    version: int
    entries: tuple[OwnWord, ...]
    created_by: str | None = None
    created_at: datetime | None = None
