"""What to do comes from what is certain: a missed target, a real fall, a really weak group."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from huiyin.analyse.boards.contracts import TileKind
from huiyin.analyse.boards.definition import Tile
from huiyin.analyse.boards.todo import Told, Urgency, what_to_do
from huiyin.analyse.views.definition import Options, Question, View
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
from huiyin.measure.definitions.contracts import Attainment, Goal
from huiyin.web.boards import light_of

FACTS = DataFacts(500, 500, {}, None, None, "s")


def compared(difference, call, against="previous"):
    return Comparison(
        against, 0.8, difference, difference - 0.01, difference + 0.01, 0.01, 0.01, 0.03, 1, call
    )


def cell(low, high, comparison=None, **by):
    return Cell(
        by, "satisfied:a", Text.same("满意率"), Unit.SHARE, (low + high) / 2, low, high, 0.95,
        200, 200, 200.0, "wilson", comparison=comparison,
    )  # fmt: skip


def told(*cells, goal=None, better=True, by=()):
    meaning = Definition(
        "satisfied:a", 1, Text.same("满意率"), Text.same(""), "a", 0.03, higher_is_better=better
    )
    result = Result(Query(("satisfied:a",), by=by), (meaning,), FACTS, cells)
    view = View(dataset="d", query=Question(metrics=("satisfied:a",)))
    tile = Tile(id="t1", kind=TileKind.NUMBER, view=view, goal=goal, act={"zh-CN": "去做"})
    return Told(tile, Text.same("满意率"), result, light_of(tile, result, None))


@pytest.mark.parametrize(
    ("low", "high", "better", "found"),
    [
        (0.70, 0.78, True, Attainment.MISSED),
        (0.78, 0.88, True, Attainment.CANNOT_TELL),
        (0.86, 0.90, True, Attainment.REACHED),
        (0.86, 0.90, False, Attainment.MISSED),
    ],
)
def test_the_light_goes_by_the_interval(low, high, better, found):
    assert told(cell(low, high), goal=0.85, better=better).light.attainment == found.value


def test_the_companys_target_goes_before_the_boards_own():
    one = told(cell(0.78, 0.82), goal=0.9)
    light = light_of(one.tile, one.result, Goal("satisfied:a", 0.75))
    assert (light.attainment, light.company, light.goal) == ("reached", True, 0.75)
    assert one.light.company is False


def test_a_target_typed_where_it_was_drawn_is_the_tiles_own():
    one = told(cell(0.78, 0.82))
    assert one.light is None
    view = one.tile.view.model_copy(update={"options": Options(target=0.9)})
    light = light_of(one.tile.model_copy(update={"view": view}), one.result, None)
    assert (light.attainment, light.goal, light.company) == ("missed", 0.9, False)


def test_of_missed_targets_what_fell_comes_first_then_the_farthest_off():
    near, far = told(cell(0.76, 0.80), goal=0.85), told(cell(0.50, 0.54), goal=0.85)
    fell = told(cell(0.76, 0.80, compared(-0.05, Call.REAL)), goal=0.85)
    tiles = [
        replace(one, title=Text.same(name))
        for one, name in ((near, "近"), (far, "远"), (fell, "跌"))
    ]
    said = [line.sentence.say("zh-CN")[1] for line in what_to_do(tiles)]
    assert said == ["跌", "远", "近"]


def test_what_got_worse_is_ordered_by_margins_of_its_metric_not_by_units():
    small = told(cell(0.70, 0.78, compared(-0.04, Call.REAL)))
    meaning = replace(small.result.definition[0], delta=10.0)
    other = cell(0.70, 0.78, compared(-5.0, Call.REAL))  # a large number, half a margin
    large = replace(
        small,
        title=Text.same("大"),
        result=replace(small.result, definition=(meaning,), cells=(other,)),
    )
    said = [line.sentence.say("zh-CN")[1] for line in what_to_do([large, small])]
    assert said == ["满", "大"]


def test_missed_comes_before_worse_before_weak_groups():
    missed = told(cell(0.70, 0.78), goal=0.85)
    worse = told(cell(0.70, 0.78, compared(-0.05, Call.REAL)))
    weak = told(
        cell(0.60, 0.66, compared(-0.12, Call.REAL, "rest"), 门店="甲"),
        cell(0.80, 0.86, compared(0.12, Call.REAL, "rest"), 门店="乙"),
        by=("门店",),
    )
    lines = what_to_do([weak, worse, missed])
    assert [line.urgency for line in lines] == [Urgency.MISSED, Urgency.WORSE, Urgency.BELOW]
    for line in lines[1:]:
        assert re.search(r"95% 区间 \S+ 至 \S+，[\d,]+ 份", line.sentence["zh-CN"])
        assert re.search(r"95% interval \S+ to \S+, [\d,]+ answers", line.sentence["en"])
    assert "甲" in lines[2].sentence["zh-CN"]
    assert all(line.act["zh-CN"] == "去做" for line in lines)


@pytest.mark.parametrize(
    "quiet",
    [
        told(cell(0.78, 0.88), goal=0.85),
        told(cell(0.70, 0.78, compared(-0.05, Call.CANNOT_TELL))),
        told(cell(0.70, 0.78, compared(-0.01, Call.STABLE))),
        told(cell(0.70, 0.78, compared(0.05, Call.REAL))),
        told(cell(0.70, 0.78, compared(-0.05, Call.REAL)), better=False),
    ],
)
def test_what_cannot_be_told_is_on_no_list(quiet):
    assert what_to_do([quiet]) == ()


def test_a_tile_that_misses_its_target_and_fell_asks_for_one_thing_once():
    fallen = told(cell(0.70, 0.78, compared(-0.05, Call.REAL)), goal=0.85)
    (line,) = what_to_do([fallen])
    assert line.urgency is Urgency.MISSED
    assert "未达标" in line.sentence["zh-CN"]
    assert "真的变差了 5" in line.sentence["zh-CN"]
    assert "really got worse by 5" in line.sentence["en"]


def test_the_fall_of_another_number_is_none_of_the_one_that_missed_its_target():
    fallen = told(cell(0.70, 0.78), cell(0.40, 0.48, compared(-0.05, Call.REAL)), goal=0.85)
    missed, worse = what_to_do([fallen])
    assert (missed.urgency, worse.urgency) == (Urgency.MISSED, Urgency.WORSE)
    assert "变差" not in missed.sentence["zh-CN"]
    assert "变差了 5" in worse.sentence["zh-CN"]


def test_a_weak_group_that_two_tiles_show_is_told_once():
    weak = cell(0.60, 0.66, compared(-0.12, Call.REAL, "rest"), 门店="甲")
    other = cell(0.61, 0.65, compared(-0.11, Call.REAL, "rest"), 门店="乙")
    once = told(weak, by=("门店",))
    again = told(weak, other, by=("门店",))
    said = [line.sentence["zh-CN"] for line in what_to_do([once, again])]
    assert ["甲" in one for one in said] == [True, False]
    assert "乙" in said[1]


def test_a_title_with_quotation_marks_stands_in_single_ones():
    one = told(cell(0.70, 0.78), goal=0.85)
    (line,) = what_to_do([replace(one, title=Text("各“门店”的满意率", "satisfied"))])
    assert line.sentence["zh-CN"].startswith("“各‘门店’的满意率”")


def test_what_a_competitor_is_really_better_in_is_on_the_list_though_there_are_no_groups():
    gaps = [(-0.1, Call.REAL), (0.2, Call.REAL), (-0.01, Call.CANNOT_TELL)]
    cells = [cell(0.6, 0.7, compared(gap, call, "competitor")) for gap, call in gaps]
    (line,) = what_to_do([told(*cells)])
    assert line.urgency is Urgency.BELOW
    assert "真的比竞品差" in line.sentence.say("zh-CN")
    assert "than the competitor" in line.sentence.say("en")


def test_weak_groups_of_one_tile_are_one_thing_to_do():
    gaps = {"甲店": -0.1, "乙店": -0.2, "丙店": 0.3}
    cells = [
        cell(0.6, 0.7, compared(gap, Call.REAL, "rest"), 门店=shop) for shop, gap in gaps.items()
    ]
    (line,) = what_to_do([told(*cells, by=("门店",))])
    said = line.sentence.say("zh-CN")
    assert said.index("“乙店”真的比其余差") < said.index("；“甲店”真的比其余差")
    assert "丙店" not in said


def test_where_another_is_weak_nothing_is_to_be_done_but_a_missed_target_still_counts():
    weak = cell(0.70, 0.74, compared(-0.1, Call.REAL, "rest"), 品牌="竞品甲")
    one = told(weak, by=("品牌",))
    assert [line.urgency for line in what_to_do([one])] == [Urgency.BELOW]
    assert what_to_do([replace(one, tile=one.tile.model_copy(update={"advises": False}))]) == ()
    missed = told(cell(0.70, 0.74), goal=0.85)
    missed = replace(missed, tile=missed.tile.model_copy(update={"advises": False}))
    assert [line.urgency for line in what_to_do([missed])] == [Urgency.MISSED]


def test_a_weak_band_is_said_in_both_languages():
    weak = cell(0.70, 0.74, compared(-0.1, Call.REAL, "rest"), **{"band:服务": "1–2 不满意"})
    (line,) = what_to_do([told(weak, by=("band:服务",))])
    assert "“1–2 不满意”真的" in line.sentence.say("zh-CN")
    assert "1–2 dissatisfied is really worse" in line.sentence.say("en")
