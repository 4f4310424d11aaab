"""Which columns an operational metric stands on: found by role, or by the words of a yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from huiyin.codebook.advice import name_column
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import AmbiguousMetricError, QueryError
from huiyin.measure.named_columns import named_column

YES = ("是", "有", "对", "y", "yes", "true", "t", "1", "1.0")
NO = ("否", "无", "没有", "不是", "n", "no", "false", "f", "0", "0.0")
EVENT_ROLES = (Role.OUTCOME, Role.DIMENSION)
_NO_ROLE = Text(
    "{label}（{id}）要有“{what}”一列；{how}", "{label} ({id}) needs a column of {what}; {how}"
)
_SEVERAL = Text(
    "{label}可用好几列算，请挑一个：{choices}",
    "{label} fits several columns, name one: {choices}",
)
_NO_EVENT = Text(
    "没有可以算“{label}”的列：要有一列写着是或否（名字里带 {words}）。写成 {id}:列名 指明",
    "No column for “{label}”: it takes one of yes and no (named like {words}). Name it as "
    "{id}:COLUMN",
)
ROLE_TEXT = {
    Role.OPENED: Text("创建时间", "when it was opened"),
    Role.FIRST_RESPONSE: Text("首次人工响应时间", "the first human reply"),
    Role.RESOLVED: Text("解决、办完或成交的时间", "when it was solved, done or won"),
    Role.PROMISED: Text("承诺时间", "the promised time"),
    Role.DELIVERED: Text("送达时间", "when it was delivered"),
    Role.CUSTOMER: Text("客户", "the customer"),
    Role.ORDER: Text("订单编号", "the order"),
    Role.TIME: Text("日期", "the day"),
    Role.TICKET: Text("工单编号", "the ticket, order or case"),
    Role.STAGE: Text("环节", "the stage"),
    Role.AMOUNT: Text("金额", "the amount"),
    Role.TOUCHPOINT: Text("问题类型", "the matter"),
    Role.OUTCOME: Text("结果", "the outcome"),
}


def role_column(codebook: Codebook, roles: Iterable[Role], metric_id: str, label: Text) -> Column:
    """Give the column with the first of `roles` that is there.

    Raises
    ------
    QueryError
        No column has any.
    """
    wanted = tuple(roles)
    found = next((c for role in wanted if (c := codebook.first(role))), None)
    if found is None:
        facts = {"id": metric_id, "what": ROLE_TEXT[wanted[0]], "how": name_column(wanted[0])}
        raise QueryError(_NO_ROLE.format(label=label, **facts))
    return found


def start_column(codebook: Codebook, metric_id: str, label: Text) -> Column:
    """Give the moment at which a ticket, a call or a deal begins."""
    return role_column(codebook, (Role.OPENED, Role.TIME), metric_id, label)


def event_column(codebook: Codebook, name: str, words: str, metric_id: str, label: Text) -> Column:
    """Give the column that says whether something happened.

    Parameters
    ----------
    codebook : Codebook
    name : str
        As typed after the colon; empty: the one outcome, else the one dimension, whose name or
        label fits `words`.
    words : str
        Regular expression.

    Raises
    ------
    AmbiguousMetricError
        Several columns fit.
    QueryError
        None does.
    """
    if name:
        return named_column(codebook, name)
    pattern = re.compile(words, re.IGNORECASE)
    for role in EVENT_ROLES:
        found = [c for c in codebook.with_role(role) if _speaks(c, pattern)]
        if len(found) > 1:
            choices = listed(f"{metric_id}:{column.name}" for column in found)
            raise AmbiguousMetricError(_SEVERAL.format(label=label, choices=choices))
        if found:
            return found[0]
    said = re.sub(r"\.\{0,\d+\}", "…", words).replace("|", "、")
    raise QueryError(_NO_EVENT.format(label=label, words=said, id=metric_id))


def _speaks(column: Column, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(words) for words in (column.name, *column.label.values()))


def happened(rows: Any, column: Column) -> Any:
    """Give whether a yes-or-no column says yes: BOOLEAN, NULL where it says neither."""
    import ibis

    found = rows[column.name]
    if found.type().is_numeric():
        return found.cast("float64") > 0
    word = found.cast("string").lower()
    yes = tuple(event.lower() for event in column.events) or YES
    return ibis.cases((word.isin(yes), True), (word.isin(NO) if not column.events else
                       word.notnull(), False))  # fmt: skip
