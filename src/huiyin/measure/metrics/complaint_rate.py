"""Complaint rate (投诉率) of orders."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import AmbiguousMetricError, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.complaints import linked_reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "投诉|complain"


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read a column that says which orders were complained of; else the complaints linked."""
    try:
        return event_rate(WORDS)(metric, codebook, rest, rules)
    except AmbiguousMetricError:
        raise
    except QueryError:
        return linked_reading(metric, codebook, rest, rules)


METRIC = operational(
    "complaint_rate",
    Text("投诉率", "complaint rate"),
    Text(
        "有投诉的订单 ÷ 同期下的订单，按下单日归期；同一事 {complaint_repeat_days} 天内重复的只算"
        "一次，撤回的不算",
        "orders complained of ÷ orders placed in the same period; repeats on one matter within "
        "{complaint_repeat_days} days count once, withdrawn ones do not",
    ),
    look,
    meaning=Text(
        "每单引来多少投诉。订单上有一列是否投诉就用它，没有就用关联的工单（在“数据 › 关联与合并”里"
        "关联，或两边有同样的客户列）；没有订单的数据数客户。文字里的抱怨是抱怨率，不是这个",
        "how many orders led to a complaint: by a column of the orders that says so, else by the "
        "tickets linked to them (under “Data › Linked data”, or by the same customer column); "
        "data without orders count customers. What is only said in texts is not counted here",
    ),
    expression="n(complaint) / n(orders)",
    higher_is_better=False,
    window=Text("归并 {complaint_repeat_days} 天", "{complaint_repeat_days} days for repeats"),
    rule_keys=("windows.complaint_repeat_days", "windows.complaint_order_days"),
)
