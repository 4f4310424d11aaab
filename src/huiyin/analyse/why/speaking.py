"""Words in a larger share of the later comments than of the earlier: they speak to a change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import sqrt

from huiyin.analyse.views.said import common_words, texts_with

ALMOST_SURE = 3.3
"""Standard errors; among 400 words without any change less than one goes farther by chance."""
FEWEST = 5
"""Comments that hold a word, before anything is said of it."""


def risen_words(later: Sequence[str], earlier: Sequence[str]) -> frozenset[str]:
    """Give the words that surely stand in a larger share of the later comments.

    Parameters
    ----------
    later, earlier : sequence of str
        Comments, contact data masked.

    Returns
    -------
    frozenset of str
        Empty where either side holds nothing, or nothing rose for sure (two proportions, pooled).

    Examples
    --------
    >>> late = ["送货太慢", "送货晚了三天", "还行", "送货慢", "送货又慢", "送货晚到"] * 5
    >>> sorted(risen_words(late, ["还行", "挺好", "价格便宜"] * 10))
    ['送货']
    """
    if not later or not earlier:
        return frozenset()
    now, then = ([text.lower() for text in side] for side in (later, earlier))
    return frozenset(word for word in common_words(later) if _rose(word, now, then))


def mentions(text: str, words: Collection[str]) -> int:
    """Count the words that a comment holds."""
    return sum(bool(texts_with(word, [text.lower()])) for word in words)


def _rose(word: str, now: Sequence[str], then: Sequence[str]) -> bool:
    later, earlier = len(texts_with(word, now)), len(texts_with(word, then))
    if later < FEWEST:
        return False
    pooled = (later + earlier) / (len(now) + len(then))
    error = sqrt(pooled * (1 - pooled) * (1 / len(now) + 1 / len(then)))
    return later / len(now) - earlier / len(then) > ALMOST_SURE * error
