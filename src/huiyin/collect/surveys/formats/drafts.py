"""What readers of foreign files share: codes, plain words, and which list of words is a scale."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.contracts import LONGEST_WORDS, OTHER
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.wording import sides
from huiyin.core.text import EN, ZH, Text

Draft = dict[str, Any]
"""A question as a plain mapping, before it is checked."""
POINTS = (2, 3, 4, 5, 7, 10)
NPS_POINTS = 11
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_BREAK = re.compile(r"</?(?:br|div|p|li)\b[^<>]{0,200}>", re.IGNORECASE)
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_NUMBERED = re.compile(r"^(\d{1,2})(?:\s*[:：.、-]?\s+(\S.*))?$")
_EFFORT = re.compile(r"容易|费劲|费力|轻松|省力|\beasy\b|\beffort\b|\bdifficult\b", re.IGNORECASE)
AGREE = re.compile(
    r"^(?:我)?(?:已阅读并)?同意[。！]?$|^(?:yes, )?i agree\.?$|^agree$", re.IGNORECASE
)
NOT_APPLICABLE = re.compile(r"^(?:不适用|不清楚|没用过|不涉及|n/?a|not applicable)$", re.IGNORECASE)
AGREE_WORDS = Text("同意", "I agree")
NA_WORDS = Text("不适用", "Not applicable")
LEFT_LOGIC = Text("“{q}”的显示条件没有带过来。", "The condition of “{q}” was left behind.")
LEFT_QUESTION = Text("“{q}”这种题型没有带过来。", "“{q}” is of a kind that was left behind.")
LEFT_JUMP_OF = Text("“{q}”后面的一条跳转没有带过来。", "A jump after “{q}” was left behind.")
LEFT_PAGE_LOGIC = Text(
    "第 {q} 页的显示条件没有带过来。", "The condition of page {q} was left behind."
)


def plain(words: object) -> str:
    """Take the markup out of words."""
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", str(words or ""))))
    return " ".join(text.replace("\x00", "").split())[:LONGEST_WORDS]


class Codes:
    """Hands out codes, each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def give(self, wished: object, otherwise: str) -> str:
        """Give the wished code if it may be one and is free, else the other one, numbered."""
        code = _UNFIT.sub("_", str(wished or "")).strip("_-")[:40] or otherwise
        number = 1
        while code in self._used:
            number += 1
            code = f"{otherwise[:30]}_{number}"
        self._used.add(code)
        return code


def options(labels: Iterable[tuple[object, Words]]) -> list[Draft]:
    """Make options of codes and labels."""
    codes = Codes()
    return [
        {"code": codes.give(code, f"o{number}"), "label": label}
        for number, (code, label) in enumerate(labels, 1)
    ]


def rating(title: Words, levels: Sequence[Words]) -> Draft | None:
    """Tell what scale a list of levels is: NPS, CSAT or CES; None where it is a mere list.

    Parameters
    ----------
    title : Words
    levels : sequence of Words
        In the order shown; ``1``, ``1 very poor``, or words that go from bad to good.
    """
    numbers = [_number(level) for level in levels]
    count = len(levels)
    if numbers == list(range(NPS_POINTS)):
        return {"kind": "nps", **_ends(levels)}
    if count not in POINTS:
        return None
    effort = any(_EFFORT.search(words) for words in title.values()) and count in {5, 7}
    kind: Draft = {"kind": "ces" if effort else "csat", "points": count}
    if numbers == list(range(1, count + 1)):
        return kind | _ends(levels)
    scale = next((found for tag in (ZH, EN) if (found := sides(levels, tag))), None)
    if scale and scale == sorted(scale) and scale[0] < 0 < scale[-1]:
        return {"kind": "csat", "points": count, "words": [dict(level) for level in levels]}
    return None


def _number(level: Words) -> int | None:
    found = [_NUMBERED.match(words) for words in level.values()]
    values = {int(one[1]) if one else None for one in found}
    return values.pop() if len(values) == 1 else None


def _ends(levels: Sequence[Words]) -> Draft:
    ends = {"low": _rest(levels[0]), "high": _rest(levels[-1])}
    return {name: words for name, words in ends.items() if words}


def _rest(level: Words) -> Words:
    found = {tag: _NUMBERED.match(words) for tag, words in level.items()}
    return {tag: one[2] for tag, one in found.items() if one and one[2]}


def level_words(question: Any) -> list[Words]:
    """Write the levels of a rating as words: its own, else numbers with the ends named."""
    words = getattr(question, "words", ())
    if words:
        return [dict(one) for one in words]
    levels = list(question.levels)
    named = {levels[0]: question.low, levels[-1]: question.high}
    tags = {*question.low, *question.high, *question.title} or {ZH}
    return [
        {tag: f"{level} {named.get(level, {}).get(tag, '')}".strip() for tag in tags}
        for level in levels
    ]


def split_off_na(levels: Sequence[tuple[str, Words]]) -> tuple[list[tuple[str, Words]], bool]:
    """Take a last level “not applicable” off a scale."""
    last = levels[-1][1] if levels else {}
    lets_out = any(NOT_APPLICABLE.match(words) for words in last.values())
    return list(levels[:-1] if lets_out else levels), lets_out


def own_words(drafts: Sequence[Draft], wanted: bool, label: Mapping[str, str]) -> list[Draft]:  # noqa: FBT001 -- a plain fact of the file
    """Add the option beside which one writes something else, where the file has one."""
    known = any(one["code"] == OTHER for one in drafts)
    return [*drafts] if known or not wanted else [*drafts, {"code": OTHER, "label": dict(label)}]
