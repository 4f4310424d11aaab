"""Complaint rate (投诉率) of orders."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "投诉|complain"
METRIC = operational(
    "complaint_rate",
    Text("投诉率", "complaint rate"),
    Text(
        "有投诉的订单 ÷ 同期下的订单，按下单日归期；同一事 30 天内重复的只算一次，撤回的不算",
        "orders complained of ÷ orders placed in the same period; repeats on one matter within "
        "30 days count once, withdrawn ones do not",
    ),
    event_rate(WORDS),
    meaning=Text(
        "每单引来多少投诉。要在订单数据里算：订单上要有一列是否投诉。文字里的抱怨是抱怨率，不是"
        "这个",
        "how many orders led to a complaint; it takes orders with a column that says so. What "
        "is only said in texts is not counted here",
    ),
    expression="n(complaint) / n(orders)",
    higher_is_better=False,
)
