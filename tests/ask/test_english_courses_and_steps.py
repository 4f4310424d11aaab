"""English courses, steps, groups and comparisons as each would be said in plain words."""

from __future__ import annotations

import pytest
from gold_queries import asked

from huiyin.ask.contracts import Kind
from huiyin.measure.contracts import Against, Grain


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("NPS in monthly steps since March", "NPS by month since March"),
        ("checkout at weekly granularity in Q1", "checkout by week in Q1"),
        ("month-wise NPS this year", "NPS by month this year"),
        ("NPS aggregated by month in 2025", "NPS by month in 2025"),
        ("tidiness a month at a time since January", "tidiness by month since January"),
        ("NPS by month and store in Q1", "NPS trend by month by store in Q1"),
        ("NPS by region and month this year", "NPS trend by month by region this year"),
        (
            "chart NPS this year, one line for each city",
            "plot NPS trend by city this year",
        ),
        ("is NPS moving in the right direction this year", "is NPS improving this year"),
        ("how is price tracking this year", "price trend this year"),
        ("did NPS rise between January and May", "NPS trend from January to May"),
        ("is NPS rising since the start of the year", "is NPS rising this year"),
        ("did we make progress on service last quarter", "did service improve last quarter"),
        ("how much did NPS improve in May", "how much did NPS rise in May"),
        ("age group wise NPS last month", "NPS by age group last month"),
        ("city breakdown of NPS last month", "NPS by city last month"),
        ("compare stores on checkout in May", "checkout by store in May"),
        ("show me NPS last month for all cities", "NPS by city last month"),
        ("do you have NPS for families last month", "NPS for families last month"),
        ("kindly advise NPS of families in May", "NPS of families in May"),
        ("as per survey what is NPS of families", "what is NPS of families"),
        ("in May 18-25 year olds NPS", "NPS of customers aged 18-25 in May"),
        ("NPS in May vs PY", "NPS in May vs a year ago"),
        ("create a line chart of NPS this year", "make a line chart of NPS this year"),
        ("please create NPS by region", "show NPS by region"),
        ("a heat map of NPS by region and channel", "NPS by region and channel"),
        ("NPS in May y/y", "NPS in May year on year"),
        ("NPS in May compared to the previous year", "NPS in May vs a year ago"),
        ("NPS in May vs twelve months earlier", "NPS in May vs a year ago"),
        ("NPS this month minus last month", "NPS this month vs last month"),
        ("delta in NPS in May vs April", "change in NPS in May vs April"),
        ("how does NPS in May stack up against April", "compare NPS in May with April"),
        ("which region ranks first on NPS", "which region has the best NPS"),
        ("which region is behind on price this year", "which region is worst on price this year"),
        ("laggards on NPS by city", "worst 5 cities on NPS"),
        ("3 laggards on price by region", "worst 3 regions on price"),
        ("name three stores that lead on checkout", "top three stores on checkout"),
        ("which regions can't reach the 60 mark on NPS", "which regions are below 60 on NPS"),
        ("which shops hit 70 on service", "which shops have a service score of at least 70"),
        ("stores with service of 70+", "stores with service of 70 or more"),
        ("which cities broke 80 on checkout", "which cities are above 80 on checkout"),
        (
            "how does price for families differ from office workers in May",
            "price of families compared to office workers in May",
        ),
        (
            "how far are families behind office workers on price",
            "gap between families and office workers on price",
        ),
        (
            "between families and office workers, which does better on price",
            "families or office workers, which does better on price",
        ),
        (
            "NPS by month this year with last year's months next to it",
            "NPS trend by month this year compared with a year ago",
        ),
        ("NPS of over 55s", "NPS of customers over 55"),
        ("did NPS head south in May", "did NPS fall in May"),
        ("did NPS nose-dive in May", "did NPS fall in May"),
        ("did NPS take a dive in May", "did NPS fall in May"),
        ("did NPS skyrocket in May", "did NPS rise in May"),
        ("whip up NPS of families in May", "NPS of families in May"),
        ("I'm after NPS of families in May", "NPS of families in May"),
        ("how NPS going since January", "NPS trend since January"),
        ("NPS chart since January", "NPS trend since January"),
        ("hows NPS w families this month", "how is NPS with families this month"),
        ("NPS story since January", "NPS trend since January"),
        ("what do families bring up in May", "what do families say in May"),
        ("what is critical to NPS", "what drives NPS"),
        (
            "weigh up families and office workers on NPS",
            "compare families and office workers on NPS",
        ),
        ("which region is off the pace on NPS", "which region is worst on NPS"),
        ("regions in excess of 60 on NPS", "regions above 60 on NPS"),
        ("regions lagging 60 on NPS", "regions below 60 on NPS"),
        ("which aspects push up satisfaction", "what drives satisfaction"),
        ("how to increase NPS", "how can we improve NPS"),
        ("what explains NPS", "what drives NPS"),
        ("what correlates most with NPS", "what drives NPS"),
        ("what kills our NPS", "what drags our NPS down"),
        ("quick wins for NPS", "levers for NPS"),
        ("issues raised by families last month", "what was said by families last month"),
        ("what topics do families bring up in May", "what do families say in May"),
        ("what do families kick off about", "what do families complain about"),
        ("original comments from families in May", "comments from families in May"),
        ("what do families love last month", "what do families love in May"),
    ],
)
def test_reads_as_in_plain_words(surveys, question, plain):
    assert asked(surveys, question) == asked(surveys, plain)


@pytest.mark.parametrize("question", ["NPS by teller", "NPS per teller", "NPS for each teller"])
def test_a_rating_is_a_group_where_numbers_go_by_it(surveys, question):
    found = asked(surveys, question, "银行开户")
    assert (found.metrics, found.by) == (("nps",), ("柜员",))


def test_points_that_are_lost_are_no_membership_points(surveys):
    found = asked(surveys, "did we lose points on satisfaction in April", "售后回访")
    assert (found.kind, found.where) == (Kind.COMPARE, ())


def test_a_course_by_groups_keeps_its_step(surveys):
    found = asked(surveys, "NPS by week and region since March")
    assert (found.kind, found.grain, found.by) == (Kind.TREND, Grain.WEEK, ("大区",))


def test_what_improved_a_number_is_still_no_question_to_answers(surveys):
    found = surveys.ask("how much did the new layout improve NPS")
    assert found.reason == "causal"
    assert asked(surveys, "how much did price improve in May").compare.against is Against.PREVIOUS


@pytest.mark.parametrize(
    "question",
    [
        "5.1 or 5.2: in which do people complain about crashes",
        "which has more crashes, 5.1 or 5.2",
        "are there more crashes in 5.1 or 5.2",
        "does 5.1 crash more than 5.2",
    ],
)
def test_how_often_a_problem_is_met_in_two_versions_is_a_share(surveys, question):
    found = asked(surveys, question, "应用NPS")
    assert (found.kind, found.metrics) == (Kind.COMPARE, ("share:遇到的问题=闪退",))
    assert found.compare.value == "5.2"


def test_email_is_a_channel_where_it_is_one(surveys):
    found = asked(surveys, "NPS by email", "内部服务")
    assert [one.values for one in found.where] == [("邮件",)]
    assert surveys.ask("emails of detractors", "内部服务").reason == "personal"
    both = asked(surveys, "email vs scan on NPS", "内部服务")
    assert (both.kind, both.compare.value) == (Kind.COMPARE, "扫码")


def test_which_agent_is_best_names_no_agent(surveys):
    found = asked(surveys, "which agent is best in competence", "售后回访")
    assert (found.kind, found.by, found.where) == (Kind.RANKING, ("坐席",), ())


def test_which_card_is_meant_is_not_passed_over(surveys):
    assert surveys.ask("satisfaction for the card").reason == "value"
    found = asked(surveys, "satisfaction for the card", "银行开户")
    assert [one.values for one in found.where] == [("信用卡",)]


@pytest.mark.parametrize(
    "errand", ["create an NPS survey", "create a survey for NPS", "创建一个调查表"]
)
def test_what_is_no_figure_is_not_created(surveys, errand):
    assert surveys.ask(errand).reason == "out_of_scope"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("how has NPS been doing this year", "NPS trend this year"),
        (
            "how has service of gold members been since March",
            "service trend of gold members since March",
        ),
        (
            "how have the Shenzhen stores been doing on service since March",
            "service trend of the Shenzhen stores since March",
        ),
        (
            "could I see how price has been for families since January",
            "price trend for families since January",
        ),
        ("tracking NPS since March", "NPS trend since March"),
        ("NPS across the months since January", "NPS by month since January"),
        ("price plotted over the past year", "price trend over the past year"),
        ("NPS ever since last October", "NPS trend since October 2025"),
        ("does service show a trend this year", "service trend this year"),
        ("does price tend to fall this year", "price trend this year"),
        ("how did NPS come along over the past year", "NPS trend over the past year"),
        ("did service stay level in 2025", "service trend in 2025"),
        (
            "can you chart product quality of gold members in 2025",
            "product quality trend of gold members in 2025",
        ),
        ("follow checkout by channel this year", "checkout trend by channel this year"),
        ("talk me through how NPS changed since March", "NPS trend since March"),
        ("what's been happening with price since January", "price trend since January"),
        ("the climb of NPS since January", "NPS trend since January"),
        ("does service keep falling this year", "service trend this year"),
        (
            "how did NPS go for gold members until the end of March",
            "NPS trend for gold members until the end of March",
        ),
        ("where has NPS gone since March", "NPS trend since March"),
        ("seasonal pattern in NPS in 2025", "NPS trend in 2025"),
        (
            "East China: how has NPS moved from Q3 2025 to Q1 2026",
            "NPS trend of East China from Q3 2025 to Q1 2026",
        ),
        ("has NPS been dropping since last September", "NPS trend since last September"),
        ("did satisfaction rise or fall this year", "satisfaction trend this year"),
        (
            "NPS from last October until the end of March by month",
            "NPS from October 2025 to March 2026 by month",
        ),
        ("how has price moved from January up to now", "price trend since January"),
        (
            "how has the service score moved until the end of April",
            "service trend until the end of April",
        ),
        ("since January, how has NPS been", "NPS trend since January"),
        ("monthly NPS of all regions combined this year", "NPS by month this year"),
        (
            "satisfaction by region and month until the end of April",
            "satisfaction trend by region until the end of April",
        ),
        (
            "has anything changed in price from October to March",
            "price trend from October to March",
        ),
    ],
)
def test_what_went_on_over_time_is_a_course(surveys, question, plain):
    found = asked(surveys, question)
    assert found == asked(surveys, plain)
    assert found.kind is Kind.TREND


@pytest.mark.parametrize(
    "question",
    [
        "did NPS rise or fall in May",
        "did NPS go up or down last quarter",
        "did service change much in May",
    ],
)
def test_which_way_a_short_time_went_is_compared(surveys, question):
    assert asked(surveys, question).kind is Kind.COMPARE
