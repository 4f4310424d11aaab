"""English questions that ask for two things at once, and such as only seem to."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Why


@pytest.mark.parametrize(
    "question",
    [
        "NPS in May and satisfaction in April",
        "NPS by region, plus satisfaction by channel",
        "NPS of gold members, and satisfaction of silver ones",
        "service in Wuhan and price in Changsha",
        "what is our NPS and which store is worst",
    ],
)
def test_two_numbers_each_with_its_own_scope_are_asked_one_after_the_other(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack), found
    assert found.reason is Missing.WHAT


@pytest.mark.parametrize(
    "question",
    [
        "NPS and satisfaction by region in May",
        "service and price in Wuhan",
        "NPS in May and satisfaction in May",
        "what was NPS in May and how does it compare with April",
    ],
)
def test_two_numbers_of_one_scope_are_one_question(surveys, question):
    assert asked(surveys, question).metrics


@pytest.mark.parametrize(
    "question",
    [
        "what matters more for NPS, stability or interface",
        "stability or interface, which has more impact on NPS",
        "does stability matter more than interface for NPS",
        "does stability affect NPS more than the interface",
    ],
)
def test_what_of_two_things_weighs_more_on_a_third_is_what_drives_it(surveys, question):
    found = asked(surveys, question, "应用NPS")
    assert (found.kind, found.metrics) == (Kind.DRIVERS, ("nps",))


def test_the_column_before_its_value_is_no_further_breakdown(surveys):
    found = asked(surveys, "NPS by operating system for version 5.2", "应用NPS")
    assert found.by == ("操作系统",)
    assert [one.column for one in found.where] == ["应用版本"]


def test_whether_a_change_was_caused_by_something_is_not_told(surveys):
    found = surveys.ask("Is the drop in NPS caused by the price increase?")
    assert isinstance(found, Refusal)
    assert found.reason is Why.CAUSAL


def test_levels_of_a_rating_that_is_named_beside_are_counted(surveys):
    found = asked(surveys, "How many customers gave us 10 on NPS, as a share?")
    assert found.metrics == ("share:推荐意愿=10",)


def test_why_it_is_so_low_is_why_it_is_down(surveys):
    found = asked(surveys, "why was NPS so low in Harbin last month")
    assert (found.kind, found.compare.against.value) == (Kind.WHY, "previous")


@pytest.mark.parametrize(
    ("question", "dataset", "metric"),
    [
        ("How do clients feel after project delivery?", "企业客户", "score:总体满意度"),
        ("how do families feel about our prices", "门店满意度", "score:价格感知"),
    ],
)
def test_how_they_feel_is_how_satisfied_they_are_unless_told_with_what(
    surveys, question, dataset, metric
):
    assert asked(surveys, question, dataset).metrics == (metric,)


def test_trouble_doing_something_is_the_trouble_of_that_name(surveys):
    found = asked(surveys, "share of Android users who had trouble logging in", "应用NPS")
    assert found.metrics == ("share:遇到的问题=登录不上",)


@pytest.mark.parametrize(
    "question", ["Does age affect satisfaction?", "is satisfaction related to age"]
)
def test_whether_a_group_affects_a_number_is_the_number_of_each(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, found.metrics, found.by) == (
        Kind.NUMBER,
        ("score:总体满意度",),
        ("年龄段",),
    )


def test_who_is_left_out_by_a_word_that_nothing_explains_is_asked_about(surveys):
    found = surveys.ask("NPS by module in Q1 without the help module", "应用NPS")
    assert isinstance(found, AskBack)
    without = asked(surveys, "NPS of users without faults", "应用NPS")
    assert [one.values for one in without.where] == [("否",)]


def test_all_but_some_of_a_group_of_two_words_are_left_out(surveys):
    found = asked(surveys, "satisfaction for all age groups but the over-56s")
    assert [(one.operator, one.values) for one in found.where] == [("!=", ("56岁以上",))]


def test_a_share_of_some_who_would_come_again_is_their_intent(surveys):
    found = asked(surveys, "What share of silver members would come again?")
    assert found.metrics == ("intent",)
    assert [one.values for one in found.where] == [("银卡",)]


def test_points_lost_between_two_quarters_compare_them(surveys):
    found = asked(surveys, "How many points did NPS lose between Q4 and Q1?")
    assert (found.kind, found.since.isoformat()) == (Kind.COMPARE, "2026-01-01")


def test_what_was_late_in_may_is_no_vague_part_of_may(surveys):
    found = asked(surveys, "what share of parcels were late in May?", "物流签收")
    assert (found.metrics, found.since.isoformat()) == (("share:是否准时=否",), "2026-05-01")
