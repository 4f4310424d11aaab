"""Compared with a competitor over the respondents who rated both, pair by pair.

A questionnaire's block about a competitor asks the same aspects of somebody else. Whoever rated
both is their own control: the difference is taken row by row, and its mean has the interval of
one mean (paired t; clustered and weighted like every mean here). Those who rated us alone count
in our score, and not in the comparison.

References
----------
Student (1908), Biometrika 6(1):1-25 (the paired comparison of means).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from huiyin.core.text import Text
from huiyin.measure.catalogue import Asked
from huiyin.measure.comparing.benchmarks import NO_ERROR, Difference
from huiyin.measure.comparing.compare import HIDDEN_REFERENCE, NO_REFERENCE
from huiyin.measure.comparing.sides import Level, entries_of, estimate_cells
from huiyin.measure.contracts import Against, Compare, QueryError
from huiyin.measure.cubes.drawing import fitting_cube
from huiyin.measure.design import draw, draw_on_cube
from huiyin.measure.estimates import Estimates
from huiyin.measure.fetching import fetch, wanted_values
from huiyin.measure.hiding.differences import thin_cells
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.metric import QUOTIENTS
from huiyin.measure.pairs import Pair, pair_fact
from huiyin.measure.periods import Window
from huiyin.measure.rivals import rival_of
from huiyin.measure.task import Task

PAIRED = Text(
    "和竞品比：只比两家都评过的人，同一个人两次评分之差取平均；我们自己的得分仍按全部回答算",
    "against the competitor: over those who rated both, the mean of each one's difference; our "
    "own score is of all answers",
)
_NOT_RATED = Text(
    "“{m}”不是评分，不能和竞品逐人比",
    "“{m}” is no rating: it is not compared with a competitor pair by pair",
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Paired numbers of one level: by metric, the differences and the competitor's own numbers.

    `hidden` are the metrics of which some cell holds, or leaves out, too few pairs to be told.
    """

    gaps: tuple[Estimates, ...]
    theirs: tuple[Estimates, ...]
    hidden: tuple[bool, ...]


def competitor_differences(
    task: Task, levels: Sequence[Level], compare: Compare
) -> list[list[list[Difference | None]]]:
    """Compare every cell with a competitor, over the rows that rated both.

    Parameters
    ----------
    task : Task
    levels : sequence of Level
    compare : Compare
        `column` names the competitor's column, or the block of questions about one competitor,
        where it does not follow from the codebook.

    Returns
    -------
    list
        By level, then metric, then cell.

    Raises
    ------
    QueryError
        A metric is no rating, or nothing asks the same of a competitor.
    """
    paired = paired_task(task, compare)
    found = [_pairs(task, paired, level) for level in levels]
    told = [not any(one.hidden[m] for one in found) for m in range(len(task.wanted.asked))]
    return [
        [
            [_difference(one.gaps[m], one.theirs[m], i, told[m]) for i in range(len(level.keys))]
            for m in range(len(task.wanted.asked))
        ]
        for one, level in zip(found, levels, strict=True)
    ]


def paired_task(task: Task, compare: Compare) -> Task:
    """Make the task that asks, for each metric, its difference and the competitor's number.

    Raises
    ------
    QueryError
        As `competitor_differences`.
    """
    pairs = [_pairs_of(task, asked, compare) for asked in task.wanted.asked]
    made = [
        replace(asked, text=f"{asked.text} {part}", reading=replace(asked.reading, values=values))
        for asked, some in zip(task.wanted.asked, pairs, strict=True)
        for part, values in (
            ("gap", tuple(pair.gap for pair in some)),
            ("theirs", tuple(pair.theirs for pair in some)),
        )
    ]
    found = tuple(chain.from_iterable(pairs))
    return _task_on_cube(task, made, found) or _task_on_rows(task, made, found)


def _task_on_cube(task: Task, made: Sequence[Asked], pairs: tuple[Pair, ...]) -> Task | None:
    """Put the pairs on the cube that the task is answered from, each coded once for all questions.

    None where it is answered from the rows, or stands on columns that are made already.
    """
    source = task.drawn.source
    if source is None or task.dataset.base is not None:
        return None
    named = {pair.name: pair for pair in pairs}
    dataset = task.dataset.with_facts([pair_fact(name, (one,)) for name, one in named.items()])
    wanted = wanted_values(dataset, made)
    cube = fitting_cube(dataset, task.query, task.viewer, wanted)
    if cube is None:
        return None
    window = Window(task.query.since, task.query.until)
    drawn = draw_on_cube(dataset, cube, task.query, window, task.deadline, by_psu=wanted.has_sums)
    return replace(task, dataset=dataset, wanted=wanted, drawn=drawn)


def _task_on_rows(task: Task, made: Sequence[Asked], pairs: tuple[Pair, ...]) -> Task:
    """Put all pairs beside the rows in two steps, however many: plans of many steps are slow."""
    facts = {fact.name: fact for one in made for fact in one.reading.facts}
    together = pair_fact("|".join(pair.name for pair in pairs), pairs)
    dataset = task.dataset.with_facts((*facts.values(), together))
    wanted = wanted_values(dataset, made)
    window = Window(task.query.since, task.query.until)
    drawn = draw(dataset, task.query, window, by_psu=wanted.has_sums)
    return replace(task, dataset=dataset, wanted=wanted, drawn=drawn)


def _pairs_of(task: Task, asked: Asked, compare: Compare) -> tuple[Pair, ...]:
    """Find what each value of a metric is set beside."""
    reading, codebook = asked.reading, task.dataset.codebook
    single = reading.clock is None and reading.rows is None and reading.under is None
    found = []
    for value in reading.values:
        if not single or value.once or value.form in QUOTIENTS or value.column not in codebook:
            raise QueryError(_NOT_RATED.format(m=asked.text))
        own = codebook[value.column]
        if own.scale is None:
            raise QueryError(_NOT_RATED.format(m=asked.text))
        found.append(Pair(value, rival_of(codebook, own, compare.column)))
    return tuple(found)


def _pairs(task: Task, paired: Task, level: Level) -> Pairs:
    fetched = fetch(paired.dataset, paired.drawn, level.cells, paired.wanted)
    both = fetched.moments.take(level.keys), entries_of(fetched, level.keys)
    found = [
        estimate_cells(asked, places, paired.drawn, both, task.query.level)
        for asked, places in zip(paired.wanted.asked, paired.wanted.places, strict=True)
    ]
    gaps, theirs = tuple(found[::2]), tuple(found[1::2])
    minimum = task.viewer.minimum_n
    hidden = tuple(False for _ in gaps)
    if minimum > 1:
        thin = thin_cells(paired, level.cells, minimum)[::2]
        hidden = tuple(
            _is_told(task, level, mine, gap) or bool(few)
            for mine, gap, few in zip(level.estimates, gaps, thin, strict=True)
        )
    return Pairs(gaps, theirs, hidden)


def _is_told(task: Task, level: Level, mine: Estimates, gap: Estimates) -> bool:
    """Tell whether some cell's pairs, or those who rated us alone, are too few to be told."""
    minimum, n_groups = task.viewer.minimum_n, [len(level.cells.by)]
    for counts in (gap.customers, mine.customers - gap.customers):
        cells = {key: round(n) for key, n in zip(level.keys, counts, strict=True)}
        if hidden_cells([cells], minimum, n_groups=n_groups, deadline=task.deadline)[0]:
            return True
    return False


def _difference(gap: Estimates, theirs: Estimates, i: int, told: bool) -> Difference:  # noqa: FBT001
    words = Against.COMPETITOR.value
    if gap.n[i] == 0:
        return Difference(words, note=NO_REFERENCE)
    if not told:
        return Difference(words, note=HIDDEN_REFERENCE)
    reference = float(theirs.intervals.estimate[i])
    if gap.reasons[i] is not None:
        return Difference(words, reference, n_pairs=int(gap.n[i]), note=NO_ERROR)
    return Difference(
        words,
        reference=reference,
        difference=float(gap.intervals.estimate[i]),
        error=float(gap.intervals.standard_error[i]),
        degrees_of_freedom=float(gap.intervals.degrees_of_freedom[i]),
        n=float(gap.n[i]),
        n_pairs=int(gap.n[i]),
        error_skew=float(gap.error_skew[i]),
    )
