"""Why a number changed: the whole, its dimensions taken apart, the finding, the voices."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.ports import Corridor
from huiyin.analyse.why.dimensions import absent_of, rated_for, taken_by_dimensions
from huiyin.analyse.why.gap import explain_gap
from huiyin.analyse.why.parts import ranked, tested
from huiyin.analyse.why.sentences import finding
from huiyin.analyse.why.shapes import Why
from huiyin.analyse.why.voices import voices_of
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Call, Cell, Compare, Filter, Query, Result, Side

ONE_METRIC = Text("一次只能看一个指标的变化", "Why asks about the change of one metric at a time")
INDEX = "index"
NO_INDEX = Text(
    "综合指数（index）由多项合成，不能这样拆开；请选其中一项，如 score:服务",
    "The index is made of several ratings and cannot be taken apart; choose one of them, say "
    "score:SERVICE",
)
NO_COMPARE = Text(
    "要说明和什么比：previous、year_ago、year_ago_lunar、起日..止日，或 列=值",
    "Say what to compare with: previous, year_ago, year_ago_lunar, FIRST..LAST or COLUMN=VALUE",
)


def explain_change(corridor: Corridor, query: Query, *, seed: int = 0) -> Why:
    """Find where the change of a metric sits: which groups brought it, by mix or by rate.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        One metric; `compare` names an earlier period, or a group (one of the conditions then
        names the group that is compared with it), or a competitor: see `explain_gap`. `by`
        limits the dimensions; by default all that can be compared are looked at.
    seed : int
        Of the verbatims' draw.

    Returns
    -------
    Why
        With `not_estimable` nothing is taken apart.

    Raises
    ------
    AnalysisError, QueryError
        Nothing says what is compared, or a name does not exist or cannot be taken apart by.

    References
    ----------
    Kitagawa (1955), J. American Statistical Association 50(272):1168-1194.
    """
    if query.compare is not None and query.compare.against is Against.COMPETITOR:
        return explain_gap(corridor, query, query.compare, seed=seed)
    if len(query.metrics) != 1:
        raise AnalysisError(ONE_METRIC)
    if query.metrics[0].strip() == INDEX:
        raise AnalysisError(NO_INDEX)
    if query.compare is None:
        raise AnalysisError(NO_COMPARE)
    before, after = corridor.sides(query)
    answered, whole = _whole(corridor, query, (before.where, after.where))
    bare = Why(
        query=query,
        definition=answered.definition[0],
        unit=whole.unit,
        data=answered.data,
        before=before,
        after=after,
        whole=whole,
        whole_before=_other(corridor, query, before, (answered, whole)),
        dimensions=(),
        contributors=(),
        family=0,
        finding=finding(whole, query.compare, (), ()),
        notes=answered.notes,
    )
    absent = absent_of(whole)
    if absent is not None:
        return replace(bare, not_estimable=absent)
    return _explained(corridor, query, query.compare, bare, seed)


def _explained(corridor: Corridor, query: Query, compare: Compare, bare: Why, seed: int) -> Why:
    taken, notes = taken_by_dimensions(corridor, query, bare.definition.column)
    level = bare.whole.level
    dimensions, family = tested(taken, level)
    contributors = ranked(dimensions)
    common = tuple(f for f in query.where if f not in bare.after.where)
    better = 1.0 if bare.definition.higher_is_better else -1.0
    voices = voices_of(
        corridor,
        contributors,
        rated_for(corridor, bare.definition.column),
        (bare.before, bare.after, common),
        real=bare.whole.comparison is not None and bare.whole.comparison.call is Call.REAL,
        worse=better * _difference(bare.whole) < 0,
        seed=seed,
    )
    return replace(
        bare,
        dimensions=dimensions,
        contributors=contributors,
        family=family,
        finding=finding(bare.whole, compare, dimensions, contributors),
        voices=voices,
        notes=(*bare.notes, *notes),
    )


def _whole(
    corridor: Corridor, query: Query, sides: tuple[tuple[Filter, ...], tuple[Filter, ...]]
) -> tuple[Result, Cell]:
    """Ask for the metric and its comparison, as anybody asks for them."""
    compare = query.compare
    if compare is None or compare.against is not Against.GROUP:
        result = corridor.answer(replace(query, by=(), grain=None))
        return result, result.cells[0]
    (group,) = sides[1]
    both = replace(group, values=(*group.values, compare.value or ""))
    where = (*(f for f in query.where if f != group), both)
    result = corridor.answer(replace(query, by=(group.column,), where=where, grain=None))
    mine = [cell for cell in result.cells if cell.by.get(group.column) == group.values[0]]
    return result, mine[0] if mine else result.cells[0]


def _other(
    corridor: Corridor, query: Query, before: Side, found: tuple[Result, Cell]
) -> Cell | None:
    """Give the number of the other side with its interval; None where it is no plain span."""
    (result, whole), compare = found, query.compare
    reference = whole.comparison.reference if whole.comparison else None
    if compare is None or reference is None:
        return None
    if compare.against is Against.GROUP:
        cells = tuple(c for c in result.cells if compare.value in c.by.values())
    else:
        span = replace(query, since=before.since, until=before.until)
        asked = replace(span, by=(), grain=None, compare=None)
        cells = corridor.answer(asked).cells
    same = (c for c in cells if c.estimate is not None and isclose(c.estimate, reference))
    return next(same, None)


def _difference(whole: Cell) -> float:
    return (whole.comparison.difference if whole.comparison else None) or 0.0
