"""Whether conditions, and places to fill in, name what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.classes import day_of
from huiyin.collect.surveys.contracts import NOT_APPLICABLE, Kind, Op
from huiyin.collect.surveys.definition import (
    Definition,
    FieldTest,
    Matrix,
    Page,
    Slider,
    Test,
    Words,
    split_name,
    tests,
)
from huiyin.collect.surveys.filling import NOT_PIPED, places
from huiyin.collect.surveys.findings import Finding, error, warning
from huiyin.collect.surveys.reach import Key, placed
from huiyin.collect.surveys.sentences import name_question
from huiyin.core.text import Text

_UNKNOWN = Text(
    "条件里用到的题“{q}”不存在。", "A condition names the question “{q}”, which is not here."
)
_LATER = Text(
    "条件里用到的{q}排在后面，这时还没有答。", "A condition needs {q}, which comes later."
)
_NOTE = Text(
    "条件里用到的{q}是说明，没有答案。", "A condition needs {q}, a note without an answer."
)
_NO_ROWS = Text("{q}没有行，条件里却指定了一行。", "{q} has no rows, yet a condition names one.")
_NO_ROW = Text("{q}里没有“{row}”这一行。", "{q} has no row “{row}”.")
_WHICH_ROW = Text(
    "{q}有好几行，条件要说清是哪一行。", "{q} has rows: the condition must say which."
)
_NO_OPTION = Text("{q}里没有“{value}”这个选项。", "{q} has no option “{value}”.")
_OFF_SCALE = Text("“{value}”不在{q}的量表上。", "“{value}” is not on the scale of {q}.")
_NO_DAY = Text(
    "{q}要和 2026-11-26 这样的日期比。", "{q} must be compared with a day like 2026-11-26."
)
_NO_VALUE = Text("和{q}比的条件缺一个值。", "The condition on {q} lacks a value.")
_CANNOT = Text(
    "{q}不能这样比较，条件永远不会成立。", "{q} cannot be compared this way; it never holds."
)
_USE_INCLUDES = Text("多选题请用“选了/没选”。", "For several choices use “includes” or “excludes”.")
_FIELD = Text(
    "条件里用到的资料“{f}”没有登记。", "A condition needs the field “{f}”, which is not listed."
)
_LIST_FIELD = Text("在问卷设置里加上这项资料。", "Add the field in the questionnaire’s settings.")
_PIPE = Text(
    "文字里的 {{{{{name}}}}} 不知从哪里来。", "Nothing is known to fill in {{{{{name}}}}}."
)
_PIPE_ADVICE = Text(
    "写成已登记的资料名或前面某题的编号。", "Use a listed field, or the id of an earlier question."
)
_PIPE_LATER = Text(
    "文字里引用了{q}的回答，可这时还没有答到。",
    "The words repeat the answer to {q}, which is not given yet.",
)
_PIPE_SEALED = Text("{q}的回答不能写进文字里。", "The answer to {q} cannot be repeated in words.")
_PIPE_EMPTY = Text(
    "{{{{{name}}}}} 没有值时，这里会是空的。",
    "Where {{{{{name}}}}} is not known, nothing is said here.",
)
_PIPE_FALLBACK = Text(
    "加一个备用的说法：{{{{{name}|您}}}}。", "Add what to say instead: {{{{{name}|you}}}}."
)
_SPOKEN_ONLY = frozenset({Op.ANSWERED, Op.UNANSWERED})
_EQUAL = frozenset({Op.IS, Op.IS_NOT})
_ORDER = frozenset({Op.AT_LEAST, Op.AT_MOST})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition stands, and the questions answered before it."""

    definition: Definition
    page: str | None
    question: str | None
    quota: str | None
    before: frozenset[str]

    def fault(self, code: str, sentence: Text, advice: Text | None = None) -> Finding:
        """Remark on an error at this place."""
        found = error(code, sentence, advice)
        return found.at(page=self.page, question=self.question, quota=self.quota)


def check_references(definition: Definition) -> tuple[list[Finding], frozenset[Key]]:
    """Check what conditions name.

    Returns
    -------
    list of Finding
    frozenset of Key
        Conditions with a fault: what they decide is not worth proving.
    """
    places = _places(definition)
    found: list[Finding] = []
    broken: set[Key] = set()
    for key, condition in placed(definition):
        faults = [fault for test in tests(condition) for fault in _test(places[key], test)]
        found += faults
        if faults:
            broken.add(key)
    return found, frozenset(broken)


def _places(definition: Definition) -> Mapping[Key, Place]:
    before: list[str] = []
    places: dict[Key, Place] = {}
    for page in definition.pages:
        places["page", page.id, 0] = Place(definition, page.id, None, None, frozenset(before))
        for question in page.questions:
            place = Place(definition, page.id, question.id, None, frozenset(before))
            places["question", question.id, 0] = place
            before.append(question.id)
        for number in range(len(page.jumps)):
            place = Place(definition, page.id, None, None, frozenset(before))
            places["jump", page.id, number] = place
    for quota in definition.quotas:
        place = Place(definition, None, None, quota.id, frozenset(before))
        places["quota", quota.id, 0] = place
    return places


def _test(place: Place, test: Test | FieldTest) -> Iterator[Finding]:
    if isinstance(test, FieldTest):
        if test.field not in place.definition.fields:
            yield place.fault("unknown_field", _FIELD.format(f=test.field), _LIST_FIELD)
        return
    question = place.definition.question(test.code)
    name = name_question(place.definition, test.question)
    if question is None:
        yield place.fault("unknown_question", _UNKNOWN.format(q=test.question))
    elif test.code not in place.before:
        yield place.fault("later_question", _LATER.format(q=name))
    elif question.kind == Kind.NOTE:
        yield place.fault("no_answer", _NOTE.format(q=name))
    else:
        yield from _row(place, question, test, name)


def _row(place: Place, question: Any, test: Test, name: Text) -> Iterator[Finding]:
    title = name_question(place.definition, question.id)
    if test.row and not isinstance(question, Matrix):
        yield place.fault("no_rows", _NO_ROWS.format(q=title))
    elif test.row and not _has_row(question, test.row):
        yield place.fault("unknown_row", _NO_ROW.format(q=title, row=test.row))
    elif test.op in _SPOKEN_ONLY:
        return
    elif isinstance(question, Matrix) and not test.row:
        yield place.fault("row_missing", _WHICH_ROW.format(q=title))
    elif test.value is None:
        yield place.fault("value_missing", _NO_VALUE.format(q=title))
    else:
        yield from _VALUE[Kind(question.kind)](place, question, test, name)


def _level(place: Place, question: Any, test: Test, name: Text) -> Iterator[Finding]:
    value = test.value
    special = value == NOT_APPLICABLE and question.not_applicable and test.op not in _ORDER
    if not special and not _on(question.levels, value):
        yield place.fault("off_scale", _OFF_SCALE.format(q=name, value=value))


def _on(levels: range, value: Any) -> bool:
    return not isinstance(value, (bool, str)) and value in levels


def _slider(place: Place, question: Slider, test: Test, name: Text) -> Iterator[Finding]:
    value = test.value
    if isinstance(value, (bool, str)) or not question.minimum <= (value or 0) <= question.maximum:
        yield place.fault("off_scale", _OFF_SCALE.format(q=name, value=value))


def _single(place: Place, question: Any, test: Test, name: Text) -> Iterator[Finding]:
    if test.op in _ORDER:
        yield place.fault("cannot_compare", _CANNOT.format(q=name))
    elif all(option.code != test.value for option in question.options):
        yield place.fault("unknown_option", _NO_OPTION.format(q=name, value=test.value))


def _several(place: Place, question: Any, test: Test, name: Text) -> Iterator[Finding]:
    if test.op in _EQUAL:
        yield place.fault("cannot_compare", _CANNOT.format(q=name), _USE_INCLUDES)
    else:
        yield from _single(place, question, test, name)


def _text(place: Place, _: Any, test: Test, name: Text) -> Iterator[Finding]:
    if not isinstance(test.value, str) or (test.op in _ORDER and day_of(test.value) is None):
        yield place.fault("cannot_compare", _CANNOT.format(q=name))


def _date(place: Place, _: Any, test: Test, name: Text) -> Iterator[Finding]:
    if not isinstance(test.value, str) or day_of(test.value) is None:
        yield place.fault("no_day", _NO_DAY.format(q=name))


def _consent(place: Place, _: Any, test: Test, name: Text) -> Iterator[Finding]:
    if not isinstance(test.value, bool) or test.op in _ORDER:
        yield place.fault("cannot_compare", _CANNOT.format(q=name))


def _never(place: Place, _: Any, __: Test, name: Text) -> Iterator[Finding]:
    yield place.fault("cannot_compare", _CANNOT.format(q=name))


_VALUE: Mapping[Kind, Callable[[Place, Any, Test, Text], Iterator[Finding]]] = {
    Kind.NPS: _level,
    Kind.CSAT: _level,
    Kind.CES: _level,
    Kind.MATRIX: _level,
    Kind.SLIDER: _slider,
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _several,
    Kind.RANKING: _several,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.CONSENT: _consent,
    Kind.FILE: _never,
    Kind.CONTACT: _never,
}


def words_of(question: Any) -> Iterator[Words]:
    """List all words of a question."""
    yield from (question.title, question.help)
    yield from (option.label for option in getattr(question, "options", ()))
    yield from (row.label for row in getattr(question, "rows", ()))
    yield from getattr(question, "words", ())
    for end in ("low", "high"):
        yield getattr(question, end, {})


def check_places(definition: Definition) -> Iterator[Finding]:
    """Check what is to be filled in: a listed field, or an answer from an earlier page."""
    before: set[str] = set()
    yield from _filled(definition, (definition.intro, definition.privacy, definition.title), before)
    for page in definition.pages:
        yield from _in_page(definition, page, before)
        before |= {question.id for question in page.questions}
    last = (
        definition.thanks,
        definition.screened_out,
        *(quota.words for quota in definition.quotas),
    )
    yield from _filled(definition, last, before)


def _in_page(definition: Definition, page: Page, before: set[str]) -> Iterator[Finding]:
    for found in _filled(definition, (page.title,), before):
        yield found.at(page=page.id)
    for question in page.questions:
        for found in _filled(definition, words_of(question), before):
            yield found.at(page=page.id, question=question.id)


def _filled(definition: Definition, words: Any, before: set[str]) -> Iterator[Finding]:
    named: dict[str, str | None] = {}
    for one in words:
        for language in one.values():
            for name, fallback in places(language):
                named[name] = named.get(name, fallback) and fallback
    for name, fallback in named.items():
        yield from _place(definition, name, fallback, before)


def _place(
    definition: Definition, name: str, fallback: str | None, before: set[str]
) -> Iterator[Finding]:
    code, row = split_name(name)
    question = definition.question(code)
    if name not in definition.fields:
        if question is None or (row and not _has_row(question, row)):
            yield error("unknown_place", _PIPE.format(name=name), _PIPE_ADVICE)
            return
        if question.kind in NOT_PIPED:
            yield error("sealed_place", _PIPE_SEALED.format(q=name_question(definition, code)))
            return
        if code not in before:
            yield error("later_place", _PIPE_LATER.format(q=name_question(definition, code)))
            return
        if question.required and question.show_if is None:
            return
    if fallback is None:
        advice = _PIPE_FALLBACK.format(name=name)
        yield warning("place_without_fallback", _PIPE_EMPTY.format(name=name), advice)


def _has_row(question: Any, row: str) -> bool:
    return any(one.code == row for one in getattr(question, "rows", ()))
