"""Figures on a phone, and what is said where there is nothing to draw."""

from dataclasses import replace
from types import SimpleNamespace

from aspects import of_aspects

from huiyin.report.charts.chart import PHONE_WIDTH
from huiyin.report.views.contracts import Extras
from huiyin.report.views.kinds import map as tiles
from huiyin.report.views.kinds import multiples, sankey

AXIS_NUMBER, LETTER = len("100%"), 8
"""The longest number of an axis, and the pixels of one of its characters."""


def test_on_a_phone_the_numbers_of_an_axis_stand_clear_of_the_chart_beside_it():
    left, right = multiples._grids(2, multiples.PHONE_ACROSS)
    ends = float(left["left"][:-1]) + float(left["width"][:-1])
    free = (float(right["left"][:-1]) - ends) * PHONE_WIDTH / 100
    assert free >= AXIS_NUMBER * LETTER
    assert float(right["left"][:-1]) + float(right["width"][:-1]) <= 100


def test_a_province_in_two_lines_with_number_and_interval_fits_its_tile_on_a_phone():
    whole = of_aspects(aspects=["价格"])
    cells = tuple(
        replace(cell, by={"省份": name})
        for cell, name in zip(whole.result.cells, ("黑龙江", "辽宁", "上海", "广东"), strict=True)
    )
    query = replace(whole.result.query, by=("省份",))
    found = replace(whole, language="en", result=replace(whole.result, cells=cells, query=query))
    (media,) = tiles.draw(found).option["media"]
    data = [one for part in media["option"]["series"] for one in part["data"]]
    label = next(
        one["label"] for one in data if one["label"]["formatter"].startswith("Heilong-\njiang")
    )
    plain = label["formatter"].count("\n") + 1 - label["formatter"].count("{narrow|")
    tall = plain * label["lineHeight"] + 2 * label["rich"]["narrow"]["lineHeight"]
    assert tall <= tiles.TILE - 8


def reckoned(**found):
    return replace(of_aspects(), language="en", extras=Extras(reckoned=SimpleNamespace(**found)))


def test_a_flow_between_periods_that_cannot_be_drawn_says_why():
    moved = SimpleNamespace(waves=SimpleNamespace(flows=((None, None),), both=None))
    figure = sankey.draw(reckoned(moved=moved))
    assert figure.option is None
    assert "Too few customers answered in both periods" in figure.caption
