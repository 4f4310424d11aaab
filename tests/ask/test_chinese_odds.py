"""What looks like a known question and means another is asked about; the plain one is answered."""

from __future__ import annotations

import pytest
from gold_queries import parts_of

from huiyin.ask.contracts import Answerable, AskBack, Missing, Refusal, Why

SHOPS, CALLS, APP, FIRMS, BANK = "门店满意度", "售后回访", "应用NPS", "企业客户", "银行开户"
REVIEWS, STAFF = "公开评论", "内部服务"


@pytest.mark.parametrize(
    ("dataset", "question", "plain"),
    [
        (SHOPS, "不是很满意的客户里金卡占几成", "满意的客户里金卡占几成"),
        (SHOPS, "谈不上满意的客户都说了什么", "满意的客户都说了什么"),
        (REVIEWS, "不是五星的评论说什么", "五星的评论说什么"),
        (SHOPS, "不愿意再来的人占几成", "愿意再来的人占几成"),
        (SHOPS, "不想再来的客户占多少", "愿不愿意再来的人占几成"),
        (REVIEWS, "没有差评的门店", "上海徐家汇店的差评"),
        (SHOPS, "没人抱怨的店有没有", "客户抱怨什么"),
        (STAFF, "IT支持比HR响应差吗", "IT支持越差HR响应越差吗"),
        (FIRMS, "续约意愿高但没续约的客户", "没续约的客户续约意愿多少"),
        (STAFF, "不满意食堂的部门", "食堂满意度最低的部门"),
        (SHOPS, "华为店的满意度", "华为客户的满意度"),
        (SHOPS, "其他品牌手机的NPS", "除了华为，其他品牌手机的NPS"),
        (SHOPS, "本单金额超过500的客户满意吗", "满意率超过80%了吗"),
        (SHOPS, "second best region by NPS", "best region by NPS"),
        (SHOPS, "30天内复购率", "90天内复购率"),
        (SHOPS, "满意率最好能超过八成，哪些大区没到", "满意率没到八成的大区"),
        (SHOPS, "含不含东北，NPS差多少", "不含东北，NPS多少"),
        (SHOPS, "包括小程序在内的NPS", "小程序的NPS"),
        (SHOPS, "影响最小的因素", "影响最大的因素"),
        (SHOPS, "价格敏感的客户", "价格怎么样"),
        (SHOPS, "送礼客是不是对价格更敏感", "送礼客对价格满意吗"),
        (APP, "功能是不是越来越不好用了", "功能越来越好了吗"),
        (SHOPS, "差异最大的两个大区，看服务", "服务最好的两个大区"),
        (FIRMS, "交付和售后哪个对客户影响大", "交付和售后有没有关系"),
        (SHOPS, "净推荐值里的贬损者多少", "净推荐值多少"),
        (SHOPS, "NPS减去去年的NPS", "今年NPS和去年比"),
        (SHOPS, "写了意见的人占几成", "客户写了什么意见"),
        (SHOPS, "满意度低于0.8的门店", "满意率低于0.8的门店"),
        (SHOPS, "满意率跌幅超过5%的门店", "满意率降到60%以下的门店"),
        (SHOPS, "NPS涨了5分以上的店", "NPS超过5分的店"),
        (SHOPS, "金卡NPS最高的大区，普通卡呢", "金卡NPS最高的大区"),
        (SHOPS, "哪些店不是低于60的，满意度", "哪些店低于60，满意度"),
        (SHOPS, "NPS最不好的大区不是东北吧", "除了东北，NPS最不好的大区"),
        (SHOPS, "差评趋势", "差评说了什么"),
        (SHOPS, "好评多还是差评多", "好评说了什么"),
        (CALLS, "没解决又不满意的占比", "没解决的客户里不满意的占比"),
        (SHOPS, "不满意的金卡占全部客户的几成", "不满意的客户里金卡占几成"),
        (SHOPS, "what portion of Apple users are promoters", "share of Apple among promoters"),
        (SHOPS, "dissatisfied gold members as share of all", "share of dissatisfied among gold"),
        (SHOPS, "gap between satisfied share and repurchase rate", "satisfied share and NPS"),
        (SHOPS, "价格和服务哪个影响更大", "什么影响最大"),
        (SHOPS, "NPS不是负数的大区", "NPS是负数的大区"),
        (SHOPS, "how much more do gold members spend", "how much do gold members spend"),
        (SHOPS, "which region cares most about price", "which region is best on price"),
        (CALLS, "解决率不是最低就行的班组", "解决率最低的班组"),
        (CALLS, "坐席012不在的话，1组解决率", "坐席012以外，1组解决率"),
        (FIRMS, "没续约的都是因为价格吧", "没续约的价格感知多少"),
        (REVIEWS, "没有评论的门店", "徐家汇店的评论"),
        (REVIEWS, "星级不到4的平台", "平均星级不到4的平台"),
        (SHOPS, "满意度低于4的门店", "满意度均分低于4的门店"),
        (SHOPS, "do gold members care more about price than silver", "is price better for gold"),
        (SHOPS, "NPS of the top 10 shops together", "top 10 shops by NPS"),
    ],
)
def test_what_means_another_thing_is_asked_about(surveys, dataset, question, plain):
    found = surveys.ask(question, dataset)
    assert isinstance(found, AskBack), found
    assert isinstance(surveys.ask(plain, dataset), Answerable), surveys.ask(plain, dataset)


@pytest.mark.parametrize(
    "question",
    [
        "什么时候NPS最差",
        "when was NPS at its lowest",
        "几号的满意率最低",
        "倒数第三的门店，看复购率",
    ],
)
def test_neither_the_best_days_nor_a_place_is_picked_out(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.WHAT


@pytest.mark.parametrize("question", ["最火的店", "人气最高的店", "最冷清的店"])
def test_the_most_of_something_unknown_lacks_a_metric_and_is_no_value(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize(
    ("dataset", "question"),
    [
        (CALLS, "平均响应多少分钟"),
        (BANK, "等候时间少于10分钟的网点"),
        (SHOPS, "价格多少钱"),
        (FIRMS, "合同总额"),
        (FIRMS, "合同总金额最高的行业"),
    ],
)
def test_minutes_of_a_rating_and_sums_of_amounts_are_not_there(surveys, dataset, question):
    found = surveys.ask(question, dataset)
    assert isinstance(found, Refusal), found
    assert found.reason is Why.NO_SUCH_METRIC


@pytest.mark.parametrize(
    ("dataset", "question", "plain"),
    [
        (SHOPS, "交付效率低于3分的客户占比", "交付效率不满意率"),
        (SHOPS, "交付效率高于3分的客户占比", "交付效率满意率"),
        (SHOPS, "收银效率低于3分的客户说什么", "收银效率打1分2分的客户说什么"),
        (REVIEWS, "不到3星的评论说什么", "1星2星的评论说什么"),
    ],
)
def test_the_levels_below_a_bound_are_without_it(surveys, dataset, question, plain):
    assert parts_of(surveys.ask(question, dataset)) == parts_of(surveys.ask(plain, dataset))
