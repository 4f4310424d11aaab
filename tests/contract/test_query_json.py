"""The shape of ``huiyin query --json`` is a contract: it is written in docs/contracts.md."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Grain, Query, Viewer, Weighting
from huiyin.measure.run import answer

TOP = {"query", "definition", "data", "cells", "notes"}
DATA = {"rows", "used", "excluded", "since", "until"}
CELL = {
    "by", "metric", "estimate", "low", "high", "level", "n", "n_customers", "n_effective", "unit",
    "method", "flags", "comparison",
}  # fmt: skip
COMPARISON = {"against", "difference", "low", "high", "p", "q", "delta", "family", "call"}
CALLS = {"real", "stable", "cannot_tell", None}


@pytest.fixture
def result(engine, make, column):
    n = 240
    data = {
        "推荐": [float(i * 7 % 11) if i % 9 else None for i in range(n)],
        "渠道": [("门店", "官网", None)[i % 3] for i in range(n)],
        "权重": [1.0 + i % 4 for i in range(n)],
    }
    days = [date(2024, 1 + i % 3, 1 + i % 28) if i % 3 else date(2024, 3, 5) for i in range(n)]
    columns = [
        column("推荐", Role.NPS, (0, 10)),
        column("渠道", Role.CHANNEL),
        column("权重", Role.WEIGHT),
    ]
    snapshot = make(data, columns, days=days)
    query = Query(
        ("nps",),
        by=("渠道",),
        grain=Grain.MONTH,
        since=date(2024, 1, 1),
        until=date(2024, 5, 31),
        compare=Compare(Against.PREVIOUS),
        weighting=Weighting("权重"),
        subtotals=True,
    )
    return answer(engine, snapshot, query, Viewer.owner())


def test_shape(result):
    made = result.to_json()
    assert set(made) == TOP
    assert set(made["data"]) >= DATA
    for cell in made["cells"]:
        if "not_estimable" in cell:
            assert not {"by", "metric", "not_estimable"} - set(cell)
            assert "estimate" not in cell
        else:
            assert set(cell) >= CELL
            assert cell["low"] <= cell["estimate"] <= cell["high"]
            if cell["comparison"] is not None:
                assert set(cell["comparison"]) >= COMPARISON
                assert cell["comparison"]["call"] in CALLS
    assert any("not_estimable" in cell for cell in made["cells"])
    assert any(cell.get("comparison") for cell in made["cells"])


def test_no_nan_and_words_survive(result):
    words = json.dumps(result.to_json(), allow_nan=False, ensure_ascii=False)
    assert json.loads(words) == result.to_json()
    assert "门店" in words


def test_unknown_group_is_null(result):
    assert any(cell["by"].get("渠道", "") is None for cell in result.to_json()["cells"])


def test_documented_keys_are_those_that_come(root, result):
    page = (root / "docs" / "contracts.md").read_text(encoding="utf-8")
    section = page.split("## `huiyin query --json`")[1].split("\n## ")[0]
    example = json.loads(re.search(r"```json\n(.*?)```", section, re.DOTALL)[1])
    made = result.to_json()
    assert set(example) == set(made)
    for part in ("query", "data"):
        assert set(example[part]) == set(made[part])
    assert set(example["definition"][0]) == set(made["definition"][0])
    full = next(c for c in made["cells"] if c.get("comparison"))
    assert set(example["cells"][0]) == set(full)
    assert set(example["cells"][0]["comparison"]) == set(full["comparison"])
    absent = next(c for c in made["cells"] if "not_estimable" in c)
    assert set(example["cells"][1]) == set(absent)


def test_table_has_a_row_for_each_cell(result):
    table = result.to_pandas()
    assert len(table) == len(result.cells)
    assert not {"渠道", "period", "estimate", "difference", "call"} - set(table.columns)


def test_notebook_view_is_escaped(engine, make, column):
    data = {"推荐": [9.0, 3.0, 8.0, 7.0], "渠道": ["<script>alert(1)</script>", "b"] * 2}
    columns = [column("推荐", Role.NPS, (0, 10)), column("渠道", Role.CHANNEL)]
    result = answer(engine, make(data, columns), Query(("nps",), by=("渠道",)), Viewer.owner())
    page = result._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_notebook_view_shows_numbers_as_every_page_does(engine, make, column):
    data = {"推荐": [9.0, 3.0, 3.0, 3.0, 7.0, 3.0], "总体": [5.0, 4.0, 2.0, 5.0, 5.0, 1.0]}
    columns = [column("推荐", Role.NPS, (0, 10)), column("总体", Role.OVERALL, (1, 5))]
    question = Query(("nps", "satisfied"))
    page = answer(engine, make(data, columns), question, Viewer.owner())._repr_html_()
    assert "<td>−50.0</td>" in page
    assert "<td>66.7%</td>" in page


@pytest.mark.parametrize(("against", "word"), [(Compare(Against.REST), "真差别"), (None, "小样本")])
def test_notebook_view_says_what_is_behind_a_number(engine, make, column, against, word):
    n = 10 if against is None else 200
    data = {"推荐": [9.0, 10.0, 7.0, 3.0, 9.0, 3.0] * n, "渠道": [*"aaabbb"] * n}
    columns = [column("推荐", Role.NPS, (0, 10)), column("渠道", Role.CHANNEL)]
    question = Query(("nps",), by=("渠道",), compare=against)
    assert word in answer(engine, make(data, columns), question, Viewer.owner())._repr_html_()


def test_result_without_cells_is_a_table_too(engine, make, column):
    columns = [column("推荐", Role.NPS, (0, 10)), column("渠道", Role.CHANNEL)]
    import pyarrow as pa

    data = {"推荐": pa.array([], pa.float64()), "渠道": pa.array([], pa.string())}
    result = answer(engine, make(data, columns), Query(("nps",), by=("渠道",)), Viewer.owner())
    assert result.to_arrow().num_rows == 0
    assert result.to_json()["cells"] == []
