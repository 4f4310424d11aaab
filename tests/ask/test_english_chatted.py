"""English questions as they are chatted, and names that are written as they sound."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import AskBack, Kind, Missing, Rank
from huiyin.measure.contracts import Against, Filter


@pytest.mark.parametrize(
    ("question", "dataset", "best"),
    [
        ("which five shops are letting us down the most on service", "门店满意度", False),
        ("Which module annoys users most?", "应用NPS", False),
        ("which age group is hardest to please?", "门店满意度", False),
        ("which channel delights people the most", "门店满意度", True),
        ("which carrier handles packing the worst", "物流签收", False),
        ("which department finds expenses most of a hassle", "内部服务", False),
    ],
)
def test_what_vexes_most_is_the_worst(surveys, question, dataset, best):
    found = asked(surveys, question, dataset)
    assert found.kind is Kind.RANKING
    assert found.rank == Rank(best, 5 if "five" in question else 1)


def test_a_change_that_may_be_noise_is_compared_with_the_time_it_came_from(surveys):
    found = asked(surveys, "is the drop in North China NPS from Q4 to Q1 real or just noise")
    assert found.since.isoformat() == "2026-01-01"
    assert found.compare.against is Against.PREVIOUS


@pytest.mark.parametrize("leads", ["could be me but", "I have a feeling that", "am I right that"])
def test_who_is_not_sure_asks_all_the_same(surveys, leads):
    found = asked(surveys, f"{leads} NPS is sliding since April")
    assert found.metrics == ("nps",)


@pytest.mark.parametrize("when", ["latest quarter", "most recent month", "fiscal Q2"])
def test_a_time_that_is_not_said_is_asked_for(surveys, when):
    found = surveys.ask(f"NPS in the {when}")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.PERIOD


def test_the_latest_full_quarter_is_over(surveys):
    found = asked(surveys, "NPS in the latest full quarter")
    assert (found.since.isoformat(), found.until.isoformat()) == ("2026-01-01", "2026-03-31")


@pytest.mark.parametrize("groups", ["stores whose", "Show stores whose", "list all stores where"])
def test_groups_of_which_a_number_dropped_are_shown(surveys, groups):
    found = asked(surveys, f"{groups} product quality slipped versus last quarter")
    assert (found.kind, found.by) == (Kind.COMPARE, ("门店",))


def test_who_improved_most_is_asked_back_and_so_are_months(surveys):
    found = surveys.ask("who improved the most in service since Q4")
    assert isinstance(found, AskBack)
    assert found.reason is Missing.COLUMN
    assert isinstance(surveys.ask("in which months of 2025 did satisfaction dip"), AskBack)


@pytest.mark.parametrize("how", ["agent 012", "agent 12", "agent no. 12", "rep 12"])
def test_somebody_of_the_staff_is_named_by_number(surveys, how):
    found = asked(surveys, f"satisfaction of {how}", "售后回访")
    assert found.where == (Filter("坐席", "=", ("坐席012",)),)


def test_seven_in_ten_is_a_share(surveys):
    found = asked(surveys, "regions where fewer than seven in ten are satisfied")
    assert (found.metrics, found.threshold.value) == (("satisfied:总体满意度",), 0.7)


@pytest.mark.parametrize("question", ["are families happier", "are families more satisfied?"])
def test_happier_alone_is_happier_than_the_others(surveys, question):
    assert asked(surveys, question).compare.against is Against.REST


def test_reasons_that_people_give_are_what_they_say(surveys):
    found = asked(surveys, "main reasons customers give us a 0 to 6")
    assert found.kind is Kind.VOICES
    assert found.where == (Filter("推荐意愿", "=", tuple("0123456")),)


def test_hubei_is_no_slip_of_huabei(surveys):
    assert asked(surveys, "NPS in Hubei").where == (Filter("省份", "=", ("湖北",)),)
    found = asked(surveys, "Hunan vs Hubei NPS")
    assert found.compare.value == "湖北"


def test_the_year_of_the_second_part_is_that_of_the_first_too(surveys):
    found = asked(surveys, "Q1 vs Q2 2025, satisfaction")
    assert found.since.isoformat() == "2025-04-01"
    assert found.compare.against is Against.PREVIOUS
    over = asked(surveys, "NPS dec vs jan 2026")
    assert over.since.isoformat() == "2026-01-01"
    assert over.compare.against is Against.PREVIOUS


def test_who_loses_the_most_renewals_is_the_worst(surveys):
    found = asked(surveys, "which account manager loses the most renewals", "企业客户")
    assert (found.metrics, found.rank) == (("share:是否续约=是",), Rank(False, 1))


def test_us_and_them_may_stand_anywhere(surveys):
    found = asked(surveys, "us vs them on price, by region", "竞品对比")
    assert (found.by, found.compare.value) == (("大区",), "竞品甲")


def test_a_level_may_be_a_word(surveys):
    found = asked(surveys, "what proportion of folks in Sichuan gave us a five on service")
    assert found.metrics == ("share:服务体验=5",)


def test_more_than_a_quarter_is_a_bound(surveys):
    found = asked(surveys, "which provinces have more than a quarter of customers dissatisfied")
    assert found.threshold.value == 0.25


@pytest.mark.parametrize(
    "question", ["which customers are we pleasing the least", "which customers are least happy"]
)
def test_which_customers_are_least_happy_asks_for_kinds_of_them(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.COLUMN


def test_services_inside_the_company_are_asked_in_english(surveys):
    found = asked(surveys, "effort for IT repair vs office repair", "内部服务")
    assert (found.where, found.compare.value) == (
        (Filter("服务项目", "=", ("IT报修",)),),
        "办公报修",
    )
    found = asked(surveys, "HR reply speed by department since April", "内部服务")
    assert (found.metrics, found.by) == (("score:HR响应",), ("部门",))
    found = asked(surveys, "how is the canteen doing at the Shanghai HQ", "内部服务")
    assert found.where == (Filter("办公地点", "=", ("上海总部",)),)


def test_where_in_the_process_asks_for_the_stage(surveys):
    found = asked(surveys, "Where in the process are claimants the least happy?", "保险理赔")
    assert (found.by, found.rank) == (("理赔环节",), Rank(False, 1))


@pytest.mark.parametrize(
    "question",
    ["second best region for NPS", "NPS for Q1 of each year", "NPS by renewed or not"],
)
def test_what_a_query_cannot_hold_is_asked_back(surveys, question):
    assert isinstance(surveys.ask(question, "企业客户"), AskBack)


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("Which factor influence the satisfaction mostly", "score:总体满意度"),
        ("service or price: which counts for more in NPS?", "nps"),
        ("what moves the needle for gold members", "score:总体满意度"),
    ],
)
def test_what_moves_a_number_is_what_drives_it(surveys, question, metric):
    found = asked(surveys, question)
    assert (found.kind, found.metrics) == (Kind.DRIVERS, (metric,))


def test_where_most_people_are_dissatisfied_is_a_bound(surveys):
    found = asked(surveys, "Is there a store where most people are dissatisfied?")
    assert (found.by, found.metrics) == (("门店",), ("dissatisfied:总体满意度",))
    assert found.threshold.value == 0.5


def test_which_region_improved_its_service_most_is_how_far_each_moved(surveys):
    found = asked(surveys, "within 2025, which region improved its service the most")
    assert (found.kind, found.by) == (Kind.COMPARE, ("大区",))


@pytest.mark.parametrize(
    "question",
    [
        "rolling 30 days NPS",
        "What does the NPS look like over the last 30 days",
        "compare to last year same period, how about NPS in the last 30 days",
    ],
)
def test_a_number_of_the_last_days_in_other_words(surveys, question):
    assert asked(surveys, question).since.isoformat() == "2026-05-16"


def test_how_many_in_a_hundred_are_happy_is_a_share(surveys):
    found = asked(surveys, "How many in a hundred are happy with our service?")
    assert found.metrics == ("satisfied:服务体验",)


def test_the_happiest_of_some_is_picked(surveys):
    found = asked(surveys, "who's the happiest bunch – families, commuters or gifters?")
    assert (found.by, found.rank) == (("客群",), Rank(True, 1))


@pytest.mark.parametrize(
    "question",
    [
        "the cleaner the shop, the higher the NPS?",
        "the higher tidiness, the better NPS",
        "is tidiness a key driver of NPS",
    ],
)
def test_the_more_the_more_is_a_relation(surveys, question):
    found = asked(surveys, question)
    assert found.kind is Kind.RELATION
    assert set(found.metrics) == {"score:环境整洁", "nps"}


def test_who_outspends_whom_is_compared(surveys):
    found = asked(surveys, "do black gold customers outspend gold customers")
    assert (found.metrics, found.compare.value) == (("mean:本单金额",), "金卡")


@pytest.mark.parametrize(
    "question",
    ["which two regions differ the most on price", "NPS of the region with the most gold members"],
)
def test_groups_that_another_number_picks_are_asked_back(surveys, question):
    assert isinstance(surveys.ask(question), AskBack)


def test_how_often_something_comes_on_time_is_a_share(surveys):
    found = asked(surveys, "How often does Express B arrive on time", "物流签收")
    assert found.metrics == ("share:是否准时=是",)


def test_may_against_may_of_last_year_keeps_both_years(surveys):
    found = asked(surveys, "NPS in May against May last year")
    assert found.since.isoformat() == "2026-05-01"
    assert found.compare.against is Against.YEAR_AGO
