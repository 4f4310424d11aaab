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
        "当期下过单、从当期首单起 {repurchase_days} 天内又下单的客户 ÷ 当期下过单且窗口已走完的客"
        "户；同一天的单"
        "算一次",
        "customers of the period who order again within {repurchase_days} days of their first "
        "order in it ÷ "
        "customers of the period whose {repurchase_days} days are over; orders of one day are one",
    ),
    look,
    meaning=Text(
        "买过的客户有多少 {repurchase_days} 天内又来买。数的是客户不是订单；最近 "
        "{repurchase_days} 天的窗口没走完，不算在内",
        "how many customers came back within {repurchase_days} days: customers, not orders; the "
        "last {repurchase_days} days are "
        "not over and left out",
    ),
    expression="n(customers: next order ≤ {repurchase_days} d) / n(customers: window over)",
    window=Text("{repurchase_days} 天", "{repurchase_days} days"),
    rule_keys=("windows.repurchase_days",),
)
