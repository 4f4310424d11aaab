"""Every question by itself: counts and shares of its answers, with interval and base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from huiyin.analyse.contracts import LevelShare, QuestionKind, QuestionSummary
from huiyin.analyse.natural_order import natural_order
from huiyin.analyse.ports import Corridor
from huiyin.analyse.quantities import is_quantity, steps_of
from huiyin.analyse.scorecard import answer_what_fits
from huiyin.codebook.contracts import (
    GROUP_ROLES,
    NUMBER_ROLES,
    RATING_ROLES,
    Column,
    Role,
    Scale,
)
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.masking import mask_numbers
from huiyin.core.numbers import range_text
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Filter, Query
from huiyin.stats.proportions import wilson_share

MOST_OPTIONS = 30
MOST_LEVELS = 21
"""A scale with more levels is shown in ten bands."""
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_BANDS = 10
_KINDS: dict[QuestionKind, frozenset[Role]] = {
    QuestionKind.SCALE: RATING_ROLES,
    QuestionKind.NUMBER: NUMBER_ROLES - {Role.WEIGHT},
    QuestionKind.CHOICE: GROUP_ROLES - {Role.STRATA, Role.CLUSTER},
    QuestionKind.MULTIPLE: frozenset({Role.CHOICE_SET}),
    QuestionKind.TEXT: frozenset({Role.TEXT}),
}
REST = Text("其余 {n} 项", "{n} others")
SMALL_GROUPS = Text("人数少的 {n} 组合计", "{n} small groups together")
HAPPENED = (Text("否", "no"), Text("是", "yes"))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one question: a column, or all columns of a spread multi-select."""

    name: str
    column: Column
    kind: QuestionKind
    label: Text


def list_questions(columns: Sequence[Column]) -> tuple[Question, ...]:
    """List the questions of a codebook in file order, a multi-select over columns once."""
    found: dict[str, Question] = {}
    for column in columns:
        kind = next((k for k, roles in _KINDS.items() if column.role in roles), None)
        if kind is None or not column.usable:
            continue
        if column.group and column.option is not None:
            whole = Question(column.group, column, kind, Text.same(column.group))
            found.setdefault(column.group, whole)
            continue
        if kind is QuestionKind.NUMBER and column.events:
            kind = QuestionKind.CHOICE
        found[column.name] = Question(column.name, column, kind, column.label)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Level:
    """One level or option before its interval: rows, weight, and the value to ask for it."""

    label: str
    code: float | None
    n: int
    weight: float
    asked: str | None
    said: Text | None = None
    values: tuple[str, ...] = ()
    """The answers that a step of numbers holds."""


@dataclass(frozen=True, slots=True)
class Summariser:
    """Sums questions up over one corridor.

    `designed`: weights, or customers who answer repeatedly; shares are then asked from the
    corridor value by value, so that their intervals know it.
    """

    corridor: Corridor
    level: float
    n_rows: int
    designed: bool
    means: Mapping[str, Cell]

    def summary(self, question: Question) -> QuestionSummary:
        """Sum one question up; one that nobody answered carries the reason."""
        if question.kind is QuestionKind.TEXT:
            return self._built(question, self._answered(question.name))
        mean = self.means.get(question.name)
        if question.kind is QuestionKind.NUMBER:
            quantiles = self._quantiles(question.name)
            n_base = mean.n if mean else self._answered(question.name)
            return self._built(question, n_base, mean=mean, quantiles=quantiles)
        levels, n_base = self._levels(question)
        shares = self._shares(question, levels, n_base) if n_base else ()
        absent = None if shares else NotEstimable(Reason.SUPPRESSED)
        return self._built(question, n_base, levels=shares, mean=mean, absent=absent)

    def _built(
        self,
        question: Question,
        n_base: int,
        *,
        levels: tuple[LevelShare, ...] = (),
        mean: Cell | None = None,
        quantiles: Mapping[float, float] | None = None,
        absent: NotEstimable | None = None,
    ) -> QuestionSummary:
        return QuestionSummary(
            column=question.name,
            role=question.column.role,
            kind=question.kind,
            label=question.label,
            n_base=n_base,
            n_missing=max(0, self.n_rows - n_base),
            levels=levels,
            mean=mean if n_base else None,
            quantiles=quantiles or {},
            not_estimable=absent if n_base else NotEstimable(Reason.NO_ANSWERS),
        )

    def _answered(self, name: str) -> int:
        """Count the rows with any words in a column."""
        any_words = Filter(name, ">=", ("",))
        sample = self.corridor.row_sample((), texts=(name,), where=(any_words,), maximum=1)
        return sample.n_total

    def _quantiles(self, name: str) -> dict[float, float]:
        sample = self.corridor.row_sample((name,))
        there = np.isfinite(sample.values[:, 0])
        values = sample.values[there, 0]
        if not len(values):
            return {}
        if sample.weights is None:
            found = np.quantile(values, QUANTILES)
        else:
            weights = sample.weights[there]
            found = np.quantile(values, QUANTILES, weights=weights, method="inverted_cdf")
        return dict(zip(QUANTILES, found.tolist(), strict=True))

    def _levels(self, question: Question) -> tuple[list[_Level], int]:
        counts = self.corridor.level_counts(question.name)
        answered = [(str(v), n, w) for v, n, w in counts if v is not None]
        total = sum(n for _, n, _ in answered)
        if question.kind is QuestionKind.MULTIPLE:
            total = self._chose_any(question, answered)
        if question.kind is QuestionKind.SCALE and question.column.scale is not None:
            return _scale_levels(question.column.scale, answered), total
        if question.column.events:
            return _event_levels(answered, self.corridor.codebook.language), total
        options = [_Level(v, None, n, w, v) for v, n, w in answered]
        if is_quantity(question.column, [option.label for option in options]):
            options = _in_steps(options)
        options.sort(key=lambda option: (-option.n, option.label))
        order = natural_order([option.label for option in options])
        language = self.corridor.codebook.language
        if order is not None:
            options = [options[place] for place in order]
        most = MOST_OPTIONS if order is None else len(options)
        small = self._small(question, options, most)
        return (_put_together if small else _folded)(options, small, most, language), total

    def _small(self, question: Question, groups: Sequence[_Level], most: int) -> frozenset[int]:
        """Find the groups too small for the viewer; those beyond `most` are one, the last.

        What people answered is no group: of enough of them, rare answers are shown too.
        """
        if question.column.role not in GROUP_ROLES or not groups:
            return frozenset()
        values = [group.values or (group.label,) for group in groups[:most]]
        values += [tuple(group.label for group in groups[most:])] if groups[most:] else []
        filters = [(Filter(question.name, "=", words),) for words in values]
        return frozenset(place for (place,) in self.corridor.hidden_groups(filters))

    def _chose_any(self, question: Question, answered: Sequence[tuple[str, int, float]]) -> int:
        """Count the rows in which a multi-select was answered: the base of any option's share."""
        if not answered:
            return 0
        metric = f"share:{question.name}={answered[0][0]}"
        return self.corridor.answer(Query(metrics=(metric,))).cells[0].n

    def _shares(
        self, question: Question, levels: Sequence[_Level], n_base: int
    ) -> tuple[LevelShare, ...]:
        cells = self._asked(question, levels) if self.designed else {}
        known = next((c for c in cells.values() if c.n_effective), None)
        size = known.n_effective if known and known.n_effective else float(n_base)
        base = (self._heavy_base(question, levels, cells) if self.designed else 0.0) or n_base
        built = []
        for level in levels:
            cell = cells.get(level.asked or "")
            if cell is not None and cell.estimate is not None:
                share, low, high = cell.estimate, cell.low, cell.high
            else:
                share = min(1.0, (level.weight if self.designed else level.n) / base)
                low = high = None
            if low is None or high is None:
                wilson = wilson_share(share * size, size, level=self.level)
                low, high = float(wilson.low), float(wilson.high)
            built.append(
                LevelShare(
                    mask_numbers(level.label), level.code, level.n, share, low, high, level.said
                )
            )
        return tuple(built)

    @staticmethod
    def _heavy_base(
        question: Question, levels: Sequence[_Level], cells: Mapping[str, Cell]
    ) -> float:
        """Give the weight behind all levels; of a multi-select, behind the rows that chose any.

        There options add up to more than the rows: the weight of one option over its share is
        that of the base.
        """
        if question.kind is not QuestionKind.MULTIPLE:
            return sum(level.weight for level in levels)
        asked = ((level.weight, cells.get(level.asked or "")) for level in levels)
        bases = (weight / cell.estimate for weight, cell in asked if cell and cell.estimate)
        return next(bases, 0.0)

    def _asked(self, question: Question, levels: Sequence[_Level]) -> dict[str, Cell]:
        asked = [level.asked for level in levels if level.asked is not None and level.n]
        if not asked:
            return {}
        metrics = tuple(f"share:{question.name}={value}" for value in asked)
        result, _ = answer_what_fits(self.corridor, Query(metrics=metrics, level=self.level))
        if result is None:
            return {}
        return {c.metric.partition("=")[2]: c for c in result.cells}


def question_summariser(
    corridor: Corridor, questions: Sequence[Question], *, level: float
) -> Summariser:
    """Prepare to sum questions up: rows, weights, customers, and all means in one query."""
    numeric = {QuestionKind.SCALE, QuestionKind.NUMBER}
    names = [q.name for q in questions if q.kind in numeric]
    query = Query(metrics=tuple(f"mean:{name}" for name in names), level=level)
    result, _ = answer_what_fits(corridor, query)
    cells = result.cells if result else ()
    means = {cell.metric.partition(":")[2]: cell for cell in cells}
    one = corridor.row_sample((), maximum=1)
    designed = one.weights is not None or one.cluster is not None
    return Summariser(corridor, level, one.n_total, designed, means)


def _scale_levels(scale: Scale, answered: Sequence[tuple[str, int, float]]) -> list[_Level]:
    """List every level in scale order, unanswered ones too; long scales in ten bands."""
    codes = [(float(value), n, weight) for value, n, weight in answered]
    whole = all(code == round(code) for code, _, _ in codes)
    if scale.n_levels > MOST_LEVELS or not whole:
        return _banded(scale, codes)
    words = {code: word for word, code in reversed(tuple(scale.levels.items()))}
    found = {code: (n, weight) for code, n, weight in codes}
    levels = []
    for step in range(scale.n_levels):
        code = scale.minimum + step
        n, weight = found.get(code, (0, 0.0))
        levels.append(_Level(words.get(code, f"{code:g}"), code, n, weight, f"{code:g}"))
    return levels


def _banded(scale: Scale, codes: Sequence[tuple[float, int, float]]) -> list[_Level]:
    width = (scale.maximum - scale.minimum) / _BANDS
    totals = [[0.0, 0.0] for _ in range(_BANDS)]
    for code, n, weight in codes:
        place = min(_BANDS - 1, max(0, floor((code - scale.minimum) / width)))
        totals[place][0] += n
        totals[place][1] += weight
    edges = [scale.minimum + width * i for i in range(_BANDS + 1)]
    return [
        _Level(words, None, int(n), weight, None, range_text(words))
        for i, (n, weight) in enumerate(totals)
        for words in (_band_words(edges[i], edges[i + 1], last=i == _BANDS - 1),)
    ]


def _band_words(start: float, end: float, *, last: bool) -> str:
    """Write a band; only the last one holds its own end."""
    return f"{start:g}–{'' if last else '<'}{end:g}"


def _in_steps(options: Sequence[_Level]) -> list[_Level]:
    """Put many different numbers, ages say, into steps."""
    by_value = {option.label: option for option in options}
    steps = steps_of(list(by_value)).items()
    inside = {words: [by_value[value] for value in values] for words, values in steps}
    return [
        _Level(
            label=words, code=None, n=sum(one.n for one in held),
            weight=sum(one.weight for one in held), asked=None, said=range_text(words),
            values=tuple(one.label for one in held),
        )
        for words, held in inside.items()
    ]  # fmt: skip


def _event_levels(answered: Sequence[tuple[str, int, float]], language: str) -> list[_Level]:
    return [
        _Level(said.say(language), float(v), n, w, v, said)
        for v, n, w in sorted(answered)
        for said in (HAPPENED[int(float(v) > 0)],)
    ]


def _folded(
    options: list[_Level], _small: frozenset[int], most: int, language: str
) -> list[_Level]:
    return [*options[:most], *_together(options[most:], REST, language)]


def _put_together(
    groups: list[_Level], small: frozenset[int], most: int, language: str
) -> list[_Level]:
    """Make one level of small groups; none where nothing else would be left to see."""
    kept = [group for i, group in enumerate(groups[:most]) if i not in small]
    hidden = [group for i, group in enumerate(groups[:most]) if i in small]
    beyond = groups[most:]
    if most in small:
        hidden, beyond = hidden + beyond, []
    if not kept and not beyond:
        return []
    return [
        *kept,
        *_together(beyond, REST, language),
        *_together(hidden, SMALL_GROUPS, language),
    ]


def _together(levels: list[_Level], words: Text, language: str) -> list[_Level]:
    if not levels:
        return []
    said = words.format(n=len(levels))
    n, weight = sum(level.n for level in levels), sum(level.weight for level in levels)
    return [_Level(said.say(language), None, n, weight, None, said)]
