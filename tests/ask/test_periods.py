"""Periods are the days that the definitions say, and end yesterday."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.days import Standing
from huiyin.ask.periods import find_periods
from huiyin.ask.spelling import normal

MONDAY = date(2026, 6, 15)


def only(words, today=MONDAY):
    (found,) = find_periods(normal(words), today)
    return found.period


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("上个月", "2026-05-01", "2026-05-31"),
        ("last month", "2026-05-01", "2026-05-31"),
        ("the week before last", "2026-06-01", "2026-06-07"),
        ("the month before last", "2026-04-01", "2026-04-30"),
        ("the day before yesterday", "2026-06-13", "2026-06-13"),
        ("last Friday", "2026-06-12", "2026-06-12"),
        ("Friday last week", "2026-06-12", "2026-06-12"),
        ("last weekend", "2026-06-13", "2026-06-14"),
        ("three days ago", "2026-06-12", "2026-06-12"),
        ("the last two quarters", "2025-12-15", "2026-06-14"),
        ("the last three full months", "2026-03-01", "2026-05-31"),
        ("past fortnight", "2026-06-01", "2026-06-14"),
        ("last 30d", "2026-05-16", "2026-06-14"),
        ("since the start of the year", "2026-01-01", "2026-06-14"),
        ("from the start of April", "2026-04-01", "2026-06-14"),
        ("from March on", "2026-03-01", "2026-06-14"),
        ("beginning in March", "2026-03-01", "2026-06-14"),
        ("until the end of March", "None", "2026-03-31"),
        ("before May", "None", "2026-04-30"),
        ("after 1 June", "2026-06-02", "2026-06-14"),
        ("first two weeks of May", "2026-05-01", "2026-05-14"),
        ("first 10 days of June", "2026-06-01", "2026-06-10"),
        ("the last two weeks of last month", "2026-05-18", "2026-05-31"),
        ("the first five months of the year", "2026-01-01", "2026-05-31"),
        ("second half of May", "2026-05-16", "2026-05-31"),
        ("the last quarter of 2025", "2025-10-01", "2025-12-31"),
        ("3Q25", "2025-07-01", "2025-09-30"),
        ("5/1 to 5/15", "2026-05-01", "2026-05-15"),
        ("May '26", "2026-05-01", "2026-05-31"),
        ("the May holiday", "2026-05-01", "2026-05-05"),
        ("tomb sweeping day", "2026-04-04", "2026-04-06"),
        ("上上个月", "2026-04-01", "2026-04-30"),
        ("本月", "2026-06-01", "2026-06-14"),
        ("上周", "2026-06-08", "2026-06-14"),
        ("上周三", "2026-06-10", "2026-06-10"),
        ("近三个月", "2026-03-15", "2026-06-14"),
        ("past 3 months", "2026-03-15", "2026-06-14"),
        ("近半年", "2025-12-15", "2026-06-14"),
        ("最近30天", "2026-05-16", "2026-06-14"),
        ("昨天", "2026-06-14", "2026-06-14"),
        ("今年", "2026-01-01", "2026-06-14"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("Q2", "2026-04-01", "2026-06-14"),
        ("2025年Q4", "2025-10-01", "2025-12-31"),
        ("last quarter", "2026-01-01", "2026-03-31"),
        ("去年下半年", "2025-07-01", "2025-12-31"),
        ("first half of 2025", "2025-01-01", "2025-06-30"),
        ("8月", "2025-08-01", "2025-08-31"),
        ("May last year", "2025-05-01", "2025-05-31"),
        ("3月到5月", "2026-03-01", "2026-05-31"),
        ("between March and May", "2026-03-01", "2026-05-31"),
        ("去年12月到今年2月", "2025-12-01", "2026-02-28"),
        ("4月1号到15号", "2026-04-01", "2026-04-15"),
        ("3月以来", "2026-03-01", "2026-06-14"),
        ("since January", "2026-01-01", "2026-06-14"),
        ("国庆期间", "2025-10-01", "2025-10-08"),
        ("2024年国庆", "2024-10-01", "2024-10-07"),
        ("春节", "2026-02-15", "2026-02-23"),
        ("五一假期", "2026-05-01", "2026-05-05"),
        ("双11", "2025-11-01", "2025-11-11"),
        ("618", "2026-06-01", "2026-06-14"),
    ],
)
def test_a_period_is_its_days(words, since, until):
    period = only(words)
    assert period.standing is Standing.FINE
    assert (str(period.since), str(period.until)) == (since, until)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("本周", Standing.JUST_BEGUN),
        ("今天", Standing.JUST_BEGUN),
        ("2026年9月", Standing.TO_COME),
        ("2026年国庆", Standing.TO_COME),
        ("2031年国庆", Standing.UNPUBLISHED),
        ("Q4", Standing.VAGUE),
        ("2026年13月", Standing.VAGUE),
        ("2月30日", Standing.VAGUE),
        ("early May", Standing.VAGUE),
        ("the end of May", Standing.VAGUE),
        ("first week of May", Standing.VAGUE),
        ("three months ago", Standing.VAGUE),
        ("the summer of 2025", Standing.VAGUE),
        ("after May Day", Standing.VAGUE),
        ("Easter", Standing.VAGUE),
        ("fiscal year 2025", Standing.VAGUE),
        ("last few weeks", Standing.VAGUE),
    ],
)
def test_what_cannot_be_asked_about_says_so(words, standing):
    assert only(words).standing is standing


def test_a_comparison_with_last_year_is_no_period():
    assert find_periods(normal("比去年同期高吗"), MONDAY) == []


def test_a_day_that_a_month_does_not_have_moves_into_it():
    assert str(only("近三个月", date(2026, 5, 31)).since) == "2026-02-28"


def test_a_year_of_its_own_is_no_year_of_the_next():
    first, second = find_periods(normal("2026年5月和2025年5月"), MONDAY)
    assert (first.period.since.year, second.period.since.year) == (2026, 2025)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("上一个月的NPS", date(2026, 5, 1), date(2026, 5, 31)),
        ("上一周的满意率", date(2026, 6, 8), date(2026, 6, 14)),
        ("去年最后一个季度的NPS", date(2025, 10, 1), date(2025, 12, 31)),
        ("从年初到上个月的NPS", date(2026, 1, 1), date(2026, 5, 31)),
        ("去年年初到今年3月的NPS", date(2025, 1, 1), date(2026, 3, 31)),
    ],
)
def test_one_step_back_and_the_first_of_a_year_are_periods(surveys, question, since, until):
    query = surveys.ask(question).query
    assert (query.since, query.until) == (since, until)
