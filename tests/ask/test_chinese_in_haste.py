"""Chinese as managers and people at the counter type it: short, and with words left out."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import parts_of

from huiyin.ask.contracts import AskBack, Missing, Refusal, Why

SHOPS, CALLS, REVIEWS, FIRMS = "门店满意度", "售后回访", "公开评论", "企业客户"
MAY = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
QUARTER = {"since": date(2026, 3, 15), "until": date(2026, 6, 14)}
BEST, WORST = {"best": 1}, {"worst": 1}


def asked(surveys, question, dataset=SHOPS):
    return parts_of(surveys.ask(question, dataset))


def of(kind, metric, **parts):
    return {"kind": kind, "metrics": [metric], **parts}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "五月环比掉得最厉害的门店,看满意度",
            of("compare", "score:总体满意度", by=["门店"], compare="previous", **MAY),
        ),
        ("店里最脏的是哪家", of("ranking", "score:环境整洁", by=["门店"], rank=WORST)),
        (
            "送货最慢的门店,前三个",
            of("ranking", "score:交付效率", by=["门店"], rank={"worst": 3}),
        ),
        ("做什么能让NPS上去", of("drivers", "nps")),
        (
            "东北那边客户老说啥",
            {"kind": "voices", "metrics": [], "where": [("大区", "=", ["东北"])]},
        ),
        (
            "华东华南华北三个区满意度",
            of(
                "number",
                "score:总体满意度",
                by=["大区"],
                where=[("大区", "=", sorted(["华东", "华南", "华北"]))],
            ),
        ),
        ("公众号渠道占全部答卷的比例", of("number", "share:渠道=公众号")),
        ("五月满意率有85%吗", of("number", "satisfied:总体满意度", **MAY)),
        (
            "除了普通会员,其他会员NPS各多少",
            of("number", "nps", by=["会员等级"], where=[("会员等级", "!=", ["普通"])]),
        ),
        (
            "不要小票二维码，其余渠道满意率各多少",
            of(
                "number",
                "satisfied:总体满意度",
                by=["渠道"],
                where=[("渠道", "!=", ["小票二维码"])],
            ),
        ),
        (
            "天津滨江道店五月满意率掉到多少了",
            of("number", "satisfied:总体满意度", where=[("门店", "=", ["天津滨江道店"])], **MAY),
        ),
        ("手机品牌和满意度有关系吗", of("number", "score:总体满意度", by=["手机品牌"])),
        (
            "均分没到4分的门店,服务体验",
            of("threshold", "mean:服务体验", by=["门店"], threshold=("<", 4.0)),
        ),
        (
            "哪种会员复购最多",
            of("ranking", "share:90天内复购=是", by=["会员等级"], rank={"best": 1}),
        ),
        ("什么年纪的人最满意", of("ranking", "score:总体满意度", by=["年龄段"], rank=BEST)),
        (
            "苹果小米华为三个牌子NPS",
            of(
                "number",
                "nps",
                by=["手机品牌"],
                where=[("手机品牌", "=", sorted(["苹果", "小米", "华为"]))],
            ),
        ),
        ("五月NPS骤降原因", of("why", "nps", compare="previous", **MAY)),
        ("黑卡NPS", of("number", "nps", where=[("会员等级", "=", ["黑金"])])),
        (
            "huadong he huabei nps duibi",
            of("compare", "nps", where=[("大区", "=", ["华东"])], compare="大区=华北"),
        ),
    ],
)
def test_what_is_typed_in_haste_is_read(surveys, question, meant):
    assert asked(surveys, question) == {k: v for k, v in meant.items() if v}


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("去年双十一那天NPS", date(2025, 11, 11), date(2025, 11, 11)),
        ("3.15那天NPS", date(2026, 3, 15), date(2026, 3, 15)),
        ("5·1假期NPS", date(2026, 5, 1), date(2026, 5, 5)),
        ("春节7天的NPS", date(2026, 2, 15), date(2026, 2, 23)),
        ("近三月NPS", date(2026, 3, 15), date(2026, 6, 14)),
        ("三月NPS", date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_days_are_those_that_people_mean(surveys, question, since, until):
    assert asked(surveys, question) == of("number", "nps", since=since, until=until)


def test_which_team_is_asked_by_its_number(surveys):
    found = asked(surveys, "几组服务最差", CALLS)
    assert found == of("ranking", "score:服务满意度", by=["班组"], rank=WORST)


def test_the_rating_of_reviews_is_their_stars(surveys):
    found = asked(surveys, "小红书的评分", REVIEWS)
    assert found == of("number", "score:星级", where=[("平台", "=", ["小红书"])])


def test_eighty_percent_is_read_before_the_word_that_begins_like_a_city(surveys):
    found = asked(surveys, "解决率八成都不到的坐席", CALLS)
    assert found == of("threshold", "share:是否解决=是", by=["坐席"], threshold=("<", 0.8))


def test_satisfaction_of_staff_is_no_satisfaction_of_customers(surveys):
    found = surveys.ask("一线员工满意度", SHOPS)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC


def test_a_brand_called_three_stars_is_no_rating(surveys):
    assert surveys.ask("三星手机用户NPS", SHOPS).reason is Why.NO_SUCH_VALUE


def test_the_group_that_a_ranking_showed_is_asked_about(surveys):
    first = surveys.ask("四月最费力的是哪个组", CALLS)
    found = surveys.ask("那个组的客户怎么说", CALLS, first)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.WHAT


def test_whose_service_is_asked_stands_in_the_name_of_the_rating(surveys):
    found = asked(surveys, "店员服务得分小于50的有谁")
    assert found == of("threshold", "score:服务体验", by=["店员"], threshold=("<", 50.0))


def test_a_name_that_begins_like_another_word_is_read_whole(surveys):
    found = asked(surveys, "流失回访场景的客户都说啥了", FIRMS)
    assert found == {"kind": "voices", "where": [("场景", "=", ["流失回访"])]}


@pytest.mark.parametrize(
    "question", ["中间水平的门店NPS", "NPS排第三的门店", "客户年龄越大满意度越高吗"]
)
def test_what_no_query_holds_is_asked_about(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.WHAT


def test_what_drives_a_share_is_asked_about(surveys):
    found = surveys.ask("复购跟哪方面关系最大", SHOPS)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize("question", ["帮我发条短信给不满意的客户", "写一份满意度提升方案"])
def test_what_has_to_be_done_is_not_done_here(surveys, question):
    found = surveys.ask(question, SHOPS)
    assert isinstance(found, Refusal)
    assert found.reason is Why.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("dataset", "question", "meant"),
    [
        (SHOPS, "推荐值按季走的话是啥样", of("trend", "nps", grain="quarter")),
        (SHOPS, "给我描一描NPS走的路", of("trend", "nps", grain="month")),
        (SHOPS, "收银效率起起伏伏的", of("trend", "score:收银效率", grain="month")),
        (
            SHOPS,
            "近三个月满意率是稳住了还是又掉了",
            of("trend", "satisfied:总体满意度", grain="month", **QUARTER),
        ),
        ("应用NPS", "费力度是不是在慢慢降下来", of("trend", "ces", grain="month")),
        ("内部服务", "报销这块越来越顺了吗", of("trend", "score:报销", grain="month")),
        (
            SHOPS,
            "5月20号到月底的客户留言",
            {"kind": "voices", "since": date(2026, 5, 20), "until": MAY["until"]},
        ),
    ],
)
def test_how_it_goes_on_and_until_when(surveys, dataset, question, meant):
    assert asked(surveys, question, dataset) == meant


@pytest.mark.parametrize(
    ("dataset", "question", "reason"),
    [
        (SHOPS, "不同人的满意度差别大吗", Missing.COLUMN),
        (SHOPS, "哪种顾客NPS高", Missing.COLUMN),
        (SHOPS, "上个月和前阵子比满意率如何", Missing.PERIOD),
        (SHOPS, "客户怎么吐槽停车的", Missing.WHAT),
        (SHOPS, "客户怎么吐槽排队", Missing.WHAT),
        (SHOPS, "满意度提升2分能多赚多少钱", Why.CAUSAL),
        (SHOPS, "涨价是不是拉低了价格感知", Why.CAUSAL),
        ("公开评论", "知乎上的评价", Why.NO_SUCH_VALUE),
        ("内部服务", "深圳分部的食堂满意度", Why.NO_SUCH_VALUE),
    ],
)
def test_the_first_reason_is_told(surveys, dataset, question, reason):
    assert surveys.ask(question, dataset).reason is reason
