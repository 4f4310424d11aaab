"""Names of columns, however their letters and blanks are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_UNSEEN = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
"""Signs that show nothing; those that join the parts of an emoji stay."""
_BLANK = re.compile(r"[^\S\r\n]+")


def without_unseen(words: str) -> str:
    """Drop the signs that show nothing: zero-width blanks, joiners, marks of direction.

    Examples
    --------
    >>> without_unseen("\u200b满意\u200b度")
    '满意度'
    """
    return _UNSEEN.sub("", words)


def spelling(name: str) -> str:
    """Bring a name to the form in which all ways to write it are equal.

    Examples
    --------
    >>> spelling("ＮＰＳ　评分") == spelling("nps评分")
    True
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", without_unseen(name))).casefold()


def as_known(name: str, known: Iterable[str]) -> str:
    """Give the known name that is written so in some way; `name` itself where none or several are.

    Parameters
    ----------
    name : str
        As typed.
    known : iterable of str
        Names as they are shown.

    Examples
    --------
    >>> as_known("城市", ["城 市", "分数"])
    '城 市'
    """
    names = tuple(known)
    if name in names:
        return name
    wanted = spelling(name)
    found = {one for one in names if spelling(one) == wanted}
    return found.pop() if len(found) == 1 else name
