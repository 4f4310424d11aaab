"""Bars of a view: both ends of a long list by merit, and where each stands against a target."""

from dataclasses import replace

import pytest

from huiyin.analyse.views.definition import Options
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Call, Cell, Comparison, DataFacts, Definition, Query, Result
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


def compared(result, differences):
    """Give every cell a real difference to the rest."""
    calls = [
        Comparison("rest", 0.1, d, d - 0.01, d + 0.01, 0.001, 0.001, 0.03, 4, Call.REAL)
        for d in differences
    ]
    pairs = zip(result.cells, calls, strict=True)
    return replace(result, cells=tuple(replace(cell, comparison=call) for cell, call in pairs))
