"""Accurate delivery (准确率): orders without an error."""

from __future__ import annotations

from typing import Any

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Counted
from huiyin.measure.metric import Metric, MetricRules, Reading
from huiyin.measure.operations.columns import event_column, happened
from huiyin.measure.operations.declaring import operational
from huiyin.measure.operations.rates import put_share, share_reading

ERRORS = "差错|错发|漏发|错漏|有误|出错|破损|error|wrong|incorrect|damaged"


def look(metric: Metric, codebook: Codebook, rest: str, rules: MetricRules) -> Reading:
    """Read the share of delivered orders without an error."""
    wrong = event_column(codebook, rest, ERRORS, metric.id, metric.label)
    delivered = codebook.first(Role.DELIVERED)
    name = f"_order_accuracy:{wrong.name}:{delivered.name if delivered else ''}"
    fact = put_share(
        name,
        lambda rows: _there(rows, delivered) & ~happened(rows, wrong),
        lambda rows: _there(rows, delivered) & happened(rows, wrong).notnull(),
    )
    return share_reading(metric, fact, rules, [wrong, *([delivered] if delivered else [])])


def _there(rows: Any, delivered: Column | None) -> Any:
    import ibis

    if delivered is None:
        return ibis.literal(True)  # noqa: FBT003 -- a value
    return rows[delivered.name].notnull()


METRIC = operational(
    "order_accuracy",
    Text("准确率", "accurate delivery"),
    Text("没出差错的单 ÷ 已送到的单", "orders without an error ÷ orders delivered"),
    look,
    meaning=Text(
        "送到的单里，东西、数量、地址都对、没破损的占多少。冒号后写的是记差错的那一列",
        "how many delivered orders had nothing wrong; the column named is the one of errors",
    ),
    expression="n(delivered, no error) / n(delivered)",
    counted=Counted.ORDERS,
)
