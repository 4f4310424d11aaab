"""The JSON of drivers is a contract: keys, types, and the page that documents them."""

import json
import re
from dataclasses import fields, replace

import pytest

from huiyin.analyse.contracts import DRIVER_FLAG_TEXT, Driver, DriverResult, Quadrant
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text

PROMISED = {"target", "method", "n", "r2", "drivers", "bootstrap", "seed"}
PROMISED_OF_A_DRIVER = {
    "column", "share", "low", "high", "correlation", "beta", "performance", "quadrant",
}  # fmt: skip


@pytest.fixture
def driver() -> Driver:
    return Driver(
        "质量", Text("质量", "quality"), 90, 0.1, 1.0, 0.9, 1.0, 0.5, 0.4, 0.6, 0.5, 0.4, 0.6,
        70.0, 68.0, 72.0, Quadrant.FIX_FIRST, 1, ("mostly_missing",),
    )  # fmt: skip


@pytest.fixture
def result(driver) -> DriverResult:
    return DriverResult(
        "总体", Text("总体", "overall"), "lmg", 100, 120, 0.25, 0.2, 0.3, (driver,), 1000, 0, 0.95,
        0.5, 70.0, dropped={"空": Text("没有回答", "no answers")}, notes=(Text("注", "note"),),
    )  # fmt: skip


def test_promised_keys_and_values(result):
    shape = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert set(shape) >= PROMISED
    assert set(shape["drivers"][0]) >= PROMISED_OF_A_DRIVER
    assert shape["drivers"][0]["quadrant"] == "fix_first"
    assert shape["dropped"] == {"空": {"zh-CN": "没有回答", "en": "no answers"}}
    assert "not_estimable" not in shape


def test_not_estimable_has_its_code_and_no_numbers():
    absent = DriverResult(
        "总体", Text("总体", "overall"), "lmg", 3, 3, None, None, None, (), 1000, 0, 0.95,
        not_estimable=NotEstimable(Reason.CONSTANT, 3),
    )  # fmt: skip
    shape = json.loads(json.dumps(absent.to_json(), allow_nan=False))
    assert shape["not_estimable"] == "constant"
    assert shape["drivers"] == []
    assert shape["r2"] is None


def test_nan_never_reaches_the_json(result, driver):
    odd = replace(result, r2=float("nan"), drivers=(replace(driver, beta=float("inf")),))
    shape = json.loads(json.dumps(odd.to_json(), allow_nan=False))
    assert shape["r2"] is None
    assert shape["drivers"][0]["beta"] is None


def test_the_page_names_every_key_flag_and_quadrant(root, result):
    page = (root / "docs" / "contracts.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    assert set(result.to_json()) <= named
    assert {field.name for field in fields(Driver)} <= named
    assert set(DRIVER_FLAG_TEXT) <= named
    assert {quadrant.value for quadrant in Quadrant} <= named


def test_arrow_has_one_typed_row_per_driver_and_the_notebook_view_is_escaped(result, driver):
    table = result.to_arrow()
    assert table.num_rows == 1
    assert str(table.schema.field("priority").type) == "int64"
    assert str(table.schema.field("share").type) == "double"
    hostile = replace(result, drivers=(replace(driver, label=Text.same("<script>")),))
    assert "<script>" not in hostile._repr_html_()
