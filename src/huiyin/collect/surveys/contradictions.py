"""What contradicts itself in a questionnaire, apart from its logic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.columns import build_codebook, name_columns
from huiyin.collect.surveys.contracts import Kind
from huiyin.collect.surveys.definition import (
    Asked,
    Consent,
    Definition,
    Multiple,
    Page,
    Ranking,
    Single,
    Slider,
    Test,
    say,
    tests,
)
from huiyin.collect.surveys.findings import Finding, error, warning
from huiyin.collect.surveys.references import words_of
from huiyin.collect.surveys.sentences import name_page, name_question
from huiyin.core.text import Text

_NOTHING = Text("问卷里一道题也没有。", "There is no question at all.")
_EMPTY_PAGE = Text("{page}是空的。", "{page} has no question.")
_NO_TITLE = Text("题“{q}”没有题目。", "The question “{q}” has no words.")
_NO_LABEL = Text("{q}里有一项没有文字：{code}。", "{q} has an option without words: {code}.")
_SAME_LABEL = Text("{q}里有两项都叫“{label}”。", "{q} has two options called “{label}”.")
_TRANSLATE = Text("{q}缺这几种语言的文字：{tags}。", "{q} lacks words in: {tags}.")
_SURVEY_TRANSLATE = Text("问卷标题缺这几种语言：{tags}。", "The title lacks: {tags}.")
_COLUMN = Text(
    "列名“{column}”会用两次：请改一下题的编号或资料名。",
    "Two things would be kept in the column “{column}”: rename a question or a field.",
)
_LEAST_MOST = Text(
    "{q}要求至少选 {least} 项、最多选 {most} 项，办不到。",
    "{q} asks for at least {least} and at most {most}.",
)
_LEAST = Text(
    "{q}要求至少选 {least} 项，可以一起选的只有 {n} 项。",
    "{q} asks for at least {least}, yet only {n} go together.",
)
_MOST = Text(
    "{q}最多选 {most} 项，可一共只有 {n} 项。", "{q} allows {most}, yet there are only {n}."
)
_EXCLUSIVE = Text(
    "{q}一次只能选一项，“与其他互斥”没有用。",
    "In {q} “excludes the others” means nothing: it is one choice.",
)
_ALL_EXCLUSIVE = Text(
    "{q}的每一项都互斥，等于单选题。",
    "Each option of {q} excludes the others: make it a single choice.",
)
_ONE_OPTION = Text("{q}只有一个选项。", "{q} has one option only.")
_EVENT = Text(
    "{q}里表示“发生了”的选项“{code}”不存在。",
    "{q} has no option “{code}”, which is said to mean “it happened”.",
)
_NO_EVENT = Text(
    "{q}要说清哪个选项表示“发生了”。", "{q} must say which option means “it happened”."
)
_STEP = Text("{q}的步长比量程还大。", "The step of {q} is larger than its line.")
_FORCED = Text(
    "{q}设成了必答：同意应当出于自愿。", "{q} is required: consent must be given freely."
)
_FORCED_ADVICE = Text(
    "改成选答，不同意也能答完（个人信息保护法第十四条）。",
    "Make it optional, so that one can finish without (PIPL art. 14; GDPR art. 7).",
)
_ANONYMOUS = Text(
    "问卷声明匿名，{q}却要联系方式。",
    "The questionnaire is anonymous, yet {q} asks how to reach people.",
)
_NO_CONSENT = Text(
    "{q}要联系方式，却没有征得同意的题。",
    "{q} asks for contact data, yet no question asks for consent.",
)
_NO_CONSENT_ADVICE = Text(
    "加一道“同意”题，写明用途。", "Add a consent question that states the purpose."
)
_SHUFFLED = Text(
    "{page}的题随机排列，{q}却要看同一页{other}的答案。",
    "{page} is in random order, yet {q} depends on {other} of the same page.",
)
_QUOTA_ZERO = Text("配额“{q}”一份都不收。", "The quota “{q}” takes nobody.")


def check_contradictions(definition: Definition) -> Iterator[Finding]:
    """Find what contradicts itself: options, limits, words that lack, columns that clash."""
    if all(question.kind == Kind.NOTE for question in definition.questions):
        yield error("no_question", _NOTHING)
    yield from _languages(definition)
    yield from _columns(definition)
    for page in definition.pages:
        if not page.questions:
            yield warning("empty_page", _EMPTY_PAGE.format(page=name_page(definition, page))).at(
                page=page.id
            )
        yield from _shuffled(definition, page)
        for question in page.questions:
            for found in _question(definition, question):
                yield found.at(page=page.id, question=question.id)
    for quota in definition.quotas:
        if quota.most == 0:
            sentence = _QUOTA_ZERO.format(q=say(quota.name, definition.languages[0]) or quota.id)
            yield warning("quota_zero", sentence).at(quota=quota.id)


def _languages(definition: Definition) -> Iterator[Finding]:
    lacking = [tag for tag in definition.languages if not definition.title.get(tag)]
    if lacking:
        yield warning("missing_language", _SURVEY_TRANSLATE.format(tags=", ".join(lacking)))


def _columns(definition: Definition) -> Iterator[Finding]:
    book = build_codebook(definition, name_columns(definition, []))
    counted = Counter(column.name for column in book)
    for column, times in counted.items():
        if times > 1:
            yield error("column_clash", _COLUMN.format(column=column))


def _shuffled(definition: Definition, page: Page) -> Iterator[Finding]:
    if not page.random_order:
        return
    here = {question.id for question in page.questions}
    for question in page.questions:
        needs = tests(question.show_if) if question.show_if else ()
        for test in needs:
            code = test.code if isinstance(test, Test) else ""
            if code in here:
                sentence = _SHUFFLED.format(
                    page=name_page(definition, page),
                    q=name_question(definition, question.id),
                    other=name_question(definition, code),
                )
                found = warning("random_order", sentence)
                yield found.at(page=page.id, question=question.id)
                break


def _question(definition: Definition, question: Any) -> Iterator[Finding]:
    name = name_question(definition, question.id)
    yield from _words(definition, question, name)
    yield from _labels(question, name)
    check = _OF_KIND.get(Kind(question.kind))
    if check:
        yield from check(definition, question, name)


def _words(definition: Definition, question: Asked, name: Text) -> Iterator[Finding]:
    first = definition.languages[0]
    if not any(question.title.values()):
        yield error("no_title", _NO_TITLE.format(q=question.id))
        return
    used = [words for words in words_of(question) if any(words.values())]
    lacking = [tag for tag in definition.languages if any(not words.get(tag) for words in used)]
    if lacking:
        sentence = _TRANSLATE.format(q=name, tags=", ".join(lacking))
        yield (error if first in lacking else warning)("missing_language", sentence)


def _labels(question: Any, name: Text) -> Iterator[Finding]:
    parts = (*getattr(question, "options", ()), *getattr(question, "rows", ()))
    seen: set[tuple[str, str]] = set()
    for part in parts:
        if not any(part.label.values()):
            yield error("no_label", _NO_LABEL.format(q=name, code=part.code))
        twice = next(
            (words for pair in part.label.items() if pair in seen for words in pair[1:]), None
        )
        if twice:
            yield warning("same_label", _SAME_LABEL.format(q=name, label=twice))
        seen |= set(part.label.items())


def _single(_: Definition, question: Single, name: Text) -> Iterator[Finding]:
    codes = {option.code for option in question.options}
    if len(codes) == 1:
        yield warning("one_option", _ONE_OPTION.format(q=name))
    yield from _no_exclusive(question, name)
    if question.role is Role.OUTCOME and not question.events:
        yield error("no_event", _NO_EVENT.format(q=name))
    for code in question.events:
        if code not in codes:
            yield error("unknown_event", _EVENT.format(q=name, code=code))


def _no_exclusive(question: Any, name: Text) -> Iterator[Finding]:
    if any(option.exclusive for option in question.options):
        yield warning("exclusive", _EXCLUSIVE.format(q=name))


def _multiple(_: Definition, question: Multiple, name: Text) -> Iterator[Finding]:
    together = sum(1 for option in question.options if not option.exclusive)
    most = len(question.options) if question.most is None else question.most
    if question.least > most:
        yield error("least_most", _LEAST_MOST.format(q=name, least=question.least, most=most))
    elif question.least > together:
        yield error("least", _LEAST.format(q=name, least=question.least, n=together))
    if together == 0:
        yield warning("all_exclusive", _ALL_EXCLUSIVE.format(q=name))
    yield from _too_many(question, name)


def _ranking(_: Definition, question: Ranking, name: Text) -> Iterator[Finding]:
    if len(question.options) == 1:
        yield warning("one_option", _ONE_OPTION.format(q=name))
    yield from _no_exclusive(question, name)
    yield from _too_many(question, name)


def _too_many(question: Any, name: Text) -> Iterator[Finding]:
    n = len(question.options)
    if question.most is not None and question.most > n:
        yield warning("most", _MOST.format(q=name, most=question.most, n=n))


def _slider(_: Definition, question: Slider, name: Text) -> Iterator[Finding]:
    if question.step > question.maximum - question.minimum:
        yield error("step", _STEP.format(q=name))


def _consent(_: Definition, question: Consent, name: Text) -> Iterator[Finding]:
    if question.required:
        yield warning("forced_consent", _FORCED.format(q=name), _FORCED_ADVICE)


def _contact(definition: Definition, _: Any, name: Text) -> Iterator[Finding]:
    if definition.anonymous:
        yield error("anonymous_contact", _ANONYMOUS.format(q=name))
    if all(question.kind != Kind.CONSENT for question in definition.questions):
        yield warning("contact_without_consent", _NO_CONSENT.format(q=name), _NO_CONSENT_ADVICE)


_OF_KIND: Mapping[Kind, Callable[[Definition, Any, Text], Iterator[Finding]]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _ranking,
    Kind.SLIDER: _slider,
    Kind.CONSENT: _consent,
    Kind.CONTACT: _contact,
}
