"""Metrics and groups that people made are asked for by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.ask.calculated import calculated_metrics
from huiyin.ask.contracts import Answerable, ColumnValues, Kind, Rank, Threshold
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.codebook.files import load_codebook
from huiyin.codebook.groupings import Group, Grouping, with_groupings
from huiyin.measure.contracts import Filter
from huiyin.measure.made.formulas import Formula, Gap, MeetShare, Quotient
from huiyin.measure.metric import HOUSE_RULES

TODAY = date(2026, 6, 15)
BOTH = MeetShare((Filter("总体满意度", ">=", ("4",)), Filter("价格感知", ">=", ("4",))))
FORMULAS = (
    Formula("双满意率", BOTH),
    Formula("服务价格落差", Gap("score:服务体验", "score:价格感知"), higher_is_better=False),
    Formula("读不了", Quotient("nps", "score:没有这列")),
)
TIERS = Grouping("城市级别", "城市", (Group("一线城市", ("北京", "上海")),), rest="其他城市")


@pytest.fixture(scope="module")
def vocabulary(surveys):
    book = load_codebook(surveys.folder / "门店满意度.codebook.yaml")
    book = with_groupings(book, (TIERS,))
    rules = replace(HOUSE_RULES, formulas={one.name: one for one in FORMULAS})
    values = ColumnValues({"大区": ("华东", "华南"), "城市级别": ("一线城市", "其他城市")})
    return build_vocabulary(book, values, calculated=calculated_metrics(book, rules))


def read(vocabulary, question):
    asked = ask(question, vocabulary, TODAY)
    assert isinstance(asked, Answerable), asked
    return asked.understood


def test_a_made_metric_is_asked_by_its_name(vocabulary):
    found = read(vocabulary, "上个月各大区的双满意率")
    assert found.metrics == ("calc:双满意率",)
    assert (found.by, found.since) == (("大区",), date(2026, 5, 1))


def test_its_unit_and_good_end_are_those_of_its_formula(vocabulary):
    bound = read(vocabulary, "双满意率低于30%的大区")
    assert bound.threshold == Threshold("<", 0.3)
    gap = read(vocabulary, "服务价格落差最大的大区")
    assert (gap.kind, gap.rank) == (Kind.RANKING, Rank(best=False, n=1))
    assert read(vocabulary, "服务价格落差超过30的大区").threshold == Threshold(">", 30.0)


def test_one_that_cannot_be_read_here_is_not_known(vocabulary):
    assert {*vocabulary.calculated} == {"calc:双满意率", "calc:服务价格落差"}


def test_made_groups_and_their_names_are_columns_and_values(vocabulary):
    assert read(vocabulary, "各城市级别的NPS").by == ("城市级别",)
    assert read(vocabulary, "一线城市的NPS").where == (Filter("城市级别", "=", ("一线城市",)),)
    assert read(vocabulary, "按城市级别看双满意率").metrics == ("calc:双满意率",)
