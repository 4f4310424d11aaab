"""A query made ready: checked, and every word of it found in the dataset."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.catalogue import RESPONSE_RATE, Asked, find_metric
from huiyin.measure.contracts import Against, Query, QueryError, Viewer
from huiyin.measure.dataset import Dataset
from huiyin.measure.design import Drawn, draw
from huiyin.measure.fetching import Wanted, wanted_values
from huiyin.measure.filters import check_words
from huiyin.measure.metric import LevelPoints, MetricRules
from huiyin.measure.periods import Window

NO_DATES = Text(
    "没有日期列，不能按时间筛选或分段；用 --set “列=time”指明日期列",
    "There is no column of dates to filter or cut by; name it with --set “COLUMN=time”",
)


@dataclass(frozen=True, slots=True)
class Task:
    """A query made ready: what is wanted, from which rows, for whom."""

    dataset: Dataset
    query: Query
    viewer: Viewer
    wanted: Wanted
    drawn: Drawn
    days: tuple[date, date] | None
    n_groups_asked: int


def prepare(dataset: Dataset, query: Query, viewer: Viewer) -> Task:
    """Check a query and find what it means in this dataset.

    Raises
    ------
    QueryError
        It names something that does not exist or does not fit.
    """
    check_query(query)
    _refuse_contact_groups(dataset, query)
    n_groups_asked = len(query.by)
    query = _with_group(query)
    rules = MetricRules(level_points=LevelPoints(query.points))
    asked = tuple(find_metric(text, dataset.codebook, query, rules) for text in query.metrics)
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
    window = Window(query.since, query.until)
    drawn = draw(dataset, query, window, by_psu=wanted.has_sums, overlap=overlap)
    return Task(dataset, query, viewer, wanted, drawn, days, n_groups_asked)


def _with_known_delivery(dataset: Dataset, asked: Asked, rules: MetricRules) -> Asked:
    """Tell a response rate from a completion rate by the words of the status column."""
    if asked.metric.id != RESPONSE_RATE or asked.column is None:
        return asked
    from huiyin.measure.metrics.response_rate import WORDS, settle

    held = set(WORDS) - set(dataset.missing_words(asked.column.name, WORDS))
    return replace(asked, reading=settle(asked.reading, held, rules))


def _refuse_contact_groups(dataset: Dataset, query: Query) -> None:
    for name in query.by:
        if name in dataset.codebook and dataset.codebook[name].role is Role.CONTACT:
            raise QueryError(
                Text("“{c}”是联系方式，不能按它分组", "“{c}” is contact data, not a group")
                .format(c=name)
            )  # fmt: skip


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
    if query.since and query.until and query.until < query.since:
        raise QueryError(Text("截止日早于起始日", "The last day lies before the first"))
    if query.compare and query.compare.against is Against.REST and not query.by:
        raise QueryError(
            Text("和其余比较要先分组：--by 列", "Comparing with the rest needs groups: --by COLUMN")
        )


def _days(dataset: Dataset, query: Query) -> tuple[date, date] | None:
    """Give the first and last day answered on, where the query cuts by time."""
    if not (query.grain or query.since or query.until):
        return None

    def find() -> tuple[date, date] | None:
        day = dataset.rows[ANSWERED_ON_COLUMN]
        found = dataset.engine.run(dataset.rows.aggregate(first=day.min(), last=day.max()))
        first, last = found["first"][0].as_py(), found["last"][0].as_py()
        return (first, last) if first else None

    days = dataset.keep("days", find)
    if days is None:
        raise QueryError(NO_DATES)
    return days
