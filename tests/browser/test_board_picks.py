"""From a mark of a tile the board is filtered: by mouse and by key, in the address, and back."""

import re

import pytest
from axe import AXE, faults_of
from cast import Cast
from importing import add_dataset
from in_browser import visited
from playwright.sync_api import expect

from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
SCORE = "score:总体满意度"
REGIONS, SHOPS, PHONES, ALL = "各大区", "各门店", "电话", "全部门店"


def survey(path, head, n, row):
    path.write_text("\n".join([head, *(row(i) for i in range(n))]) + "\n", "utf-8")
    return path


@pytest.fixture
def house(sqlite_database, tmp_path):
    """Keep a board of shops, 150 of 600 answers of 华东, beside phones without regions."""
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")

    def shop(i):
        region = "华东" if i % 4 == 0 else "华南"
        return f"{i},2025-0{1 + i % 6}-11 10:00,{region},店{i % 3},{1 + (i // 7 + i // 4) % 5}"

    head = "编号,答题时间,大区,门店,总体满意度"
    shops = add_dataset(cast, cast.root, survey(tmp_path / "门店.csv", head, 600, shop))[0]
    path = survey(
        tmp_path / "坐席.csv", "编号,坐席,总体满意度", 100, lambda i: f"{i},一,{1 + i % 5}"
    )
    phones = add_dataset(cast, cast.root, path, name="电话回访")[0]

    def tile(place, title, kind, dataset, **query):
        view = {"dataset": dataset, "query": {"metrics": [SCORE], **query}}
        at = {"x": 6 * (place % 2), "y": 8 * (place // 2), "w": 6, "h": 8}
        return {"id": f"t{place}", "title": {"zh-CN": title}, "kind": kind, "view": view, **at}

    tiles = [
        tile(0, REGIONS, "view", shops, by=["大区"]),
        tile(1, SHOPS, "view", shops, by=["门店"]),
        tile(2, ALL, "number", shops),
        tile(3, PHONES, "number", phones),
    ]
    definition = {"name": {"zh-CN": "门店"}, "tiles": tiles}
    cast.board = cast.root.post("/api/v1/boards", json={"definition": definition}).json()["id"]
    return cast


def region(page, name):
    return page.get_by_role("region", name=name, exact=True)


def bar_of(page, name):
    """Give the drawn bar that a group's name stands before."""
    svg = region(page, REGIONS).locator(".tile-figure svg")
    words = svg.get_by_text(name, exact=True).first.bounding_box()
    middle = words["y"] + words["height"] / 2
    boxes = [one.bounding_box() for one in svg.locator("path[fill]:not([fill=none])").all()]
    row = [b for b in boxes if b and b["height"] > 4 and b["y"] < middle < b["y"] + b["height"]]
    widest = max(row, key=lambda box: box["width"])
    return widest["x"] + widest["width"] / 2, middle


def choose_by_mouse(page):
    page.mouse.click(*bar_of(page, "华东"))
    card = page.get_by_role("dialog", name="华东")
    first = card.locator(".mark-does button").first
    expect(first).to_have_text("用“华东”筛选整个看板")
    expect(first).to_be_focused()
    expect(page.locator(".chart-box > div:not(:first-child):visible")).to_have_count(0)
    first.click()
    expect(card).to_have_count(0)


def holds(page, *, n):
    """See how many answers the shops' number stands on, and that regions and phones stay whole."""
    expect(region(page, ALL)).to_contain_text(f"{n} 份")
    expect(region(page, PHONES)).to_contain_text("100 份")
    expect(region(page, REGIONS).locator(".tile-figure svg")).to_contain_text("华南")


def choose_by_key(page):
    """Open the numbers of the tile by key and choose 华南 there."""
    summary = region(page, REGIONS).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    row = region(page, REGIONS).get_by_role("row").filter(has_text="华南")
    row.get_by_role("button", name="往下看").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="华南")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(row.get_by_role("button", name="往下看")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def on_a_phone(page):
    """The card of a mark opens whole on the screen, wherever the mark is."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".board-column").wait_for()
    region(page, REGIONS).locator("summary").click()
    row = region(page, REGIONS).get_by_role("row").filter(has_text="华东")
    row.get_by_role("button", name="往下看").click()
    card = page.get_by_role("dialog", name="华东")
    on_the_screen(card)
    card.get_by_role("button", name="到探索里接着看").click()
    own = page.get_by_role("region", name="这个数")
    own.get_by_role("heading", name="华东").wait_for()
    on_the_screen(own)
    page.locator(".calls button", has_text="华南").click()  # far below the figure
    own.get_by_role("heading", name="华南").wait_for()
    on_the_screen(own)


def on_the_screen(card):
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844


def test_a_mark_filters_the_board_by_mouse_and_by_key_and_is_taken_back(house, visitor, root):
    page = visitor()
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/boards/{house.board}")
        holds(page, n=600)
        choose_by_mouse(page)
        holds(page, n=150)
        expect(page).to_have_url(re.compile("pick=t0"))
        expect(region(page, PHONES)).to_contain_text("不受筛选影响：大区为华东")
        expect(region(page, REGIONS)).to_contain_text("在这块选了“大区为华东”，只筛选其他块")
        chip = page.get_by_role("button", name="去掉筛选 大区为华东")
        expect(chip).to_be_visible()
        assert faults_of(page, (root / AXE).read_text("utf-8")) == []
        page.reload()
        holds(page, n=150)
        choose_by_key(page)
        holds(page, n=450)
        page.go_back()
        holds(page, n=150)
        chip.click()
        holds(page, n=600)
        page.keyboard.press("Control+z")
        holds(page, n=150)
        on_a_phone(page)
