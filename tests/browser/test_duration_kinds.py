"""Box and violin of durations: drawn with open tickets, told in both languages, on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

import numpy as np
import pytest
from cast import Cast
from importing import add_dataset
from in_browser import until, visited
from playwright.sync_api import expect
from sender import picture

from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
CHANNELS = {"门店": 12.0, "官网": 30.0, "电话": 5.0, "上门维修": 160.0}
END = datetime(2026, 4, 1)  # noqa: DTZ001 -- of the local clock, as the data has it


@pytest.fixture
def house(sqlite_database, tmp_path):
    """Keep the tickets of four channels; of repairs so many are open that P75 is not reached."""
    cast, rng = Cast(sqlite_database, tmp_path / "data"), np.random.default_rng(7)
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    lines = ["工单编号,创建时间,解决时间,渠道,客户编号"]
    for i in range(800):
        channel = list(CHANNELS)[i % 4]
        opened = END - timedelta(hours=float(rng.uniform(1, 240)))
        solved = opened + timedelta(hours=float(rng.gamma(2.0, CHANNELS[channel] / 2.0)))
        told = f"{solved:%Y-%m-%d %H:%M:%S}" if solved < END else ""
        lines.append(f"W{i},{opened:%Y-%m-%d %H:%M:%S},{told},{channel},C{i % 311}")
    path = tmp_path / "工单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    cast.dataset, _ = add_dataset(cast, cast.root, path)
    return cast


def look_at(page, house, address, kind, lang):
    """See a kind drawn, with its finding."""
    query = {"metrics": ["resolution_time"], "by": ["渠道"]}
    view = {"dataset": house.dataset, "query": query, "chart": kind}
    answered = house.root.post("/api/v1/views/answer", json={"view": view, "lang": lang})
    assert answered.status_code == 200, answered.text
    asked = urlencode(
        {"dataset": house.dataset, "chart": kind, "metric": "resolution_time", "by": "渠道"}
    )
    page.goto(f"{address}/explore?{asked}")
    figure = page.locator("figure.explore-figure")
    expect(figure.locator("figcaption")).to_contain_text(answered.json()["caption"])
    expect(figure.locator("svg").first).to_be_visible()
    return figure, answered.json()


def test_durations_have_boxes_and_violins_in_both_languages_and_on_a_phone(house, visitor):
    page = visitor()
    with visited(house, page, house.root) as address:
        for kind in ("box", "violin"):
            figure, found = look_at(page, house, address, kind, "zh")
            picture(page, f"durations-{kind}-zh")
            assert "虚线" in found["caption"]
            expect(figure.locator("svg").get_by_text("上门维修").first).to_be_visible()
        assert [row[3].endswith("定不下来") for row in found["beside"]["rows"]].count(True) == 1
        page.get_by_role("button", name="English").click()
        until(page, "document.documentElement.lang === 'en'")
        for kind in ("box", "violin"):
            _, found = look_at(page, house, address, kind, "en")
            picture(page, f"durations-{kind}-en")
        assert "still running" in found["caption"]
        page.set_viewport_size({"width": 390, "height": 844})
        for kind in ("box", "violin"):
            look_at(page, house, address, kind, "en")
            until(page, "document.documentElement.scrollWidth <= 390")
            picture(page, f"durations-{kind}-phone")
