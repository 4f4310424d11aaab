"""The sentence over a figure: what cannot be set against each other is not."""

from dataclasses import replace

import pytest

from huiyin.analyse.views.definition import Options
from huiyin.analyse.views.reckoning import Hits, Reckoned
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import (
    Call,
    Cell,
    Comparison,
    DataFacts,
    Definition,
    Query,
    Result,
)
from huiyin.report.views.contracts import Extras, Shown
from huiyin.report.views.kinds import funnel, pareto, pivot, table

NOTHING = Extras()
FACTS = DataFacts(500, 500, {}, None, None, "s")
UNITS = {"score:a": (Unit.POINTS, 2.0, True), "dissatisfied:a": (Unit.SHARE, 0.03, False)}
LABELS = {"score:a": "得分", "dissatisfied:a": "不满意率"}


def cell(metric, value, shop=None, comparison=None):
    by = {} if shop is None else {"门店": shop}
    unit = UNITS[metric][0]
    return Cell(
        by, metric, Text.same(LABELS[metric]), unit,
        value, value, value, 0.95, 200, 200, 200.0, "t", comparison=comparison,
    )  # fmt: skip


def shown(cells, *, by=("门店",), extras=NOTHING, metrics=tuple(UNITS), language="zh-CN"):
    meanings = tuple(
        Definition(m, 1, Text.same(LABELS[m]), Text.same(""), "a", UNITS[m][1],
                   higher_is_better=UNITS[m][2])
        for m in metrics
    )  # fmt: skip
    return Shown(
        Result(Query(metrics, by=by), meanings, FACTS, tuple(cells)), Options(), language, extras
    )


BY_SHOP = [
    cell(metric, value, shop)
    for shop, score, share in (("甲", 80.0, 0.02), ("乙", 60.0, 0.2))
    for metric, value in (("score:a", score), ("dissatisfied:a", share))
]


@pytest.mark.parametrize("kind", [pivot, table])
def test_a_score_and_a_share_are_not_set_against_each_other(kind):
    said = kind.draw(shown(BY_SHOP)).caption
    assert said.startswith("“得分”：按门店看，最高的是甲")
    assert "不满意率" not in said


def test_each_metric_of_a_pivot_table_stands_once_above_its_columns():
    cells = [replace(c, by={**c.by, "渠道": "网店"}) for c in BY_SHOP]
    table_of = pivot.draw(shown(cells, by=("门店", "渠道"))).table
    assert table_of["columns"] == ["得分 · 网店", "不满意率 · 网店"]
    named = {one["name"]: one["columns"] for one in table_of["above"]}
    assert named == {"得分": ["网店"], "不满意率": ["网店"]}
    alone = [c for c in cells if c.metric == "score:a"]
    assert pivot.draw(shown(alone, by=("门店", "渠道"), metrics=("score:a",))).table["above"] == []


def test_numbers_of_different_units_are_told_one_by_one():
    said = table.draw(shown([cell("score:a", 80.0), cell("dissatisfied:a", 0.02)], by=())).caption
    assert said == "得分 80.0，[80.0, 80.0]，200 份。不满意率 2.0%，[2.0%, 2.0%]，200 份。"


def test_the_most_apart_is_told_first_in_what_counts_as_no_difference():
    def apart(metric, shop, difference, delta):
        found = Comparison("rest", 0.5, difference, 0, 0, 0.0, 0.0, delta, 2, Call.REAL)
        return cell(metric, 0.5, shop, found)

    cells = [apart("score:a", "甲", 2.5, 2.0), apart("dissatisfied:a", "乙", -0.2, 0.03)]
    assert "乙的不满意率（" in pivot.draw(shown(cells)).caption
    said = pivot.draw(shown(cells, language="en")).caption
    assert "乙: " in said  # the group first: of a long metric the end is cut


def test_a_funnel_of_groups_says_what_its_widths_are():
    answer = shown([c for c in BY_SHOP if c.metric == "score:a"], metrics=("score:a",))
    assert funnel.draw(answer).caption.endswith("一条有多宽，看它有多少份答卷。")


def test_a_pareto_figure_says_how_many_it_draws():
    cells = [cell("dissatisfied:a", 0.1, f"店{i}") for i in range(25)]
    hits = tuple(Hits(i, 4, 0.04, 0.02, 0.06, (i + 1) / 25) for i in range(25))
    answer = shown(cells, extras=Extras(reckoned=Reckoned(hits=hits)), metrics=("dissatisfied:a",))
    said = pareto.draw(answer).caption
    assert said.startswith("25 组里，人数最多的 20 组（店0、店1、店2等）合起来占全部的 80.0%。")
    assert said.endswith("只画出 20 个，共 25 个。")
