"""What a line of pasted text is: the head of a question, an option, a new page, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from huiyin.collect.surveys.formats.drafts import plain

_HALF = str.maketrans(
    "０１２３４５６７８９［］【】（）〔〕＊．：＝－—–～單選題陣評問說簡傳動條聯繫頁轉數擇項個請擇複",
    "0123456789[][]()()*.:====~单选题阵评问说简传动条联系页转数择项个请择复",
)
"""Sign for sign: full width to half, and the signs of Taiwan and Hong Kong in names of kinds."""
_NUMBER = re.compile(
    r"^\*?\s*(?:Q\s*(?P<q>\d{1,3})\s*[.、:)]?|第\s*(?P<nth>\d{1,3})\s*题\s*[.、:)]?"
    r"|题?(?P<bare>\d{1,3})\s*[.、:)](?!\d))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"^\*?\s*(?P<chinese>[一二三四五六七八九十]{1,3})\s*[、.](?P<rest>.*\S)\s*$")
_PART = re.compile(r"^第[一二三四五六七八九十\d]{1,3}(?:部分|章)[、.:：]?\s*(?P<rest>.*)$")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
KIND = re.compile(
    r"[\[(]\s*([^\[\]()]{0,12}(?:题|填空|说明|上传|日期|联系方式|条款|量表|NPS|滑动条"
    r"|单选|多选|排序|判断))\s*[\])]"
)
_PAGE = re.compile(r"^[=*_ ]*\[?\s*(?:分页符?|第\s*\d+\s*页)\s*\]?[=*_ ]*$|^={3,}.*$")
_BULLETS = "○●〇□■☐◯☑✓◻"
_BULLET = re.compile(rf"^(?:[{_BULLETS}]|\[\s*\])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MARK = re.compile(
    rf"^\s*(?:[{_BULLETS}{_CIRCLED}]|\[\s*\]|[A-Za-zＡ-Ｚａ-ｚ]\s*[.、．:：)）]"
    r"|[(（][A-Za-z0-9０-９]{1,2}[)）])\s*"
)
_LETTER = re.compile(r"^([A-Ya-yＡ-Ｙａ-ｙ])\s*[.、．:：)）]")
_MOST_INLINE = 30
_LOOKED_AHEAD = 12


@dataclass(slots=True)
class Block:
    """The head of a question and the lines below it; `page` counts from 1."""

    title: str
    page: int
    below: list[str] = field(default_factory=list)
    counted: int = 0
    """The last of the options that are numbered 1, 2, 3."""


@dataclass(slots=True)
class Pasted:
    """Text taken apart: lines before the first question, questions, titles of pages."""

    head: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)


def halved(line: str) -> str:
    """Write full-width signs in half width; each stays in its place."""
    return line.translate(_HALF)


def take_apart(text: str) -> Pasted:
    """Take text apart into questions and what stands below them."""
    lines = [line.strip("\r\n ") for line in text.splitlines()]
    arabic = any(_NUMBER.match(halved(line).strip()) for line in lines)
    found, page, last, gap = Pasted(), 1, 0, True
    for place, line in enumerate(lines):
        said = halved(line).strip()
        if not said:
            gap = True
            continue
        number, rest = _numbered(said, line.strip(), arabic=arabic)
        title = _heading(said, line.strip(), arabic=arabic)
        if number and _asks(
            found.blocks,
            number,
            last,
            said,
            gap=gap,
            after=islice(lines, place + 1, place + _LOOKED_AHEAD),
        ):
            star = "*" if said.startswith("*") else ""
            found.blocks.append(Block(f"{star}{rest}", page))
            last = number
        elif _PAGE.match(said) or title:
            page += 1
            found.titles |= {page: title} if title else {}
        elif found.blocks:
            _below(found.blocks[-1], number, rest, line)
        else:
            found.head.append(plain(line))
        gap = False
    return found


def _numbered(said: str, line: str, *, arabic: bool) -> tuple[int, str]:
    """Give the number of a line and what follows it; 0 where it has none."""
    match = _NUMBER.match(said)
    if match:
        digits = match["q"] or match["nth"] or match["bare"]
        return int(digits), line[match.start("rest") :]
    match = None if arabic else _CHINESE.match(said)
    return (_value(match["chinese"]), line[match.start("rest") :]) if match else (0, "")


def _value(chinese: str) -> int:
    tens, ten, ones = chinese.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones[:1], 0)


def _heading(said: str, line: str, *, arabic: bool) -> str:
    """Give the words of a heading between questions; "" where the line is none."""
    match = _PART.match(said) or (_CHINESE.match(said) if arabic else None)
    return plain(line[match.start("rest") :] or line) if match else ""


def _asks(
    blocks: Sequence[Block],
    number: int,
    last: int,
    said: str,
    *,
    gap: bool,
    after: Iterable[str],
) -> bool:
    """Tell a question from an option that is numbered: it has a kind, or goes on counting."""
    if KIND.search(said):
        return True
    if not blocks or not blocks[-1].counted or number != blocks[-1].counted + 1:
        return number == last + 1 or (gap and number > last)
    if number != last + 1:
        return False
    following = next(
        (found for one in after if (found := _NUMBER.match(halved(one).strip()))), None
    )
    return gap or bool(following and following["bare"] == "1")


def _below(block: Block, number: int, rest: str, line: str) -> None:
    if number and number == block.counted + 1:
        block.counted = number
        block.below.append(rest)
        return
    block.below += _options_in(line)


def _options_in(line: str) -> list[str]:
    """Take a line apart that holds several options: ``A. yes  B. no``, ``○ yes ○ no``."""
    said = line.strip()
    if _BULLET.match(said):
        return [one.strip() for one in re.split(rf"\s+(?=[{_BULLETS}])", said) if one.strip()]
    circled = said[:1] in _CIRCLED and said[:1]
    if circled:
        return [one.strip() for one in re.split(rf"\s+(?=[{_CIRCLED}])", said) if one.strip()]
    return list(_lettered(said)) or [line]


def _lettered(said: str) -> Iterator[str]:
    """Give the options after letters that go on: A, B, C."""
    for _ in range(_MOST_INLINE):
        match = _LETTER.match(said)
        if match is None:
            break
        following = re.search(rf"\s+(?={chr(ord(match[1]) + 1)}\s?[.、．:：)）])", said)
        if following is None:
            break
        yield said[: following.start()]
        said = said[following.end() :]
    if said:
        yield said
