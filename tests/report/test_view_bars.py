"""Bars of a view: both ends of a long list by merit, and where each stands against a target."""

from dataclasses import replace

import pytest

from huiyin.analyse.views.definition import Options
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import (
    Against,
    Call,
    Cell,
    Compare,
    Comparison,
    DataFacts,
    Definition,
    Query,
    Result,
)
from huiyin.measure.definitions.attainment import judged_by
from huiyin.report.views.contracts import Extras, Shown
from huiyin.report.views.kinds import bar

METRIC = "satisfied:a"
FACTS = DataFacts(500, 500, {}, None, None, "s")


def shown(n, language="zh-CN", *, better=True, **options):
    """Give `n` shops: 店0 at 10 %, each one point above the one before it, ± half a point."""
    cells = tuple(
        Cell(
            {"门店": f"店{i}"}, METRIC, Text.same("满意率"), Unit.SHARE,
            0.1 + i / 100, 0.095 + i / 100, 0.105 + i / 100, 0.95, 200, 200, 200.0, "wilson",
        )
        for i in range(n)
    )  # fmt: skip
    meaning = Definition(
        METRIC, 1, Text.same("满意率"), Text.same(""), "a", 0.03, higher_is_better=better
    )
    result = Result(Query((METRIC,), by=("门店",)), (meaning,), FACTS, cells)
    chosen = Options(**options)
    judged = judged_by(result, chosen.target) if chosen.target is not None else ()
    return Shown(result, chosen, language, Extras(judged=judged))


def drawn(figure):
    return [datum["tip"][0] for datum in figure.option["series"][0]["data"]]


@pytest.mark.parametrize(("better", "best"), [(True, "店59"), (False, "店0")])
def test_of_too_many_groups_the_best_and_the_worst_are_drawn(better, best):
    worst = "店0" if better else "店59"
    names = drawn(bar.draw(shown(60, better=better)))
    assert (len(names), names[0], names[-1]) == (30, best, worst)
    turned = drawn(bar.draw(shown(60, better=better, sort="worst")))
    assert turned == names[::-1]


def test_the_caption_says_that_only_the_ends_are_drawn():
    assert "最好的 15 组和最差的 15 组，共 60 组" in bar.draw(shown(60)).caption
    assert "the best 15 and the worst 15 of 60" in bar.draw(shown(60, "en")).caption
    assert "只画" not in bar.draw(shown(30)).caption


def test_who_says_how_many_gets_these():
    figure = bar.draw(shown(60, sort="worst", top=5))
    assert drawn(figure) == [f"店{i}" for i in range(5)]
    assert "只画出 5 个，共 60 个" in figure.caption
    assert len(drawn(bar.draw(shown(60, top=60)))) == 60


def test_each_bar_says_where_it_stands_against_a_typed_target():
    figure = bar.draw(shown(3, target=0.11))
    by_name = {datum["tip"][0]: datum["tip"][-1] for datum in figure.option["series"][0]["data"]}
    assert by_name == {
        "店0": "✗ 未达标 · 目标 11.0%",
        "店1": "◌ 无法判断 · 目标 11.0%",
        "店2": "✓ 达标 · 目标 11.0%",
    }
    beside = figure.option["yAxis"][1]["data"]
    assert ["✓ 达标" in beside[0], "◌ 无法判断" in beside[1], "✗ 未达标" in beside[2]] == [True] * 3
    assert "没达到目标的：店0" in figure.caption


def test_of_what_should_be_low_the_high_ones_miss_the_target():
    figure = bar.draw(shown(3, better=False, target=0.11))
    assert "没达到目标的：店2" in figure.caption


def test_the_caption_names_those_farthest_apart_first():
    """Of 60 shops a reader acts on the worst, not on those that the file names first."""
    against = replace(shown(4), result=compared(shown(4).result, (-0.02, -0.09, 0.03, 0.08)))
    caption = bar.draw(against).caption
    assert "店3（13.0% [12.5%, 13.5%] · 200 份）、店2真的更好" in caption
    assert "店1（11.0% [10.5%, 11.5%] · 200 份）、店0真的更差" in caption


def test_the_caption_of_untested_groups_gives_their_intervals_and_answers():
    caption = bar.draw(shown(3)).caption
    assert "最高的是店2（12.0% [11.5%, 12.5%] · 200 份）" in caption
    assert "最低的是店0（10.0% [9.5%, 10.5%] · 200 份）" in caption


def hidden(whole, n):
    """Leave the last `n` groups out as too small, and ask for a comparison."""
    too_small = NotEstimable(Reason.SUPPRESSED)
    cells = [
        replace(cell, estimate=None, low=None, high=None, not_estimable=too_small)
        if i >= len(whole.result.cells) - n
        else cell
        for i, cell in enumerate(whole.result.cells)
    ]
    query = replace(whole.result.query, compare=Compare(Against.REST))
    return replace(whole, result=replace(whole.result, cells=tuple(cells), query=query))


def test_the_caption_says_how_many_groups_are_too_small():
    caption = bar.draw(hidden(shown(5), 3)).caption
    assert "有的组人太少、不显示，各组的差别也就不下结论" in caption
    assert caption.endswith("画出 2 组，另外 3 组人太少、不显示。")
    among_most = bar.draw(hidden(shown(40, sort="worst", top=12), 32))
    assert drawn(among_most) == [f"店{i}" for i in range(8)]
    assert among_most.caption.endswith("画出 8 组，另外 32 组人太少、不显示。")
    alone = bar.draw(hidden(shown(5, "en"), 4)).caption
    assert alone.endswith("1 are drawn; the other 4 are too small to be shown.")


def test_where_groups_share_customers_the_caption_says_that_not_that_they_are_small():
    note = Text("同一位客户可以在好几组里", "customers stand in several groups")
    untold = Comparison("rest", None, None, None, None, None, None, 0.03, 0, None, note=note)
    whole = hidden(shown(3), 0)
    cells = tuple(replace(cell, comparison=untold) for cell in whole.result.cells)
    caption = bar.draw(replace(whole, result=replace(whole.result, cells=cells))).caption
    assert "各组的差别没有下结论：同一位客户可以在好几组里。" in caption
    assert "人太少" not in caption
    assert "分不出高低" not in caption


def test_a_bare_yes_or_no_says_of_what():
    whole = shown(2)
    cells = tuple(
        replace(cell, by={"门店": said})
        for cell, said in zip(whole.result.cells, "是否", strict=True)
    )
    caption = bar.draw(replace(whole, result=replace(whole.result, cells=cells))).caption
    assert "最高的是门店为“否”的（" in caption


@pytest.mark.parametrize(("n", "verb"), [(1, "is"), (2, "are")])
def test_several_groups_are_and_one_is(n, verb):
    found = shown(4, "en")
    differences = [-0.09] * (4 - n) + [0.08] * n
    caption = bar.draw(replace(found, result=compared(found.result, differences))).caption
    assert f"{verb} really better" in caption


def test_the_name_of_a_target_stands_over_its_line_apart_from_the_axis():
    option = bar.draw(shown(3, target=0.11)).option
    line = next(one for one in option["series"][0]["markLine"]["data"] if isinstance(one, dict))
    assert line["label"]["position"] == "start"
    assert option["grid"]["top"] > bar.draw(shown(3)).option["grid"]["top"]


def compared(result, differences):
    """Give every cell a real difference to the rest."""
    calls = [
        Comparison("rest", 0.1, d, d - 0.01, d + 0.01, 0.001, 0.001, 0.03, 4, Call.REAL)
        for d in differences
    ]
    pairs = zip(result.cells, calls, strict=True)
    return replace(result, cells=tuple(replace(cell, comparison=call) for cell, call in pairs))
