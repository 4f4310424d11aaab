"""English questions whose small words settle of whom, of when and against what is asked."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Why
from huiyin.measure.contracts import Against, Filter


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("What drives effort?", "售后回访"),
        ("what drives renewal", "企业客户"),
        ("what drives repurchase", "门店满意度"),
    ],
)
def test_what_drives_a_number_that_is_no_rating_is_asked_back(surveys, question, dataset):
    found = surveys.ask(question, dataset)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.METRIC


@pytest.mark.parametrize("whom", ["all channels besides SMS", "everyone besides SMS customers"])
def test_besides_leaves_out(surveys, whom):
    assert asked(surveys, f"satisfaction for {whom}").where == (Filter("渠道", "!=", ("短信",)),)


def test_higher_among_some_is_higher_than_among_the_others(surveys):
    assert asked(surveys, "is satisfaction higher in the east").compare.against is Against.REST
    in_may = asked(surveys, "is satisfaction higher in the east in May")
    assert in_may.compare.against is Against.PREVIOUS


def test_who_rated_us_higher_is_compared(surveys):
    found = asked(surveys, "did families rate us higher than gift buyers last quarter")
    assert (found.kind, found.metrics) == (Kind.COMPARE, ("score:总体满意度",))
    assert found.compare.value == "送礼客"


def test_two_times_of_a_trouble_are_compared_by_how_many_met_it(surveys):
    found = asked(surveys, "login failures Q1 v Q2", "应用NPS")
    assert found.metrics == ("share:遇到的问题=登录不上",)
    assert found.compare.against is Against.PREVIOUS


def test_does_a_trouble_hurt_is_a_relation(surveys):
    assert asked(surveys, "does crashing hurt nps", "应用NPS").kind is Kind.RELATION


def test_a_holiday_is_compared_with_that_of_a_year_that_is_named(surveys):
    found = asked(surveys, "NPS during National Day 2025 compared with 2024")
    assert found.compare.against is Against.YEAR_AGO


def test_reviews_of_some_stars_are_what_they_say(surveys):
    found = asked(surveys, "1 star reviews on app store, last month", "公开评论")
    assert found.kind is Kind.VOICES
    assert Filter("星级", "=", ("1",)) in found.where


def test_letters_of_clients_are_their_tiers(surveys):
    found = asked(surveys, "satisfaction A clients vs C clients", "企业客户")
    assert found.where == (Filter("客户等级", "=", ("A 级",)),)
    assert found.compare.value == "C 级"


def test_since_new_years_is_since_the_first_of_january(surveys):
    assert asked(surveys, "satisfaction since new year's").since.isoformat() == "2026-01-01"


def test_north_east_in_two_words_is_one_region(surveys):
    assert asked(surveys, "satisfaction in the north east").where == (
        Filter("大区", "=", ("东北",)),
    )


def test_who_comes_often_is_not_passed_over(surveys):
    assert isinstance(surveys.ask("satisfaction of regulars"), AskBack)


def test_how_often_something_is_solved_is_how_many_were(surveys):
    found = asked(surveys, "how often do we solve app faults", "售后回访")
    assert found.metrics == ("share:是否解决=是",)


@pytest.mark.parametrize(
    "question",
    [
        "satisfaction of office workers in Zhejiang on price",
        "satisfaction among families with our prices",
        "satisfaction in May with the price",
    ],
)
def test_whose_satisfaction_it_is_may_stand_before_with_what(surveys, question):
    assert asked(surveys, question).metrics == ("score:价格感知",)


def test_what_people_complain_about_is_counted_where_their_share_is_asked(surveys):
    found = asked(surveys, "share of people complaining about ads per module", "应用NPS")
    assert (found.metrics, found.by) == (("share:遇到的问题=广告太多",), ("模块",))


@pytest.mark.parametrize("ending", ["in percent", "as a percentage", "as a share"])
def test_how_many_in_percent_is_a_share(surveys, ending):
    found = asked(surveys, f"how many users could not use their coupon, {ending}", "应用NPS")
    assert found.metrics == ("share:遇到的问题=优惠券用不了",)


def test_two_groups_combined_are_one_number(surveys):
    assert asked(surveys, "NPS for OPPO and vivo users combined").by == ()
    assert asked(surveys, "NPS for OPPO and vivo users").by == ("手机品牌",)


def test_a_letter_of_a_list_is_a_tier_like_the_last(surveys):
    found = asked(surveys, "renewal rate A vs B vs C clients", "企业客户")
    assert found.where == (Filter("客户等级", "=", ("A 级", "B 级", "C 级")),)


def test_what_to_improve_for_happy_customers_is_what_drives_satisfaction(surveys):
    found = asked(surveys, "What should we improve to get more satisfied customers?")
    assert (found.kind, found.where) == (Kind.DRIVERS, ())


@pytest.mark.parametrize(
    ("question", "dataset", "metric"),
    [
        (
            "What percentage of claims were reported by WeChat?",
            "保险理赔",
            "share:报案渠道=微信",
        ),
        ("share of orders that come from the mini program", "门店满意度", "share:渠道=小程序"),
        ("repurchase of families in Chengdu", "门店满意度", "share:90天内复购=是"),
        ("Which carriers are below 85% on time?", "物流签收", "share:是否准时=是"),
    ],
)
def test_how_many_do_or_did_is_a_share(surveys, question, dataset, metric):
    assert asked(surveys, question, dataset).metrics == (metric,)


def test_ages_of_whole_bands_are_those_bands(surveys):
    found = asked(surveys, "satisfaction of customers aged 26 to 45")
    assert found.where == (Filter("年龄段", "=", ("26-35岁", "36-45岁")),)
    open_ = surveys.ask("satisfaction of customers aged 27 to 41")
    assert isinstance(open_, AskBack)
    assert open_.reason is Missing.VALUE


def test_very_satisfied_is_the_last_level_alone(surveys):
    found = asked(surveys, "what do very satisfied customers say", "售后回访")
    assert found.where == (Filter("服务满意度", "=", ("5",)),)
    share = asked(surveys, "share very satisfied by age")
    assert (share.metrics, share.by) == (("share:总体满意度=5",), ("年龄段",))


@pytest.mark.parametrize(
    "question", ["total order value in May", "average age of our customers", "number of detractors"]
)
def test_sums_counts_and_the_mean_of_groups_are_no_metric(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.NO_SUCH_METRIC


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("which stores lost the most on checkout from Q4 to Q1", "2026-01-01"),
        ("5 stores that lost the most nps vs last quarter", "2026-04-01"),
    ],
)
def test_who_lost_most_between_two_quarters_is_a_comparison_of_all(surveys, question, since):
    found = asked(surveys, question)
    assert (found.kind, found.by) == (Kind.COMPARE, ("门店",))
    assert found.since.isoformat() == since


def test_how_often_something_happens_to_two_groups_is_compared(surveys):
    found = asked(surveys, "are payment failures more frequent on iOS than on Android", "应用NPS")
    assert (found.kind, found.metrics) == (Kind.COMPARE, ("share:遇到的问题=支付失败",))


def test_after_an_update_says_when_and_is_no_order(surveys):
    found = surveys.ask("why did NPS drop after the update", "应用NPS")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.PERIOD


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("NPS of the big store", "门店满意度"),
        ("satisfaction at our downtown shop last month", "门店满意度"),
        ("how happy are young ones", "门店满意度"),
        ("satisfaction in the west", "门店满意度"),
        ("NPS of the old version", "应用NPS"),
        ("satisfaction of mid-size clients", "企业客户"),
        ("NPS of tech companies", "企业客户"),
        ("satisfaction in the new branch", "银行开户"),
        ("satisfaction with our delivery partners", "物流签收"),
        ("satisfaction with the cheap plan", "保险理赔"),
        ("what do video apps say about us", "公开评论"),
        ("satisfaction with technical issues", "售后回访"),
    ],
)
def test_several_values_that_are_not_named_are_asked_back(surveys, question, dataset):
    assert surveys.ask(question, dataset).reason == "value"


def test_a_team_is_told_by_its_place_too(surveys):
    found = asked(surveys, "satisfaction of the first team", "售后回访")
    assert [one.values for one in found.where] == [("客服1组",)]


@pytest.mark.parametrize(
    "question",
    [
        "did NPS drop 10% from April to May",
        "has NPS risen by 5 percent compared with April",
        "is NPS down by 8 percent last month",
        "did NPS change by 5 percent last month",
    ],
)
def test_percent_is_asked_before_the_days(surveys, question):
    assert surveys.ask(question).reason == "relative_or_absolute"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("did NPS fall by half in May", "did NPS fall in May"),
        ("has NPS halved versus last year", "did NPS fall versus last year"),
    ],
)
def test_by_half_says_how_far(surveys, question, plain):
    found = asked(surveys, question)
    assert found == asked(surveys, plain)


@pytest.mark.parametrize("question", ["NPS of new stores", "satisfaction of online customers"])
def test_kinds_of_stores_that_no_column_tells_are_refused(surveys, question):
    assert surveys.ask(question).reason == "no_such_column"


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("NPS split geographically", "门店满意度"),
        ("our strongest territory on NPS", "门店满意度"),
        ("where did NPS drop most in May", "门店满意度"),
        ("compare places on NPS", "门店满意度"),
        ("which group has the lowest NPS", "门店满意度"),
        ("who is happiest with the price", "门店满意度"),
        ("NPS by audience", "门店满意度"),
        ("who is happiest", "企业客户"),
        ("which employees are least happy", "内部服务"),
    ],
)
def test_a_wide_word_for_groups_leaves_the_column_open(surveys, question, dataset):
    assert surveys.ask(question, dataset).reason == "column"


@pytest.mark.parametrize(
    "who", ["participants", "interviewees", "visitors", "members of the public"]
)
def test_who_answers_has_many_names(surveys, who):
    found = asked(surveys, f"NPS of {who} in East China last month")
    assert found == asked(surveys, "NPS of customers in East China last month")
