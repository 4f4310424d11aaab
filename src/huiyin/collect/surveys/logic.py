"""The one way through a questionnaire: which pages and questions are asked, given the answers.

A single pass forward: a page is asked where its condition holds, a question likewise, on the
answers to questions that were themselves asked before it. What is not asked does not count, even
where something was answered earlier. Jumps go forward only, so every way ends. The same rules in
`web/answer/answer.js` hide and show questions while a page is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.contracts import Ending, Kind, Op
from huiyin.collect.surveys.definition import (
    AllOf,
    AnyOf,
    Condition,
    Definition,
    FieldTest,
    Not,
    Page,
    Test,
)

Answers = Mapping[str, Any]
"""Question id → answer: a level, a code, a list of codes, row → level, words, a day, a truth."""
Fields = Mapping[str, str]
_NUMERIC = re.compile(r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$", re.ASCII)
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stop:
    """A page on the way, and the questions of it that are asked, in the order of the definition."""

    page: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way through a questionnaire.

    Attributes
    ----------
    stops : tuple of Stop
        Pages with at least one question to show.
    ending : Ending
        How it ends if the answers stay as they are.
    answers : mapping
        The answers that count: to questions that are asked.
    """

    stops: tuple[Stop, ...]
    ending: Ending
    answers: Answers


def find_way(definition: Definition, answers: Answers, fields: Fields) -> Way:
    """Find the way that a respondent takes, with the answers there are so far.

    Parameters
    ----------
    definition : Definition
    answers : mapping of str to answer
        A question that is missing, or whose answer is None, is unanswered.
    fields : mapping of str to str
        Facts that came with the respondent.
    """
    live: dict[str, Any] = {}
    stops: list[Stop] = []
    number, ending = 0, Ending.COMPLETE
    while number < len(definition.pages):
        page = definition.pages[number]
        number += 1
        if page.show_if is not None and not holds(page.show_if, live, fields):
            continue
        shown = _ask(page, answers, fields, live)
        if shown:
            stops.append(Stop(page.id, shown))
        jump = next((j for j in page.jumps if j.when is None or holds(j.when, live, fields)), None)
        if jump is not None and jump.end is not None:
            ending = jump.end
            break
        if jump is not None and jump.to is not None:
            number = next(at for at, one in enumerate(definition.pages) if one.id == jump.to)
    return Way(tuple(stops), ending, live)


def _ask(page: Page, answers: Answers, fields: Fields, live: dict[str, Any]) -> tuple[str, ...]:
    shown = []
    for question in page.questions:
        if question.show_if is not None and not holds(question.show_if, live, fields):
            continue
        shown.append(question.id)
        if question.kind is not Kind.NOTE and answers.get(question.id) is not None:
            live[question.id] = answers[question.id]
    return tuple(shown)


def holds(condition: Condition, answers: Answers, fields: Fields) -> bool:
    """Tell whether a condition holds on the answers that count."""
    match condition:
        case AllOf(all=parts):
            return all(holds(part, answers, fields) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, answers, fields) for part in parts)
        case Not(no=part):
            return not holds(part, answers, fields)
        case FieldTest(field=name, op=op, value=value):
            return compare(_fact(fields.get(name), value), op, value)
        case Test(op=op, value=value):
            return compare(_answer(answers, condition), op, value)


def _fact(words: str | None, value: Any) -> str | float | None:
    """Read a fact as a number where it is compared with one."""
    if words and isinstance(value, (int, float)) and _NUMERIC.match(words):
        return float(words)
    return words or None


def _answer(answers: Answers, test: Test) -> Any:
    answer = answers.get(test.code)
    if test.row:
        return answer.get(test.row) if isinstance(answer, Mapping) else None
    return answer


def compare(answer: Any, op: Op, value: Any) -> bool:
    """Compare one answer; of none, everything but `unanswered` is false."""
    if answer is None or answer in ("", [], {}):
        return op is Op.UNANSWERED
    several = list(answer) if isinstance(answer, (list, tuple)) else None
    return _COMPARE[op](answer, several, value)


def _same(answer: Any, value: Any) -> bool:
    if isinstance(answer, bool) or isinstance(value, bool):
        return answer is value
    if isinstance(answer, str) or isinstance(value, str):
        return isinstance(answer, str) and isinstance(value, str) and answer == value
    return bool(answer == value)


def _in_order(answer: Any, op: Op, value: Any) -> bool:
    if not (_are_numbers(answer, value) or _are_days(answer, value)):
        return False
    return bool(answer >= value) if op is Op.AT_LEAST else bool(answer <= value)


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in values)


def _are_days(*values: Any) -> bool:
    return all(isinstance(one, str) and _DAY.match(one) for one in values)


_COMPARE: Mapping[Op, Callable[[Any, list[Any] | None, Any], bool]] = {
    Op.ANSWERED: lambda *_: True,
    Op.UNANSWERED: lambda *_: False,
    Op.IS: lambda one, several, value: several is None and _same(one, value),
    Op.IS_NOT: lambda one, several, value: several is None and not _same(one, value),
    Op.AT_LEAST: lambda one, _, value: _in_order(one, Op.AT_LEAST, value),
    Op.AT_MOST: lambda one, _, value: _in_order(one, Op.AT_MOST, value),
    Op.INCLUDES: lambda one, several, value: any(_same(x, value) for x in several or [one]),
    Op.EXCLUDES: lambda one, several, value: not any(_same(x, value) for x in several or [one]),
}
