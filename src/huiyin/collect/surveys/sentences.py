"""Conditions, jumps and quotas as sentences that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from huiyin.collect.surveys.contracts import NOT_APPLICABLE, Ending, Op
from huiyin.collect.surveys.definition import (
    AllOf,
    AnyOf,
    Condition,
    Consent,
    Definition,
    FieldTest,
    Jump,
    Matrix,
    Not,
    Page,
    Quota,
    Rating,
    Slider,
    Test,
    Words,
    say,
    split_name,
)
from huiyin.core.text import EN, ZH, Text

LONGEST_NAME = 30
_SHOW = Text("{condition}时才问", "Asked only if {condition}")
_SHOW_PAGE = Text("{condition}时才出现这一页", "This page is shown only if {condition}")
_JUMP = Text("答完这一页，若{condition}，{aim}", "After this page, if {condition}, {aim}")
_JUMP_ALWAYS = Text("答完这一页，{aim}", "After this page, {aim}")
_TO = Text("跳到第 {n} 页{title}", "go to page {n}{title}")
_ENDS = {
    Ending.COMPLETE: Text("问卷到此结束，算答完", "the questionnaire ends and counts as complete"),
    Ending.SCREENED_OUT: Text(
        "问卷到此结束，算不符合条件", "the questionnaire ends and counts as screened out"
    ),
}
_QUOTA = Text("{condition}的最多收 {n} 份；{full}", "At most {n} answers where {condition}; {full}")
_FULL = {
    Ending.COMPLETE: Text("满了以后照常答完", "when full, people finish as usual"),
    Ending.SCREENED_OUT: Text(
        "满了以后再来的人到此结束", "when full, the questionnaire ends for those who come later"
    ),
}
_OF_PAGE = Text("第 {n} 页{title}", "page {n}{title}")

_IS = Text("{q}答 {v} 分", "{q} is answered {v}")
_IS_NOT = Text("{q}答的不是 {v} 分", "{q} is answered other than {v}")
_RANGE = Text("{q}答 {low}–{high} 分", "{q} is answered {low}–{high}")
_FROM = Text("{q}答 {v} 分及以上", "{q} is answered {v} or more")
_TO_MOST = Text("{q}答 {v} 分及以下", "{q} is answered {v} or less")
_CHOSE = Text("{q}选了{v}", "{q} is answered {v}")
_CHOSE_NOT = Text("{q}没选{v}", "{q} is not answered {v}")
_WROTE = Text("{q}填的是“{v}”", "{q} is “{v}”")
_WROTE_NOT = Text("{q}填的不是“{v}”", "{q} is not “{v}”")
_DAY_FROM = Text("{q}在 {v} 或之后", "{q} is {v} or later")
_DAY_TO = Text("{q}在 {v} 或之前", "{q} is {v} or earlier")
_ANSWERED = Text("{q}答了", "{q} is answered")
_UNANSWERED = Text("{q}没有答", "{q} is not answered")
_AGREED = Text("{q}勾了同意", "{q} is agreed to")
_NOT_AGREED = Text("{q}没有勾同意", "{q} is not agreed to")
_NA = Text("{q}选了“不适用”", "{q} is answered “not applicable”")
_NOT_NA = Text("{q}答了，且不是“不适用”", "{q} is answered, and not “not applicable”")
_FIELD = {
    Op.IS: Text("资料里的“{f}”是“{v}”", "the field “{f}” is “{v}”"),
    Op.IS_NOT: Text("资料里的“{f}”有值，且不是“{v}”", "the field “{f}” is known and not “{v}”"),
    Op.AT_LEAST: Text("资料里的“{f}”不小于 {v}", "the field “{f}” is {v} or more"),
    Op.AT_MOST: Text("资料里的“{f}”不大于 {v}", "the field “{f}” is {v} or less"),
    Op.INCLUDES: Text("资料里的“{f}”是“{v}”", "the field “{f}” is “{v}”"),
    Op.EXCLUDES: Text("资料里的“{f}”有值，且不是“{v}”", "the field “{f}” is known and not “{v}”"),
    Op.ANSWERED: Text("资料里有“{f}”", "the field “{f}” is known"),
    Op.UNANSWERED: Text("资料里没有“{f}”", "the field “{f}” is not known"),
}
_NOT = Text("并非（{condition}）", "not ({condition})")
_BRACKETS = Text("（{condition}）", "({condition})")
_AND = Text("，并且", " and ")
_OR = Text("，或者", " or ")
_OR_VALUE = Text("或", " or ")


def in_both(words: Words, otherwise: str) -> Text:
    """Say words in Chinese and English, each falling back on the first language there is."""
    return Text(say(words, ZH) or otherwise, say(words, EN) or otherwise)


def short(text: Text) -> Text:
    """Cut words to the length of a name."""
    return Text.of({tag: _cut(words) for tag, words in text.items()})


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def quote(text: Text) -> Text:
    """Put words between the quotation marks of a name."""
    return Text("“{words}”", "“{words}”").format(words=short(text))


def name_question(definition: Definition, name: str) -> Text:
    """Name a question, or a row of it (``q3.row``), by its words."""
    code, row = split_name(name)
    question = definition.question(code)
    if question is None:
        return quote(Text.same(name))
    title = quote(in_both(question.title, code))
    if row and isinstance(question, Matrix):
        label = next((in_both(r.label, row) for r in question.rows if r.code == row), None)
        return Text("{title}的{row}", "{row} of {title}").format(
            title=title, row=quote(label or Text.same(row))
        )
    return title


def name_page(definition: Definition, page: Page) -> Text:
    """Name a page by its number, and its title where it has one."""
    return _OF_PAGE.format(n=definition.pages.index(page) + 1, title=_titled(page))


def _titled(page: Page) -> Text:
    """Give the title of a page to stand behind its number, nothing where it has none."""
    if not say(page.title, ZH):
        return Text("", "")
    return _spaced(quote(in_both(page.title, "")))


def _spaced(title: Text) -> Text:
    return Text.of(
        {tag: f" {words}" if tag == EN and words else words for tag, words in title.items()}
    )


def say_condition(definition: Definition, condition: Condition) -> Text:
    """Say a condition: “您愿意推荐我们吗”答 0–6 分.

    Parameters
    ----------
    definition : Definition
    condition : Condition

    Returns
    -------
    Text
        A clause, without a full stop.
    """
    match condition:
        case AllOf(all=parts):
            return _joined(definition, _ranges(definition, parts), _AND)
        case AnyOf(any=parts):
            return _joined(definition, _choices(definition, parts), _OR)
        case Not(no=part):
            return _NOT.format(condition=say_condition(definition, part))
        case FieldTest(field=name, op=op, value=value):
            return _FIELD[op].format(f=name, v="" if value is None else value)
        case Test():
            return _say_test(definition, condition)


def say_show(definition: Definition, condition: Condition) -> Text:
    """Say when a question is asked: “…”答 0–6 分时才问."""
    return _SHOW.format(condition=say_condition(definition, condition))


def say_page_show(definition: Definition, condition: Condition) -> Text:
    """Say when a page is shown."""
    return _SHOW_PAGE.format(condition=say_condition(definition, condition))


def say_jump(definition: Definition, jump: Jump) -> Text:
    """Say where a jump goes, and when: 答完这一页，若…，跳到第 3 页."""
    aim = _ENDS[jump.end] if jump.end else _aim(definition, jump.to or "")
    if jump.when is None:
        return _JUMP_ALWAYS.format(aim=aim)
    return _JUMP.format(condition=say_condition(definition, jump.when), aim=aim)


def say_quota(definition: Definition, quota: Quota) -> Text:
    """Say whom a quota limits, to how many, and what happens when it is full."""
    condition = say_condition(definition, quota.where)
    return _QUOTA.format(condition=condition, n=quota.most, full=_FULL[quota.full])


def _aim(definition: Definition, page_id: str) -> Text:
    for number, page in enumerate(definition.pages, 1):
        if page.id == page_id:
            return _TO.format(n=number, title=_titled(page))
    return _TO.format(n="?", title=_spaced(quote(Text.same(page_id))))


Spoken = Condition | Text


def _joined(definition: Definition, parts: Iterable[Spoken], word: Text) -> Text:
    said = [
        part if isinstance(part, Text) else _bracketed(part, say_condition(definition, part))
        for part in parts
    ]
    return Text(
        word[ZH].join(one.say(ZH) for one in said), word[EN].join(one.say(EN) for one in said)
    )


def _bracketed(part: Condition, said: Text) -> Text:
    several = (
        isinstance(part, (AllOf, AnyOf)) and len(getattr(part, "all", getattr(part, "any", ()))) > 1
    )
    return _BRACKETS.format(condition=said) if several else said


def _ranges(definition: Definition, parts: tuple[Condition, ...]) -> list[Spoken]:
    """Say “at least 3” and “at most 5” of one question as one range."""
    said: list[Spoken] = []
    for part in parts:
        between = _range(definition, said[-1], part) if said else None
        if between is None:
            said.append(part)
        else:
            said[-1] = between
    return said


def _range(definition: Definition, one: Spoken, other: Spoken) -> Text | None:
    if not isinstance(one, Test) or not isinstance(other, Test) or one.question != other.question:
        return None
    ends = {one.op: one.value, other.op: other.value}
    if set(ends) != {Op.AT_LEAST, Op.AT_MOST} or isinstance(ends[Op.AT_LEAST], str):
        return None
    name = name_question(definition, one.question)
    return _RANGE.format(q=name, low=ends[Op.AT_LEAST], high=ends[Op.AT_MOST])


def _choices(definition: Definition, parts: tuple[Condition, ...]) -> list[Spoken]:
    """Say “is A” or “is B” of one question as one choice of A or B."""
    said: list[Spoken] = []
    for chosen, run in groupby(parts, _chosen):
        some = list(run)
        tests = [one for one in some if isinstance(one, Test)]
        said += [_one_of(definition, tests)] if chosen and len(tests) > 1 else some
    return said


def _chosen(part: Condition) -> str | None:
    """Give the question of which a test says what was chosen."""
    if isinstance(part, Test) and part.op in {Op.IS, Op.INCLUDES}:
        return part.question
    return None


def _one_of(definition: Definition, run: list[Test]) -> Text:
    question = definition.question(run[0].code)
    values = [_value(question, test.value) for test in run]
    said = {tag: _OR_VALUE[tag].join(value.say(tag) for value in values) for tag in (ZH, EN)}
    form = _IS if _is_number(question) else _CHOSE
    return form.format(q=name_question(definition, run[0].question), v=Text.of(said))


def _is_number(question: Any) -> bool:
    return isinstance(question, (Rating, Slider, Matrix))


def _value(question: Any, value: Any) -> Text:
    """Say a value as the respondent sees it: the label of an option, a level as it is."""
    if value == NOT_APPLICABLE and _is_number(question):
        return Text("“不适用”", "“not applicable”")
    for option in getattr(question, "options", ()):
        if option.code == value:
            return quote(in_both(option.label, option.code))
    words = str(value)
    return Text.same(words) if _is_number(question) else quote(Text.same(words))


def _say_test(definition: Definition, test: Test) -> Text:
    question = definition.question(test.code)
    name = name_question(definition, test.question)
    if test.op in {Op.ANSWERED, Op.UNANSWERED}:
        return (_ANSWERED if test.op is Op.ANSWERED else _UNANSWERED).format(q=name)
    if isinstance(question, Consent):
        agreed = (test.value is True) == (test.op in {Op.IS, Op.INCLUDES})
        return (_AGREED if agreed else _NOT_AGREED).format(q=name)
    if test.op in {Op.AT_LEAST, Op.AT_MOST}:
        return _say_order(question, name, test)
    return _say_value(question, name, test)


def _say_value(question: Any, name: Text, test: Test) -> Text:
    yes = test.op in {Op.IS, Op.INCLUDES}
    if _is_number(question):
        if test.value == NOT_APPLICABLE:
            return (_NA if yes else _NOT_NA).format(q=name)
        return (_IS if yes else _IS_NOT).format(q=name, v=test.value)
    if hasattr(question, "options"):
        return (_CHOSE if yes else _CHOSE_NOT).format(q=name, v=_value(question, test.value))
    return (_WROTE if yes else _WROTE_NOT).format(q=name, v=test.value)


def _say_order(question: Any, name: Text, test: Test) -> Text:
    least = test.op is Op.AT_LEAST
    if isinstance(test.value, str):
        return (_DAY_FROM if least else _DAY_TO).format(q=name, v=test.value)
    ends = _ends(question)
    if ends is None:
        return (_FROM if least else _TO_MOST).format(q=name, v=test.value)
    low, high = (test.value, ends[1]) if least else (ends[0], test.value)
    if low == high:
        return _IS.format(q=name, v=low)
    return _RANGE.format(q=name, low=low, high=high)


def _ends(question: Any) -> tuple[int, int] | None:
    if isinstance(question, Slider):
        return question.minimum, question.maximum
    levels = getattr(question, "levels", None)
    return (levels[0], levels[-1]) if levels else None
