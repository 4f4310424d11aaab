"""Ticket resolution rate (工单解决率): by the day they were opened, still open is not solved."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.named_columns import named_column
from huiyin.measure.operations.columns import role_column, start_column
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import put_share, share_reading


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of tickets that are solved."""
    start = start_column(codebook, metric.id, metric.label)
    solved = (
        named_column(codebook, rest)
        if rest
        else role_column(codebook, (Role.RESOLVED,), metric.id, metric.label)
    )
    fact = put_share(
        f"_resolution_rate:{start.name}:{solved.name}",
        lambda rows: rows[start.name].notnull() & rows[solved.name].notnull(),
        lambda rows: rows[start.name].notnull(),
    )
    return share_reading(metric, fact, rules, [start, solved])


METRIC = operational(
    "resolution_rate",
    Text("工单解决率", "ticket resolution rate"),
    Text(
        "已解决的工单 ÷ 同期创建的工单；还没解决的算没解决",
        "tickets solved ÷ tickets opened in the same period; what is still open is not solved",
    ),
    look,
    meaning=Text(
        "当期来的工单里有多少解决了，是坐席记的。最近的期间还会往上走；客户自己说的看客户确认解"
        "决率",
        "how many of the tickets that came in are solved, as the agents record it; recent periods "
        "still rise. What customers say is confirmed_resolution",
    ),
    expression="n(solved) / n(opened)",
    counted=Counted.TICKETS,
)
