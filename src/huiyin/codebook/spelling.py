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


_ASKED_NUMBER = re.compile(r"(?:q|第)?(\d{1,4})题?")
_QUESTION_NUMBER = re.compile(
    r"\s*(?:q\s*(\d{1,4})(?!\d|[_.\-]\d)|第\s*(\d{1,4})\s*题|(\d{1,4})\s*[、.．。:：)）](?!\d))",
    re.IGNORECASE,
)


def numbered(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the columns whose header begins with the number of a question: ``7``, ``Q7``, 第7题.

    None where `name` is no number of a question.

    Examples
    --------
    >>> numbered("Q7", ["7、您对服务", "17、其他", "7.1 细项", "Q7_1"])
    ('7、您对服务',)
    """
    asked = _ASKED_NUMBER.fullmatch(spelling(name))
    if asked is None:
        return ()
    found = ((one, _QUESTION_NUMBER.match(without_unseen(one))) for one in known)
    wanted = int(asked.group(1))
    return tuple(one for one, has in found if has and int(has[has.lastindex or 1]) == wanted)


def as_known(name: str, known: Iterable[str]) -> str:
    """Give the known name that is written so in some way, or has that number as a question.

    `name` itself where none or several are.

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
    >>> as_known("Q7", ["6、价格", "7、服务"])
    '7、服务'
    """
    names = tuple(known)
    if name in names:
        return name
    wanted = spelling(name)
    found = {one for one in names if spelling(one) == wanted} or set(numbered(name, names))
    return found.pop() if len(found) == 1 else name
