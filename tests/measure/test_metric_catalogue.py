from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.codebook.cuts import dissatisfied_range, satisfied_range
from huiyin.core.text import Text
from huiyin.measure.catalogue import find_metric, metric_catalogue
from huiyin.measure.contracts import (
    AmbiguousMetricError,
    Query,
    QueryError,
    Unit,
    UnsuitableScaleError,
    Viewer,
)
from huiyin.measure.metric import LevelPoints, MetricRules
from huiyin.measure.run import answer

OWNER = Viewer.owner()
NAMED = {
    "nps", "satisfied", "dissatisfied", "score", "mean", "ces", "easy", "intent", "share", "index",
    "response_rate",
}  # fmt: skip
OPERATIONAL = {
    "on_time", "order_accuracy", "defect_rate", "resolution_rate", "confirmed_resolution",
    "first_contact", "first_response", "first_response_p90", "first_response_within",
    "resolution_time", "resolution_time_p90", "resolved_within", "complaint_rate",
    "complained_orders", "repurchase",
    "order_repurchase", "period_repurchase", "renewal_rate", "renewal_amount", "churn",
    "referral_rate", "conversion",
    "sales_cycle", "stage_time", "stage_time_p90", "stage_within", "stage_wait", "stage_work",
    "stage_share", "stage_over", "stage_reached", "waiting_share",
}  # fmt: skip


def find(text, *columns, query=None, rules=None):
    return find_metric(text, Codebook(tuple(columns)), query or Query(()), rules or MetricRules())


def test_catalogue_holds_every_metric_that_is_named():
    assert set(metric_catalogue()) == NAMED | OPERATIONAL


def test_operational_metrics_say_window_symbols_and_the_good_end():
    found = {name: metric_catalogue()[name] for name in OPERATIONAL}
    assert all(metric.look and metric.expression and metric.meaning for metric in found.values())
    assert {n for n, m in found.items() if m.window} == {
        "repurchase", "order_repurchase", "first_contact", "churn", "conversion", "complaint_rate",
        "complained_orders",
    }  # fmt: skip
    assert {n for n, m in found.items() if not m.higher_is_better} == {
        "defect_rate", "complaint_rate",
        "complained_orders", "churn", "sales_cycle", "first_response",
        "first_response_p90", "resolution_time", "resolution_time_p90", "stage_time",
        "stage_time_p90", "stage_wait", "stage_work", "stage_share", "stage_over",
        "stage_reached", "waiting_share",
    }  # fmt: skip


def test_every_metric_is_named_in_both_languages():
    for metric in metric_catalogue().values():
        assert set(metric.label) == set(metric.formula) == {"zh-CN", "en"}


@pytest.mark.parametrize(
    ("low", "high", "satisfied", "dissatisfied"),
    [
        (1, 2, (2, 2), (1, 1)),
        (1, 3, (3, 3), (1, 1)),
        (1, 4, (3, 4), (1, 2)),
        (1, 5, (4, 5), (1, 2)),
        (1, 7, (6, 7), (1, 2)),
        (1, 10, (8, 10), (1, 3)),
        (0, 10, (8, 10), (0, 2)),
        (0, 100, (80, 100), (0, 20)),
        (1, 100, (80, 100), (1, 21)),
    ],
)
def test_cuts(low, high, satisfied, dissatisfied):
    assert satisfied_range(Scale(low, high)) == pytest.approx(satisfied)
    assert dissatisfied_range(Scale(low, high)) == pytest.approx(dissatisfied)


def test_cut_of_a_reversed_scale_takes_the_low_codes():
    assert satisfied_range(Scale(1, 5, direction=-1)) == (1, 2)
    assert satisfied_range(Scale(0, 100, direction=-1)) == pytest.approx((0, 20))


@pytest.mark.parametrize(("high", "asks"), [(5, False), (7, False), (10, True), (100, True)])
def test_cut_of_ten_and_hundred_levels_is_to_be_checked(column, high, asks):
    found = find("satisfied", column("总体", Role.OVERALL, (1, high)))
    assert found.definition().please_check is asks


def test_bare_id_takes_the_overall_before_others(column):
    columns = [column("总体", Role.OVERALL, (1, 5)), column("质量", Role.ASPECT, (1, 5))]
    assert find("score", *columns).column.name == "总体"


def test_bare_id_that_fits_several_columns_lists_them(column):
    columns = [column(name, Role.ASPECT, (1, 5)) for name in ("质量", "服务")]
    with pytest.raises(AmbiguousMetricError) as error:
        find("satisfied", *columns)
    assert "satisfied:质量" in error.value.say("zh-CN")
    assert "satisfied:服务" in error.value.say("en")


def test_missing_column_says_what_to_do(column):
    with pytest.raises(QueryError, match="--set"):
        find("nps", column("总体", Role.OVERALL, (1, 5)))


def test_unknown_metric_and_column_name_near_ones(column):
    with pytest.raises(QueryError, match="satisfied"):
        find("satisfed", column("总体", Role.OVERALL, (1, 5)))
    with pytest.raises(QueryError, match="服务"):
        find("score:服物", column("服务", Role.ASPECT, (1, 5)))


def test_unsure_guess_is_not_taken_silently(column):
    with pytest.raises(QueryError):
        find("nps", column("分", Role.NPS, (0, 10), confidence=0.3))
    assert find("nps:分", column("分", Role.NPS, (0, 10), confidence=0.3)).reading.please_check


def test_nps_on_other_scales(column):
    odd = find("nps", column("推荐", Role.NPS, (1, 10)))
    assert odd.reading.label.say("zh-CN") == "非标准 NPS(1–10)"
    assert not odd.reading.comparable
    with pytest.raises(UnsuitableScaleError):
        find("nps:推荐", column("推荐", Role.NPS, (1, 5)))


def test_effort_is_never_reversed_silently(column):
    hard = column("费力", Role.CES, (1, 7), direction=-1)
    found = find("ces", hard)
    assert not found.reading.higher_is_better
    assert found.reading.notes
    assert find("easy", hard).reading.values[0].high == (1, 3)
    assert find("easy", column("轻松", Role.CES, (1, 5))).reading.values[0].high == (4, 5)


def test_margins_of_indifference(column):
    columns = [column("总体", Role.OVERALL, (1, 5)), column("推荐", Role.NPS, (0, 10))]
    deltas = {m: find(m, *columns).reading.delta for m in ("nps", "satisfied", "score", "mean")}
    assert deltas == pytest.approx({"nps": 5, "satisfied": 0.03, "score": 2, "mean": 0.08})


@pytest.mark.parametrize(
    ("points", "expected"),
    [("linear", 62.5), ("times20", 70.0), ("graded", (30 + 60 + 80 + 100) / 4)],
)
def test_presets_of_level_points(engine, make, column, points, expected):
    data = {"总体": [2.0, 3.0, 4.0, 5.0]}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5))])
    (cell,) = answer(engine, snapshot, Query(("score",), points=points), OWNER).cells
    assert cell.estimate == pytest.approx(expected)


def test_preset_is_named_in_the_formula(column):
    rules = MetricRules(level_points=LevelPoints.STEPS)
    formula = find("score", column("总体", Role.OVERALL, (1, 5)), rules=rules).reading.formula
    assert "100/80/60/30/0" in formula.say("zh-CN")
    assert (
        "最低档记 0 分" in find("score", column("总体", Role.OVERALL, (1, 5))).reading.formula.say()
    )


def test_a_share_says_which_value_of_which_column_it_counts(column):
    asked = find("share:续约=是", column("续约", Role.DIMENSION))
    assert asked.reading.formula.say() == "选“是”的人数 ÷ 回答了“续约”的人数"
    assert asked.reading.formula.say("en") == "answers “是” ÷ answers to “续约”"


@pytest.mark.parametrize("rule", [LevelPoints.TIMES_20, LevelPoints.STEPS])
@pytest.mark.parametrize("scale", [(0, 10), (1, 7), (1, 4), (0, 100)])
def test_preset_for_five_levels_is_refused_elsewhere(column, rule, scale):
    with pytest.raises(UnsuitableScaleError, match=f"总体.*{scale[0]}–{scale[1]}"):
        find("score", column("总体", Role.OVERALL, scale), rules=MetricRules(level_points=rule))


@pytest.mark.parametrize(
    ("scale", "direction", "points", "expected"),
    [
        ((0, 4), 1, "times20", 60.0),
        ((1, 5), -1, "times20", 80.0),
        ((1, 5), -1, "graded", 80.0),
        ((-2, 2), 1, "graded", 100.0),
    ],
)
def test_preset_counts_levels_from_the_bad_end(
    engine, make, column, scale, direction, points, expected
):
    snapshot = make(
        {"总体": [2.0, 2.0, 1.9999]}, [column("总体", Role.OVERALL, scale, direction=direction)]
    )
    (cell,) = answer(engine, snapshot, Query(("score",), points=points), OWNER).cells
    assert cell.n == 3
    assert cell.estimate == pytest.approx(expected, abs=0.01)


def test_an_answer_between_two_levels_has_points_between_theirs(engine, make, column):
    snapshot = make({"总体": [1.5, 2.5, 3.5, 4.5]}, [column("总体", Role.OVERALL, (1, 5))])
    (cell,) = answer(engine, snapshot, Query(("score",), points="graded"), OWNER).cells
    assert (cell.n, cell.estimate) == (4, pytest.approx((15 + 45 + 70 + 90) / 4))


def test_each_metric_on_one_small_file(engine, make, column):
    data = {
        "推荐": [10.0, 9.0, 8.0, 3.0, None],
        "总体": [5.0, 4.0, 3.0, 1.0, None],
        "费力": [7.0, 5.0, 4.0, 1.0, None],
        "回购": [5.0, 4.0, 4.0, 1.0, None],
        "渠道": ["门店", "门店", "官网", "官网", None],
        "状态": ["完成", "完成", "中途退出", "未送达", "中途退出"],
    }
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("总体", Role.OVERALL, (1, 5)),
        column("费力", Role.CES, (1, 7)),
        column("回购", Role.INTENT, (1, 5)),
        column("渠道", Role.CHANNEL),
        column("状态", Role.STATUS),
    ]
    expected = {
        "nps": (25.0, Unit.NPS),
        "satisfied": (0.5, Unit.SHARE),
        "dissatisfied": (0.25, Unit.SHARE),
        "score": (56.25, Unit.POINTS),
        "mean": (3.25, Unit.SCALE),
        "ces": (4.25, Unit.SCALE),
        "easy": (0.5, Unit.SHARE),
        "intent": (0.75, Unit.SHARE),
        "share:渠道=门店": (0.5, Unit.SHARE),
        "share:总体=5": (0.25, Unit.SHARE),
        "response_rate": (0.5, Unit.SHARE),
    }
    result = answer(engine, make(data, columns), Query(tuple(expected)), OWNER)
    found = {cell.metric: (cell.estimate, cell.unit) for cell in result.cells}
    assert found == {
        metric: (pytest.approx(value), unit) for metric, (value, unit) in expected.items()
    }
    assert {cell.n for cell in result.cells} == {4}


def test_response_rate_that_nobody_can_know_says_so(engine, make, column):
    snapshot = make({"总体": [5.0, 4.0]}, [column("总体", Role.OVERALL, (1, 5))])
    result = answer(engine, snapshot, Query(("response_rate",)), OWNER)
    assert result.cells[0].not_estimable.reason == "not_known_who"
    assert "送达" in result.definition[0].notes[0].say("zh-CN")
    assert "reached" in result.cells[0].not_estimable.say("en")


@pytest.mark.parametrize(
    ("words", "rate", "label"),
    [
        (["完成", "完成", "已送达", "退回"], 2 / 3, "回收率"),
        (["完成", "完成", "完成", "退回"], 1.0, "回收率"),
        (["完成", "未填写", "未填写", "未填写"], 1 / 4, "回收率"),
        (["完成", "完成", "完成", "中途退出"], 3 / 4, "完成率(完成 ÷ 开始)"),
        (["已关闭", "处理中", "已关闭", "处理中"], None, "回收率"),
    ],
)
def test_response_rate_is_one_only_where_delivery_is_known(
    engine, make, column, words, rate, label
):
    """Finished of those who began is no response rate, nor is the status of tickets."""
    snapshot = make({"状态": words}, [column("状态", Role.STATUS)])
    result = answer(engine, snapshot, Query(("response_rate",)), OWNER)
    (cell,) = result.cells
    assert cell.estimate == (None if rate is None else pytest.approx(rate))
    assert cell.label.say("zh-CN") == label
    assert (cell.not_estimable is not None) == (rate is None)
    assert result.definition[0].please_check == label.startswith("完成率")


def test_reversed_scale_scores_from_its_good_end(engine, make, column):
    snapshot = make(
        {"总体": [1.0, 1.0, 2.0, 5.0]}, [column("总体", Role.OVERALL, (1, 5), direction=-1)]
    )
    score, satisfied = answer(engine, snapshot, Query(("score", "satisfied")), OWNER).cells
    assert score.estimate == pytest.approx((100 + 100 + 75 + 0) / 4)
    assert satisfied.estimate == 0.75


def test_multi_select_options(engine, make, column):
    data = {"原因": [["价格", "服务"], ["价格"], [], None]}
    snapshot = make(data, [column("原因", Role.CHOICE_SET)])
    (cell,) = answer(engine, snapshot, Query(("share:原因=服务",)), OWNER).cells
    assert (cell.estimate, cell.n) == (pytest.approx(1 / 3), 3)


def test_the_formula_of_the_index_names_columns_as_the_reader_knows_them(engine, make, column):
    named = [
        replace(column("a1", Role.ASPECT, (1, 5)), label=Text("电池", "battery")),
        replace(column("a2", Role.ASPECT, (1, 5)), label=Text("舒适", "comfort")),
    ]
    snapshot = make({"a1": [5.0, 1.0], "a2": [3.0, 3.0]}, named)
    query = Query(("index",), index_weights={"a1": 1.0, "a2": 3.0})
    (definition,) = answer(engine, snapshot, query, OWNER).definition
    assert definition.formula.say("zh-CN").endswith("电池 25.0%、舒适 75.0%")
    assert definition.formula.say("en").endswith("battery 25.0%, comfort 75.0%")


def test_index_needs_weights(engine, make, column):
    data = {"质量": [5.0, 1.0], "服务": [3.0, 3.0]}
    snapshot = make(data, [column(name, Role.ASPECT, (1, 5)) for name in data])
    with pytest.raises(QueryError):
        answer(engine, snapshot, Query(("index",)), OWNER)
    query = Query(("index",), index_weights={"质量": 1.0, "服务": 3.0})
    assert answer(engine, snapshot, query, OWNER).cells[0].estimate == pytest.approx(50.0)


def test_a_metric_without_its_column_names_the_ratings_there_are_or_says_there_are_none():
    speed = Column("速度", Role.ASPECT, Text.same("速度"), Scale(1, 5))
    region = Column("地区", Role.DIMENSION, Text.same("地区"))
    for asked in ("nps", "satisfied:总体满意度"):
        with pytest.raises(QueryError) as fault:
            find(asked, speed, region)
        assert "这份数据里的评分列：速度" in fault.value.sentence.say()
        assert "地区" not in fault.value.sentence.say()
        with pytest.raises(QueryError, match="No rating was recognised"):
            find(asked, region)
    with pytest.raises(QueryError) as fault:
        find("share:无=1", speed)
    assert "评分列" not in fault.value.sentence.say()
