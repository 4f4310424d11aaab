"""English questions about days that are not settled, what is to come, and what is rated worst."""

from __future__ import annotations

from datetime import date

import pytest
from gold_queries import asked

from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Why
from huiyin.measure.contracts import Against, Filter


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("Satisfaction in huadong for the year so far", date(2026, 1, 1)),
        ("NPS of the quarter so far", date(2026, 4, 1)),
        ("NPS for the month so far", date(2026, 6, 1)),
    ],
)
def test_so_far_is_until_yesterday(surveys, question, since):
    found = asked(surveys, question)
    assert (found.since, found.until) == (since, date(2026, 6, 14))


@pytest.mark.parametrize(
    "question",
    [
        "What's the repurchase rate been like these past weeks?",
        "satisfaction over the past months",
        "NPS in the last weeks of May",
        "satisfaction for the first months of the year",
    ],
)
def test_weeks_that_nobody_counts_are_asked_back(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, AskBack)
    assert found.reason is Missing.PERIOD


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("NPS over the past month", date(2026, 5, 15)),
        ("NPS in the past 2 months", date(2026, 4, 15)),
        ("NPS in the first two months of the year", date(2026, 1, 1)),
    ],
)
def test_weeks_and_months_that_are_counted_are_read(surveys, question, since):
    assert asked(surveys, question).since == since


@pytest.mark.parametrize(
    ("question", "metric", "whose"),
    [
        ("Which aspect weighs most on the NPS of families?", "nps", "家庭客"),
        ("which aspect counts most for gold members' NPS", "nps", "金卡"),
        ("What weighs heaviest on satisfaction of families?", "score:总体满意度", "家庭客"),
    ],
)
def test_what_weighs_most_on_a_number_drives_it(surveys, question, metric, whose):
    found = asked(surveys, question)
    assert (found.kind, found.metrics) == (Kind.DRIVERS, (metric,))
    assert found.where[0].values == (whose,)


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("Which shop do families rate worst?", "score:总体满意度"),
        ("which shop do families rate worst on price in May", "score:价格感知"),
    ],
)
def test_what_somebody_rates_worst_is_ranked_for_them(surveys, question, metric):
    found = asked(surveys, question)
    assert (found.kind, found.by, found.metrics) == (Kind.RANKING, ("门店",), (metric,))
    assert found.where == (Filter("客群", "=", ("家庭客",)),)


def test_which_aspect_somebody_rates_worst_is_no_group(surveys):
    found = asked(surveys, "Which aspect do families rate worst?")
    assert (found.kind, found.by, len(found.metrics)) == (Kind.NUMBER, (), 7)
    assert found.where == (Filter("客群", "=", ("家庭客",)),)


@pytest.mark.parametrize(
    "question",
    [
        "Do you expect NPS to fall in the autumn?",
        "Are we going to see a better NPS in July?",
        "What NPS should we expect for Q3?",
        "Is NPS expected to drop?",
    ],
)
def test_what_is_expected_is_to_come(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.FUTURE


def test_whether_people_are_likely_to_come_back_is_asked_of_them(surveys):
    assert asked(surveys, "are families likely to come back").metrics == ("intent",)


@pytest.mark.parametrize(
    "question", ["Did opening earlier raise our NPS?", "Did cutting prices bring people back"]
)
def test_whether_doing_something_moved_a_number_is_refused(surveys, question):
    found = surveys.ask(question)
    assert isinstance(found, Refusal)
    assert found.reason is Why.CAUSAL


def test_whether_pricing_improved_is_answered(surveys):
    assert asked(surveys, "did pricing improve in May").kind is Kind.COMPARE


@pytest.mark.parametrize(
    "question",
    [
        "What reasons did detractors give in Q1?",
        "What explanation did detractors give in Q1?",
        "What did detractors give as their reasons in Q1?",
    ],
)
def test_reasons_that_people_give_are_what_they_say(surveys, question):
    found = asked(surveys, question)
    assert (found.kind, found.since) == (Kind.VOICES, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("question", "counted", "whose"),
    [
        (
            "What percentage of users on version 5.2 ran into payment failures?",
            "遇到的问题=支付失败",
            "应用版本",
        ),
        ("what share of users who ran into crashes are on iOS", "操作系统=iOS", "遇到的问题"),
    ],
)
def test_what_users_ran_into_is_counted_where_the_verb_says_so(surveys, question, counted, whose):
    found = asked(surveys, question, "应用NPS")
    assert found.metrics == (f"share:{counted}",)
    assert [one.column for one in found.where] == [whose]


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("stores whose NPS is at most 20", ("<=", 20.0)),
        ("stores where NPS is at least 40", (">=", 40.0)),
    ],
)
def test_a_verb_before_a_bound_leaves_it_one(surveys, question, bound):
    found = asked(surveys, question)
    assert (found.threshold.operator, found.threshold.value) == bound


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("satisfaction as of the end of April", None, date(2026, 4, 30)),
        ("satisfaction through the end of March", None, date(2026, 3, 31)),
        ("till May how did checkout do", None, date(2026, 5, 31)),
        ("satisfaction this year up to and including March", date(2026, 1, 1), date(2026, 3, 31)),
        (
            "satisfaction from the start of the year till April",
            date(2026, 1, 1),
            date(2026, 4, 30),
        ),
        ("satisfaction since January, up to April", date(2026, 1, 1), date(2026, 4, 30)),
    ],
)
def test_days_may_be_named_by_their_end(surveys, question, since, until):
    found = asked(surveys, question)
    assert (found.kind, found.since, found.until) == (Kind.NUMBER, since, until)


@pytest.mark.parametrize(
    "question",
    [
        "service in the last 30 days against the 30 before",
        "did service slip in the last two weeks compared with the two before that",
    ],
)
def test_as_many_days_before_are_the_period_before(surveys, question):
    assert asked(surveys, question).compare.against is Against.PREVIOUS


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("checkout, week for week, last two months", "week"),
        ("month in month out, how does satisfaction of iPhone users look", "month"),
        ("NPS in successive quarters since the beginning of last year", "quarter"),
        ("has price stayed where it was since New Year", "month"),
    ],
)
def test_steps_of_time_are_said_in_pictures(surveys, question, grain):
    found = asked(surveys, question)
    assert (found.kind, found.grain.value) == (Kind.TREND, grain)
