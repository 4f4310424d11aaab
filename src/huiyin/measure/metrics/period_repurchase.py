"""Repurchase within a period (周期内复购率)."""

from __future__ import annotations

from huiyin.core.text import Text
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.returned import returned_look

METRIC = operational(
    "period_repurchase",
    Text("周期内复购率", "repurchase within the period"),
    Text(
        "当期在两天以上下过单的客户 ÷ 当期下过单的客户；同一天的单算一次",
        "customers who order on two or more days of the period ÷ customers who order in it; orders "
        "of one day are one",
    ),
    returned_look,
    meaning=Text(
        "一期里买了不止一次的客户占多少。期越长数越高，只和同样长的期比；90 天内再来的看复购率",
        "how many customers bought more than once in the period. The longer the period, the "
        "higher: compare periods of one length only. Who comes back within 90 days is the "
        "repurchase rate",
    ),
    expression="n(customers: ≥ 2 days of order in t) / n(customers who order in t)",
)
