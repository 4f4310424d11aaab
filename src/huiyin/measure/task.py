"""A query made ready: checked, and every word of it found in the dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from huiyin.codebook.advice import name_column
from huiyin.codebook.contracts import Role
from huiyin.core.surface import TextBySurface
from huiyin.core.text import Text, listed
from huiyin.engine.deadline import Deadline
from huiyin.measure.bands import band_facts
from huiyin.measure.catalogue import INDEX, RESPONSE_RATE, Asked, find_metric
from huiyin.measure.contracts import Against, Query, QueryError, Viewer
from huiyin.measure.cubes.drawing import fitting_cube
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn, draw, draw_on_cube
from huiyin.measure.fetching import Wanted, wanted_values
from huiyin.measure.filters import check_words
from huiyin.measure.first_answers import with_first_answers
from huiyin.measure.hiding.private import (
    refuse_private_groups,
    refuse_single_answers,
    refuse_single_values,
)
from huiyin.measure.metric import HOUSE_RULES, LevelPoints, MetricRules
from huiyin.measure.operations.moments import first_and_last_day
from huiyin.measure.periods import Window
from huiyin.measure.row_facts import Fact, RowSet

NO_DATES = name_column(Role.TIME).within(
    Text(
        "没有日期列，不能按时间筛选或分段；{how}",
        "There is no column of dates to filter or cut by; {how}",
    )
)
OTHER_ROWS = Text(
    "{names} 数的不是同一批行（如期初活跃客户、逐张订单），请分开问",
    "{names} count different rows (customers at the start of a period, single orders): ask them "
    "one by one",
)
UNWEIGHTED_CLOCKS = Text(
    "时长的中位数和 P90 不加权、不分层；请去掉权重和 strata",
    "Medians and P90 of durations are neither weighted nor stratified: leave that out",
)


@dataclass(frozen=True, slots=True)
class Task:
    """A query made ready: what is wanted, from which rows, for whom, and until when."""

    dataset: Dataset
    query: Query
    viewer: Viewer
    wanted: Wanted
    drawn: Drawn
    days: tuple[date, date] | None
    n_groups_asked: int
    deadline: Deadline


def prepare(
    dataset: Dataset,
    query: Query,
    viewer: Viewer,
    rules: MetricRules = HOUSE_RULES,
    *,
    of_rows: bool = False,
) -> Task:
    """Check a query and find what it means in this dataset; all metrics count the same rows.

    Where a cube gives the same sums they are taken from it, unless `of_rows` is asked.

    Raises
    ------
    QueryError
        It names something that does not exist or does not fit.
    """
    tasks = prepare_all(dataset, query, viewer, rules, of_rows=of_rows)
    if len(tasks) > 1:
        raise QueryError(OTHER_ROWS.format(names=listed(query.metrics)))
    return tasks[0]


def prepare_all(
    dataset: Dataset,
    query: Query,
    viewer: Viewer,
    rules: MetricRules = HOUSE_RULES,
    *,
    of_rows: bool = False,
) -> tuple[Task, ...]:
    """Check a query as `prepare` does; one task for each set of rows that its metrics count.

    Returns
    -------
    tuple of Task
        Each has the query with its own metrics, in their order; the dataset's own rows come first.

    Raises
    ------
    QueryError
        It names something that does not exist or does not fit.
    """
    check_query(query)
    refuse_private_groups(dataset, query)
    refuse_single_answers(dataset, query, viewer)
    n_groups_asked = len(query.by)
    dataset = with_first_answers(dataset, query)
    query = _with_group(query)
    query, rules = settled(query, rules)
    days_asked = aspect_window(dataset, query, rules)
    asked = tuple(
        find_metric(text, dataset.codebook, query, rules, days_asked) for text in query.metrics
    )
    refuse_single_values(dataset, asked, viewer)
    viewer = allowed(viewer, rules)
    return tuple(
        _task(dataset, query, viewer, some, rules, n_groups_asked, of_rows=of_rows)
        for some in _by_rows(asked)
    )


def _by_rows(asked: Sequence[Asked]) -> list[tuple[Asked, ...]]:
    """Part metrics by the rows that they count, the dataset's own first."""
    found: dict[RowSet | None, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.reading.rows, []).append(one)
    return [tuple(found[rows]) for rows in sorted(found, key=lambda rows: rows is not None)]


def _task(
    dataset: Dataset,
    query: Query,
    viewer: Viewer,
    asked: tuple[Asked, ...],
    rules: MetricRules,
    n_groups_asked: int,
    *,
    of_rows: bool,
) -> Task:
    """Make ready what is asked of one set of rows."""
    query = replace(query, metrics=tuple(one.text for one in asked))
    bands = band_facts(dataset.codebook, query, rules.cuts)
    dataset = _with_facts(dataset, query, asked, bands)
    for one in asked:
        if one.metric.needs_value:  # the value was named in the question
            for value in one.reading.values:
                check_words(dataset, value.column, value.words or ())
    asked = tuple(_with_known_delivery(dataset, one, rules) for one in asked)
    wanted = wanted_values(dataset, asked)
    days = _days(dataset, query)
    overlap = (
        query.compare is not None
        and query.compare.against is Against.GROUP
        and any(dataset.is_list(name) for name in query.by)
    )
    deadline = Deadline(dataset.engine.limits)
    window, by_psu = Window(query.since, query.until), wanted.has_sums
    cube = None if of_rows else fitting_cube(dataset, query, viewer, wanted)
    if cube is not None:
        drawn = draw_on_cube(dataset, cube, query, window, deadline, by_psu=by_psu)
    else:
        drawn = draw(dataset, query, window, by_psu=by_psu, overlap=overlap)
    return Task(dataset, query, viewer, wanted, drawn, days, n_groups_asked, deadline)


def _with_facts(
    dataset: Dataset, query: Query, asked: tuple[Asked, ...], bands: tuple[Fact, ...]
) -> Dataset:
    """Put the columns that operational metrics and bands make beside the data's own.

    Raises
    ------
    QueryError
        Durations are weighted.
    """
    facts = {fact.name: fact for fact in bands}
    facts |= {fact.name: fact for one in asked for fact in one.reading.facts}
    if any(one.reading.clock for one in asked) and (query.weighting or query.strata):
        raise QueryError(UNWEIGHTED_CLOCKS)
    for fact in facts.values():
        if fact.check is not None:
            fact.check(dataset, query)
    return dataset.with_facts(tuple(facts.values()), asked[0].reading.rows, query)


def _with_known_delivery(dataset: Dataset, asked: Asked, rules: MetricRules) -> Asked:
    """Tell a response rate from a completion rate by the words of the status column."""
    if asked.metric.id != RESPONSE_RATE or asked.column is None:
        return asked
    from huiyin.measure.metrics.response_rate import WORDS, settle

    held = set(WORDS) - set(dataset.missing_words(asked.column.name, WORDS))
    return replace(asked, reading=settle(asked.reading, held, rules))


def settled(query: Query, rules: MetricRules) -> tuple[Query, MetricRules]:
    """Fill in what the query leaves to the rules, and let it overrule them where it does not.

    Raises
    ------
    QueryError
        The query asks for a way of points that does not exist, or for tables there are none of.
    """
    points = LevelPoints(query.points) if query.points else rules.level_points
    if points is LevelPoints.TABLE and not rules.points_tables:
        raise QueryError(
            Text(
                "指标规则里没有分值表；请用 linear、times20 或 graded",
                "The metric rules hold no table of points; use linear, times20 or graded",
            )
        )
    weights = query.index_weights
    if any(text.strip() == INDEX for text in query.metrics):
        weights = weights or rules.index_weights
    filled = replace(query, points=points.value, index_weights=weights)
    return filled, replace(rules, level_points=points)


def allowed(viewer: Viewer, rules: MetricRules) -> Viewer:
    """Raise a viewer's smallest group to that of the rules; the owner sees everything."""
    if viewer.minimum_n <= 1 or viewer.minimum_n >= rules.minimum_n:
        return viewer
    return replace(viewer, minimum_n=rules.minimum_n)


def aspect_window(
    dataset: Dataset, query: Query, rules: MetricRules
) -> tuple[date | None, date | None]:
    """Give the first day of a question, and the day whose aspect tree holds: the last one."""
    if not rules.aspects or (query.since and query.until):
        return query.since, query.until
    first, last = first_and_last_day(dataset) or (None, None)
    return query.since or first, query.until or last


def _with_group(query: Query) -> Query:
    """Group by the column whose group everything is compared with."""
    compare = query.compare
    if not compare or compare.against is not Against.GROUP or compare.column in query.by:
        return query
    return replace(query, by=(*query.by, compare.column or ""))


def check_query(query: Query) -> None:
    """Refuse a query that cannot be asked at all.

    Raises
    ------
    QueryError
        No metric, a level outside (0, 1), or a window that ends before it begins.
    """
    if not query.metrics:
        raise QueryError(Text("请至少给一个指标，如 nps", "Name at least one metric, say nps"))
    if not 0 < query.level < 1:
        raise QueryError(
            Text("置信水平要在 0 和 1 之间，如 0.95", "The level lies between 0 and 1, say 0.95")
        )
    if len(set(query.by)) < len(query.by):
        raise QueryError(Text("同一列只能分组一次", "A column groups once only"))
    if query.since and query.until and query.until < query.since:
        raise QueryError(Text("截止日早于起始日", "The last day lies before the first"))
    if query.compare and query.compare.against is Against.REST and not query.by:
        raise QueryError(
            TextBySurface(
                Text(
                    "和其余比较要先分组：--by 列",
                    "Comparing with the rest needs groups: --by COLUMN",
                ),
                Text(
                    "和其余比较要先选分组", "Comparing with the rest needs groups: choose a column"
                ),
            )
        )


def _days(dataset: Dataset, query: Query) -> tuple[date, date] | None:
    """Give the first and last day answered on, where the query cuts by time."""
    if not (query.grain or query.since or query.until):
        return None

    days = first_and_last_day(dataset)
    if days is None:
        raise QueryError(NO_DATES)
    return days
