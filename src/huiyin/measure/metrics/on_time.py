"""On-time delivery (准时率): against the first promise."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.columns import role_column
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import on_time_fact, promised_column, share_reading


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share delivered by the first promise."""
    delivered = role_column(codebook, (Role.DELIVERED, Role.RESOLVED), metric.id, metric.label)
    promised = promised_column(codebook, rest, metric)
    fact = on_time_fact(promised, delivered)
    return share_reading(metric, fact, rules, [promised, delivered])


METRIC = operational(
    "on_time",
    Text("准时率", "on-time delivery"),
    Text(
        "按首次承诺时间送到的 ÷ 已送到或已过承诺时间的；只承诺到日的，当天送到算准时",
        "delivered by the first promise ÷ delivered or overdue; a promise of a day holds until "
        "its end",
    ),
    look,
    meaning=Text(
        "说好几时到、就几时到的占多少。改过承诺也按第一次算；过了时间还没到的算没准时",
        "how many came when first promised; a promise that was moved counts as first made, and "
        "what is overdue counts as late",
    ),
    expression="n(delivered ≤ first promise) / n(delivered or overdue)",
    counted=Counted.ORDERS,
)
