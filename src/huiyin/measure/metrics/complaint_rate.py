"""Complaint rate (投诉率): complaints of a period over the orders placed in it."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import AmbiguousMetricError, QueryError
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.complaints import linked_reading
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "投诉|complain"
BY_COLUMN = Text(
    "有投诉的订单 ÷ 同期下的订单：订单上只写了有没有投诉，没写哪天，按下单日归期",
    "orders complained of ÷ orders placed in the same period: the orders say whether there was a "
    "complaint, not when, so both go by the day of the order",
)


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read a column that says which orders were complained of; else the complaints linked."""
    try:
        return replace(event_rate(WORDS)(metric, codebook, rest, rules), formula=BY_COLUMN)
    except AmbiguousMetricError:
        raise
    except QueryError:
        return linked_reading(metric, codebook, rest, rules)


METRIC = operational(
    "complaint_rate",
    Text("投诉率", "complaint rate"),
    Text(
        "当期的投诉 ÷ 同期下的订单：投诉按投诉日、订单按下单日归期；同一事 "
        "{complaint_repeat_days} 天内重复的只算一次，撤回的不算",
        "complaints of a period ÷ orders placed in it: complaints by the day they were made, "
        "orders by the day they were placed; repeats on one matter within {complaint_repeat_days} "
        "days count once, withdrawn ones do not",
    ),
    look,
    meaning=Text(
        "当期每单摊到多少投诉；上月的单这个月才投诉，算这个月。按下单日看一批单有多少被投诉，用 "
        "complained_orders。订单上有一列是否投诉就用它，没有就用关联的工单（在“数据 › 关联与合并”里"
        "关联，或两边有同样的客户列）；没有订单的数据数客户。文字里的抱怨是抱怨率，不是这个",
        "complaints per order of a period; one made this month of last month's order is this "
        "month's. How many of a batch of orders were complained of is complained_orders. It goes "
        "by a column of the orders that says so, else by the tickets linked to them (under “Data › "
        "Linked data”, or by the same customer column); data without orders count customers. What "
        "is only said in texts is not counted here",
    ),
    expression="n(complaints made in t) / n(orders placed in t)",
    higher_is_better=False,
    window=Text("归并 {complaint_repeat_days} 天", "{complaint_repeat_days} days for repeats"),
    rule_keys=("windows.complaint_repeat_days", "windows.complaint_order_days"),
)
