"""What people call a column: its name, its short labels, and what its question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huiyin.codebook.contracts import Column

_LONGEST_LABEL = 30
"""Whole questions are not how people call a column."""
_ASKED = (
    re.compile(
        r"(?:\d+[、.．)]\s*)?(?:请问|请选择|请填写)?[您你][^，。；,？?]{0,8}?(?:的|所在|所属)"
        r"(?!什么|哪|多少|怎|所)(?P<what>[^的是为，。；,？?\s]{2,6}?)"
        r"(?:是|为|有)?(?:什么|哪里|哪儿|哪些|哪一?[个家种类段年]|多少)?[？?：:]?"
    ),
    re.compile(r"(?:what|which) is your (?P<what>[a-z ]{2,24})\?", re.IGNORECASE),
    re.compile(r"which (?P<what>[a-z ]{2,20}?) (?:do|did|are|have) you\b[^.]*", re.IGNORECASE),
)
_NO_NAME = ("吗", "么", "呢", "了")


def called(column: Column) -> tuple[str, ...]:
    """List what a column of groups may be called.

    Parameters
    ----------
    column : Column

    Returns
    -------
    tuple of str
        The name first; each word once.
    """
    labels = list(labels_of(column))
    asked = [what for words in labels if (what := asked_about(words))] if not column.group else []
    return tuple(dict.fromkeys([column.name, *labels, *asked]))


def labels_of(column: Column) -> Iterator[str]:
    """Give the labels that are short enough to be said."""
    for words in column.label.values():
        if 1 < len(words) <= _LONGEST_LABEL:
            yield words


def asked_about(question: str) -> str | None:
    """Give what a question asks of the person who answers, None where it is no such question.

    Examples
    --------
    >>> asked_about("您所在的城市是？"), asked_about("Which city do you live in?")
    ('城市', 'city')
    >>> asked_about("您的问题解决了吗？") is None
    True
    """
    for asks in _ASKED:
        found = asks.fullmatch(question.strip())
        if found is not None and not found["what"].endswith(_NO_NAME):
            return found["what"].strip()
    return None
