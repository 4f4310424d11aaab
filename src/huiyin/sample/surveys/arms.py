"""The small arms: bank, insurance, logistics; and the market survey with the competitor."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import AGE_WEIGHTS, AGES, BRANCHES, N_TELLERS
from huiyin.sample.months import Floats, Ints
from huiyin.sample.places import COMPANY, COMPETITOR, REGIONS
from huiyin.sample.ratings import aspect, effort, intent, overall, recommend
from huiyin.sample.surveys.simple import Group, Groups, SimpleSurvey
from huiyin.sample.truths.bank_opening import BUSINESS, BUSINESS_WEIGHTS, OVERALL, PAPERS
from huiyin.sample.world import World

CLAIM_STEPS = ("报案", "查勘", "定损", "赔付")
_TELLERS = tuple(f"柜员{i + 1:02d}" for i in range(N_TELLERS))
_LATE_PULL = -0.9


def _bank_pulls(world: World, groups: Groups, _seconds: Ints) -> Mapping[str, Floats]:
    pull = world.plans.opening.pulls(groups["业务"])
    return {OVERALL: pull, PAPERS: pull, "推荐意愿": pull}


BANK = SimpleSurvey(
    key="bank",
    name="银行开户",
    title=Text("银行柜面", "the bank's counters"),
    prefix="B",
    groups=(
        Group("网点", "unit", "branch", BRANCHES, (3, 2, 2, 1.5, 1, 1)),
        Group("柜员", "staff", "teller", _TELLERS),
        Group("业务", "stage", "business", BUSINESS, BUSINESS_WEIGHTS),
        Group("渠道", "channel", "channel", ("柜面平板", "短信", "手机银行"), (0.5, 0.3, 0.2)),
        Group("年龄段", "dimension", "age", AGES, AGE_WEIGHTS),
    ),
    questions=(
        recommend(),
        overall(),
        aspect("等候时间", "waiting", 0.3, -0.2),
        aspect("资料要求", "papers asked for", 0.2),
        aspect("办理效率", "speed", 0.3),
        aspect("柜员态度", "teller", 0.2, 0.3),
        effort(
            "办完这项业务，您费了多大力气？（1 毫不费力，7 非常费力）",
            "How much effort did it take? (1 none, 7 very much)",
        ),
    ),
    topics=("银行办理",),
    rating="总体满意度",
    pulls=_bank_pulls,
)

INSURANCE = SimpleSurvey(
    key="insurance",
    name="保险理赔",
    title=Text("保险理赔", "insurance claims"),
    prefix="N",
    groups=(
        Group(
            "险种", "product", "product", ("车险", "医疗险", "家财险", "退货运费险"), (4, 3, 1, 2)
        ),
        Group("大区", "dimension", "region", REGIONS),
        Group("报案渠道", "channel", "channel", ("应用", "电话", "微信"), (0.5, 0.3, 0.2)),
        Group("理赔环节", "stage", "stage", CLAIM_STEPS, (2, 1, 1, 3), steps=True),
    ),
    questions=(
        recommend(),
        overall(),
        aspect("报案便捷", "reporting", 0.2, 0.2),
        aspect("定损合理", "assessment", 0.35, -0.2),
        aspect("赔付速度", "payout", 0.35, -0.1),
        aspect("客服支持", "support", 0.1),
    ),
    topics=("保险理赔", "处理结果"),
    rating="总体满意度",
)


def _logistics_pulls(_world: World, groups: Groups, _seconds: Ints) -> Mapping[str, Floats]:
    return {"送达时效": np.where(groups["是否准时"] == 1, _LATE_PULL, 0.0)}


LOGISTICS = SimpleSurvey(
    key="logistics",
    name="物流签收",
    title=Text("物流签收", "parcels received"),
    prefix="L",
    groups=(
        Group("大区", "dimension", "region", REGIONS),
        Group("承运", "dimension", "carrier", ("自营配送", "快运甲", "快运乙"), (0.5, 0.3, 0.2)),
        Group("是否准时", "dimension", "on time", ("是", "否"), (0.9, 0.1)),
        Group("渠道", "channel", "channel", ("短信", "小程序"), (0.6, 0.4)),
    ),
    questions=(
        overall(),
        aspect("送达时效", "timeliness", 0.5),
        aspect("包装完好", "packing", 0.25, 0.2),
        aspect("快递员态度", "courier", 0.25, 0.3),
    ),
    topics=("交付效率",),
    rating="总体满意度",
    pulls=_logistics_pulls,
)

COMPETITOR_PULLS = {"价格感知": 0.30, "交付效率": 0.15, "服务体验": -0.30, "产品质量": -0.20}
"""Where the competitor is better and worse."""


def _market_pulls(_world: World, groups: Groups, _seconds: Ints) -> Mapping[str, Floats]:
    rival = groups["品牌"] == 1
    return {name: np.where(rival, pull, 0.0) for name, pull in COMPETITOR_PULLS.items()}


MARKET = SimpleSurvey(
    key="market",
    name="竞品对比",
    title=Text("市场对比调查", "market survey with the competitor"),
    prefix="K",
    groups=(
        Group("品牌", "dimension", "brand", (COMPANY, COMPETITOR), (0.55, 0.45)),
        Group("大区", "dimension", "region", REGIONS),
        Group("年龄段", "dimension", "age", AGES, AGE_WEIGHTS),
    ),
    questions=(
        recommend(),
        overall(),
        aspect("产品质量", "product quality", 0.3, 0.1),
        aspect("服务体验", "service", 0.25),
        aspect("价格感知", "price", 0.2, -0.2),
        aspect("交付效率", "delivery", 0.15),
        aspect("售后支持", "after-sales", 0.1),
        intent("购买意愿", "下次还会选这个品牌吗？", "Will you choose this brand again?"),
    ),
    topics=("产品质量", "价格感知", "服务体验"),
    rating="总体满意度",
    pulls=_market_pulls,
)
SURVEYS = (BANK, INSURANCE, LOGISTICS, MARKET)
