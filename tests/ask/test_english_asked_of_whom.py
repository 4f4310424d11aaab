"""English questions whose small words settle of whom, of when and against what is asked."""

from __future__ import annotations

import pytest

from huiyin.ask.contracts import Answerable, AskBack, Kind, Missing
from huiyin.measure.contracts import Against, Filter


def asked(surveys, question, dataset="门店满意度"):
    found = surveys.ask(question, dataset)
    assert isinstance(found, Answerable), found
    return found.understood


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


@pytest.mark.parametrize(
    "question", ["5 stores that lost the most nps vs last quarter", "satisfaction of regulars"]
)
def test_how_many_and_who_comes_often_are_not_passed_over(surveys, question):
    assert isinstance(surveys.ask(question), AskBack)


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
