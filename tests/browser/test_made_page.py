"""A newcomer makes groups and a metric without code, and asks by them."""

import pytest
from in_browser import choose
from newcomer import become_administrator, bring_in, write_survey
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_groups_and_a_metric_are_made_without_code_and_asked(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, write_survey(tmp_path / "答卷.csv"))
    page.goto(f"{address}/explore?dataset={dataset}")
    page.get_by_role("button", name="自建分组和指标").click()
    page.get_by_role("button", name="新分组").click()
    form = page.get_by_role("dialog", name="新分组")
    form.get_by_label("名称").fill("片区")
    form.get_by_label("列", exact=True).fill("地区")
    page.keyboard.press("Enter")
    form.get_by_label("组名").fill("沿海")
    choose(page, "这一组的取值", "华东")
    page.keyboard.press("Escape")
    form.get_by_label("其余归入").fill("内陆")
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_role("dialog").filter(has_text="沿海 = 华东")).to_be_visible()
    page.get_by_role("button", name="新指标").click()
    form = page.get_by_role("dialog", name="新指标")
    form.get_by_label("名称").fill("很满意")
    form.get_by_label("列", exact=True).fill("总体满意度")
    page.keyboard.press("Enter")
    choose(page, "值", "4")  # what can be answered is offered
    page.keyboard.press("Escape")
    form.get_by_role("button", name="保存").click()
    made = page.get_by_role("dialog").filter(has_text="满足 总体满意度 ≥ 4 的占比")
    expect(made).to_be_visible()
    made.press("Escape")  # focused first: a key pressed before the panel has the focus is lost
    expect(made).to_be_hidden()
    for name in ("很满意", "片区"):
        page.locator(".fields li").filter(has_text=name).first.get_by_role("button").last.click()
    page.wait_for_url("**by=**")
    page.get_by_role("img", name="片区").locator("svg").wait_for()
    asked = "metric=calc:很满意&by=片区&by=地区&chart=pivot"
    page.goto(f"{address}/explore?dataset={dataset}&{asked}")
    expect(page.get_by_role("row", name="合计").get_by_role("cell")).to_have_count(3)
