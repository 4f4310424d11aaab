"""A role's board is made, moved by mouse and key, filtered, talked about, read on a phone."""

import re

import numpy as np
import pytest
from axe import AXE, faults_of
from newcomer import become_administrator, bring_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SECONDS = 60
ONE, OTHER = "总体满意率", "不满意率"


@pytest.fixture
def shops(tmp_path):
    """Write a survey of a year in which 华南 is worse."""
    rng = np.random.default_rng(11)
    lines = ["编号,答题时间,大区,门店,总体满意度,意见"]
    for i in range(900):
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 1.2 * (region == "华南")
        level = int(np.clip(round(3.5 + mood), 1, 5))
        day = f"2025-{1 + i % 6:02d}-{1 + int(rng.integers(28)):02d}"
        lines.append(f"{i},{day} 10:00,{region},店{i % 3},{level},{region}的客户说{i}号排队久")
    path = tmp_path / "门店满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def make_board(page, address, role):
    page.goto(f"{address}/boards")
    page.get_by_role("button", name=re.compile(role)).click()
    page.get_by_role("button", name="生成看板").click()
    page.wait_for_url(re.compile(r"/boards/[0-9a-f-]{36}"))
    settle(page)


def settle(page):
    page.locator(".board-tile").first.wait_for()
    expect(page.locator(".ant-skeleton")).to_have_count(0, timeout=SECONDS * 1000)


def place_of(page, name):
    """Give where a tile stands on the grid."""
    grid = page.locator(".board-grid").bounding_box()
    tile = page.get_by_role("region", name=name, exact=True).bounding_box()
    return round(tile["x"] - grid["x"]), round(tile["y"] - grid["y"])


def drag(page, name, right):
    head = page.get_by_role("region", name=name, exact=True).locator("h2").bounding_box()
    page.mouse.move(head["x"] + 5, head["y"] + 5)
    page.mouse.down()
    page.mouse.move(head["x"] + right, head["y"] + 10, steps=8)
    page.mouse.up()


def wait_for_one(page):
    """Hold back what one tile asks: the others stand, and it says that it is under way."""
    held = []

    def hold(route):
        tiles = route.request.post_data_json["definition"]["tiles"]
        if len(tiles) == 1 and OTHER in str(tiles[0]["title"]):
            held.append(route)
        else:
            route.continue_()

    answers = re.compile(r"/boards/[^/]+/answers")
    page.route(answers, hold)
    page.reload()
    late = page.get_by_role("region", name=OTHER, exact=True).get_by_role("status")
    expect(late).to_contain_text("正在整理 900 行")
    expect(page.get_by_role("region", name=ONE, exact=True)).to_contain_text("900 份")
    for route in held:
        route.continue_()
    page.unroute(answers)
    settle(page)
    expect(page.get_by_text("第一次算")).to_have_count(0)


def arrange(page):
    """Move one tile by key and another by mouse; both stand there when the page is opened anew."""
    first, second = place_of(page, ONE), place_of(page, OTHER)
    page.get_by_role("button", name="调整").click()
    mover = page.get_by_role("button", name=f"移动“{ONE}”")
    mover.press("ArrowRight")
    said = page.get_by_role("region", name=ONE).get_by_role("status")
    expect(said).to_have_text(re.compile(r"^第 \d+ 列，第 \d+ 行；宽 \d+ 列"))
    mover.press("Shift+ArrowDown")
    assert place_of(page, ONE)[0] > first[0]
    drag(page, OTHER, 400)
    assert place_of(page, OTHER) != second
    kept = place_of(page, ONE), place_of(page, OTHER)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存").wait_for()
    page.reload()
    settle(page)
    assert (place_of(page, ONE), place_of(page, OTHER)) == kept


def keep_only(page, column, value):
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("列", exact=True).click()
    page.get_by_title(column, exact=True).click()
    page.get_by_role("combobox", name="值", exact=True).click()
    page.get_by_title(value, exact=True).click()
    with page.expect_response(re.compile(r"/boards/[^/]+/answers")):
        page.get_by_role("button", name="应用到全部").click()
    settle(page)


def comment(page, words):
    page.get_by_role("button", name=re.compile(f"评论“{ONE}”")).click()
    page.get_by_label("写评论").fill(words)
    page.get_by_role("button", name="发送").click()
    page.locator("article").get_by_text(words).wait_for()
    page.locator(".ant-drawer-close").click()
    page.locator(".ant-drawer-close").wait_for(state="detached")


def show_on_a_big_screen(page):
    """The board fills the window, without the rail; the key that leaves it brings all back."""
    page.get_by_role("button", name="大屏").click()
    board = page.locator(".board.tv")
    expect(page.get_by_role("button", name="退出大屏")).to_be_visible()
    box, size = board.bounding_box(), page.viewport_size
    assert (box["x"], round(box["width"])) == (0, size["width"])
    page.keyboard.press("Escape")
    expect(board).to_have_count(0)
    settle(page)  # the pointer is still on the button: it is read in that colour too


def look_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".board-column").wait_for()
    settle(page)
    boxes = [one.bounding_box() for one in page.locator(".board-tile").all()]
    assert {round(box["x"]) for box in boxes} == {16}
    assert all(box["x"] + box["width"] <= 390 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_board_is_made_arranged_filtered_and_read_on_a_phone(server, visitor, shops, root):
    address, link = server
    axe = (root / AXE).read_text("utf-8")
    page = visitor()
    page.set_default_timeout(SECONDS * 1000)
    become_administrator(page, address, link)
    bring_in(page, address, shops, doubts=False)
    make_board(page, address, "管理层")
    satisfied = page.get_by_role("region", name=ONE, exact=True)
    assert "未达标（目标 85.0%）" in satisfied.inner_text()
    assert "900 份" in satisfied.inner_text()
    duties = page.get_by_role("region", name="先做什么").inner_text()
    assert "让最差的单位写出三条原因和改进期限" in duties
    assert "华南" in duties
    expect(page.get_by_text("有几块没有放上")).to_be_visible()  # no NPS in these data

    wait_for_one(page)
    arrange(page)
    keep_only(page, "大区", "华南")
    assert "900 份" not in satisfied.inner_text()
    voices = page.get_by_role("region", name="五条值得读的原话").locator("blockquote")
    assert all("华南的客户说" in one for one in voices.all_inner_texts())
    comment(page, "@李明 这周去看")
    show_on_a_big_screen(page)
    assert faults_of(page, axe) == []
    look_on_a_phone(page)
    assert faults_of(page, axe) == []
    page.goto(address)
    today = page.get_by_role("region", name="今天我该做什么")
    expect(today.get_by_role("link", name=ONE, exact=True).first).to_be_visible()
