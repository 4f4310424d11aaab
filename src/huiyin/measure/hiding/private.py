"""What a viewer may not ask by: what customers wrote, codes of single answers, too many columns.

Values of the first would be shown as groups, named by a refusal, or found by trying; of the last
it cannot be told in time which small groups must stay hidden.
"""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.catalogue import Asked
from huiyin.measure.contracts import Against, Query, QueryError, Viewer
from huiyin.measure.dataset import Dataset

SINGLE_ROLES = frozenset({Role.TEXT, Role.ID, Role.ORDER, Role.TICKET, Role.META})
"""Roles whose values stand for one answer each, more or less."""
_REFUSED = SINGLE_ROLES | {Role.CUSTOMER}
"""A group, a filter or a share of one customer would tell what they said."""

MOST_GROUPED_BY = 6
"""Totals over every choice of the columns are looked at for what they tell: twice as many by one
column more."""
_TOO_MANY = Text(
    "一次最多按 {most} 列分组：再多，就来不及查清哪些小组该藏住。请去掉几列",
    "Group by {most} columns at most: with more it cannot be told in time which small groups must "
    "stay hidden. Leave some out",
)


def refuse_many_groups(query: Query, viewer: Viewer) -> None:
    """Refuse to group by more columns than small groups can be hidden among.

    Raises
    ------
    QueryError
        The viewer is held to groups of a size, and there are more than `MOST_GROUPED_BY`.
    """
    if viewer.minimum_n > 1 and len(query.by) > MOST_GROUPED_BY:
        raise QueryError(_TOO_MANY.format(most=MOST_GROUPED_BY))


def refuse_private_groups(dataset: Dataset, query: Query) -> None:
    """Refuse to group by contact data, whoever asks.

    Raises
    ------
    QueryError
        A group holds contact data.
    """
    for name in query.by:
        if _role(dataset, name) is Role.CONTACT:
            raise QueryError(
                Text("“{c}”是联系方式，不能按它分组", "“{c}” is contact data, not a group")
                .format(c=name)
            )  # fmt: skip


def refuse_single_answers(dataset: Dataset, query: Query, viewer: Viewer) -> None:
    """Refuse groups, filters and references by columns that tell answers apart.

    Raises
    ------
    QueryError
        The viewer is held to scores, and a column tells answers or customers apart.
    """
    by_pairs = query.compare is not None and query.compare.against is Against.COMPETITOR
    compared = query.compare.column if query.compare and not by_pairs else None
    filtered = (one.column for one in query.where)
    _refuse(dataset, viewer, (*query.by, *filtered, *([compared] if compared else ())))


def refuse_single_values(dataset: Dataset, asked: Iterable[Asked], viewer: Viewer) -> None:
    """Refuse metrics of a value that is somebody's own.

    Raises
    ------
    QueryError
        As `refuse_single_answers`.
    """
    named = (one.column.name for one in asked if one.column and one.metric.needs_value)
    _refuse(dataset, viewer, named)


def _refuse(dataset: Dataset, viewer: Viewer, names: Iterable[str]) -> None:
    if viewer.sees_answers:
        return
    for name in names:
        if name.startswith("_") and name not in dataset.codebook:
            raise QueryError(Text("没有名为“{c}”的列", "There is no column “{c}”").format(c=name))
        if _role(dataset, name) in _REFUSED:
            raise QueryError(
                Text(
                    "“{c}”是客户原话、客户编号或逐份的编号、附加信息，不能用来分组、筛选或比较",
                    "“{c}” holds customers' own words, or codes of customers or of single answers: "
                    "it is no group, filter or share",
                ).format(c=name)
            )


def _role(dataset: Dataset, name: str) -> Role | None:
    return dataset.codebook[name].role if name in dataset.codebook else None
