# ruff: noqa: E501 -- patterns read best unbroken
"""Which end of a numbered scale the question itself calls the good one: 1=非常费力，7=非常轻松."""

from __future__ import annotations

import re

from huiyin.codebook.level_words import grade_word
from huiyin.core.patterns import later

_LOW_IS_GOOD = later(
    r"(?<!\d)(?:0|1)\s*(?:分)?\s*(?:=|＝|:|：|-|–|is|being|means|表示|代表|为|是|\()\s*[“\"']?"
    r"(?:非常满意|很满意|十分满意|最好|非常好|很好|best|excellent|very satisfied|extremely satisfied|strongly agree|very good|"
    r"highest|完全同意|非常同意|非常容易|very easy|your favou?rite)",
    re.IGNORECASE,
)
_ANCHOR = later(
    r"(?<![\d.])(\d{1,3})\s*分?\s*(?:=|＝|:|：|-|–|—|is\b|being\b|means?\b|表示|代表|为|是|\(|（)\s*[“\"'‘]?"
    r"([^\d\s,，;；、。()（）\[\]【】“”\"'‘’/][^\d,，;；、。()（）\[\]【】“”\"'‘’/]{0,39})",
    re.IGNORECASE,
)
_THE_MORE = later(r"越(?:高|大)[^，,。；;]{0,8}?越([^，,。；;)）]{1,8})")
_AMOUNTS = frozenset({"high", "degree", "frequency"})
_NO_JUDGEMENT = frozenset({"important", "middle"})
_LOW_END = 1


def stated_direction(text: str, *, burden: bool = False) -> int | None:
    """Read from a question which end of its numbers is the good one.

    Parameters
    ----------
    text : str
        The question as it stands in the file.
    burden : bool
        True where it asks how much effort something took: then “much” is the bad end, and to
        agree or not says nothing.

    Returns
    -------
    int or None
        1: high is good; -1: low is good; None where the wording does not say.
    """
    if _LOW_IS_GOOD.search(text):
        return -1
    more = _THE_MORE.search(text)
    if more:
        return _sign(_grade(more.group(1), burden=burden))
    found = ((int(n), _grade(word, burden=burden)) for n, word in _ANCHOR.findall(text))
    ends = sorted(end for end in found if end[1])
    if not ends:
        return None
    if len(ends) == 1:
        number, grade = ends[0]
        return _sign(-grade if number <= _LOW_END else grade)
    return _sign(ends[-1][1] - ends[0][1])


def _grade(word: str, *, burden: bool) -> float:
    family, grade = grade_word(word.strip()) or ("middle", 0.0)
    if family in _NO_JUDGEMENT or (burden and family == "agree"):
        return 0.0
    if family in _AMOUNTS:
        return -grade if burden else 0.0
    return grade


def _sign(grade: float) -> int | None:
    return (1 if grade > 0 else -1) if grade else None
