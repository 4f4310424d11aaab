"""What a change or a gap is taken apart by: the dimensions that can be compared, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.groups import comparable_dimensions
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import pick_target
from huiyin.analyse.why.parts import Taken, each_once, says_the_same, taken_apart
from huiyin.codebook.contracts import Column
from huiyin.codebook.spoken import spoken
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Query

ONE_GROUP = Text(
    "“{name}”在两边合起来只有一组，拆不开。",
    "“{name}” has one group on both sides together: nothing to take apart.",
)
FOLDED = Text(
    "“{name}”有 {n} 个组人数太少，合在一起显示。",
    "{n} groups of “{name}” are too small to be shown by themselves and stand together.",
)
ALIKE = Text(
    "“{name}”和“{kept}”把答卷分得一样，只按“{kept}”说一次。",
    "“{name}” parts the answers just as “{kept}” does, and is not told a second time.",
)
ITSELF = Text(
    "“{name}”说的就是这个指标本身，不拿它来拆。",
    "“{name}” is this very metric by another name, and takes nothing apart.",
)
NO_DIMENSIONS = TextBySurface(
    Text("设为 dimension，或用 --by 指定", "dimension in the codebook, or name them with --by"),
    Text("选为“分组用的属性”", "of an attribute to group by in the codebook"),
).within(
    Text(
        "没有可用来拆分的分析维度：在码本里把地区、渠道等列{how}。",
        "There is no dimension to take the change apart by: give columns such as region or channel "
        "the role {how}.",
    )
)


def taken_by_dimensions(
    corridor: Corridor, query: Query, metric: str | None
) -> tuple[list[Taken], tuple[Text, ...]]:
    """Take what a query compares apart by each dimension.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        `by` limits the dimensions; by default all that can be compared are looked at, and of those
        that part the answers alike one.
    metric : str or None
        Column of the metric, which is no dimension of itself.

    Returns
    -------
    list of Taken
    tuple of Text
        What is told of dimensions left out, and of groups put together.
    """
    columns, notes = _dimensions(corridor, query, metric)
    taken, more = _taken(corridor, query, columns)
    if not query.by:
        taken, alike = each_once(taken)
        more += [ALIKE.format(name=spoken(one.label), kept=spoken(kept.label))
                 for one, kept in alike]  # fmt: skip
    return taken, (*notes, *more)


def rated_for(corridor: Corridor, metric: str | None) -> Column | None:
    """Give the rating by which what was said is put in order: the metric's own, else overall."""
    own = next((c for c in corridor.codebook if c.name == metric and c.scale), None)
    return own or pick_target(corridor.codebook)


def absent_of(whole: Cell) -> NotEstimable | None:
    """Say why there is nothing to take apart; None where there is."""
    if whole.not_estimable is not None:
        return whole.not_estimable
    if whole.comparison is None:
        return NotEstimable(Reason.NO_ANSWERS)
    if whole.comparison.difference is None:
        known = whole.comparison.reference is not None
        return NotEstimable(Reason.ONE_ANSWER if known else Reason.SUPPRESSED)
    return None


def _dimensions(
    corridor: Corridor, query: Query, metric: str | None
) -> tuple[tuple[Column, ...], tuple[Text, ...]]:
    if query.by:
        return tuple(corridor.codebook[name] for name in query.by), ()
    compared = query.compare.column if query.compare else None
    columns, notes = comparable_dimensions(corridor, None)
    fixed = {f.column for f in query.where if f.operator == "=" and len(f.values) == 1}
    kept = [c for c in columns if c.name not in {metric, compared, *fixed}]
    return tuple(kept), notes if kept else (*notes, NO_DIMENSIONS)


def _taken(
    corridor: Corridor, query: Query, columns: Sequence[Column]
) -> tuple[list[Taken], list[Text]]:
    taken: list[Taken] = []
    notes: list[Text] = []
    if not columns:
        return taken, notes
    by = tuple(column.name for column in columns)
    for column, sums in zip(columns, corridor.side_sums(replace(query, by=by)), strict=True):
        found = taken_apart(column, sums)
        if found is None:
            notes.append(ONE_GROUP.format(name=spoken(column.label)))
            continue
        if not query.by and says_the_same(found):
            notes.append(ITSELF.format(name=spoken(column.label)))
            continue
        if sums.n_folded:
            notes.append(FOLDED.format(name=spoken(column.label), n=sums.n_folded))
        taken.append(found)
    return taken, notes
