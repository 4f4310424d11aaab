"""What the words say and a query cannot hold is asked about; orders, fractions and scales."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gold_queries import asked

from huiyin.ask.contracts import Answerable, AskBack, Kind, Missing, Rank
from huiyin.ask.likely_kinds import likely_kinds
from huiyin.ask.likely_readings import surprise
from huiyin.ask.mentions import Mentions
from huiyin.ask.periods import find_periods
from huiyin.ask.phrasing import plainly
from huiyin.ask.ranges import ordered
from huiyin.ask.scanning import scan
from huiyin.measure.contracts import Against, Filter


def read(surveys, question, dataset="门店满意度"):
    asked = surveys.ask(question, dataset)
    assert isinstance(asked, Answerable), asked
    return asked.understood


def mentioned(surveys, text):
    vocabulary = surveys.vocabulary("门店满意度")
    found = find_periods(text, date(2026, 6, 15))
    return Mentions(scan(text, vocabulary, found), vocabulary)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("上个月华东的nps是多少", Kind.NUMBER),
        ("哪三家门店的满意度最差", Kind.RANKING),
        ("为什么5月nps下降了", Kind.WHY),
        ("今年每个月的满意率", Kind.TREND),
        ("客户都抱怨些什么", Kind.VOICES),
    ],
)
def test_the_likeliest_kind_is_that_of_its_words(surveys, text, kind):
    likely = likely_kinds(mentioned(surveys, text))
    assert sum(likely.values()) == pytest.approx(1)
    assert max(likely, key=likely.get) is kind


def test_what_a_word_does_makes_a_reading_likely_or_not(surveys):
    mentions = mentioned(surveys, "除了华东，满意率是多少")
    out = surveys.ask("除了华东，满意率是多少").understood
    kept = replace(out, where=(Filter("大区", "=", ("华东",)),))
    assert out.where == (Filter("大区", "!=", ("华东",)),)
    assert surprise(mentions, out) < 1
    assert surprise(mentions, kept) > surprise(mentions, out) + 3


def test_what_a_query_holds_makes_it_likely_or_not(surveys):
    text = "哪三家门店的满意度最差"
    read_so = surveys.ask(text).understood
    mentions = mentioned(surveys, text)
    for wrong in (
        replace(read_so, rank=Rank(best=True, n=3)),
        replace(read_so, metrics=(*read_so.metrics, "nps")),
        replace(read_so, kind=Kind.NUMBER, rank=None),
        replace(read_so, by=()),
    ):
        assert surprise(mentions, wrong) > surprise(mentions, read_so) + 2, wrong


def test_words_that_say_nothing_have_the_kinds_of_all(surveys):
    likely = likely_kinds(mentioned(surveys, "ζζζ"))
    assert set(likely) == set(Kind)
    assert max(likely.values()) < 0.9


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("黑金会员有多少比例给了好评（满意率）", "门店满意度"),
        ("不包括其他品牌，各手机品牌的满意度", "门店满意度"),
        ("NPS在20到40之间的门店", "门店满意度"),
        ("重庆观音桥店今年满意度排第几", "门店满意度"),
    ],
)
def test_what_the_query_would_lose_is_asked_about(surveys, question, dataset):
    asked = surveys.ask(question, dataset)
    assert isinstance(asked, AskBack)
    assert asked.reason is Missing.WHAT


def test_one_of_a_few_is_the_one_that_is_asked_for(surveys):
    found = read(surveys, "武汉的两家门店哪家NPS更低")
    assert (found.by, found.rank.n, found.rank.best) == (("门店",), 1, False)
    assert read(surveys, "西南五个城市的满意度").by == ("城市",)


def test_who_wants_more_is_a_comparison(surveys):
    found = read(surveys, "vivo用户和荣耀用户比，谁更愿意再来")
    assert (found.kind, found.metrics) == (Kind.COMPARE, ("intent",))
    assert read(surveys, "政企客户和互联网客户谁更满意", "企业客户").kind is Kind.COMPARE


def test_after_a_version_may_or_may_not_mean_it_too(surveys):
    asked = surveys.ask("4.9之后的版本NPS分别是多少", "应用NPS")
    assert isinstance(asked, AskBack)
    assert asked.reason is Missing.VALUE


def test_values_in_order_are_taken_from_one_to_another(surveys):
    found = read(surveys, "4.8到5.0哪个版本稳定流畅得分最高", "应用NPS")
    assert found.where == (Filter("应用版本", "=", ("4.8", "4.9", "5.0")),)
    assert read(surveys, "5.0以上版本的NPS", "应用NPS").where[0].values == ("5.0", "5.1", "5.2")
    assert read(surveys, "46岁以上的客户满意率").where[0].values == ("46-55岁", "56岁以上")
    assert isinstance(surveys.ask("40岁以上的客户满意率"), AskBack)


def test_only_values_that_begin_with_numbers_have_an_order():
    assert ordered(("5.1", "4.9", "10")) == ("4.9", "5.1", "10")
    assert ordered(("华东", "5")) == ()
    assert ordered(()) == ()


def test_fractions_and_scales_are_plain_words():
    assert plainly("四分之三的门店") == "75%的门店"
    assert plainly("one in five customers") == "20% customers"
    assert plainly("百分之八十") == "80%"
    assert "均分" in plainly("服务体验(1到5那个)")
    assert "得分" in plainly("满意度按百分制算")
    assert plainly("3到5月") == "3到5月"


def test_a_number_of_all_groups_is_no_rank(surveys):
    found = read(surveys, "三家承运里谁的包装最差", "物流签收")
    assert (found.rank.best, found.rank.n) == (False, 1)
    assert read(surveys, "四个环节的客服支持得分", "保险理赔").by == ("理赔环节",)


def test_a_name_that_holds_a_holiday_is_no_period(surveys):
    found = read(surveys, "长沙五一广场店和长沙梅溪湖店的收银效率谁更高")
    assert (found.kind, found.since) == (Kind.COMPARE, None)


def test_both_ends_of_a_change_are_compared(surveys):
    found = read(surveys, "去年5月到今年5月NPS差了多少")
    assert (found.kind, found.since) == (Kind.COMPARE, date(2026, 5, 1))
    assert found.compare.against is Against.YEAR_AGO


def test_a_follow_up_may_add_a_group(surveys):
    first = surveys.ask("短信渠道NPS走势，近半年")
    then = surveys.ask("加上小程序", before=first)
    assert then.query.by == ("渠道",)
    assert set(then.query.where[0].values) == {"短信", "小程序"}


def test_public_reviews_have_good_and_bad_shares(surveys):
    assert read(surveys, "各平台好评率", "公开评论").metrics == ("satisfied:星级",)
    assert read(surveys, "上个月差评率", "公开评论").metrics == ("dissatisfied:星级",)


def test_a_reading_that_hardly_anybody_means_is_asked_back(surveys):
    asked = surveys.ask("上周不满意的人比前一周多了没，看不满意率")
    assert isinstance(asked, AskBack)
    assert asked.reason is Missing.WHAT
    assert len(asked.understood.metrics) > 1


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("上个月NPS下降是什么原因引起的", Kind.WHY),
        ("what is NPS difference between April and May", Kind.COMPARE),
        ("今年满意率月度趋势，跟去年同期比", Kind.TREND),
        ("5月对比4月，满意度怎么变的", Kind.COMPARE),
    ],
)
def test_a_series_beside_a_comparison_is_told_by_its_steps(surveys, question, kind):
    assert asked(surveys, question).kind is kind
