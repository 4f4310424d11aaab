"""Operational metrics by name, in datasets that can give them."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ask.contracts import Answerable, ColumnValues, Refusal
from huiyin.ask.dictionary import words
from huiyin.ask.kinds import LOWER_IS_BETTER, SHARES
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import load_codebook
from huiyin.core.units import Unit
from huiyin.measure.catalogue import metric_catalogue, operational_metrics
from huiyin.measure.metric import HOUSE_RULES

TODAY = date(2026, 10, 15)
OPERATIONAL = {name: one for name, one in metric_catalogue().items() if one.look}
VALUES = {
    "deliveries": {"是否准时": ("是", "否"), "大区": ("华东", "华南")},
    "tickets": {"类别": ("咨询", "投诉")},
    "orders": {"客群": ("家庭客", "送礼客")},
    "renewals": {"行业": ("制造", "教育"), "是否续约": ("是", "否")},
}


def read(surveys, dataset, question):
    book = load_codebook(surveys.folder / f"{dataset}.codebook.yaml")
    there = [metric.id for metric in operational_metrics(book, HOUSE_RULES)]
    known = ColumnValues(VALUES[dataset])
    return ask(question, build_vocabulary(book, known, operations=there), TODAY)


@pytest.mark.parametrize(
    ("dataset", "question", "metric", "by"),
    [
        ("deliveries", "准时率最差的大区", "on_time", ("大区",)),
        ("deliveries", "on-time delivery by region", "on_time", ("大区",)),
        ("tickets", "按类别看解决率", "resolution_rate", ("类别",)),
        ("tickets", "解决时长是多少", "resolution_time", ()),
        ("tickets", "上个月的一次解决率", "first_contact", ()),
        ("orders", "家庭客的复购率", "repurchase", ()),
        ("orders", "churn by quarter", "churn", ()),
        ("renewals", "各行业的续约率", "renewal_rate", ("行业",)),
    ],
)
def test_the_metric_is_found_by_its_name(surveys, dataset, question, metric, by):
    asked = read(surveys, dataset, question)
    assert isinstance(asked, Answerable)
    assert asked.query.metrics == (metric,)
    assert asked.query.by == by
    for language in ("zh-CN", "en"):
        assert OPERATIONAL[metric].label.say(language) in asked.reading.say(language)


def test_what_the_data_cannot_give_is_refused(surveys):
    assert isinstance(read(surveys, "orders", "准时率是多少"), Refusal)
    assert isinstance(read(surveys, "deliveries", "投诉率是多少"), Refusal)


def test_where_customers_rate_a_word_means_their_column(surveys):
    asked = surveys.ask("续约率是多少", "企业客户")
    assert asked.query.metrics == ("share:是否续约=是",)


def test_a_survey_tells_its_complaints_where_another_dataset_holds_them(surveys):
    book = load_codebook(surveys.folder / "门店满意度.codebook.yaml")
    known = ColumnValues({"大区": ("华东", "华南")})
    there = build_vocabulary(book, known, operations=("complaint_rate", "churn"))
    asked = ask("投诉率最高的大区", there, TODAY)
    assert (asked.query.metrics, asked.query.by) == (("complaint_rate",), ("大区",))
    assert asked.understood.rank.best is False
    assert isinstance(ask("各大区的流失率", there, TODAY), Refusal)


def test_units_and_good_ends_are_those_of_the_catalogue():
    assert {n for n, m in OPERATIONAL.items() if m.unit is Unit.SHARE} == SHARES & set(OPERATIONAL)
    low = {name for name, metric in OPERATIONAL.items() if not metric.higher_is_better}
    assert low == LOWER_IS_BETTER & set(OPERATIONAL)
    assert set(words().operations) <= set(OPERATIONAL)
