"""Orders complained of (被投诉订单占比): the complaint rate by cohort of orders."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import AmbiguousMetricError, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.metrics.complaint_rate import WORDS
from huiyin.measure.operations.complaints import cohort_reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read a column that says which orders were complained of; else the complaints linked."""
    try:
        return event_rate(WORDS)(metric, codebook, rest, rules)
    except AmbiguousMetricError:
        raise
    except QueryError:
        return cohort_reading(metric, codebook, rest, rules)


METRIC = operational(
    "complained_orders",
    Text("被投诉订单占比", "orders complained of"),
    Text(
        "有投诉的订单 ÷ 下的订单，都按下单日归期；同一事 {complaint_repeat_days} 天内重复的只算"
        "一次，撤回的不算",
        "orders complained of ÷ orders placed, both by the day of the order; repeats on one matter "
        "within {complaint_repeat_days} days count once, withdrawn ones do not",
    ),
    look,
    meaning=Text(
        "一批单里有多少后来被投诉：评估改进、按满意度分档比、拆“为什么变”用它；当期的投诉率是 "
        "complaint_rate",
        "how many of a batch of orders were complained of later: for evaluations, satisfaction "
        "bands and what changed; the rate of a period is complaint_rate",
    ),
    expression="n(orders complained of) / n(orders)",
    higher_is_better=False,
    window=Text("归并 {complaint_repeat_days} 天", "{complaint_repeat_days} days for repeats"),
    rule_keys=("windows.complaint_repeat_days", "windows.complaint_order_days"),
)
