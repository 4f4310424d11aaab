"""The corridor goes by the metric rules it is given, and says which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.codebook.contracts import Role
from huiyin.codebook.cuts import Cuts
from huiyin.core.text import Text
from huiyin.measure.aspects import Aspect, Indicator, holds
from huiyin.measure.contracts import (
    Against,
    Compare,
    Filter,
    Query,
    QueryError,
    UnsuitableScaleError,
    Viewer,
)
from huiyin.measure.metric import HOUSE_RULES, Better, Elsewhere, LevelPoints, MetricRules
from huiyin.measure.run import CorridorOverSnapshot, answer

OWNER = Viewer.owner()
FIVE = [1.0, 2.0, 3.0, 4.0, 5.0, 5.0]


@pytest.fixture
def overall(make, column):
    return make({"总体": FIVE}, [column("总体", Role.OVERALL, (1, 5))])


def one(engine, snapshot, metric, rules, **more):
    result = answer(engine, snapshot, Query((metric,), **more), OWNER, rules)
    return result.cells[0].estimate, result.definition[0]


def test_cut_of_the_rules_is_used_and_named(engine, overall):
    rules = MetricRules(cuts=Cuts(satisfied={5: 1}), version=3)
    share, definition = one(engine, overall, "satisfied", rules)
    assert share == pytest.approx(2 / 6)
    assert "5" in definition.formula.say()
    assert definition.rules_version == 3
    unhappy, _ = one(engine, overall, "dissatisfied", rules)
    assert unhappy == pytest.approx(1 / 6)


def test_house_rules_are_what_an_answer_without_rules_goes_by(engine, overall):
    query = Query(("satisfied", "score", "mean"))
    plain, house = (answer(engine, overall, query, OWNER, *r) for r in ((), (HOUSE_RULES,)))
    assert plain.cells == house.cells
    assert plain.definition == house.definition
    assert plain.query.points == "linear"


def test_scale_that_the_rules_settle_needs_no_check(engine, make, column):
    snapshot = make({"总体": FIVE}, [column("总体", Role.OVERALL, (0, 10))])
    assert one(engine, snapshot, "satisfied", HOUSE_RULES)[1].please_check
    rules = MetricRules(cuts=Cuts(satisfied={11: 2}, settled=frozenset({11})))
    share, definition = one(engine, snapshot, "satisfied", rules)
    assert (share, definition.please_check) == (0.0, False)


def test_points_of_the_rules_give_way_to_those_of_the_query(engine, overall):
    rules = MetricRules(level_points=LevelPoints.TIMES_20)
    assert one(engine, overall, "score", rules)[0] == pytest.approx(400 / 6)
    assert one(engine, overall, "score", rules, points="linear")[0] == pytest.approx(350 / 6)


def test_own_table_of_points(engine, overall, make, column):
    rules = MetricRules(
        level_points=LevelPoints.TABLE, points_tables={5: (0.0, 40.0, 60.0, 80.0, 100.0)}
    )
    score, definition = one(engine, overall, "score", rules)
    assert score == pytest.approx((0 + 40 + 60 + 80 + 100 + 100) / 6)
    assert "0/40/60/80/100" in definition.formula.say("en")
    ten = make({"总体": FIVE}, [column("总体", Role.OVERALL, (0, 10))])
    with pytest.raises(UnsuitableScaleError, match="0–10"):
        one(engine, ten, "score", rules)
    easy = replace(rules, other_scales=Elsewhere.LINEAR)
    score, definition = one(engine, ten, "score", easy)
    assert score == pytest.approx(sum(FIVE) / 6 * 10)
    assert "equal steps" in definition.formula.say("en")
    with pytest.raises(QueryError, match="linear"):
        one(engine, ten, "score", HOUSE_RULES, points="table")


def test_nps_on_ten_levels_may_be_refused(engine, make, column):
    snapshot = make({"推荐": [1.0, 9.0, 10.0]}, [column("推荐", Role.NPS, (1, 10))])
    assert "1–10" in one(engine, snapshot, "nps", HOUSE_RULES)[1].label.say()
    with pytest.raises(UnsuitableScaleError):
        one(engine, snapshot, "nps", MetricRules(odd_nps=Elsewhere.REFUSED))


def test_margin_of_the_rules_decides_a_call(engine, make, column):
    n = 4000
    data = {
        "总体": [float(1 + i % 5) for i in range(n)],
        "渠道": ["门店" if i % 2 else "官网" for i in range(n)],
    }
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("渠道", Role.CHANNEL)])
    query = Query(("score",), by=("渠道",), compare=Compare(Against.REST))
    calls = {
        delta: answer(engine, snapshot, query, OWNER, MetricRules(delta_points=delta))
        .cells[0]
        .comparison
        for delta in (0.1, 20.0)
    }
    assert [calls[d].call for d in (0.1, 20.0)] == ["cannot_tell", "stable"]
    assert [calls[d].delta for d in (0.1, 20.0)] == [0.1, 20.0]


def test_good_end_of_a_metric_and_of_one_column(engine, make, column):
    columns = [column("等待", Role.CSAT, (1, 5)), column("总体", Role.OVERALL, (1, 5))]
    snapshot = make({"等待": FIVE, "总体": FIVE}, columns)
    rules = MetricRules(better={"mean:等待": Better.LOWER, "mean": Better.HIGHER})
    assert not one(engine, snapshot, "mean:等待", rules)[1].higher_is_better
    assert one(engine, snapshot, "mean:总体", rules)[1].higher_is_better


def test_smallest_group_of_the_rules_holds_for_everybody_but_the_owner(engine, make, column):
    data = {"总体": [1.0 + i % 5 for i in range(40)], "店": ["甲"] * 15 + ["乙"] * 25}
    snapshot = make(data, [column("总体", Role.OVERALL, (1, 5)), column("店", Role.UNIT)])
    query = Query(("score",), by=("店",))
    strict = MetricRules(minimum_n=20)

    def hidden(viewer, rules):
        cells = answer(engine, snapshot, query, viewer, rules).cells
        return [cell.not_estimable is not None for cell in cells]

    assert hidden(Viewer("Bob"), HOUSE_RULES) == [False, False]
    assert True in hidden(Viewer("Bob"), strict)
    assert hidden(OWNER, strict) == [False, False]


SERVICE = Aspect(
    "服务体验",
    Text("服务体验", "service"),
    (
        Indicator("态度", ("Q3", "店员态度"), weight=3.0),
        Indicator("速度", ("排队",), until=date(2025, 6, 30)),
        Indicator("专业", ("没有这一列",)),
    ),
)
TREE = MetricRules(aspects=(SERVICE,), version=2)
DAYS = [date(2025, 6, 1), date(2025, 6, 2), date(2025, 6, 3), date(2025, 6, 4)]


@pytest.fixture
def service(make, column):
    data = {"Q7": [5.0, 5.0, 1.0, 1.0], "排队": [3.0, 3.0, 1.0, 1.0]}
    columns = [
        replace(column("Q7", Role.ASPECT, (1, 5)), label=Text.same("店员态度")),
        column("排队", Role.ASPECT, (1, 5)),
    ]
    return make(data, columns, days=DAYS)


def test_score_of_an_aspect_is_the_weighted_mean_of_its_indicators(engine, service):
    score, definition = one(engine, service, "score:服务体验", TREE)
    assert score == pytest.approx(0.75 * 50 + 0.25 * 25)
    assert definition.label.say("en") == "satisfaction score · service"
    assert "店员态度 75.0%" in definition.formula.say()
    assert "专业" in definition.notes[0].say()


def test_score_of_an_aspect_has_the_error_of_the_sum(engine, service):
    by_tree = answer(engine, service, Query(("score:服务体验",)), OWNER, TREE).cells[0]
    query = Query(("index",), index_weights={"Q7": 3, "排队": 1})
    by_hand = answer(engine, service, query, OWNER).cells[0]
    assert (by_tree.estimate, by_tree.low, by_tree.high) == pytest.approx(
        (by_hand.estimate, by_hand.low, by_hand.high)
    )


def test_tree_of_the_last_day_holds_and_a_change_inside_the_window_is_said(engine, service):
    later = {"since": date(2025, 6, 1), "until": date(2025, 7, 31)}
    score, definition = one(engine, service, "score:服务体验", TREE, **later)
    assert score == pytest.approx(50)
    assert "2025-07-01" in definition.notes[-1].say()
    _, before = one(engine, service, "score:服务体验", TREE, until=date(2025, 6, 30))
    assert not any("2025-07-01" in note.say() for note in before.notes)


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2025, 5, 31), False), (date(2025, 6, 1), True), (date(2025, 6, 30), True),
     (date(2025, 7, 1), False), (None, False)],
)  # fmt: skip
def test_first_and_last_day_of_an_entry_are_included(day, held):
    entry = Indicator("速度", ("排队",), since=date(2025, 6, 1), until=date(2025, 6, 30))
    assert holds(entry, day) is held
    assert holds(replace(entry, until=None), day) is (day is None or day >= date(2025, 6, 1))


def test_change_on_the_first_day_of_the_window_is_none_inside_it(engine, service):
    window = {"since": date(2025, 7, 1), "until": date(2025, 7, 31)}
    _, definition = one(engine, service, "score:服务体验", TREE, **window)
    assert not any("2025-07-01" in note.say() for note in definition.notes)


def test_aspect_until_the_last_day_there_is(engine, service):
    rules = MetricRules(aspects=(replace(SERVICE, until=date.max),))
    score, _ = one(engine, service, "score:服务体验", rules)
    assert score == pytest.approx(0.75 * 50 + 0.25 * 25)


def test_aspect_outside_its_days_is_no_aspect(engine, service):
    rules = MetricRules(aspects=(replace(SERVICE, since=date(2026, 1, 1)),))
    with pytest.raises(QueryError, match="服务体验"):
        one(engine, service, "score:服务体验", rules)


def test_only_the_score_of_an_aspect_is_defined(engine, service):
    with pytest.raises(QueryError, match="satisfied:Q7"):
        one(engine, service, "satisfied:服务体验", TREE)


def test_aspect_of_which_the_data_has_nothing(engine, service):
    rules = MetricRules(aspects=(Aspect("价格", Text.same("价格"), (Indicator("贵", ("Q9",)),)),))
    with pytest.raises(QueryError, match="Q9"):
        one(engine, service, "score:价格", rules)


def test_column_comes_before_an_aspect_of_the_same_name(engine, service):
    rules = MetricRules(aspects=(replace(SERVICE, name="排队"),))
    assert one(engine, service, "score:排队", rules)[0] == pytest.approx(25)


def test_index_weighs_aspects_by_the_rules_unless_the_query_does(engine, service):
    rules = replace(TREE, index_weights={"服务体验": 1.0, "排队": 1.0})
    index, definition = one(engine, service, "index", rules)
    assert index == pytest.approx(0.375 * 50 + 0.625 * 25)
    assert "服务体验 50.0%" in definition.formula.say()
    by_query, _ = one(engine, service, "index", rules, index_weights={"排队": 1.0})
    assert by_query == pytest.approx(25)


def test_a_result_can_be_asked_again(engine, service):
    rules = replace(TREE, index_weights={"服务体验": 1.0, "排队": 1.0})
    first = answer(engine, service, Query(("index",)), OWNER, rules)
    assert answer(engine, service, first.query, OWNER, rules).cells == first.cells


def test_corridor_under_other_rules_sees_the_same_rows(engine, overall):
    house = CorridorOverSnapshot(engine, overall, OWNER)
    strict = house.under(MetricRules(cuts=Cuts(satisfied={5: 1})))
    query = Query(("satisfied",), where=(Filter("总体", ">", ("1",)),))
    assert house.answer(query).cells[0].estimate == pytest.approx(3 / 5)
    assert strict.answer(query).cells[0].estimate == pytest.approx(2 / 5)
    assert house.rules is HOUSE_RULES
    assert strict.cuts.satisfied == {5: 1}


def test_bands_of_the_report_follow_the_cuts(engine, overall):
    from huiyin.analyse.crosstabs import grouping

    house = CorridorOverSnapshot(engine, overall, OWNER)
    strict = house.under(MetricRules(cuts=Cuts(satisfied={5: 1})))
    assert grouping(house, "总体").names == ("1–2", "3", "4–5")
    assert grouping(strict, "总体").names == ("1", "2–4", "5")
