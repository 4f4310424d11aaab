"""Provinces by name: all of them, however they are written, and no city for one."""

from __future__ import annotations

import pytest

from huiyin.report.views.provinces import N_COLUMNS, N_ROWS, province_of, provinces


def test_all_of_them_have_a_tile_of_their_own():
    found = provinces()
    assert len(found) == 34
    assert {"台湾", "香港", "澳门"} <= {one.name for one in found}
    assert len({(one.column, one.row) for one in found}) == 34
    assert all(one.column < N_COLUMNS and one.row < N_ROWS for one in found)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("广东", "广东"), ("广东省", "广东"), (" 广东省 ", "广东"), ("北京市", "北京"),
        ("内蒙古自治区", "内蒙古"), ("广西壮族自治区", "广西"), ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"), ("西藏自治区", "西藏"), ("香港特别行政区", "香港"),
        ("臺灣", "台湾"), ("台湾省", "台湾"), ("Taiwan", "台湾"), ("SHAANXI", "陕西"),
        ("Shanxi Province", "山西"), ("Inner Mongolia", "内蒙古"), ("Xizang", "西藏"),
        ("Hong Kong SAR", "香港"), ("Macau", "澳门"), ("Ｂｅｉｊｉｎｇ", "北京"),
        ("Beijing City", "北京"), ("Guangxi Zhuang Autonomous Region", "广西"),
    ],
)  # fmt: skip
def test_a_province_is_known_by_each_of_its_names(written, name):
    assert province_of(written).name == name


@pytest.mark.parametrize("one", provinces(), ids=lambda one: one.name)
def test_every_short_name_is_its_own(one):
    assert province_of(one.name) is one
    assert province_of(one.english) is one


@pytest.mark.parametrize(
    "other",
    [
        None,
        "",
        "广州",
        "广州市",
        "吉林市",
        "Jilin City",
        "海南州",
        "华东",
        "江",
        "省",
        "Georgia",
        "广东广西",
    ],
)
def test_what_is_no_province_is_not_guessed(other):
    assert province_of(other) is None
