"""Answers that stand for all others: one of each kind that the conditions tell apart.

Two answers to a question are alike where every comparison of the questionnaire gives the same of
both. So a few answers stand for all, and what is tried on them is proved for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise, product
from typing import Any

from huiyin.collect.surveys.contracts import NOT_APPLICABLE, Kind, Op
from huiyin.collect.surveys.definition import FieldTest, Matrix, Multiple, Test
from huiyin.collect.surveys.logic import holds

MOST_CLASSES = 20_000
"""Candidates of one question that are looked at."""
MOST_MENTIONED = 10
"""Options of a multiple choice that conditions may name."""
_SOMETHING = "\u2026"


class TooManyWaysError(Exception):
    """There are more combinations than can be looked at in a moment."""


def stand_ins(question: Any, tests: Sequence[Test]) -> tuple[Any, ...]:
    """Give answers that stand for all answers to a question, None (no answer) among them.

    Parameters
    ----------
    question : Question
    tests : sequence of Test
        All comparisons with this question.

    Returns
    -------
    tuple
        One answer of each class; None only where the question may be left out.

    Raises
    ------
    TooManyWaysError
        There are too many classes to list.
    """
    possible: Iterable[Any] = _HOW[Kind(question.kind)](question, tests)
    if not question.required:
        possible = (None, *possible)

    def marks(answer: Any) -> tuple[bool, ...]:
        given = {} if answer is None else {question.id: answer}
        return tuple(holds(test, given, {}) for test in tests)

    return _one_of_each(possible, marks)


def field_stand_ins(name: str, tests: Sequence[FieldTest]) -> tuple[str | None, ...]:
    """Give facts that stand for all facts of a name, None (not known) among them."""
    numbers = [
        float(test.value)
        for test in tests
        if isinstance(test.value, (int, float)) and not isinstance(test.value, bool)
    ]
    words = [str(test.value) for test in tests if isinstance(test.value, str)]
    days = [one.isoformat() for one in _around_days(words)]
    candidates = [None, *words, *(_spell(one) for one in _around(numbers)), *days, _SOMETHING]

    def marks(fact: Any) -> tuple[bool, ...]:
        return tuple(holds(test, {}, {} if fact is None else {name: fact}) for test in tests)

    return _one_of_each(candidates, marks)


def _one_of_each(
    candidates: Iterable[Any], marks: Callable[[Any], tuple[bool, ...]]
) -> tuple[Any, ...]:
    found: dict[tuple[bool, ...], Any] = {}
    for number, candidate in enumerate(candidates):
        if number > MOST_CLASSES:
            raise TooManyWaysError
        found.setdefault(marks(candidate), candidate)
    return tuple(found.values())


def _around(numbers: Sequence[float]) -> Iterator[float]:
    cuts = sorted(set(numbers))
    yield from cuts
    yield from ((low + high) / 2 for low, high in pairwise(cuts))
    if cuts:
        yield from (cuts[0] - 1, cuts[-1] + 1)


def _spell(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _levels(question: Any, _: Sequence[Test]) -> Iterator[Any]:
    yield from question.levels
    if question.not_applicable:
        yield NOT_APPLICABLE


def _slider(question: Any, _: Sequence[Test]) -> Iterator[int]:
    steps = range(question.minimum, question.maximum + 1, question.step)
    if len(steps) <= MOST_CLASSES // 2:
        yield from steps
        return
    raise TooManyWaysError


def _single(question: Any, _: Sequence[Test]) -> Iterator[str]:
    yield from (option.code for option in question.options)


def _several(question: Any, tests: Sequence[Test]) -> Iterator[list[str]]:
    """List sets of the options that conditions name, filled up with others where more are due."""
    named = {test.value for test in tests}
    mentioned = [option for option in question.options if option.code in named]
    others = [option for option in question.options if option.code not in named]
    if len(mentioned) > MOST_MENTIONED:
        raise TooManyWaysError
    free = [option.code for option in others if not option.exclusive]
    for size in range(len(mentioned) + 1):
        for chosen in combinations(mentioned, size):
            yield from _filled(question, list(chosen), free, [o.code for o in others])


def _filled(
    question: Any, chosen: list[Any], free: list[str], others: list[str]
) -> Iterator[list[str]]:
    codes = [option.code for option in chosen]
    alone = isinstance(question, Multiple) and any(option.exclusive for option in chosen)
    least = question.least if isinstance(question, Multiple) else 0
    if not codes and others and not free:
        yield others[:1]
        return
    if not alone:
        codes += free[: max(least - len(codes), 0 if codes else 1)]
    fits = len(codes) == 1 if alone else len(codes) >= max(least, 1)
    if fits and (question.most is None or len(codes) <= question.most):
        yield codes
    elif not chosen:
        yield from ([code] for code in others if code not in free)


def _matrix(question: Matrix, tests: Sequence[Test]) -> Iterator[dict[str, Any]]:
    named = {test.row for test in tests}
    mentioned = [row.code for row in question.rows if row.code in named]
    others = [row.code for row in question.rows if row.code not in named]
    levels: list[Any] = list(_levels(question, ()))
    choices = [_row_levels(question, row, tests, levels) for row in mentioned]
    for answer in product(*choices):
        given = {
            row: level for row, level in zip(mentioned, answer, strict=True) if level is not None
        }
        given |= dict.fromkeys(others[: len(others) if question.required else 1], levels[0])
        if given:
            yield given


def _row_levels(
    question: Matrix, row: str, tests: Sequence[Test], levels: list[Any]
) -> tuple[Any, ...]:
    own = [test for test in tests if test.question == f"{question.id}.{row}"]
    possible = levels if question.required else [None, *levels]

    def marks(level: Any) -> tuple[bool, ...]:
        given = {} if level is None else {row: level}
        return tuple(holds(test, {question.id: given}, {}) for test in own)

    return _one_of_each(possible, marks)


def _text(question: Any, tests: Sequence[Test]) -> Iterator[str]:
    yield _SOMETHING
    yield from (test.value for test in tests if isinstance(test.value, str) and test.value)
    if any(test.op in {Op.AT_LEAST, Op.AT_MOST} for test in tests):
        yield from _date(question, tests)


def _date(_: Any, tests: Sequence[Test]) -> Iterator[str]:
    days = _around_days([test.value for test in tests if isinstance(test.value, str)])
    yield from (day.isoformat() for day in (date.min, *days, date.max))


def _around_days(words: Sequence[str]) -> Iterator[date]:
    for day in map(day_of, words):
        if day is None:
            continue
        yield day
        if date.min < day < date.max:
            yield from (day + timedelta(days=by) for by in (-1, 1))


def day_of(words: str) -> date | None:
    """Read a day like 2026-11-26, None where it is none."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day.isoformat() == words else None


def _consent(question: Any, _: Sequence[Test]) -> Iterator[bool]:
    yield True
    if not question.required:
        yield False


_HOW: dict[Kind, Callable[[Any, Sequence[Test]], Iterable[Any]]] = {
    Kind.NPS: _levels,
    Kind.CSAT: _levels,
    Kind.CES: _levels,
    Kind.SLIDER: _slider,
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _several,
    Kind.RANKING: _several,
    Kind.MATRIX: _matrix,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.FILE: lambda *_: (_SOMETHING,),
    Kind.CONTACT: lambda question, _: ({question.fields[0]: _SOMETHING},),
    Kind.CONSENT: _consent,
    Kind.NOTE: lambda *_: (None,),
}
