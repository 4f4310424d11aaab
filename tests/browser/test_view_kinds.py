"""Kinds that draw more than cells: drawn, told as a table, by key, in both languages, on boards."""

from __future__ import annotations

import re
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
SCORE = "score:总体满意度"
WINDOW = {"since": "2025-04-01", "until": "2025-06-30", "compare": "previous"}
DRAWN = {
    "importance": {"metric": [SCORE, "score:服务满意度", "score:环境满意度"]},
    "cohort": {"metric": [SCORE], "grain": "month"},
    "sankey": {"metric": [SCORE], **WINDOW},
    "words": {"metric": [SCORE]},
    "violin": {"metric": ["mean:总体满意度"], "by": ["省份"]},
    "map": {"metric": [SCORE], "by": ["省份"]},
}
BOTH = {"zh": "看数据", "en": "Show the numbers"}
PROVINCES = ("黑龙江省", "内蒙古自治区", "广东", "浙江", "新疆", "重庆市")
WORDS = ("物流太慢了", "客服态度很好，物流也快", "价格有点贵", "质量不错，下次还来")


@pytest.fixture
def house(sqlite_database, tmp_path):
    """Keep a survey of customers who came back, from six provinces, in their own words."""
    cast, rng = Cast(sqlite_database, tmp_path / "data"), np.random.default_rng(7)
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    lines = ["编号,答题时间,总体满意度,服务满意度,环境满意度,客户编号,省份,意见"]
    for i in range(900):
        mood = rng.normal()
        levels = [int(np.clip(round(3.5 + mood + rng.normal() / 2), 1, 5)) for _ in range(3)]
        rated = ",".join(map(str, levels))
        day = f"2025-{1 + i % 6:02d}-{1 + i % 27:02d} 10:00"
        words = f"{WORDS[i % 4]}（第{i}次）"
        lines.append(f"{i},{day},{rated},C{i % 301},{rng.choice(PROVINCES)},{words}")
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    cast.dataset, _ = add_dataset(cast, cast.root, path)
    return cast


def answered(house, kind, lang):
    """Ask the same view that the page asks."""
    asked = DRAWN[kind]
    query = {"metrics": asked["metric"], **{k: v for k, v in asked.items() if k != "metric"}}
    view = {"dataset": house.dataset, "query": query, "chart": kind}
    found = house.root.post("/api/v1/views/answer", json={"view": view, "lang": lang})
    assert found.status_code == 200, found.text
    return found.json()


def look_at(page, house, address, kind, lang):
    """See a kind drawn with its finding, and open its numbers by key: they are the answer's."""
    asked = urlencode({"dataset": house.dataset, "chart": kind, **DRAWN[kind]}, doseq=True)
    page.goto(f"{address}/explore?{asked}")
    figure, found = page.locator("figure.explore-figure"), answered(house, kind, lang)
    figure.wait_for()
    expect(figure.locator("figcaption")).to_contain_text(found["caption"])
    expect(figure.locator("svg, .word-cloud li").first).to_be_visible()
    if kind != "words":  # its table is open from the start
        figure.locator("summary").filter(has_text=BOTH[lang]).focus()
        page.keyboard.press("Enter")
    if found["beside"]:
        rows = figure.locator("table.beside tbody tr")
        expect(rows).to_have_count(len(found["beside"]["rows"]))
        told = [row.locator("th, td").all_inner_texts() for row in rows.all()]
        assert told == found["beside"]["rows"]
    table = figure.locator(".listing tbody tr.ant-table-row")
    expect(table.first).to_be_visible()
    figure.get_by_role("button", name="往下看" if lang == "zh" else "Go deeper").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mark-card")).to_be_visible()
    picture(page, f"kind-{kind}-{lang}")


def a_word_opens_its_answers(page, house, address):
    look_at(page, house, address, "words", "zh")
    cloud = page.locator(".word-cloud button")
    said = cloud.first.inner_text()
    cloud.first.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name=f"写到“{said}”的答卷")
    expect(card.locator("li q").first).to_contain_text(said)
    expect(card).to_be_in_viewport(ratio=1)  # it scrolls within, however many answers there are
    card.get_by_role("button", name="列出客户").click()
    card.get_by_label("做什么用").fill("回访")
    card.get_by_role("button", name="列名单").click()
    expect(card.get_by_text(re.compile(r"^\d+ 位客户$"))).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    card.get_by_role("button", name="关闭").click()
    cloud.first.click()
    expect(card.locator("li q").first).to_contain_text(said)
    expect(card).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 860})


def each_mark_is_its_own(page, house, address):
    """The card is of what was clicked, not of what was clicked before."""
    look_at(page, house, address, "map", "zh")
    page.get_by_role("button", name="关闭").click()
    svg = page.locator("figure.explore-figure svg").first
    for province in ("浙江", "新疆", "广东"):
        svg.get_by_text(province, exact=True).click()
        card = page.locator(".mark-card")
        expect(card.get_by_role("heading", name=re.compile(province))).to_be_visible()
        card.get_by_role("button", name="关闭").click()


def a_ribbon_is_no_number(page, house, address):
    """What can be clicked and cannot be opened says so."""
    look_at(page, house, address, "sankey", "zh")
    page.get_by_role("button", name="关闭").click()
    ribbon = page.locator("figure.explore-figure svg path[fill-opacity='0.55']").first
    ribbon.click(position={"x": 3, "y": 6})  # waits until the figure has its width again
    expect(page.get_by_role("status").filter(has_text="不是单独的一个数")).to_be_visible()


def on_a_board(page, house, address):
    """Put the map on a board from its figure; there it has its table, and goes on in explore."""
    look_at(page, house, address, "map", "zh")
    page.get_by_role("button", name="放到看板").click()
    form = page.get_by_role("dialog", name="放到看板")
    form.get_by_label("名称").fill("各省")
    form.get_by_role("button", name="添加").click()
    page.wait_for_url("**/boards/*")
    tile = page.locator(".board-tile")
    tile.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(tile.get_by_role("row").filter(has_text="黑龙江省")).to_be_visible()
    board = house.root.get(f"/api/v1/boards/{page.url.rpartition('/')[2]}").json()
    words = answered(house, "words", "zh")
    more = [
        *board["definition"]["tiles"],
        {"id": "w", "kind": "view", "view": words["view"], "y": 8, "w": 6, "h": 8},
    ]
    body = {"revision": board["revision"], "definition": board["definition"] | {"tiles": more}}
    assert house.root.put(f"/api/v1/boards/{board['id']}", json=body).status_code == 200
    page.reload()
    word = page.locator(".board-tile .word-cloud button").first
    said = word.inner_text()
    word.focus()
    picture(page, "kind-board")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore?**word=**")
    expect(page.get_by_role("region", name=f"写到“{said}”的答卷")).to_be_visible()


def names_stay_whole_on_a_phone(page):
    """Nothing of a map goes beyond its paper, and English names part between syllables only."""
    page.set_viewport_size({"width": 390, "height": 844})
    svg = page.locator("figure.explore-figure svg").first
    expect(svg.get_by_text("Heilong-")).to_be_visible()
    expect(svg.get_by_text("jiang", exact=True).first).to_be_visible()
    until(page, "document.documentElement.scrollWidth <= 390")
    outside = svg.evaluate(
        "(svg) => { const box = svg.getBoundingClientRect();"
        "return [...svg.querySelectorAll('text, tspan')].map((one) => [one.textContent,"
        "one.getBoundingClientRect()]).filter(([, at]) => at.width > 0 && (at.left < box.left - 1"
        "|| at.right > box.right + 1)).map(([words]) => words) }"
    )
    assert outside == []
    picture(page, "kind-map-phone-en")


def test_kinds_that_draw_more_than_cells_are_told_in_words_and_stand_on_boards(house, visitor):
    page = visitor()
    with visited(house, page, house.root) as address:
        for kind in ("importance", "cohort", "violin"):
            look_at(page, house, address, kind, "zh")
        each_mark_is_its_own(page, house, address)
        a_ribbon_is_no_number(page, house, address)
        a_word_opens_its_answers(page, house, address)
        on_a_board(page, house, address)
        page.get_by_role("button", name="English").click()
        until(page, "document.documentElement.lang === 'en'")
        for kind in DRAWN:
            look_at(page, house, address, kind, "en")
        names_stay_whole_on_a_phone(page)


def test_behind_a_mark_words_are_parted_by_what_they_concern_and_customers_told_apart(
    house, visitor
):
    page = visitor()
    with visited(house, page, house.root) as address:
        asked = urlencode({"dataset": house.dataset, "metric": SCORE, "by": "省份"})
        page.goto(f"{address}/explore?{asked}")
        calls = page.get_by_role("complementary", name="怎么看")
        calls.get_by_role("button", name="浙江").first.click()
        mark = page.get_by_role("region", name="这个数")
        mark.get_by_role("button", name="看答卷").click()
        bad = mark.get_by_role("group", name="给这些方面打了不满意").get_by_role("button")
        expect(bad.first).to_be_visible()
        name, n = bad.first.inner_text().rsplit(" ", 1)
        assert name in {"服务满意度", "环境满意度"}
        bad.first.click()
        expect(mark.get_by_text(f"{n} 条，新的在前")).to_be_visible()
        expect(bad.first).to_have_attribute("aria-pressed", "true")
        for scores in mark.locator("ol li > span.small").all_inner_texts():
            assert any(f"{name} {level}" in scores for level in (1, 2)), scores
        picture(page, "behind-concerns")
        mark.get_by_role("button", name="列出客户").click()
        mark.get_by_label("做什么用").fill("回访")
        page.keyboard.press("Enter")
        listed = mark.locator("a[href^='/customers/']")
        expect(listed).to_have_count(10)
        assert len(set(listed.all_inner_texts())) == 10
