"""Repurchase by order (订单复购率)."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.windows import repurchase_reading


def look(metric: Metric, codebook: Codebook, _rest: str, rules: MetricRules) -> Reading:
    """Read the share of orders that another one follows."""
    return repurchase_reading(metric, codebook, rules, once=False)


METRIC = operational(
    "order_repurchase",
    Text("订单复购率", "repurchase by order"),
    Text(
        "{repurchase_days} 天内同一客户另一天又下了单的订单 ÷ 窗口已走完的订单",
        "orders followed within {repurchase_days} days by one of the same customer on a later "
        "day ÷ orders whose "
        "{repurchase_days} days are over",
    ),
    look,
    meaning=Text(
        "数的是订单，常客每一单都算，比复购率高；两个数不能混着比",
        "orders are counted, regulars with each of theirs: higher than the repurchase rate, and "
        "not to be compared with it",
    ),
    expression="n(orders: next ≤ {repurchase_days} d) / n(orders: window over)",
    window=Text("{repurchase_days} 天", "{repurchase_days} days"),
    rule_keys=("windows.repurchase_days",),
    counted=Counted.ORDERS,
)
