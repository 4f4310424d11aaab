"""What the n of a number counts: answers, orders, tickets and the like."""

import pytest

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Query
from huiyin.measure.counted import counted_by
from huiyin.measure.metric import MetricRules


def book(**roles):
    return Codebook(
        [
            Column(name, Role(role), Text.same(name), scale=Scale(1, 5) if role == "csat" else None)
            for name, role in roles.items()
        ]
    )


ANSWERS = book(日期="time", 订单="order", 城市="dimension", 满意="csat")
ORDERS = book(订单="order", 日期="time", 客户="customer", 金额="amount", 城市="dimension")
TICKETS = book(工单="ticket", 创建="opened", 解决="resolved", 城市="dimension", 满意="csat")
STEPS = book(商机="ticket", 环节="stage", 开始="time", 结束="resolved", 城市="dimension")
LEADS = book(编号="id", 创建="time", 关闭="resolved", 成交="outcome", 来源="dimension", 满意="csat")
POLL = book(日期="time", 城市="dimension", 意见="text")


@pytest.mark.parametrize(
    ("codebook", "metric", "counted"),
    [
        (ANSWERS, "satisfied", "answers"),
        (ANSWERS, "share:城市=武汉", "answers"),
        (POLL, "share:城市=武汉", "answers"),
        (ORDERS, "mean:金额", "orders"),
        (ORDERS, "repurchase", "customers"),
        (ORDERS, "order_repurchase", "orders"),
        (TICKETS, "resolution_time", "tickets"),
        (TICKETS, "share:城市=武汉", "tickets"),
        (TICKETS, "satisfied", "answers"),
        (STEPS, "stage_time", "cases"),
        (STEPS, "share:城市=武汉", "records"),
        (STEPS, "resolution_time", "records"),
        (LEADS, "conversion", "leads"),
        (LEADS, "share:来源=官网", "records"),
        (LEADS, "satisfied", "answers"),
    ],
)
def test_n_counts_what_the_metric_or_the_rows_are(codebook, metric, counted):
    asked = find_metric(metric, codebook, Query((metric,)), MetricRules())
    assert counted_by(asked, codebook) == counted
