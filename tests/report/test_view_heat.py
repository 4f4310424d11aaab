"""Cells of a heat map on a phone: an interval stays within its cell."""

import re

import pytest

from huiyin.analyse.views.definition import Options
from huiyin.core.text import Text
from huiyin.core.units import Unit
from huiyin.measure.contracts import Cell, DataFacts, Definition, Query, Result
from huiyin.report.views.contracts import Extras, Shown
from huiyin.report.views.kinds import heat

METRIC = "satisfied:a"
FACTS = DataFacts(500, 500, {}, None, None, "s")
WIDTH, PER_CHARACTER = 240, 5.5
"""Of the cells together on a phone of 390; of a small character."""


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


def parts(n_columns):
    whole = shown(n_columns)
    grid = {(one.by["大区"], one.by["渠道"]): (i, one) for i, one in enumerate(whole.result.cells)}
    return whole, grid, ["华东", "华南"], [f"渠道{i}" for i in range(n_columns)]
