"""Logs of stages, deals, errors and referrals are asked in the words that people use for them."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, ColumnValues
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.measure.catalogue import operational_metrics
from huiyin.measure.metric import HOUSE_RULES

TODAY = date(2026, 7, 1)
FIVE = Scale(1, 5)
STEPS = ("受理", "派单", "等待配件", "上门处理", "回访")


def column(name, role, **more):
    return Column(name, role, Text.same(name), **more)


def words_of(*columns, **values):
    book = Codebook(columns)
    there = [metric.id for metric in operational_metrics(book, HOUSE_RULES)]
    return build_vocabulary(book, ColumnValues(values), operations=there)


LOG = words_of(
    column("工单编号", Role.TICKET), column("大区", Role.UNIT), column("环节", Role.STAGE),
    column("开始时间", Role.TIME), column("完成时间", Role.RESOLVED),
    column("环节满意度", Role.CSAT, scale=FIVE),
    大区=("华东", "华南"), 环节=STEPS,
)  # fmt: skip
DEALS = words_of(
    column("商机编号", Role.ID), column("创建时间", Role.TIME), column("来源", Role.CHANNEL),
    column("关闭时间", Role.RESOLVED), column("是否成交", Role.OUTCOME, events=("是",)),
    column("跟进满意度", Role.CSAT, scale=FIVE), 来源=("展会", "官网"),
)  # fmt: skip
PARCELS = words_of(
    column("订单编号", Role.ORDER), column("承运", Role.DIMENSION), column("签收", Role.DELIVERED),
    column("是否出差错", Role.DIMENSION), 承运=("甲", "乙"),
)  # fmt: skip
CLIENTS = words_of(
    column("客户单位", Role.ACCOUNT), column("是否转介绍", Role.OUTCOME, events=("是",)),
)  # fmt: skip


def read(question, words):
    asked = ask(question, words, TODAY)
    assert isinstance(asked, Answerable), asked.text.say()
    return asked.understood


@pytest.mark.parametrize(
    "question",
    [
        "哪个环节最慢", "哪个环节耗时最长", "哪一步花的时间最多", "最耗时的环节", "瓶颈在哪里",
        "瓶颈是什么", "卡在哪一步", "维修流程卡在哪里", "哪个环节是瓶颈", "which step is slowest",
        "where is the bottleneck",
    ],
)  # fmt: skip
def test_the_slowest_stage_is_asked_for(question):
    found = read(question, LOG)
    assert (found.metrics, found.by) == (("stage_time",), ("环节",))
    assert found.rank is not None
    assert not found.rank.best


@pytest.mark.parametrize(
    ("question", "metrics", "by", "where"),
    [
        ("等待配件要等多久", ("stage_time",), (), ("等待配件",)),
        ("上门处理一般需要几天", ("stage_time",), (), ("上门处理",)),
        ("各环节的时长", ("stage_time",), ("环节",), ()),
        ("每个环节花多长时间", ("stage_time",), ("环节",), ()),
        ("how long does each step take", ("stage_time",), ("环节",), ()),
        ("哪个大区等待配件最久", ("stage_time",), ("大区",), ("等待配件",)),
        ("哪个环节最容易超时", ("stage_over",), ("环节",), ()),
        ("等待占比最高的环节", ("waiting_share",), ("环节",), ()),
        ("各环节满意率", ("satisfied:环节满意度",), ("环节",), ()),
    ],
)
def test_times_by_stage_are_asked_for(question, metrics, by, where):
    found = read(question, LOG)
    assert (found.metrics, found.by) == (metrics, by)
    assert tuple(value for one in found.where for value in one.values) == where


def test_the_quickest_stage_is_the_other_end():
    assert read("哪个环节最快", LOG).rank.best


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("成交率多少", "conversion"), ("转化率是多少", "conversion"), ("win rate", "conversion"),
        ("成交周期多长", "sales_cycle"), ("多久能成交", "sales_cycle"),
        ("成交一单要多久", "sales_cycle"),
        ("how long does it take to win a deal", "sales_cycle"),
    ],
)  # fmt: skip
def test_rated_deals_are_asked_as_deals(question, metric):
    assert read(question, DEALS).metrics == (metric,)


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("按满意度看成交周期", "sales_cycle"), ("按客户满意度分档看转化率", "conversion"),
        ("转化率按满意度看", "conversion"), ("不同满意度的客户的成交率", "conversion"),
        ("满意和不满意的客户成交率差多少", "conversion"), ("满意的客户成交率更高吗", "conversion"),
        ("sales cycle by satisfaction", "sales_cycle"),
    ],
)  # fmt: skip
def test_an_outcome_is_asked_by_satisfaction_band(question, metric):
    found = read(question, DEALS)
    assert (found.metrics, found.by) == ((metric,), ("band:跟进满意度",))


def test_errors_and_referrals_are_asked_for():
    found = read("哪个承运差错最多", PARCELS)
    assert (found.metrics, found.by) == (("order_accuracy",), ("承运",))
    assert not found.rank.best
    assert read("orders without error", PARCELS).metrics == ("order_accuracy",)
    for question in ("转介绍率多少", "老带新率", "有多少客户转介绍了新客"):
        assert read(question, CLIENTS).metrics == ("referral_rate",)
