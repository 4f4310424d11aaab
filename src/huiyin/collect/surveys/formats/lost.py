"""What a file of another system cannot say of a questionnaire's logic: a sentence for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from huiyin.collect.surveys.contracts import OTHER, Ending, Kind, Look
from huiyin.collect.surveys.definition import Condition, Definition
from huiyin.collect.surveys.formats.picks import UnsayableError, clauses_of, picks_of
from huiyin.collect.surveys.formats.qsf_rules import jumps_carried
from huiyin.collect.surveys.sentences import (
    in_both,
    name_page,
    name_question,
    quote,
    say_condition,
    say_jump,
)
from huiyin.core.text import Text

_SHOWN = Text("{what}的显示条件（{condition}）", "the condition of {what} ({condition})")
_JUMP = Text("{page}后面的跳转：{jump}", "a jump after {page}: {jump}")
_SCREENED = Text(
    "{page}后面的跳转：{jump}（带出去成为普通结束）",
    "a jump after {page}: {jump} (it becomes a plain end)",
)
_QUOTA = Text("配额{name}", "the quota {name}")
_WORDS = {
    "intro": Text("开场白", "the words before the questions"),
    "thanks": Text("感谢语", "the thanks"),
    "screened_out": Text("不符合条件时的话", "the words for those who are screened out"),
    "privacy": Text("隐私说明", "the privacy text"),
}
_CARRIED = {
    "qsf": frozenset[str](),
    "lss": frozenset({"intro", "thanks", "privacy"}),
    "txt": frozenset({"intro"}),
}
_HELPS = Text("题目下面的说明", "the words below questions")
_LOOKS = Text("量表的样式（星、笑脸、词）", "how scales look (stars, faces, words)")
_TITLES = Text("每页的标题", "the titles of pages")
_TITLE = Text("问卷标题的其他语言", "the title in other languages")
_ORDER = Text("选项的随机顺序", "the random order of options")
_PAGES = Text("页内题目的随机顺序", "the random order of questions within a page")
_CODES = Text("题号和选项代码", "the codes of questions and options")
_SHORTER = Text(
    "部分题号和选项代码（那边更短，只能用字母和数字）",
    "some codes of questions and options (shorter there: letters and digits only)",
)
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_LONGEST, _LONGEST_OPTION = 20, 5
_WITH_JUMPS = "qsf"
_WITH_CONDITIONS = frozenset({"qsf", "lss"})


def lost_words(definition: Definition, kind: str) -> Iterator[Text]:
    """Name what a format does not carry of words, codes and looks.

    Parameters
    ----------
    definition : Definition
    kind : str
        Ending of the file.
    """
    asked = list(definition.questions)
    for name, text in _WORDS.items():
        if getattr(definition, name) and name not in _CARRIED[kind]:
            yield text
    there = {
        _TITLE: kind == "qsf" and len(definition.title) > 1,
        _TITLES: kind != "lss" and any(page.title for page in definition.pages),
        _HELPS: kind != "lss" and any(one.help for one in asked),
        _LOOKS: any(getattr(one, "look", Look.NUMBERS) is not Look.NUMBERS for one in asked),
        _ORDER: kind == "txt" and any(getattr(one, "random_order", False) for one in asked),
        _PAGES: any(page.random_order for page in definition.pages),
        _CODES: kind == "txt",
        _SHORTER: kind == "lss" and any(map(_renamed, asked)),
    }
    yield from (text for text, lost in there.items() if lost)


def _renamed(question: Any) -> bool:
    parts = (*getattr(question, "options", ()), *getattr(question, "rows", ()))
    longest = _LONGEST if question.kind in {Kind.MULTIPLE, Kind.MATRIX} else _LONGEST_OPTION
    named = [(question.id, _LONGEST), *((one.code, longest) for one in parts if one.code != OTHER)]
    return any(len(code) > most or not _PLAIN.fullmatch(code) for code, most in named)


def lost_rules(definition: Definition, kind: str) -> Iterator[Text]:
    """Name each condition, jump and quota that a format does not carry.

    Parameters
    ----------
    definition : Definition
    kind : str
        Ending of the file.
    """
    for page in definition.pages:
        if page.show_if and not _carried(definition, page.show_if, kind):
            said = say_condition(definition, page.show_if)
            yield _SHOWN.format(what=name_page(definition, page), condition=said)
        for question in page.questions:
            if question.show_if and not _carried(definition, question.show_if, kind):
                said = say_condition(definition, question.show_if)
                yield _SHOWN.format(what=name_question(definition, question.id), condition=said)
        carried = jumps_carried(definition, page) if kind == _WITH_JUMPS else []
        for number, jump in enumerate(page.jumps):
            if number >= len(carried) or jump.end is Ending.SCREENED_OUT:
                sentence = _JUMP if number >= len(carried) else _SCREENED
                said = say_jump(definition, jump)
                yield sentence.format(page=name_page(definition, page), jump=said)
    for quota in definition.quotas:
        yield _QUOTA.format(name=quote(in_both(quota.name, quota.id)))


def _carried(definition: Definition, condition: Condition, kind: str) -> bool:
    if kind not in _WITH_CONDITIONS:
        return False
    try:
        return bool(clauses_of(definition, picks_of(definition, condition)))
    except UnsayableError:
        return False
