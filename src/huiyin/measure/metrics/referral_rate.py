"""Referral rate (转介绍率): done, not stated."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "转介绍|老带新|referr"
METRIC = operational(
    "referral_rate",
    Text("转介绍率", "referral rate"),
    Text(
        "带来至少一位成交新客的客户 ÷ 活跃客户；每行一位活跃客户",
        "customers with at least one converted referral ÷ active customers; a row is an active "
        "customer",
    ),
    event_rate(WORDS),
    meaning=Text(
        "真的介绍来客户的占多少。说愿意推荐的是推荐意愿，不是这个",
        "how many really brought a customer; stated willingness is another number",
    ),
    expression="n(referred) / n(active)",
    higher_is_better=True,
    counted=Counted.CUSTOMERS,
)
