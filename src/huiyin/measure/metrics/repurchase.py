"""Repurchase rate (复购率): customers who order again within 90 days."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.windows import repurchase_reading


def look(metric: Metric, codebook: Codebook, _rest: str, rules: MetricRules) -> Reading:
    """Read the share of customers who order again, each by the first order of the period."""
    return repurchase_reading(metric, codebook, rules, once=True)


METRIC = operational(
    "repurchase",
    Text("复购率", "repurchase rate"),
    Text(
        "当期下过单、从当期首单起 90 天内又下单的客户 ÷ 当期下过单且窗口已走完的客户；同一天的单"
        "算一次",
        "customers of the period who order again within 90 days of their first order in it ÷ "
        "customers of the period whose 90 days are over; orders of one day are one",
    ),
    look,
    meaning=Text(
        "买过的客户有多少 90 天内又来买。数的是客户不是订单；最近 90 天的窗口没走完，不算在内",
        "how many customers came back within 90 days: customers, not orders; the last 90 days are "
        "not over and left out",
    ),
    expression="n(customers: next order ≤ 90 d) / n(customers: window over)",
    window=Text("90 天", "90 days"),
)
