"""Defect rate (缺陷率/故障率)."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import event_rate

WORDS = "缺陷|故障|质量退|质量问题|次品|不良品|defect|fault|quality return"
METRIC = operational(
    "defect_rate",
    Text("缺陷率/故障率", "defect rate"),
    Text(
        "实物：质量退货 ÷ 售出件数；软件：遇到故障的活跃用户 ÷ 活跃用户。每行一件或一位用户",
        "goods: quality returns ÷ units sold; software: active users with a fault ÷ active "
        "users; a row is a unit or a user",
    ),
    event_rate(WORDS),
    meaning=Text(
        "有质量问题的占多少。实物和软件的口径不同，不能合在一起，也不能互相比",
        "how many had a fault; goods and software are defined differently and never mixed",
    ),
    expression="n(fault) / n",
    higher_is_better=False,
)
