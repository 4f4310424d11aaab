"""English words with one slip of the pen, written right: wihch, compred, satisfacton."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib import resources
from string import ascii_lowercase

from huiyin.ask.spelling import HAN, stem

WORD = re.compile(r"(?<![^\s\"'“”‘’(,;:/-])[A-Za-z]{4,}(?![^\s\"'“”‘’),;:.!?/-])")
"""A word by itself: what stands beside figures or other letters is a name."""
FILE = "english_words.txt"
SHORTEST_MISSING, SHORTEST_OTHER = 5, 6
"""A letter may be missing or doubled in words of five, another one in words of six; two letters
may change places in words of four."""


def in_right_letters(text: str, names: Collection[str]) -> str:
    """Mend the words of an English question that are one slip away from one word it may mean.

    Words of the data are mended where the vocabulary is looked up; these here are those around
    them, which tell what is asked. What may mean several words, and a text with Chinese
    characters, stands as it is.

    Parameters
    ----------
    text : str
    names : collection of str
        Words of the data, in small letters: they are never mended.

    Examples
    --------
    >>> in_right_letters("wihch shops fell sicne last qurter, comapred with before?", ())
    'which shops fell since last quarter, compared with before?'
    """
    if HAN.search(text):
        return text
    return WORD.sub(lambda m: _meant(m[0].lower(), names) or m[0], text)


def _meant(word: str, names: Collection[str]) -> str | None:
    asked, known = _lists()
    if word in known or stem(word) in known:
        return None
    for near in (_swapped(word), _one_more_or_less(word), _one_other(word)):
        found = [one for one in asked if one in near]
        if found:
            is_name = any(word in name.split() for name in names)
            several = len({stem(one) for one in found}) > 1
            return None if is_name or several else found[0]
    return None


def _swapped(word: str) -> set[str]:
    pairs = range(len(word) - 1)
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in pairs}


def _one_more_or_less(word: str) -> set[str]:
    less = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    more = {
        word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in ascii_lowercase
    }
    return {one for one in less | more if len(one) >= SHORTEST_MISSING}


def _one_other(word: str) -> set[str]:
    if len(word) < SHORTEST_OTHER:
        return set()
    places = range(1, len(word))
    return {word[:at] + letter + word[at + 1 :] for at in places for letter in ascii_lowercase}


@cache
def _lists() -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the words that questions are made of, the most frequent first, and all known ones."""
    text = resources.files("huiyin.ask").joinpath(FILE).read_text("utf-8")
    asked, others = (lines.split() for lines in text.split("\n\n"))
    known = {*asked, *others}
    return tuple(asked), frozenset(known | {stem(word) for word in known})
