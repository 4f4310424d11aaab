"""What to do next, by what a board shows: missed targets, real turns for the worse, weak groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce

from huiyin.analyse.boards.definition import Tile
from huiyin.analyse.wording import difference_words, interval_words, short
from huiyin.codebook.bands import group_text
from huiyin.core.numbers import number_text
from huiyin.core.text import Text, listed
from huiyin.core.units import COUNTED_TEXT
from huiyin.measure.contracts import Against, Call, Cell, Definition, Result, is_over_time

MOST_LINES = 12
MOST_GROUPS = 3
PERIOD = "period"
MISSED_TARGET = "missed"

MISSED = Text(
    "“{title}”未达标：{value}（{interval}），目标 {goal}{also}。",
    "“{title}” missed its target: {value} ({interval}), target {goal}{also}.",
)
AND_WORSE = Text("；比上期真的变差了 {size}", "; it really got worse by {size}")
NOTHING_MORE = Text("", "")
WORSE = Text(
    "“{title}”真的变差了 {size}，现在 {value}（{interval}，{n:,} {of}）。",
    "“{title}” really got worse by {size}; it is {value} now ({interval}, {n:,} {of}).",
)
BELOW = Text("“{title}”：{groups}。", "“{title}”: {groups}.")
WEAK = Text(
    "“{group}”真的比{against}差 {size}（{value}，{interval}，{n:,} {of}）",
    "{group} is really worse than {against} by {size} ({value}, {interval}, {n:,} {of})",
)
AND_WEAK = Text("{a}；{b}", "{a}; {b}")
_SINGLE = str.maketrans("“”", "‘’")
REST = Text("其余", "the rest")
OTHER = Text("对比的那一方", "what it is set against")
BESIDE = {
    Against.REST.value: REST,
    Against.COMPETITOR.value: Text("竞品", "the competitor"),
    Against.BENCHMARK.value: Text("基准", "the benchmark"),
}


class Urgency(StrEnum):
    """Why a line is on the list; in this order."""

    MISSED = "missed"
    WORSE = "worse"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Light:
    """Where a number stands against what it should reach.

    `attainment` is ``reached``, ``missed`` or ``cannot_tell``; `company` tells a kept target from
    one that the board brought along.
    """

    goal: float
    attainment: str
    company: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A tile with its answer: the result, its light, and what people call the columns."""

    tile: Tile
    title: Text
    result: Result
    light: Light | None = None
    names: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: why, in a sentence with its numbers, and what.

    `fell` tells a missed target that got worse for real too; `size` is how far it is off, in
    margins of its own metric: what counts as no difference is 1, so that metrics can be compared.
    """

    tile_id: str
    urgency: Urgency
    sentence: Text
    act: Text | None
    fell: bool = False
    size: float = 0.0


def what_to_do(told: Iterable[Told]) -> tuple[Line, ...]:
    """List what the tiles of a board call for, the most urgent first.

    Missed targets come first, those that fell for real before the others; then what got worse for
    real, then weak groups; among equals the farthest off, whatever its place on the board. A number
    that cannot be told, or that holds steady, is on no list.
    """
    lines = [line for one in _each_weak_group_once(told) for line in _lines(one)]
    order = list(Urgency)
    lines.sort(key=lambda line: (order.index(line.urgency), not line.fell, -line.size))
    return tuple(lines[:MOST_LINES])


def _each_weak_group_once(told: Iterable[Told]) -> Iterator[Told]:
    """Leave out of a tile the groups that a tile before it tells by the same number."""
    seen: set[tuple[object, ...]] = set()
    for one in told:
        if not one.result.query.by:
            yield one
            continue
        keys = [_same_number(one, cell) for cell in one.result.cells]
        cells = [c for c, key in zip(one.result.cells, keys, strict=True) if key not in seen]
        seen.update(keys)
        yield replace(one, result=replace(one.result, cells=tuple(cells)))


def _same_number(one: Told, cell: Cell) -> tuple[object, ...]:
    dataset = one.tile.view.dataset if one.tile.view is not None else ""
    difference = cell.comparison.difference if cell.comparison is not None else None
    return dataset, cell.metric, tuple(cell.by.items()), cell.estimate, cell.n, difference


def _lines(one: Told) -> Iterator[Line]:
    act = Text.of(one.tile.act) if one.tile.act else None
    cells = [cell for cell in one.result.cells if cell.estimate is not None]
    if not cells:
        return
    first, last = cells[0], cells[-1]
    missed = one.light is not None and one.light.attainment == MISSED_TARGET
    fell = not one.result.query.by and _worse(one.result, last)
    at_once = missed and fell and first is last
    if one.light is not None and missed:
        also = AND_WORSE.format(size=_fall(last)) if at_once else NOTHING_MORE
        said = _missed(one, first, one.light.goal, also)
        size = _margins(one.result, first, (first.estimate or 0.0) - one.light.goal)
        yield Line(one.tile.id, Urgency.MISSED, said, act, at_once, size)
    if fell and not at_once:
        size = _margins(one.result, last, _gap(last))
        yield Line(one.tile.id, Urgency.WORSE, _worsened(one, last), act, size=size)
    weak = _weakest(one, cells) if one.tile.advises else []
    if weak:
        size = _margins(one.result, weak[0], _gap(weak[0]))
        yield Line(one.tile.id, Urgency.BELOW, _below(one, weak), act, size=size)


def _below(one: Told, weak: list[Cell]) -> Text:
    groups = reduce(
        lambda a, b: AND_WEAK.format(a=a, b=b), (_weak_words(one, cell) for cell in weak)
    )
    return BELOW.format(title=_inner(one.title), groups=groups)


def _gap(cell: Cell) -> float:
    return (cell.comparison.difference if cell.comparison else None) or 0.0


def _margins(result: Result, cell: Cell, gap: float) -> float:
    """Measure a gap in margins of indifference of its metric."""
    delta = _meaning(result, cell).delta
    return abs(gap) / delta if delta > 0 else 0.0


def _missed(one: Told, cell: Cell, goal: float, also: Text) -> Text:
    return MISSED.format(
        title=_inner(one.title),
        value=number_text(cell.estimate, cell.unit),
        interval=interval_words(cell),
        goal=number_text(goal, cell.unit),
        also=also,
    )


def _fall(cell: Cell) -> Text:
    return difference_words(cell.unit, _gap(cell))


def _worsened(one: Told, cell: Cell) -> Text:
    return WORSE.format(
        title=_inner(one.title),
        size=_fall(cell),
        value=number_text(cell.estimate, cell.unit),
        interval=interval_words(cell),
        n=cell.n,
        of=COUNTED_TEXT[cell.counted],
    )


def _inner(title: Text) -> Text:
    """Give a title as it stands within quotation marks: its own become single ones."""
    return Text.of({tag: words.translate(_SINGLE) for tag, words in title.items()})


def _weakest(one: Told, cells: list[Cell]) -> list[Cell]:
    weak = [c for c in cells if PERIOD not in c.by and _worse(one.result, c, over_time=False)]
    weak.sort(key=lambda c: -abs(_gap(c)))
    return weak[:MOST_GROUPS]


def _weak_words(one: Told, cell: Cell) -> Text:
    compared = cell.comparison
    against = REST if compared is None else BESIDE.get(compared.against, OTHER)
    group = _group(cell)
    several = len({c.metric for c in one.result.cells}) > 1
    metric = short(cell.label)
    said = Text("{g} · {m}", "{g} · {m}").format(g=group, m=metric) if cell.by else metric
    return WEAK.format(
        group=said if several or not cell.by else group,
        against=against,
        size=difference_words(cell.unit, _gap(cell)),
        value=number_text(cell.estimate, cell.unit),
        interval=interval_words(cell),
        n=cell.n,
        of=COUNTED_TEXT[cell.counted],
    )


def _group(cell: Cell) -> Text:
    return listed(
        "—" if value is None else group_text(column, value) for column, value in cell.by.items()
    )


def _worse(result: Result, cell: Cell, *, over_time: bool = True) -> bool:
    compared = cell.comparison
    if compared is None or compared.call is not Call.REAL or compared.difference is None:
        return False
    if is_over_time(compared.against) is not over_time:
        return False
    better = _meaning(result, cell).higher_is_better
    return (compared.difference > 0) is not better


def _meaning(result: Result, cell: Cell) -> Definition:
    return next(one for one in result.definition if one.metric == cell.metric)
