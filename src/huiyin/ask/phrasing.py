"""Turns that say a plain word at length: three out of four is 75 %, on a 1-5 scale a mean."""

from __future__ import annotations

import re

from huiyin.ask.numerals import HAN_NUMBER, WORD_NUMBER, read_number

_HAN_FRACTION = re.compile(rf"(?P<m>{HAN_NUMBER}+)分之(?P<n>{HAN_NUMBER}+|\d+(?:\.\d+)?)(?![几多])")
_FRACTION = re.compile(
    rf"\b(?P<n>{WORD_NUMBER}|\d+) (?:in|out of)(?: every)? (?P<m>{WORD_NUMBER}"
    rf"|\d+)(?= (?:customers?"
    r"|people|users?|clients?|buyers?|members?|answers?|of|are|is|were|was|say|said|rated?|gave"
    r"|give|feel|felt|end|would|shoppers?|families|workers)\b)"
)
_PART = re.compile(
    r"(?<!last )(?<!past )(?<!previous )(?<!recent )(?<!full )"
    r"\b(?P<n>one|two|three|(?:(?<=than )|(?<=over )|(?<=under )|(?<=below )|(?<=above )|(?<=least"
    r" )"
    r"|(?<=most ))an?) (?P<m>third|quarter|fifth|tenth)s?\b(?! of \d)"
)
_PARTS = {"third": "3", "quarter": "4", "fifth": "5", "tenth": "10"}
_ONE = {"a": "one", "an": "one"}
_MEAN = re.compile(
    r"[(（]?(?:按|用|以|就是)?\s*(?<![\d.])1\s*(?:到|至|-|~)\s*5\s*(?:分制?|星)?(?:的?那个|那种"
    r"|的)?"
    r"(?:分数?|量表|打分)?[)）]"
    r"|(?:按|用|以)?(?:1\s*(?:到|至|-|~)\s*5\s*分制?|五分制|5分制)(?:的?那个|的|来?算)?"
    r"|(?:,\s*)?\(?(?:on|in) (?:a|the|our) (?:scale (?:of|from) 1\s*(?:to|-)\s*5|(?:1|one)\s*(?:to"
    r"|-)\s*(?:5|five)"
    r"(?: scale)?|5-point scale|five-point scale)\)?|\bout of (?:5|five)\b"
)
_SCORE = re.compile(
    r"[(（]?(?:按|用|以|就是)?\s*(?<![\d.])0\s*(?:到|至|-|~)\s*100\s*(?:分制?)?(?:的?那个|那种|的)?"
    r"(?:分数?|打分)?[)）]|(?:按|用|以)?(?:0\s*(?:到|至|-|~)\s*100\s*分制?|百分制"
    r"|100分制)(?:的?那个|的|来?算)?"
    r"|\(?(?:on|in) (?:a|the) (?:scale (?:of|from) 0\s*(?:to|-)\s*100|0\s*(?:to|-)\s*100"
    r"(?: scale)?)\)?|\bout of (?:100|a hundred)\b"
)


def _percent(n: str, m: str) -> str:
    part, whole = read_number(n), read_number(m)
    if part is None or not whole or part > whole:
        return ""
    return f"{100 * part / whole:.6g}%"


def plainly(text: str) -> str:
    """Write fractions as percents, and the scale that is wanted as the measure that has it.

    Parameters
    ----------
    text : str
        In small letters and simplified characters.

    Examples
    --------
    >>> plainly("不满意的超过三分之一的门店")
    '不满意的超过33.3333%的门店'
    """
    text = _HAN_FRACTION.sub(lambda m: _percent(m["n"], m["m"]) or m[0], text)
    text = _FRACTION.sub(lambda m: _percent(m["n"], m["m"]) or m[0], text)
    text = _PART.sub(
        lambda m: _percent("one" if m["n"] in {"a", "an"} else m["n"], str(_PARTS[m["m"]])) or m[0],
        text,
    )
    text = _MEAN.sub(lambda m: _said(m[0], "均分", "mean rating"), text)
    return _SCORE.sub(lambda m: _said(m[0], "得分", "score"), text)


def _said(turn: str, chinese: str, english: str) -> str:
    return f" {english} " if re.search(r"[a-z]", turn) else chinese
