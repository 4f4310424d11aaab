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
        ("NPS in May y/y", "NPS in May year on year"),
        ("NPS in May compared to the previous year", "NPS in May vs a year ago"),
        ("NPS in May vs twelve months earlier", "NPS in May vs a year ago"),
        ("NPS this month minus last month", "NPS this month vs last month"),
        ("delta in NPS in May vs April", "change in NPS in May vs April"),
        ("how does NPS in May stack up against April", "compare NPS in May with April"),
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
