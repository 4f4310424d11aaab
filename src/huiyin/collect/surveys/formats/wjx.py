"""Writing 问卷星’s plain text: a title, numbered questions with their kind, a line an option.

    1. 您愿意推荐我们吗？[量表题]*
    0 完全不会
    …

A star means that an answer is needed. Of a matrix the first line holds the levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, Kind
from huiyin.collect.surveys.definition import Definition, say
from huiyin.collect.surveys.formats.drafts import level_words

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
            head = f"{number}. {title} [{_name(question)}]{_how_many(question)}{star}"
            lines += [head, *_below(question, tag), ""]
    return "\n".join(lines).encode()


def _how_many(question: Any) -> str:
    if question.kind != Kind.MULTIPLE:
        return ""
    least = f"[至少选{question.least}项]" if question.least else ""
    return least + (f"[最多选{question.most}项]" if question.most else "")


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
