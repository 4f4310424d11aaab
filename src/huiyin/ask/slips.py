"""Words around the data written right: English with one slip of the pen, pinyin amid Chinese."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib import resources
from string import ascii_lowercase

from huiyin.ask.meanings import Vocabulary
from huiyin.ask.spelling import HAN, is_han, stem, syllables

WORD = re.compile(r"(?<![^\s\"'“”‘’(,;:/-])[A-Za-z]{4,}(?![^\s\"'“”‘’),;:.!?/-])")
"""A word by itself: what stands beside figures or other letters is a name."""
PINYIN = re.compile(r"(?<![A-Za-z])[a-z]{4,}")
LONGEST_BESIDE = 4
ENGLISH_FILE, CHINESE_FILE = "english_words.txt", "chinese_words.txt"
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


def in_characters(text: str, vocabulary: Vocabulary) -> str:
    """Write pinyin amid Chinese characters as the one word it spells.

    With the characters beside it pinyin may be part of a word of the data; else it may be one of
    those that questions are made of.

    Parameters
    ----------
    text : str
        One without Chinese characters stands as it is.
    vocabulary : Vocabulary

    Examples
    --------
    >>> from huiyin.codebook.contracts import Codebook
    >>> in_characters("5.3banben的manyidu", Vocabulary(Codebook()))
    '5.3版本的满意度'
    """
    if not HAN.search(text):
        return text
    at = 0
    while found := PINYIN.search(text, at):
        start, end, word = _spelled(text, found.start(), found.end(), vocabulary)
        text = text[:start] + word + text[end:]
        at = start + len(word)
    return text


def _spelled(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[int, int, str]:
    before, after = _han_beside(text, start, -1), _han_beside(text, end, 1)
    sizes = [(left, right) for left in range(before, -1, -1) for right in range(after, -1, -1)]
    for left, right in sorted(sizes, key=sum, reverse=True):
        first, last = text[start - left : start], text[end : end + right]
        heard = "".join((*(syllables(first) or ()), text[start:end], *(syllables(last) or ())))
        known = vocabulary.letters.get(heard, ())
        words = [w for w in known if is_han(w[0]) and w.startswith(first) and w.endswith(last)]
        if len(words) == 1:
            return start - left, end + right, words[0]
    run = text[start:end]
    return start, end, run if run in vocabulary.exact else _chinese().get(run, run)


def _han_beside(text: str, at: int, step: int) -> int:
    n = 0
    while n < LONGEST_BESIDE:
        place = at + n if step > 0 else at - n - 1
        if not 0 <= place < len(text) or not is_han(text[place]):
            break
        n += 1
    return n


@cache
def _chinese() -> dict[str, str]:
    """Give what pinyin spells, of the words that questions are made of."""
    text = resources.files("huiyin.ask").joinpath(CHINESE_FILE).read_text("utf-8")
    return {"".join(syllables(word) or ()): word for word in reversed(text.split())}


@cache
def _lists() -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the words that questions are made of, the most frequent first, and all known ones."""
    text = resources.files("huiyin.ask").joinpath(ENGLISH_FILE).read_text("utf-8")
    asked, others = (lines.split() for lines in text.split("\n\n"))
    known = {*asked, *others}
    return tuple(asked), frozenset(known | {stem(word) for word in known})
