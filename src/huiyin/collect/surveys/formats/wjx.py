"""问卷星’s plain text: a title, numbered questions with their kind in brackets, a line an option.

    1. 您愿意推荐我们吗？[量表题]*
    0 完全不会
    …

Variants are read: ``A.``, ``○``, ``□`` before an option, （单选题）, 【单选题】, no kind at all.
A star means that an answer is needed. Of a matrix the first line holds the levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, Kind, SurveyError
from huiyin.collect.surveys.definition import Definition, Words, say
from huiyin.collect.surveys.formats.drafts import (
    LEFT_QUESTION,
    Codes,
    Draft,
    level_words,
    options,
    plain,
    rating,
    split_off_na,
)
from huiyin.collect.surveys.formats.qsf import contact_fields
from huiyin.core.text import ZH, Text

_NO_TEXT = Text("没有找到编了号的题。", "There are no numbered questions.")
_NUMBER = re.compile(
    r"^\s*\*?\s*(?:第\s*)?(?:Q|题)?(\d{1,3})\s*(?:题)?\s*[.、．:：)）]\s*(\S.*)$", re.IGNORECASE
)
_KIND = re.compile(
    r"[\[【［(（]\s*([^\[\]【】［］()（）]{0,12}(?:题|填空|说明|上传|日期|联系方式|条款|量表|NPS|滑动条))\s*"
    r"[\]】］)）]"
)
_MARK = re.compile(r"^\s*(?:[○●〇□■☐◯]|[A-Za-z][.、．)）]|[(（][A-Za-z0-9]{1,2}[)）])\s*")
_BREAK = re.compile(
    r"^\s*(?:[=＝]{2,}\s*)?(?:\[分页\]|分页|第\s*\d+\s*页)(?:\s*[=＝]{2,})?\s*$|^\s*[=＝]{3,}.*$"
)
_OWN = re.compile(r"[_＿]{2,}|[（(]\s*(?:请注明|请填写|需填写)\s*[)）]")
_ALONE = re.compile(r"[（(【\[]\s*互斥\s*[)）】\]]")
_NAMES: Mapping[Kind, str] = {
    Kind.NPS: "NPS量表题", Kind.CSAT: "量表题", Kind.CES: "量表题", Kind.SINGLE: "单选题",
    Kind.MULTIPLE: "多选题", Kind.MATRIX: "矩阵量表题", Kind.RANKING: "排序题",
    Kind.SLIDER: "滑动条", Kind.TEXT: "简答题", Kind.DATE: "日期", Kind.FILE: "文件上传题",
    Kind.CONTACT: "联系方式", Kind.CONSENT: "同意条款", Kind.NOTE: "段落说明",
}  # fmt: skip
_CONTACT = {
    "name": "姓名",
    "phone": "手机号",
    "email": "邮箱",
    "wechat": "微信号",
    "company": "单位",
}
_NA = "不适用"
PAGE_BREAK = "===分页==="


def write_wjx(definition: Definition) -> bytes:
    """Write a questionnaire as text to paste, in its first language."""
    tag = definition.languages[0]
    lines = [_line(say(definition.title, tag)) or "问卷", _line(say(definition.intro, tag)), ""]
    number = 0
    for place, page in enumerate(definition.pages):
        lines += [PAGE_BREAK, ""] if place else []
        for question in page.questions:
            number += 1
            star = "*" if question.required else ""
            title = _line(say(question.title, tag)) or question.id
            lines += [f"{number}. {title} [{_name(question)}]{star}", *_below(question, tag), ""]
    return "\n".join(lines).encode()


def _line(words: str) -> str:
    return " ".join(words.split())


def _name(question: Any) -> str:
    if question.kind == Kind.SINGLE and question.as_list:
        return "下拉题"
    if question.kind == Kind.TEXT and not question.long:
        return "填空题"
    return _NAMES[Kind(question.kind)]


def _below(question: Any, tag: str) -> list[str]:
    match Kind(question.kind):
        case Kind.NPS | Kind.CSAT | Kind.CES:
            return _level_lines(question, tag)
        case Kind.MATRIX:
            rows = [_line(say(row.label, tag)) or row.code for row in question.rows]
            return ["\t".join(_level_lines(question, tag)), *rows]
        case Kind.SLIDER:
            return [f"{question.minimum} {question.maximum}"]
        case Kind.CONTACT:
            return [_CONTACT[name] for name in question.fields]
        case _:
            return [_option(one, tag) for one in getattr(question, "options", ())]


def _level_lines(question: Any, tag: str) -> list[str]:
    lines = [_line(say(words, tag)) for words in level_words(question)]
    return [*lines, _NA] if question.not_applicable else lines


def _option(option: Any, tag: str) -> str:
    label = _line(say(option.label, tag)) or option.code
    own = " ______" if option.code == OTHER else ""
    return f"{label}{own}{'（互斥）' if option.exclusive else ''}"


@dataclass(slots=True)
class _Block:
    title: str
    page: int
    below: list[str] = field(default_factory=list)


def read_wjx(raw: bytes) -> tuple[Draft, list[Text]]:
    """Read pasted text as a draft of a definition, and say what was left behind.

    Raises
    ------
    SurveyError
        There is no numbered question.
    """
    lines = _decode(raw).splitlines()
    head, blocks = _split(lines)
    if not blocks:
        raise SurveyError(_NO_TEXT)
    left: list[Text] = []
    codes = Codes()
    pages: dict[int, list[Draft]] = {}
    for block in blocks:
        question = _question(block, codes, left)
        if question:
            pages.setdefault(block.page, []).append(question)
    title = head[0] if head else "问卷"
    intro = {"intro": {ZH: " ".join(head[1:])[:4000]}} if head[1:] else {}
    made = [{"id": f"p{n}", "questions": one} for n, one in enumerate(pages.values(), 1)]
    return {"title": {ZH: title}, "languages": [ZH], "pages": made, **intro}, left


def _decode(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SurveyError(_NO_TEXT)


def _split(lines: Sequence[str]) -> tuple[list[str], list[_Block]]:
    head: list[str] = []
    blocks: list[_Block] = []
    page = 1
    for line in lines:
        if not line.strip():
            continue
        found = _NUMBER.match(line)
        if found and _starts(found, line, blocks):
            star = "*" if line.lstrip().startswith("*") else ""
            blocks.append(_Block(f"{star}{found[2]}", page))
        elif _BREAK.match(line):
            page += 1
        elif blocks:
            blocks[-1].below.append(line.strip("\r\n "))
        else:
            head.append(plain(line))
    return head, blocks


def _starts(found: re.Match[str], line: str, blocks: Sequence[_Block]) -> bool:
    """Tell a question from an option that is numbered: it has a kind, or goes on counting."""
    return bool(_KIND.search(line)) or int(found[1]) == len(blocks) + 1


def _question(block: _Block, codes: Codes, left: list[Text]) -> Draft | None:
    kinds = list(_KIND.finditer(block.title))
    named = kinds[-1] if kinds else None
    kind = named[1].strip() if named else ""
    words = (
        block.title if named is None else block.title[: named.start()] + block.title[named.end() :]
    )
    required = words.strip().startswith("*") or words.strip().endswith("*")
    title: Words = {ZH: plain(words.strip(" *")) or block.title.strip(" *")[:60]}
    form = _form(kind, title, block.below)
    if form is None:
        left.append(LEFT_QUESTION.format(q=title[ZH]))
        return None
    needed = required and form["kind"] != "note"
    return {"id": codes.give("", "q"), "title": title, "required": needed, **form}


def _form(kind: str, title: Words, below: Sequence[str]) -> Draft | None:
    for words, make in _FORMS:
        if any(word in kind for word in words):
            return make(title, below)
    labels = _labels(below)
    return _single(title, below) if labels else {"kind": "text"}


def _labels(below: Sequence[str]) -> list[str]:
    lines = (plain(_MARK.sub("", _OWN.sub("", _ALONE.sub("", line)))) for line in below)
    return [line for line in lines if line]


def _options(below: Sequence[str], *, exclusive: bool = False) -> list[Draft]:
    found = []
    for line in below:
        label = _labels([line])
        if label:
            code = OTHER if _OWN.search(line) else ""
            found.append((code, {ZH: label[0]}, bool(exclusive and _ALONE.search(line))))
    drafts = options((code, label) for code, label, _ in found)
    for draft, (_, _, alone) in zip(drafts, found, strict=True):
        if alone:
            draft["exclusive"] = True
    return drafts


def _single(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below)
    return {"kind": "single", "options": found} if found else None


def _list(title: Words, below: Sequence[str]) -> Draft | None:
    found = _single(title, below)
    return found and found | {"as_list": True}


def _several(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below, exclusive=True)
    return {"kind": "multiple", "options": found} if found else None


def _ranking(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below)
    return {"kind": "ranking", "options": found} if found else None


def _scale(title: Words, below: Sequence[str]) -> Draft | None:
    labels = _labels(below[0].split("\t") if len(below) == 1 and "\t" in below[0] else below)
    levels, lets_out = split_off_na([("", {ZH: label}) for label in labels])
    found = rating(title, [words for _, words in levels])
    if found is None:
        return _single(title, below) if labels else {"kind": "csat", "points": 5}
    return found | ({"not_applicable": True} if lets_out else {})


def _nps(_: Words, below: Sequence[str]) -> Draft:
    labels = [{ZH: label} for label in _labels(below)]
    found = rating({}, labels)
    lets_out = bool(labels) and labels[-1][ZH] == _NA
    if lets_out:
        found = rating({}, labels[:-1])
    nps = found if found and found["kind"] == "nps" else {"kind": "nps"}
    return nps | ({"not_applicable": True} if lets_out else {})


def _matrix(_: Words, below: Sequence[str]) -> Draft | None:
    if len(below) < 2:  # noqa: PLR2004 -- the levels, and a row
        return None
    heads = below[0].split("\t") if "\t" in below[0] else below[0].split()
    levels, lets_out = split_off_na([("", {ZH: plain(one)}) for one in heads if one.strip()])
    found = rating({}, [words for _, words in levels])
    rows = options(
        ("", {ZH: label}) for label in _labels([one.split("\t")[0] for one in below[1:]])
    )
    if found is None or found["kind"] != "csat" or not rows:
        return None
    return found | {"kind": "matrix", "rows": rows} | ({"not_applicable": True} if lets_out else {})


def _slider(_: Words, below: Sequence[str]) -> Draft:
    ends = re.findall(r"-?\d{1,4}", " ".join(below))[:2]
    if len(ends) == 2 and int(ends[0]) < int(ends[1]):  # noqa: PLR2004 -- two ends
        return {"kind": "slider", "minimum": int(ends[0]), "maximum": int(ends[1])}
    return {"kind": "slider"}


def _contact(_: Words, below: Sequence[str]) -> Draft:
    return {"kind": "contact", "fields": contact_fields([{ZH: line} for line in below])}


_FORMS: Sequence[tuple[tuple[str, ...], Callable[[Words, Sequence[str]], Draft | None]]] = (
    (("NPS",), _nps),
    (("矩阵量表", "矩阵单选", "矩阵评分", "矩阵滑"), _matrix),
    (("矩阵", "比重", "表格"), lambda *_: None),
    (("多选",), _several),
    (("下拉",), _list),
    (("排序",), _ranking),
    (("量表", "评分", "评价"), _scale),
    (("单选", "判断"), _single),
    (("滑",), _slider),
    (("日期", "时间"), lambda *_: {"kind": "date"}),
    (("上传",), lambda *_: {"kind": "file"}),
    (("联系方式",), _contact),
    (("同意", "条款"), lambda *_: {"kind": "consent"}),
    (("说明", "段落"), lambda *_: {"kind": "note"}),
    (("单行", "填空"), lambda *_: {"kind": "text", "long": False}),
    (("简答", "问答", "多行", "文本"), lambda *_: {"kind": "text"}),
)
"""Words in the name of a kind, and how it is read; the first that fits."""
