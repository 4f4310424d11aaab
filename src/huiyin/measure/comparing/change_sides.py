"""The two sides of a change, from the words of a query: the same rows that it compares."""

from __future__ import annotations

from dataclasses import replace

from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Compare, Filter, Query, QueryError, Side
from huiyin.measure.lunar import earlier, lunar_shift
from huiyin.measure.periods import Window

NEEDS_WINDOW = TextBySurface(
    Text("给 --since 和 --until", "give --since and --until"),
    Text("给起止日期", "give a first and a last day"),
).within(Text("要说明比较哪两段时间：{how}", "Say which two periods to compare: {how}"))
NEEDS_COMPARE = Text(
    "要说明和什么比：previous、year_ago、year_ago_lunar、起日..止日，或 列=值",
    "Say what to compare with: previous, year_ago, year_ago_lunar, FIRST..LAST or COLUMN=VALUE",
)
NEEDS_GROUP = Text(
    "和“{c}={v}”比，要说明是哪一组：加一个条件 {c}=值",
    "To compare with “{c}={v}” say which group: add a condition {c}=VALUE",
)
_NOT_TWO_SIDES = {Against.REST, Against.BENCHMARK, Against.SAME_WEEKDAYS, Against.COMPETITOR}
SAME_GROUP = Text("两边是同一组：{c}={v}", "Both sides are the same group: {c}={v}")


def change_sides(query: Query) -> tuple[Side, Side]:
    """Give what a change is between: the side before (or the other group), and the one after.

    Parameters
    ----------
    query : Query
        With `compare`: an earlier period, or a group; then one of its conditions names the group
        that is compared.

    Returns
    -------
    (Side, Side)
        Their conditions are those of the side alone: see `common_where`.

    Raises
    ------
    QueryError
        Nothing says what is compared, or both sides would be the same.
    """
    compare = query.compare
    if compare is None or compare.against in _NOT_TWO_SIDES:
        raise QueryError(NEEDS_COMPARE)
    if compare.against is Against.GROUP:
        return _groups(query, compare)
    if query.since is None or query.until is None:
        raise QueryError(NEEDS_WINDOW)
    now = Window(query.since, query.until)
    then = window_before(now, compare)
    if then is None or then.since is None or then.until is None:
        raise QueryError(NEEDS_WINDOW)
    return Side(then.since, then.until), Side(now.since, now.until)


def window_before(window: Window, compare: Compare) -> Window | None:
    """Give the window that a window is compared with; None where it is open.

    Raises
    ------
    QueryError
        The named window overlaps the one that is compared with it.
    """
    if compare.against is Against.PREVIOUS:
        return window.before()
    if compare.against is Against.YEAR_AGO:
        return window.year_ago()
    if compare.against is Against.SAME_WEEKDAYS:
        return window.same_weekdays()
    if compare.against is Against.YEAR_AGO_LUNAR:
        return earlier(window, lunar_shift(window))
    named = Window(compare.since, compare.until)
    if _overlap(window, named):
        raise QueryError(
            Text(
                "两段时间不能重叠：{a} 至 {b} 与比较的 {c} 至 {d}",
                "The two periods must not overlap: {a} to {b}, and {c} to {d}",
            ).format(a=window.since, b=window.until, c=named.since, d=named.until)
        )
    return named


def _overlap(one: Window, other: Window) -> bool:
    starts_late = one.since and other.until and one.since > other.until
    ends_early = one.until and other.since and one.until < other.since
    return not (starts_late or ends_early)


def _groups(query: Query, compare: Compare) -> tuple[Side, Side]:
    named = [one for one in query.where if _names_group(one, compare)]
    where = {"c": compare.column, "v": compare.value}
    if len(named) != 1:
        raise QueryError(NEEDS_GROUP.format(**where))
    if named[0].values == (compare.value,):
        raise QueryError(SAME_GROUP.format(**where))
    other = replace(named[0], values=(compare.value or "",))
    before, after = (Side(query.since, query.until, (one,)) for one in (other, named[0]))
    return before, after


def _names_group(one: Filter, compare: Compare) -> bool:
    return one.column == compare.column and one.operator == "=" and len(one.values) == 1


def common_where(query: Query) -> tuple[Filter, ...]:
    """Give the conditions that hold on both sides."""
    compare = query.compare
    if compare is None or compare.against is not Against.GROUP:
        return query.where
    return tuple(one for one in query.where if not _names_group(one, compare))
