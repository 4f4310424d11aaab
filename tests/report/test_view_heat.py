"""Cells of heat maps and cohorts: an interval stays within its cell."""

import re
from dataclasses import replace

import pytest
from aspects import of_aspects

from huiyin.analyse.views.definition import Options
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import (
    Call,
    Cell,
    Comparison,
    DataFacts,
    Definition,
    Grain,
    Query,
    Result,
)
from huiyin.measure.first_answers import FIRST_ANSWER
from huiyin.report.views.contracts import Extras, Shown
from huiyin.report.views.kinds import cohort, heat

METRIC = "satisfied:a"
FACTS = DataFacts(500, 500, {}, None, None, "s")
WIDTH, PER_CHARACTER = 240, 5.5
"""Of the cells together on a phone of 390; of a small character."""
BORDER, LONGEST = 4, len("44.8%")
"""Of a cell; the longest line beside an interval that a narrow cell holds."""


def shown(n_columns):
    cells = tuple(
        Cell(
            {"大区": region, "渠道": f"渠道{i}"}, METRIC, Text.same("满意率"), Unit.SHARE,
            0.5 + i / 100, 0.4 + i / 100, 0.6 + i / 100, 0.95, 200, 200, 200.0, "wilson",
        )
        for region in ("华东", "华南")
        for i in range(n_columns)
    )  # fmt: skip
    meaning = Definition(
        METRIC, 1, Text.same("满意率"), Text.same(""), "a", 0.03, higher_is_better=True
    )
    result = Result(Query((METRIC,), by=("大区", "渠道")), (meaning,), FACTS, cells)
    return Shown(result, Options(), "zh-CN", Extras())


def intervals(series):
    labels = [one["label"]["formatter"] for column in series for one in column["data"]]
    return [re.findall(r"\{(?:small|narrow)\|(.+?)\}", label) for label in labels]


@pytest.mark.parametrize("n_columns", [2, 3, 4])
def test_an_interval_stays_within_its_cell_on_a_phone(n_columns):
    option = heat._option(*parts(n_columns))
    (phone,) = option["media"]
    for lines in intervals(phone["option"]["series"]):
        assert re.fullmatch(r"\[\d+\.\d%, \d+\.\d%\]", " ".join(lines))
        assert max(map(len, lines)) * PER_CHARACTER <= WIDTH / n_columns
    for lines in intervals(option["series"]):
        assert len(lines) == 1


def test_of_many_columns_none_is_written_on_a_phone():
    option = heat._option(*parts(6))
    assert not any(intervals(option["media"][0]["option"]["series"]))
    assert all(intervals(option["series"]))


@pytest.mark.parametrize(("n_columns", "size", "broad"), [(6, 12, 7), (7, 9, 5.5), (8, 9, 5.5)])
def test_a_number_stays_within_its_cell_on_a_phone(n_columns, size, broad):
    option = heat._option(*parts(n_columns))["media"][0]["option"]
    for column in option["series"]:
        for one in column["data"]:
            assert one["label"].get("fontSize", column["label"]["fontSize"]) == size
            assert len(one["label"]["formatter"]) * broad <= WIDTH / n_columns


@pytest.mark.parametrize(("n_columns", "n_lines"), [(7, 1), (8, 2), (12, 2), (13, 0)])
def test_on_a_desk_intervals_of_more_columns_take_two_lines(n_columns, n_lines):
    found = intervals(heat._option(*parts(n_columns))["series"])
    assert found
    assert {len(lines) for lines in found} == {n_lines}


@pytest.mark.parametrize("n_columns", [2, 8, 12, 13])
def test_rows_are_as_tall_as_what_is_written_into_them(n_columns):
    whole = shown(n_columns)
    apart = Comparison("rest", 0.4, 0.1, 0.05, 0.15, 0.001, 0.001, 0.03, 2, Call.REAL)
    compared = replace(
        whole,
        result=replace(
            whole.result,
            cells=tuple(replace(cell, comparison=apart) for cell in whole.result.cells),
        ),
    )
    for one in (whole, compared):
        figure = heat.draw(one)
        row = (figure.height - heat.TOP - heat.BOTTOM) / 2
        for column in figure.option["series"]:
            for datum in column["data"]:
                lines = datum["label"]["formatter"].split("\n")
                small = sum(line.startswith("{") for line in lines)
                assert 15 * (len(lines) - small) + 11 * small + BORDER <= row
                if n_columns > heat.WIDE_ENOUGH:
                    assert max(len(line) for line in lines if "|" not in line) <= LONGEST


@pytest.mark.parametrize(("wide", "n_columns"), [(True, 17), (False, 9)])
def test_of_very_many_columns_shades_alone_are_drawn(wide, n_columns):
    option = heat._option(*parts(n_columns))
    drawn = option["series"] if wide else option["media"][0]["option"]["series"]
    assert {one["label"]["formatter"] for column in drawn for one in column["data"]} == {""}
    assert all(one["tip"] for column in drawn for one in column["data"])


def test_cohorts_end_with_the_last_age_that_has_a_number():
    months = [f"2025-{month:02d}-01" for month in range(1, 7)]
    cells = tuple(
        Cell(
            {FIRST_ANSWER: first[:7], "period": month}, METRIC, Text.same("满意率"), Unit.SHARE,
            *((0.5, 0.4, 0.6) if month[:7] == first[:7] or month < "2025-03" else (None,) * 3),
            0.95, 200, 200, 200.0, "wilson",
        )
        for first in months
        for month in months
        if month >= first
    )  # fmt: skip
    query = Query((METRIC,), by=(FIRST_ANSWER,), grain=Grain.MONTH)
    result = Result(query, shown(1).definitions, FACTS, cells)
    figure = cohort.draw(Shown(result, Options(), "zh-CN", Extras()))
    assert len(figure.option["series"]) == 2
    assert figure.caption.endswith("第 1 个月之后每格人数都太少，没有画。")
    numbers = [cell.estimate for cell in cells]
    assert numbers.count(None) == len(cells) - 7  # those remain in the table


def test_several_metrics_of_one_unit_are_drawn_by_one_grouping():
    drawn = of_aspects()
    assert heat.fits(drawn) == 70
    figure = heat.draw(drawn)
    assert figure.option["xAxis"][1]["data"] == ["价格", "服务", "环境"]
    assert figure.option["yAxis"]["data"] == ["店0", "店1", "店2", "店3"]
    places = [[one["cell"] for one in column["data"]] for column in figure.option["series"]]
    assert places == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    assert figure.option["series"][1]["data"][2]["tip"][0] == "店2 · 服务"


def test_on_a_phone_no_latin_word_over_a_column_is_broken():
    found = heat.narrow_heads(["the office", "canteen", "expenses", "joining"], 6)
    assert found["data"] == ["the\noffice", "canteen", "expenses", "joining"]
    assert found["axisLabel"]["fontSize"] == 9
    assert "axisLabel" not in heat.narrow_heads(["办公环境", "食堂"], 6)


def test_names_that_a_phone_cannot_set_side_by_side_stand_upright():
    heads = ["the office", "canteen", "IT support", "expenses", "joining", "how soon HR replies"]
    option = heat.draw(of_aspects(aspects=heads)).option["media"][0]["option"]
    assert option["xAxis"][1]["axisLabel"]["rotate"] == 90
    assert option["xAxis"][1]["data"][-1] == "how soon HR\nreplies"
    assert option["grid"]["top"] > heat.TOP


def test_a_column_name_is_broken_where_it_reads_on():
    found = heat.narrow_heads(["办公环境", "食堂", "IT support", "after-sales", "expenses"], 6)
    assert found["data"] == ["办公环境", "食堂", "IT\nsupport", "after-\nsales", "expenses"]
    assert heat.narrow_heads(["办公环境", "食堂"], 6)["data"] == ["办公\n环境", "食堂"]


def test_metrics_of_other_units_or_over_time_are_no_heat_map():
    assert "单位不同" in heat.fits(of_aspects(Unit.SHARE)).say("zh-CN")
    assert "正好一个分组" in heat.fits(of_aspects(grain=Grain.MONTH)).say("zh-CN")


def parts(n_columns):
    whole = shown(n_columns)
    grid = {(one.by["大区"], one.by["渠道"]): (i, one) for i, one in enumerate(whole.result.cells)}
    return whole, grid, ["华东", "华南"], [f"渠道{i}" for i in range(n_columns)]


@pytest.mark.parametrize(("n_columns", "written"), [(10, True), (11, False)])
def test_short_numbers_stand_in_more_columns_of_a_phone(n_columns, written):
    whole = shown(n_columns)
    cells = tuple(replace(c, unit=Unit.POINTS, estimate=76.6) for c in whole.result.cells)
    whole = replace(whole, result=replace(whole.result, cells=cells))
    phone = heat.draw(whole).option["media"][0]["option"]
    labels = {one["label"]["formatter"] for column in phone["series"] for one in column["data"]}
    assert labels == {"76.6" if written else ""}
    assert not written or len("76.6") * PER_CHARACTER <= WIDTH / n_columns
