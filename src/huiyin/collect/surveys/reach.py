"""Every way through a questionnaire, looked at once: what is reached, and how long it takes.

The answers that stand for all others (`classes`) are tried from the first page to the last. What
later conditions do not ask for is forgotten on the way, so that ways which differ in nothing that
matters are walked once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.collect.surveys.classes import TooManyWaysError, field_stand_ins, stand_ins
from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.definition import (
    Condition,
    Definition,
    FieldTest,
    Page,
    Test,
    tests,
)
from huiyin.collect.surveys.logic import holds

MOST_STEPS = 200_000
"""Comparisons that are looked at, over all ways; beyond, nothing is proved."""
Key = tuple[str, str, int]
"""Where a condition stands: ``page``, ``question``, ``jump`` or ``quota``, id, and number."""
State = frozenset[tuple[str, int]]
Span = tuple[float, float]


@dataclass(slots=True)
class Reach:
    """What is reached by somebody.

    Attributes
    ----------
    truths : mapping of Key to set of bool
        What each condition was found to be, wherever it was looked at.
    pages, questions : set of str
        Ids of those that somebody sees.
    taken : set of Key
        Jumps that somebody takes.
    endings : mapping of Ending to (float, float)
        Fewest and most seconds of a way with this ending.
    """

    truths: dict[Key, set[bool]] = field(default_factory=lambda: defaultdict(set))
    pages: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    taken: set[Key] = field(default_factory=set)
    endings: dict[Ending, Span] = field(default_factory=dict)


def explore(definition: Definition, seconds: Callable[[Any], float] = lambda _: 0.0) -> Reach:
    """Walk all ways.

    Parameters
    ----------
    definition : Definition
    seconds : callable, optional
        Question → seconds that it takes.

    Raises
    ------
    TooManyWaysError
        More than `MOST_STEPS`.
    """
    return _Explorer(definition, seconds).walk()


def placed(definition: Definition) -> Iterator[tuple[Key, Condition]]:
    """List every condition with where it stands, in the order in which it is looked at."""
    for page in definition.pages:
        if page.show_if:
            yield ("page", page.id, 0), page.show_if
        for question in page.questions:
            if question.show_if:
                yield ("question", question.id, 0), question.show_if
        for number, jump in enumerate(page.jumps):
            if jump.when:
                yield ("jump", page.id, number), jump.when
    for quota in definition.quotas:
        yield ("quota", quota.id, 0), quota.where


def variables(condition: Condition) -> set[str]:
    """Name what a condition depends on: ``q3`` for a question, ``{shop`` for a field."""
    return {_variable(test) for test in tests(condition)}


def _variable(test: Test | FieldTest) -> str:
    if isinstance(test, FieldTest):
        return f"{{{test.field}"
    return test.code


def stand_ins_of(
    definition: Definition, conditions: Iterable[Condition]
) -> dict[str, tuple[Any, ...]]:
    """Give, for whatever conditions depend on, the answers that stand for all."""
    asked: dict[str, list[Any]] = defaultdict(list)
    for condition in conditions:
        for test in tests(condition):
            asked[_variable(test)].append(test)
    found: dict[str, tuple[Any, ...]] = {}
    for name, several in asked.items():
        about = list(dict.fromkeys(several))
        question = definition.question(name)
        if name.startswith("{"):
            found[name] = field_stand_ins(name[1:], about)
        elif question is not None:
            found[name] = stand_ins(question, about)
    return found


class _Explorer:
    def __init__(self, definition: Definition, seconds: Callable[[Any], float]) -> None:
        self.definition = definition
        self.seconds = seconds
        self.values = stand_ins_of(definition, (one for _, one in placed(definition)))
        self.last = {
            name: key for key, condition in placed(definition) for name in variables(condition)
        }
        self.reach = Reach()
        self.steps = 0
        self.places = {page.id: number for number, page in enumerate(definition.pages)}
        self.arriving: list[dict[State, Span]] = [{} for _ in range(len(definition.pages) + 1)]
        self.done: dict[Ending, dict[State, Span]] = {ending: {} for ending in Ending}

    def walk(self) -> Reach:
        self.arriving[0] = {frozenset(): (0.0, 0.0)}
        for number, page in enumerate(self.definition.pages):
            self._page(number, page)
        finished = self.done[Ending.COMPLETE]
        _merge(finished, self.arriving[-1])
        for ending, states in self.done.items():
            if states:
                self.reach.endings[ending] = _span(states)
        for quota in self.definition.quotas:
            finished = self._decide(("quota", quota.id, 0), quota.where, finished)[2]
        return self.reach

    def _page(self, number: int, page: Page) -> None:
        shown = self.arriving[number]
        if page.show_if is not None:
            shown, hidden, _ = self._decide(("page", page.id, 0), page.show_if, shown)
            _merge(self.arriving[number + 1], hidden)
        if shown:
            self.reach.pages.add(page.id)
        for question in page.questions:
            shown = self._question(question, shown)
        for place, jump in enumerate(page.jumps):
            shown = self._jump(("jump", page.id, place), jump, shown)
        _merge(self.arriving[number + 1], shown)

    def _question(self, question: Any, states: dict[State, Span]) -> dict[State, Span]:
        hidden: dict[State, Span] = {}
        if question.show_if is not None:
            key = ("question", question.id, 0)
            states, hidden, _ = self._decide(key, question.show_if, states)
        if states:
            self.reach.questions.add(question.id)
        asked = self._answered(question, states)
        _merge(asked, hidden)
        return asked

    def _answered(self, question: Any, states: dict[State, Span]) -> dict[State, Span]:
        takes = self.seconds(question)
        answers = self.values.get(question.id, (None,))
        found: dict[State, Span] = {}
        for state, (low, high) in states.items():
            for number, answer in enumerate(answers):
                given = state if answer is None else state | {(question.id, number)}
                self._count()
                _put(found, given, (low + takes, high + takes))
        return found

    def _jump(self, key: Key, jump: Any, states: dict[State, Span]) -> dict[State, Span]:
        going, staying = states, dict[State, Span]()
        if jump.when is not None:
            going, staying, _ = self._decide(key, jump.when, states)
        if going:
            self.reach.taken.add(key)
        if jump.end is not None:
            _merge(self.done[jump.end], going)
        else:
            _merge(self.arriving[self.places[jump.to]], going)
        return staying

    def _decide(
        self, key: Key, condition: Condition, states: dict[State, Span]
    ) -> tuple[dict[State, Span], dict[State, Span], dict[State, Span]]:
        """Split states by a condition: where it holds, where it does not, and both."""
        yes: dict[State, Span] = {}
        no: dict[State, Span] = {}
        both: dict[State, Span] = {}
        spent = {name for name, last in self.last.items() if last == key}
        weight = sum(1 for _ in tests(condition))
        for state, span in self._with_fields(condition, states).items():
            answers, fields = self._facts(state)
            truth = holds(condition, answers, fields)
            self.reach.truths[key].add(truth)
            self._count(weight)
            left = frozenset(pair for pair in state if pair[0] not in spent) if spent else state
            _put(yes if truth else no, left, span)
            _put(both, left, span)
        return yes, no, both

    def _with_fields(self, condition: Condition, states: dict[State, Span]) -> dict[State, Span]:
        """Let each field that a condition names be whatever it may be."""
        for name in sorted(name for name in variables(condition) if name.startswith("{")):
            found: dict[State, Span] = {}
            for state, span in states.items():
                known = any(pair[0] == name for pair in state)
                choices = (None,) if known else range(len(self.values[name]))
                for number in choices:
                    self._count()
                    _put(found, state if number is None else state | {(name, number)}, span)
            states = found
        return states

    def _facts(self, state: State) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        answers: dict[str, Any] = {}
        fields: dict[str, str] = {}
        for name, number in state:
            value = self.values[name][number]
            if not name.startswith("{"):
                answers[name] = value
            elif value is not None:
                fields[name[1:]] = value
        return answers, fields

    def _count(self, comparisons: int = 1) -> None:
        self.steps += comparisons
        if self.steps > MOST_STEPS:
            raise TooManyWaysError


def _put(states: dict[State, Span], state: State, span: Span) -> None:
    before = states.get(state, span)
    states[state] = (min(before[0], span[0]), max(before[1], span[1]))


def _merge(states: dict[State, Span], more: dict[State, Span]) -> None:
    for state, span in more.items():
        _put(states, state, span)


def _span(states: Mapping[State, Span]) -> Span:
    return min(low for low, _ in states.values()), max(high for _, high in states.values())
