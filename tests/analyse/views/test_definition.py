"""A view is read from words and written as words, and loses nothing on the way."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.analyse.views.contracts import ChartKind, Period, ViewError
from huiyin.analyse.views.definition import Options, Question, View, read_view, view_of
from huiyin.analyse.views.periods import days_of, on_day

TODAY = date(2026, 3, 5)
FULL = View(
    dataset="d1",
    query=Question(
        metrics=("nps", "satisfied:服务"),
        by=("大区",),
        where=("渠道=门店|官网", "分数>=8"),
        period=Period.LAST_3_MONTHS,
        grain="month",
        compare="大区=华东",
        margins={"性别": {"女": 0.5, "男": 0.5}},
        include_flagged=("speeder",),
        level=0.9,
    ),
    chart=ChartKind.LINE,
    options=Options(sort="worst", top=5, target=40.0),
    title={"zh-CN": "各大区 NPS", "en": "NPS by region"},
)


@pytest.mark.parametrize("view", [FULL, View(dataset="d", query=Question(metrics=("nps",)))])
def test_yaml_gives_the_same_view_back(view):
    assert read_view(view.to_yaml()) == view
    assert view_of(view.to_document()) == view


def test_what_holds_without_being_said_is_not_written():
    view = View(dataset="d", query=Question(metrics=("nps",)))
    assert view.to_document() == {"dataset": "d", "query": {"metrics": ["nps"]}}


def test_days_in_yaml_are_words_of_a_question():
    found = read_view("dataset: d\nquery: {metrics: [nps], since: 2025-03-01}\n")
    assert found.query.since == "2025-03-01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{", "YAML"),
        ("- 1", "dataset"),
        ("dataset: d", "query"),
        ("dataset: d\nquery: {metrics: []}", "query.metrics"),
        ("dataset: d\nquery: {metrics: [nps], color: red}", "color"),
        ("dataset: d\nquery: {metrics: [nps]}\nchart: pie", "chart"),
        ("[" * 4000, "YAML"),
    ],
)
def test_what_is_no_view_is_refused_with_its_place(words, said):
    with pytest.raises(ViewError) as fault:
        read_view(words)
    assert said in fault.value.say()


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        (Period.ALL, None, None),
        (Period.LAST_7_DAYS, date(2026, 2, 27), TODAY),
        (Period.LAST_30_DAYS, date(2026, 2, 4), TODAY),
        (Period.THIS_WEEK, date(2026, 3, 2), TODAY),
        (Period.LAST_WEEK, date(2026, 2, 23), date(2026, 3, 1)),
        (Period.THIS_MONTH, date(2026, 3, 1), TODAY),
        (Period.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Period.LAST_3_MONTHS, date(2025, 12, 1), date(2026, 2, 28)),
        (Period.LAST_12_MONTHS, date(2025, 3, 1), date(2026, 2, 28)),
        (Period.THIS_QUARTER, date(2026, 1, 1), TODAY),
        (Period.LAST_QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        (Period.THIS_YEAR, date(2026, 1, 1), TODAY),
        (Period.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_named_period_is_days(period, since, until):
    assert days_of(period, TODAY) == (since, until)


def test_every_period_has_days():
    assert all(days_of(period, TODAY) for period in Period)


def test_written_days_stay_where_no_period_is_named():
    asked = Question(metrics=("nps",), since="2024-01-01")
    assert on_day(asked, TODAY) is asked
    named = asked.model_copy(update={"period": Period.LAST_MONTH})
    assert on_day(named, TODAY).since == "2026-02-01"
    assert on_day(named, TODAY).period is None
