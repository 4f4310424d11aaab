"""Reading 问卷星’s plain text, and text that people write like it.

    1. 您愿意推荐我们吗？[量表题]*
    0 完全不会
    …

Variants are read: ``A.``, ``○``, ``□``, ``1.`` before an option, several options in a line,
（单选）, 【单选题】, full-width signs, no kind at all; 一、二、 as numbers, or as headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from huiyin.collect.surveys.contracts import OTHER, SurveyError
from huiyin.collect.surveys.definition import Words
from huiyin.collect.surveys.formats.drafts import (
    LEFT_JUMP_OF,
    LEFT_LOGIC,
    Codes,
    Draft,
    contact_fields,
    judged,
    least_and_most,
    number_between,
    options,
    plain,
    rating,
    refuse_many,
    split_off_na,
)
from huiyin.collect.surveys.formats.wjx_lines import KIND, MARK, Block, halved, take_apart
from huiyin.core.text import ZH, Text
from huiyin.core.text_files import text_of

_NO_TEXT = Text("没有找到编了号的题。", "There are no numbered questions.")
_NO_WORDS = Text("这个文件不是文字。", "This file is no text.")
_NEEDED = re.compile(r"[\[(]\s*(必答|必填)\s*[\])]")
_HINT = re.compile(
    r"[\[(]\s*(?:请?(?:最多|至多|限|不超过)(?:可?选择?)?\s*(?P<most>\d{1,2})\s*[项个]"
    r"|请?(?:至少|最少)选?择?\s*(?P<least>\d{1,2})\s*[项个]"
    r"|请?选择?\s*(?P<exactly>\d{1,2})\s*[项个])\s*[\])]"
)
_OWN = re.compile(r"[_＿]{2,}\*?|[（(]\s*(?:请注明|请填写|需填写)\s*[)）]")
_ALONE = re.compile(r"[（(【\[]\s*互斥\s*[)）】\]]")
_JUMP = re.compile(
    r"[\[(]\s*(?:请|直接)?跳(?:转)?(?:到|至)?\s*(?:第?\s*\d{1,3}\s*题?|[^\[\]()]{1,12})[\])]"
)
_DEPENDS = re.compile(r"^[\[(*]*\s*(?:本题)?依赖于?第?\s*\d{1,3}\s*题")
_CELLS = re.compile(r"\s*[○●〇□■☐◯].*$")
_RANGE = re.compile(r"^(\S{1,20}?)\s*[~～]\s*(\S{1,20})$")
_NA = "不适用"
_FEWEST_LEVELS = 3


def read_wjx(raw: bytes) -> tuple[Draft, list[Text]]:
    """Read pasted text as a draft of a definition, and say what was left behind.

    Raises
    ------
    SurveyError
        There is no numbered question.
    """
    try:
        pasted = take_apart(text_of(raw))
    except ValueError as error:
        raise SurveyError(_NO_WORDS) from error
    if not pasted.blocks:
        raise SurveyError(_NO_TEXT)
    refuse_many(len(pasted.blocks))
    left: list[Text] = []
    codes = Codes()
    pages: dict[int, list[Draft]] = {}
    for block in pasted.blocks:
        question = _question(block, codes, left)
        if question:
            pages.setdefault(block.page, []).append(question)
    title = pasted.head[0] if pasted.head else "问卷"
    rest = plain(" ".join(pasted.head[1:]))
    intro = {"intro": {ZH: rest}} if rest else {}
    made = [
        {"id": f"p{n}", "questions": asked, **_titled(pasted.titles.get(page, ""))}
        for n, (page, asked) in enumerate(pages.items(), 1)
    ]
    return {"title": {ZH: title}, "languages": [ZH], "pages": made, **intro}, left


def _titled(words: str) -> Draft:
    return {"title": {ZH: words}} if words else {}


def _question(block: Block, codes: Codes, left: list[Text]) -> Draft | None:
    words, kind = _cut_kind(block.title)
    words, needed = _cut(words, _NEEDED)
    words, most = _cut(words, _HINT)
    words, least = _cut(words, _HINT)
    required = words.strip(" ").startswith(("*", "＊")) or words.strip(" ").endswith(("*", "＊"))
    title: Words = {ZH: plain(words.strip(" *＊")) or block.title.strip(" *")[:60]}
    name = Text.same(title[ZH][:60])
    below = _without_rules(block.below, name, left)
    form = judged(_form(kind, title, below), title, name, left)
    if form is None:
        return None
    if form["kind"] == "multiple":
        form |= _how_many([one for one in (most, least) if one], len(form["options"]))
    must = (required or needed is not None) and form["kind"] != "note"
    return {"id": codes.give("", "q"), "title": title, "required": must, **form}


def _how_many(hints: Sequence[re.Match[str]], offered: int) -> Draft:
    """Read “at most 3” and “at least 2” as people write them beside a question."""
    said = {name: one for hint in hints for name, one in hint.groupdict().items() if one}
    exactly = said.get("exactly")
    return least_and_most(said.get("least", exactly), said.get("most", exactly), offered)


def _cut_kind(title: str) -> tuple[str, str]:
    found = list(KIND.finditer(halved(title)))
    if not found:
        return title, ""
    last = found[-1]
    return title[: last.start()] + title[last.end() :], last[1].strip()


def _cut(words: str, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    found = pattern.search(halved(words))
    return (words[: found.start()] + words[found.end() :], found) if found else (words, None)


def _without_rules(below: Sequence[str], name: Text, left: list[Text]) -> list[str]:
    """Take jumps and conditions out of the lines, and name them: they are written for people."""
    kept = []
    for line in below:
        if _DEPENDS.match(halved(line).strip()):
            left.append(LEFT_LOGIC.format(q=name))
            continue
        words, jump = _cut(line, _JUMP)
        if jump:
            left.append(LEFT_JUMP_OF.format(q=name))
        kept.append(words)
    return kept


def _form(kind: str, title: Words, below: Sequence[str]) -> Draft | None:
    for words, make in _FORMS:
        if any(word in kind for word in words):
            return make(title, below)
    labels = _labels(below)
    return _single(title, below) if labels else {"kind": "text"}


def _labels(below: Sequence[str]) -> list[str]:
    lines = (plain(MARK.sub("", _OWN.sub("", _ALONE.sub("", line)))) for line in below)
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


def _single(title: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below)
    scale = _levels(title, [one["label"][ZH] for one in found], down=False)
    if scale and len(found) >= _FEWEST_LEVELS and all(one["code"] != OTHER for one in found):
        return scale
    return {"kind": "single", "options": found} if found else None


def _list(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below)
    return {"kind": "single", "options": found, "as_list": True} if found else None


def _several(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below, exclusive=True)
    return {"kind": "multiple", "options": found} if found else None


def _ranking(_: Words, below: Sequence[str]) -> Draft | None:
    found = _options(below)
    return {"kind": "ranking", "options": found} if found else None


def _levels(title: Words, labels: Sequence[str], *, down: bool = True) -> Draft | None:
    """Tell what scale a list of levels is; one that goes down is turned round, where it may be."""
    levels, lets_out = split_off_na([("", {ZH: label}) for label in labels])
    words = [one for _, one in levels]
    found = rating(title, words) or (rating(title, words[::-1]) if down else None)
    return found and found | ({"not_applicable": True} if lets_out else {})


def _in_line(below: Sequence[str]) -> list[str]:
    """Give the levels of a scale: a line each, or all in one."""
    if len(below) != 1:
        return _labels(below)
    return _labels(below[0].split("\t") if "\t" in below[0] else below[0].split())


def _scale(title: Words, below: Sequence[str]) -> Draft | None:
    ends = _RANGE.match(below[0].strip()) if len(below) == 1 else None
    if ends and ends[1].isdigit() and ends[2].isdigit():
        labels = [str(one) for one in range(int(ends[1][:2]), int(ends[2][:2]) + 1)]
        return _levels(title, labels)
    if ends:
        return {"kind": "csat", "points": 5, "low": {ZH: ends[1]}, "high": {ZH: ends[2]}}
    labels = _in_line(below)
    if not labels:
        return {"kind": "csat", "points": 5}
    found = _options(below)
    return _levels(title, labels) or ((found and {"kind": "single", "options": found}) or None)


def _nps(_: Words, below: Sequence[str]) -> Draft:
    labels = [{ZH: label} for label in _in_line(below)]
    lets_out = bool(labels) and labels[-1][ZH] == _NA
    found = rating({}, labels[:-1] if lets_out else labels)
    nps = found if found and found["kind"] == "nps" else {"kind": "nps"}
    return nps | ({"not_applicable": True} if lets_out else {})


def _matrix(_: Words, below: Sequence[str]) -> Draft | None:
    if len(below) < 2:  # noqa: PLR2004 -- the levels, and a row
        return None
    heads = below[0].split("\t") if "\t" in below[0] else below[0].split()
    found = _levels({}, [plain(one) for one in heads if one.strip()])
    labels = _labels([_CELLS.sub("", one.split("\t")[0]) for one in below[1:]])
    rows = options(("", {ZH: label}) for label in labels)
    if found is None or found["kind"] != "csat" or not rows:
        return None
    return found | {"kind": "matrix", "rows": rows}


def _slider(_: Words, below: Sequence[str]) -> Draft:
    ends = re.findall(r"-?\d{1,4}", " ".join(below))[:2]
    if len(ends) < 2 or int(ends[0]) >= int(ends[1]):  # noqa: PLR2004 -- two ends
        return {"kind": "slider"}
    return number_between(int(ends[0]), int(ends[1]))


def _contact(_: Words, below: Sequence[str]) -> Draft:
    return {"kind": "contact", "fields": contact_fields([{ZH: line} for line in below])}


_FORMS: Sequence[tuple[tuple[str, ...], Callable[[Words, Sequence[str]], Draft | None]]] = (
    (("NPS",), _nps),
    (("矩阵量表", "矩阵单选", "矩阵评分", "矩阵滑"), _matrix),
    (("矩阵", "比重", "表格"), lambda *_: None),
    (("多选", "复选"), _several),
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
