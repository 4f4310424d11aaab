"""Conditions as other systems say them: this choice is selected, that one is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from huiyin.collect.surveys.contracts import DEEPEST, MOST_TESTS, NOT_APPLICABLE, Kind, Op
from huiyin.collect.surveys.definition import (
    AllOf,
    AnyOf,
    Condition,
    Definition,
    FieldTest,
    Not,
    Test,
)
from huiyin.collect.surveys.formats.drafts import Draft
from huiyin.collect.surveys.logic import compare

MOST_CLAUSES = 60
_RATED = frozenset({Kind.NPS, Kind.CSAT, Kind.CES, Kind.MATRIX})


class UnsayableError(Exception):
    """A condition compares what no list of choices can say: words, numbers, facts."""


@dataclass(frozen=True, slots=True)
class Pick:
    """That a choice is selected, or that it is not (which holds for the unanswered too)."""

    question: str
    row: str
    value: Any
    selected: bool = True

    def turned(self) -> Pick:
        """Give the opposite."""
        return Pick(self.question, self.row, self.value, not self.selected)


@dataclass(frozen=True, slots=True)
class Several:
    """All of these, or any."""

    how: Literal["all", "any"]
    parts: tuple[Pick | Several, ...]

    def turned(self) -> Several:
        """Give the opposite."""
        how: Literal["all", "any"] = "any" if self.how == "all" else "all"
        return Several(how, tuple(part.turned() for part in self.parts))


Tree = Pick | Several


def picks_of(definition: Definition, condition: Condition) -> Tree:
    """Say a condition by choices.

    Raises
    ------
    UnsayableError
        It cannot be said so.
    """
    match condition:
        case AllOf(all=parts):
            return Several("all", tuple(picks_of(definition, part) for part in parts))
        case AnyOf(any=parts):
            return Several("any", tuple(picks_of(definition, part) for part in parts))
        case Not(no=part):
            return picks_of(definition, part).turned()
        case FieldTest():
            raise UnsayableError
        case Test():
            return _test(definition, condition)


def _test(definition: Definition, test: Test) -> Tree:
    question = definition.question(test.code)
    choices = choices_of(question)
    if question is None or not choices or bool(test.row) != (question.kind == Kind.MATRIX):
        raise UnsayableError
    if question.kind == Kind.CONSENT and test.op in {Op.ANSWERED, Op.UNANSWERED}:
        raise UnsayableError  # what is not ticked may be an answer, too
    every = [Pick(test.code, test.row, one) for one in choices]
    if test.op is Op.UNANSWERED:
        return Several("any", tuple(every)).turned()
    if question.kind == Kind.MULTIPLE and test.op is Op.EXCLUDES:
        others = tuple(one for one in every if one.value != test.value)
        away = tuple(one.turned() for one in every if one.value == test.value)
        return Several("all", (*away, Several("any", others)))
    wrap = (lambda one: [one]) if question.kind == Kind.MULTIPLE else (lambda one: one)
    found = [one for one in every if compare(wrap(one.value), test.op, test.value)]
    if not found:
        raise UnsayableError
    return found[0] if len(found) == 1 else Several("any", tuple(found))


def choices_of(question: Any) -> list[Any]:
    """List what can be chosen: levels, with “not applicable”, or codes; none for other kinds."""
    if question is None:
        return []
    if question.kind in _RATED:
        return [*question.levels, *([NOT_APPLICABLE] if question.not_applicable else [])]
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        return [option.code for option in question.options]
    return [True] if question.kind == Kind.CONSENT else []


def values_of(draft: Draft) -> list[Any]:
    """List what a question that was read offers, in its order; nothing where nothing is chosen."""
    kind = draft["kind"]
    last = [NOT_APPLICABLE] if draft.get("not_applicable") else []
    if kind == Kind.NPS:
        return [*range(11), *last]
    if kind in _RATED:
        return [*range(1, draft.get("points", 5) + 1), *last]
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        return [option["code"] for option in draft["options"]]
    return [True] if kind == Kind.CONSENT else []


def clauses_of(definition: Definition, tree: Tree) -> list[tuple[Pick, ...]]:
    """Write a tree as clauses that all hold, any choice of each.

    Raises
    ------
    UnsayableError
        There would be too many, or more comparisons than a condition of ours may hold: whoever
        reads the file could not take it in.
    """
    found = _clauses(tree)
    known = {one.id: Choice(one.kind, choices_of(one)) for one in definition.questions}
    draft_of(Several("all", tuple(Several("any", clause) for clause in found)), known)
    return found


def _clauses(tree: Tree) -> list[tuple[Pick, ...]]:
    if isinstance(tree, Pick):
        return [(tree,)]
    if tree.how == "all":
        found = [clause for part in tree.parts for clause in _clauses(part)]
    else:
        found = [()]
        for part in tree.parts:
            found = [(*one, *two) for one in found for two in _clauses(part)]
            if len(found) > MOST_CLAUSES:
                raise UnsayableError
    if len(found) > MOST_CLAUSES:
        raise UnsayableError
    return [tuple(dict.fromkeys(clause)) for clause in found]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question that was read offers: its kind, and the values in order."""

    kind: str
    values: Sequence[Any]


Known = Mapping[str, Choice]
"""Id of a question that was read → what it offers."""


def draft_of(tree: Tree, known: Known) -> Draft:
    """Give a tree as a condition of ours, levels in a row as one comparison.

    Raises
    ------
    UnsayableError
        It is too large or nested too deeply.
    """
    draft = _draft(tree, known)
    if _size(draft) > MOST_TESTS or _depth(draft) > DEEPEST:
        raise UnsayableError
    return draft


def _draft(tree: Tree, known: Known) -> Draft:
    if isinstance(tree, Pick):
        several = known[tree.question].kind == Kind.MULTIPLE
        test = _compared(tree, Op.INCLUDES if several else Op.IS, tree.value)
        return test if tree.selected else {"no": test}
    parts = tuple(dict.fromkeys(tree.parts))
    merged = _merged(Several(tree.how, parts), known)
    if merged is not None:
        return merged
    drafts = [_draft(part, known) for part in parts]
    return drafts[0] if len(drafts) == 1 else {tree.how: drafts}


def _merged(tree: Several, known: Known) -> Draft | None:
    picks = [part for part in tree.parts if isinstance(part, Pick)]
    first = picks[0] if picks else None
    if first is None or len(picks) < len(tree.parts) or len(picks) < 2:  # noqa: PLR2004 -- one is no row
        return None
    alike = {(one.question, one.row, one.selected) for one in picks}
    if len(alike) > 1 or first.selected != (tree.how == "any"):
        return None
    values, chosen = list(known[first.question].values), {one.value for one in picks}
    if chosen == set(values):
        return _compared(first, Op.ANSWERED if first.selected else Op.UNANSWERED, None)
    return _in_a_row(first, [one for one in values if isinstance(one, int)], chosen)


def _in_a_row(first: Pick, levels: list[int], chosen: set[Any]) -> Draft | None:
    """Say levels up to an end of the scale as one comparison."""
    if first.selected and chosen == set(levels[: len(chosen)]):
        return _compared(first, Op.AT_MOST, levels[len(chosen) - 1])
    if first.selected and chosen == set(levels[-len(chosen) :]):
        return _compared(first, Op.AT_LEAST, levels[-len(chosen)])
    return None


def _compared(pick: Pick, op: Op, value: Any) -> Draft:
    name = f"{pick.question}.{pick.row}" if pick.row else pick.question
    return {"question": name, "op": str(op)} | ({} if value is None else {"value": value})


def _parts(draft: Draft) -> Iterator[Draft]:
    yield from draft.get("all", ())
    yield from draft.get("any", ())
    if "no" in draft:
        yield draft["no"]


def _size(draft: Draft) -> int:
    return sum(_size(part) for part in _parts(draft)) or 1


def _depth(draft: Draft) -> int:
    return 1 + max((_depth(part) for part in _parts(draft)), default=-1)
