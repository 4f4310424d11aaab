"""What readers of foreign files share: codes, plain words, and which list of words is a scale."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.contracts import (
    LONGEST_WORDS,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_RANKED,
    MOST_ROWS,
    OTHER,
    Kind,
    SurveyError,
)
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.wording import sides
from huiyin.core.text import EN, ZH, Text

Draft = dict[str, Any]
"""A question as a plain mapping, before it is checked."""
POINTS = (2, 3, 4, 5, 7, 10)
NPS_POINTS = 11
WIDEST = 1_000
"""How far from 0 the ends of a slider may lie."""
MOST_READ = 1_000
"""Questions of a file that are looked at, whether they can be carried over or not."""
_CODE = re.compile(r"<(script|style)\b[^<>]{0,200}>.{0,4000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_BREAK = re.compile(r"</?(?:br|div|p|li)\b[^<>]{0,200}>", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Signs that no font draws, and those that turn the direction of what follows."""
_PIPED = re.compile(
    r"\$\{\w{1,3}://[^{}]{1,80}\}|\{(?:TOKEN|INSERTANS|SAVEDID|[A-Za-z]\w{0,30}\.\w{1,20})[^{}]{0,80}\}"
)
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_NUMBERED = re.compile(r"^(\d{1,2})(?:\s*[:：.、-]?\s+(\S.*))?$")
_EFFORT = re.compile(r"容易|费劲|费力|轻松|省力|\beasy\b|\beffort\b|\bdifficult\b", re.IGNORECASE)
AGREE = re.compile(
    r"^(?:我)?(?:已阅读并)?同意[。！]?$|^(?:yes, )?i agree\.?$|^agree$", re.IGNORECASE
)
NOT_APPLICABLE = re.compile(r"^(?:不适用|不清楚|没用过|不涉及|n/?a|not applicable)$", re.IGNORECASE)
AGREE_WORDS = Text("同意", "I agree")
NA_WORDS = Text("不适用", "Not applicable")
_MANY = Text(
    "这份文件有 {n} 道题，一份问卷最多 {most} 道。",
    "This file has {n} questions; a questionnaire has at most {most}.",
)
LEFT_LOGIC = Text("“{q}”的显示条件没有带过来。", "The condition of “{q}” was left behind.")
LEFT_QUESTION = Text("“{q}”这种题型没有带过来。", "“{q}” is of a kind that was left behind.")
LEFT_LARGE = Text(
    "“{q}”没有带过来：它有 {n} 项，最多能有 {most} 项。",
    "“{q}” was left behind: it has {n} items, at most {most} are possible.",
)
LEFT_NUMBER = Text(
    "“{q}”要填一个数，带过来成了一行文字。", "“{q}” asks for a number; it became a line of text."
)
LEFT_QUOTA = Text("配额“{q}”没有带过来。", "The quota “{q}” was left behind.")
LEFT_PIPED = Text(
    "“{q}”里引用的内容（{piped}）没有换成实际值的办法，原样留在文字里，请改写。",
    "“{q}” quotes {piped}, which means nothing here and stands in its words: please reword it.",
)
LEFT_WORDS = Text(
    "有文字超过 {most} 字，从那里截断了，以“…”结尾。",
    "Words longer than {most} characters were cut there; they end in “…”.",
)
LEFT_JUMP_OF = Text("“{q}”后面的一条跳转没有带过来。", "A jump after “{q}” was left behind.")
LEFT_PAGE_LOGIC = Text(
    "第 {q} 页的显示条件没有带过来。", "The condition of page {q} was left behind."
)


def plain(words: object) -> str:
    """Take the markup out of words; words that are too long end in “…”."""
    return _ended(" ".join(_unmarked(words).split()))


def plain_lines(words: object) -> str:
    """Take the markup out of words, and keep their lines."""
    lines = (" ".join(line.split()) for line in _unmarked(words).splitlines())
    return _ended(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))


def _unmarked(words: object) -> str:
    said = str(words or "") if isinstance(words, (str, int, float)) else ""
    return _UNPRINTED.sub("", html.unescape(_TAG.sub("", _BREAK.sub("\n", _CODE.sub("", said)))))


def _ended(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"


def cut_short(draft: object) -> bool:
    """Tell whether words of a draft were too long and were cut."""
    if isinstance(draft, str):
        return len(draft) == LONGEST_WORDS and draft.endswith("…")
    inside = draft.values() if isinstance(draft, dict) else draft
    return isinstance(inside, Iterable) and any(map(cut_short, inside))


def refuse_many(asked: int) -> None:
    """Refuse a file with far more questions than a questionnaire may have, before reading them.

    Raises
    ------
    SurveyError
        Reading them would take long, and for nothing.
    """
    if asked > MOST_READ:
        raise SurveyError(_MANY.format(n=asked, most=MOST_QUESTIONS))


def too_large(draft: Draft) -> tuple[int, int] | None:
    """Tell how many options or rows a question has, and how many it may, where it has too many."""
    ranked = draft["kind"] == Kind.RANKING
    options = len(draft.get("options", ())), MOST_RANKED if ranked else MOST_OPTIONS
    rows = len(draft.get("rows", ())), MOST_ROWS
    return next((found for found in (options, rows) if found[0] > found[1]), None)


def piped(words: Words) -> str:
    """Give what words of another system quote (``${…}``, ``{TOKEN:…}``); "" where nothing is."""
    found = (_PIPED.search(one) for one in words.values())
    return next((one[0] for one in found if one), "")


def judged(form: Draft | None, title: Words, name: Text, left: list[Text]) -> Draft | None:
    """Give a question that can be kept; else say in a sentence why it was left behind.

    Parameters
    ----------
    form : mapping or None
        None: of a kind that we do not ask.
    title : Words
    name : Text
        What the sentence calls it.
    left : list of Text
        Takes the sentence.
    """
    if form is None:
        left.append(LEFT_QUESTION.format(q=name))
        return None
    large = too_large(form)
    if large:
        left.append(LEFT_LARGE.format(q=name, n=large[0], most=large[1]))
        return None
    if form.pop("number", False):
        left.append(LEFT_NUMBER.format(q=name))
    quoted = piped(title)
    if quoted:
        left.append(LEFT_PIPED.format(q=name, piped=quoted))
    return form


class Codes:
    """Hands out codes, each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, wished: object, otherwise: str) -> str:
        """Give the wished code if it may be one and is free, else the other one, numbered."""
        code = _UNFIT.sub("_", str(wished or "")).strip("_-")[:40] or otherwise
        number = self._last.get(otherwise, 1)
        while code in self._used:
            number += 1
            code = f"{otherwise[:30]}_{number}"
        self._last[otherwise] = number
        self._used.add(code)
        return code


def least_and_most(least: object, most: object, offered: int) -> Draft:
    """Read how many options may be ticked, where a file says so in numbers that make sense."""
    low, high = (
        int(str(one)) if re.fullmatch(r"\d{1,3}", str(one), re.ASCII) else 0
        for one in (least, most)
    )
    found = {"least": low} if 0 < low <= offered else {}
    return found | ({"most": high} if max(low, 1) <= high <= offered else {})


def number_between(low: int, high: int) -> Draft:
    """Ask for a number: on a line, or in words where the ends lie too far apart for one."""
    if -WIDEST <= low < high <= WIDEST:
        return {"kind": "slider", "minimum": low, "maximum": high}
    return {"kind": "text", "long": False, "number": True}


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


CONTACT_WORDS = {
    "name": "姓名",
    "phone": "手机号",
    "email": "邮箱",
    "wechat": "微信号",
    "company": "单位",
}
"""What a contact fact is called in Chinese."""


def contact_fields(labels: Sequence[Words]) -> list[str]:
    """Tell which contact facts some labels ask for: in order, each once; telephone if none."""
    found = [
        name
        for words in labels
        for name, chinese in CONTACT_WORDS.items()
        if any(chinese in one or name in one.lower() for one in words.values())
    ]
    return list(dict.fromkeys(found)) or ["phone"]
