"""Chinese that says vividly where numbers and groups stand: 守没守住50, 最让人揪心, 连跌三个月."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import parts_of

from huiyin.ask.contracts import AskBack, Refusal

SHOPS, CALLS, APP, FIRMS = "门店满意度", "售后回访", "应用NPS", "企业客户"
DELIVERED, REVIEWS, CLAIMS = "物流签收", "公开评论", "保险理赔"
MAY = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 6, 14)}
HALF_YEAR = {"since": date(2025, 12, 15), "until": date(2026, 6, 14)}
THREE_MONTHS = {"since": date(2026, 3, 15), "until": date(2026, 6, 14)}
BEST, WORST = {"best": 1}, {"worst": 1}
SATISFIED, SCORE = "satisfied:总体满意度", "score:总体满意度"


def of(kind, metric, **parts):
    return {"kind": kind, "metrics": [metric], **parts}


@pytest.mark.parametrize(
    ("dataset", "question", "meant"),
    [
        # it stands among the others of its column
        (SHOPS, "东北是不是满意率最低的大区", of("ranking", SATISFIED, by=["大区"], rank=WORST)),
        (
            SHOPS,
            "送礼客的价格感知是不是始终最低",
            of("ranking", "score:价格感知", by=["客群"], rank=WORST),
        ),
        # said vividly of shops
        (
            SHOPS,
            "哪些店收银慢得要命",
            of("ranking", "score:收银效率", by=["门店"], rank={"worst": 5}),
        ),
        (SHOPS, "三个值得学习的门店,按NPS", of("ranking", "nps", by=["门店"], rank={"best": 3})),
        (SHOPS, "哪个大区的弱点是价格", of("ranking", "score:价格感知", by=["大区"], rank=WORST)),
        (
            DELIVERED,
            "包装破坏得最厉害的是哪个承运商",
            of("ranking", "score:包装完好", by=["承运"], rank=WORST),
        ),
        (
            SHOPS,
            "满意度没到目标80分的城市名单",
            of("threshold", SCORE, by=["城市"], threshold=("<", 80.0)),
        ),
        (
            SHOPS,
            "客单价够300的门店有几家",
            of("threshold", "mean:本单金额", by=["门店"], threshold=(">=", 300.0)),
        ),
        (SHOPS, "别拿平均数糊弄我,给我每个店的满意率", of("number", SATISFIED, by=["门店"])),
        (SHOPS, "投入那么大,五月环境整洁多少分", of("number", "score:环境整洁", **MAY)),
        (FIRMS, "续约率掉到哪儿了", of("number", "share:是否续约=是")),
        (
            REVIEWS,
            "小红书的公开口碑怎么样",
            of("number", "score:星级", where=[("平台", "=", ["小红书"])]),
        ),
        (
            APP,
            "支付这个功能的稳定性",
            of("number", "score:稳定流畅", where=[("模块", "=", ["支付"])]),
        ),
        (CLAIMS, "哪种险赔得最慢", of("ranking", "score:赔付速度", by=["险种"], rank=WORST)),
        (APP, "哪个模块卡得最厉害", of("ranking", "score:稳定流畅", by=["模块"], rank=WORST)),
        (APP, "应用版本按NPS排", of("ranking", "nps", by=["应用版本"])),
        (SHOPS, "客户最肯花钱的城市", of("ranking", "mean:本单金额", by=["城市"], rank=BEST)),
        (
            SHOPS,
            "二三四五月的满意率",
            of("number", SATISFIED, since=date(2026, 2, 1), until=date(2026, 5, 31)),
        ),
        (
            APP,
            "稳定流畅对NPS重要性大吗",
            {"kind": "relation", "metrics": ["nps", "score:稳定流畅"]},
        ),
        (SHOPS, "别说服务了，五月环境多少分", of("number", "score:环境整洁", **MAY)),
        (
            SHOPS,
            "满意率不到一半的门店",
            of("threshold", SATISFIED, by=["门店"], threshold=("<", 0.5)),
        ),
        # where a number stands
        (SHOPS, "收银这块儿五月打了几分", of("number", "score:收银效率", **MAY)),
        (SHOPS, "给个五月份整体满意率的准信儿", of("number", SATISFIED, **MAY)),
        (SHOPS, "五月不满意率控制在多少了", of("number", "dissatisfied:总体满意度", **MAY)),
        (SHOPS, "满意度五月落在哪", of("number", SCORE, **MAY)),
        (SHOPS, "客单价五月到底高到什么份上", of("number", "mean:本单金额", **MAY)),
        (SHOPS, "五月满意率破没破八成", of("number", SATISFIED, **MAY)),
        (SHOPS, "今年满意率稳定在85以上吗", of("number", SATISFIED, **YEAR)),
        (FIRMS, "nps守没守住50", of("number", "nps")),
        (
            SHOPS,
            "本年度截至5月底的满意率",
            of("number", SATISFIED, since=date(2026, 1, 1), until=date(2026, 5, 31)),
        ),
        # which end
        (
            SHOPS,
            "环境最让人看不下去的三个城市",
            of("ranking", "score:环境整洁", by=["城市"], rank={"worst": 3}),
        ),
        (SHOPS, "服务最叫人省心的门店", of("ranking", "score:服务体验", by=["门店"], rank=BEST)),
        (SHOPS, "哪个大区nps掉链子了", of("ranking", "nps", by=["大区"], rank=WORST)),
        (SHOPS, "哪个省满意率不太行", of("ranking", SATISFIED, by=["省份"], rank=WORST)),
        (SHOPS, "最不划算的城市", of("ranking", "score:价格感知", by=["城市"], rank=WORST)),
        (
            SHOPS,
            "交付效率这块谁是短板,按大区",
            of("ranking", "score:交付效率", by=["大区"], rank=WORST),
        ),
        (
            SHOPS,
            "深圳几家店谁家nps最低",
            of("ranking", "nps", by=["门店"], where=[("城市", "=", ["深圳"])], rank=WORST),
        ),
        (SHOPS, "哪几个省的nps能过50", of("threshold", "nps", by=["省份"], threshold=(">", 50.0))),
        # how it went
        (SHOPS, "nps连跌三个月了吗", of("trend", "nps", grain="month", **THREE_MONTHS)),
        (
            SHOPS,
            "满意率连着三个月往下走了吧",
            of("trend", SATISFIED, grain="month", **THREE_MONTHS),
        ),
        (SHOPS, "满意度近半年一月比一月低", of("trend", SCORE, grain="month", **HALF_YEAR)),
        (SHOPS, "满意率今年有没有持续改善", of("trend", SATISFIED, grain="month", **YEAR)),
        (SHOPS, "满意率今年一直在85以上吗", of("trend", SATISFIED, grain="month", **YEAR)),
        (SHOPS, "nps今年走得平不平", of("trend", "nps", grain="month", **YEAR)),
        (SHOPS, "nps五月走势", of("trend", "nps", grain="day", **MAY)),
        (SHOPS, "nps五月波动大吗", of("trend", "nps", grain="day", **MAY)),
        (SHOPS, "五月nps见好了没", of("compare", "nps", compare="previous", **MAY)),
        (
            SHOPS,
            "一季度到二季度满意率降了吗",
            of(
                "compare",
                SATISFIED,
                since=date(2026, 4, 1),
                until=date(2026, 6, 14),
                compare="previous",
            ),
        ),
        (
            SHOPS,
            "家庭客和上班族,哪一头的客单更大",
            of(
                "compare", "mean:本单金额", where=[("客群", "=", ["家庭客"])], compare="客群=上班族"
            ),
        ),
    ],
)
def test_where_a_number_stands(surveys, dataset, question, meant):
    assert parts_of(surveys.ask(question, dataset)) == meant


@pytest.mark.parametrize("question", ["哪些店连续三个月下滑", "满意率连着三个月往下走的门店有吗"])
def test_groups_are_not_picked_by_their_course(surveys, question):
    assert isinstance(surveys.ask(question, SHOPS), (AskBack, Refusal))
