"""A newcomer explores: by dragging, by keys, by the address; takes a step back; goes deeper."""

import re
from urllib.parse import unquote

import pytest
from in_browser import choose
from newcomer import become_administrator, bring_in, write_survey
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_shelves_are_filled_by_hand_and_by_keys_and_steps_are_taken_back(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, write_survey(tmp_path / "答卷.csv"))
    page.goto(f"{address}/explore?dataset={dataset}")
    page.get_by_role("heading", name="先放一个指标").wait_for()
    fields, metrics = page.locator(".fields li"), page.get_by_role("region", name="指标")
    score = fields.filter(has_text="满意度得分 · 总体满意度")
    score.drag_to(metrics)
    page.get_by_role("heading", name="满意度得分 · 总体满意度").first.wait_for()
    region = fields.filter(has_text="地区")
    region.scroll_into_view_if_needed()  # within its list: the shelf stays in view
    expect(region).to_be_in_viewport()
    expect(page.get_by_role("region", name="分组")).to_be_in_viewport()
    region.drag_to(page.get_by_role("region", name="分组"))
    page.wait_for_url("**by=**")
    assert "compare=rest" in page.url  # groups are compared as soon as there are some
    expect(page.get_by_label("图", exact=True).locator("xpath=../..")).to_contain_text("条形图")
    page.get_by_role("img", name="按地区").locator("svg").wait_for()
    every_shelf_stands_above_the_figure(page)
    a_row_is_its_mark(page)
    page.get_by_label("和谁比").click()  # what cannot be asked says why
    rival = page.locator(".ant-select-item-option-disabled").filter(has_text="没有问竞品")
    expect(rival).to_be_visible()
    colour = "(one) => getComputedStyle(one).color"
    assert rival.evaluate(colour) == page.locator(".shelf .hint").last.evaluate(colour)  # readable
    page.keyboard.press("Escape")
    choose(page, "图", "明细表")
    page.wait_for_url("**chart=table**")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销").click()
    page.get_by_role("img", name="按地区").locator("svg").wait_for()
    press_a_metric(page, "NPS")
    first = metrics.locator(".chip-on .name").first
    expect(first).to_have_text("满意度得分 · 总体满意度")
    metrics.locator(".chip-on .name").nth(1).focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(first).to_contain_text("NPS")
    expect(page.get_by_role("status").filter(has_text="第 1 位")).to_be_attached()
    first.focus()
    page.keyboard.press("Delete")
    expect(metrics.locator(".chip-on")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(metrics.locator(".chip-on")).to_have_count(2)
    page.get_by_role("button", name="重做").click()
    expect(metrics.locator(".chip-on")).to_have_count(1)
    put_by_keys(page)
    go_deeper(page)


def every_shelf_stands_above_the_figure(page):
    """Nothing has to be scrolled to: all that is asked and the head of the figure are seen."""
    page.evaluate("window.scrollTo(0, 0)")
    shelves = [page.get_by_role("region", name=name) for name in ("指标", "分组", "筛选")]
    for one in (*shelves, page.get_by_label("和谁比")):
        expect(one).to_be_in_viewport(ratio=1)
        covered = one.evaluate(
            "(one) => { const { left, top, height } = one.getBoundingClientRect();"
            "return !document.elementFromPoint(left + 40, top + height / 2)?.closest('.shelves') }"
        )
        assert not covered
    expect(page.get_by_role("heading", name="按地区")).to_be_in_viewport()


def a_row_is_its_mark(page):
    """Whoever clicks a name means its dot; keys go on in the card, and back from it."""
    page.get_by_role("img", name="按地区").locator("svg").get_by_text("华东").click()
    card = page.get_by_role("region", name="这个数")
    expect(card.get_by_role("heading", name="华东")).to_be_visible()
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    named = page.get_by_role("complementary", name="怎么看").get_by_role("button", name="华东")
    named.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(named).to_be_focused()


def grains_are_dragged_and_taken_off_by_keys(page):
    fields, time = page.locator(".fields li"), page.get_by_role("region", name="时间", exact=True)
    fields.filter(has_text="按季").drag_to(time)
    page.wait_for_url("**grain=quarter**")
    fields.filter(has_text="按月").drag_to(time)
    page.wait_for_url("**grain=month**")
    expect(fields.and_(page.locator(".used")).filter(has_text="按月")).to_be_visible()
    page.get_by_label("分期", exact=True).focus()
    page.keyboard.press("Enter")
    off = page.locator(".ant-select-item-option-active").filter(has_text="不分期")
    while off.count() == 0:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "grain=" not in address)
    page.get_by_role("heading", name="按城市").wait_for()


def press_a_metric(page, name):
    """Add a metric by its plus, without the mouse."""
    plus = page.locator(".fields li").filter(has_text=name).first.get_by_role("button").last
    plus.focus()
    page.keyboard.press("Enter")


def put_by_keys(page):
    """A shelf's list has the focus while it is open; the keys of undoing work in lists too."""
    groups = page.get_by_role("region", name="分组").locator(".chip-on")
    plus = page.get_by_role("button", name="往“分组”里加")
    plus.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(groups).to_have_count(2)
    expect(plus).to_be_focused()
    page.get_by_label("图", exact=True).focus()
    page.keyboard.press("Control+z")
    expect(groups).to_have_count(1)
    filter_by_keys(page)


def filter_by_keys(page):
    """Values are chosen one after the other; the focus goes on from the condition, then beyond."""
    page.get_by_label("加筛选条件").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("地区")
    page.keyboard.press("Enter")
    values = page.get_by_label("值", exact=True)
    expect(page.get_by_role("option", name="华东")).to_be_attached()
    for value in ("华东", "华北"):
        expect(values).to_be_focused()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, value=value: value in unquote(url))
    page.keyboard.press("Escape")
    kept = page.get_by_role("button", name="地区 是 华东、华北", exact=True)
    expect(kept).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_label("加筛选条件")).to_be_focused()
    expect(kept).to_be_hidden()


def go_deeper(page):
    """From a number to its answers; then keep to it, save the figure, open it by its address."""
    calls = page.get_by_role("complementary", name="怎么看")
    calls.get_by_role("button", name="华东").focus()
    page.keyboard.press("Enter")
    mark = page.get_by_role("region", name="这个数")
    mark.get_by_role("button", name="看答卷").click()
    expect(mark.locator("li q").first).to_contain_text("华东")
    mark.get_by_role("button", name="只看它").click()
    page.wait_for_url("**where=**")
    expect(page.get_by_role("region", name="筛选")).to_contain_text("华东")
    expect(page.get_by_text("没有可比的另一方")).to_be_visible()  # it alone is left
    page.get_by_role("button", name="保存").click()
    page.get_by_role("dialog").get_by_label("名称").fill("华东的得分")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=**")
    page.get_by_role("button", name="存过的图").click()
    kept = page.get_by_role("link", name="华东的得分", exact=True).get_attribute("href")
    page.goto(page.url.split("/explore")[0] + kept)
    page.wait_for_url("**where=**")
    expect(page.get_by_role("region", name="筛选")).to_contain_text("华东")
    open_again_from_yaml(page)


def open_again_from_yaml(page):
    """What was taken along as YAML draws the same figure; what is no view says so."""
    asked = r"where=[^&]*"
    before = re.search(asked, page.url)[0]
    page.get_by_role("button", name="存过的图").click()
    with page.expect_download() as taken:
        page.get_by_label("下载“华东的得分”的 YAML").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销").wait_for()
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="存过的图").click()
    page.get_by_label("打开 YAML").set_input_files(taken.value.path())
    page.wait_for_url("**where=**")
    assert re.search(asked, page.url)[0] == before
    dataset = re.search(r"dataset=([^&]+)", page.url)[1]
    alone = (
        f"dataset: {dataset}\nquery: {{metrics: [nps], by: [地区]}}\noptions: {{only: [华东]}}\n"
    )
    page.get_by_role("button", name="存过的图").click()
    file = {"name": "a.yaml", "mimeType": "application/yaml", "buffer": alone.encode()}
    page.get_by_label("打开 YAML").set_input_files(file)
    page.wait_for_url("**only=**")


def test_groups_without_a_number_stand_last_and_a_question_is_a_tooltip(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    lines = ["编号,答题时间,您所在的城市是？,总体满意度"]
    cities = ["一岛"] * 3 + [("上海", "北京", "广州")[i % 3] for i in range(240)]
    lines += [
        f"{i},2025-03-{1 + i % 28:02d} 10:00,{city},{1 + i % 5}" for i, city in enumerate(cities)
    ]
    path = tmp_path / "城市.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset = bring_in(page, address, path, doubts=False)
    page.goto(f"{address}/explore?dataset={dataset}&metric=score:总体满意度&by=您所在的城市是？")
    heading = page.get_by_role("heading", name="按城市")
    expect(heading).to_have_attribute("title", "您所在的城市是？")
    groups = page.get_by_role("complementary", name="怎么看").locator("li")
    expect(groups).to_have_count(4)
    expect(groups.last).to_contain_text("不显示")
    expect(groups.first).not_to_contain_text("不显示")
    expect(groups.nth(1)).not_to_contain_text("不显示")
    grains_are_dragged_and_taken_off_by_keys(page)
