"""From a template to answers that are counted: answered on a phone, with scripts and without."""

import os
import re
import time

import pytest
from axe import AXE, faults_of
from newcomer import become_administrator
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def design(page, address):
    """Make a draft of a template, write into it, and wait until it is kept."""
    page.goto(f"{address}/surveys")
    page.get_by_role("button", name="从模板").click()
    page.get_by_role("button", name="用这个 SaaS 软件").click()
    page.get_by_role("dialog").get_by_role("button", name="开始设计").click()
    page.get_by_role("heading", name="SaaS 软件").wait_for()
    outline = page.get_by_role("navigation", name="题目")
    outline.get_by_role("button", name="NPS 推荐").click()
    title = page.get_by_role("textbox", name="题目 中文")
    title.fill("您会向同行推荐回音吗？")
    frame = page.frame_locator("iframe[title='预览']")
    frame.get_by_text("您会向同行推荐回音吗？").wait_for()
    page.get_by_role("button", name="撤销").click()
    frame.get_by_text("您有多大可能把我们的软件推荐给同行或朋友？").wait_for()
    page.get_by_role("button", name="重做").click()
    frame.get_by_text("您会向同行推荐回音吗？").wait_for()
    page.get_by_text("已自动保存").wait_for()


def publish(page):
    """Publish, and give the open link."""
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("第 1 版已经发布").wait_for()
    dialog = page.get_by_role("dialog")
    way_in = dialog.get_by_role("link", name="/s/").get_attribute("href")
    scanned(page, dialog, way_in)
    dialog.get_by_role("button", name="去看答卷进来").click()
    page.get_by_text("还没有答卷").wait_for()
    scanned(page, page, way_in)
    return way_in


def scanned(page, place, way_in):
    """Look at the code of the open link: it is drawn, leads there, and says who cannot open it."""
    code = place.get_by_role("img", name="二维码")
    expect(code).to_have_js_property("complete", True)
    expect(code).not_to_have_js_property("naturalWidth", 0)
    told = page.request.get(code.evaluate("(code) => code.src")).headers["x-address"]
    assert told.endswith(way_in)
    place.get_by_text("手机打不开").wait_for()


def answer(phone, address, thanks, look=lambda _: None):
    """Go through all pages, by what is asked; a person confirms at the end."""
    phone.goto(address)
    for _ in range(12):
        look(phone)
        if not phone.locator("form").count():
            assert thanks in phone.locator("main").inner_text()
            return
        for question in phone.locator("fieldset.question:not([hidden])").all():
            choices = question.locator(".levels input")
            if choices.count() and not question.locator(".row").count():
                choices.last.check(force=True)
        phone.locator("button.on").click()
        phone.wait_for_load_state()
    raise AssertionError(phone.content())


def count(page, address, survey, n):
    """Wait until so many answers are counted."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = page.request.get(f"{address}/api/v1/surveys/{survey}/results").json()
        if (found["n"], found["n_waiting"]) == (n, 0):
            return
        page.wait_for_timeout(100)
    raise AssertionError(found)


def test_a_template_is_published_answered_on_a_phone_and_counted(server, visitor, root):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    design(page, address)
    way_in = publish(page)
    survey = re.search(r"/surveys/([^/?]+)", page.url)[1]
    axe, faults, folder = (root / AXE).read_text("utf-8"), {}, os.environ.get("PICTURES")

    def look(phone):
        place = f"page {len(faults) + 1}"
        faults[place] = faults_of(phone, axe)
        if folder:
            phone.screenshot(path=f"{folder}/answer {place}.png", full_page=True)

    without_scripts = visitor(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    answer(without_scripts, address + way_in, "谢谢")
    count(page, address, survey, 1)
    with_scripts = visitor(viewport=PHONE, locale="en-US")
    answer(with_scripts, address + way_in, "Thank you", look)
    count(page, address, survey, 2)
    assert {place: found for place, found in faults.items() if found} == {}
    assert len(faults) > 1
    page.goto(f"{address}/surveys/{survey}/results")
    page.get_by_text("全部答卷都已计入").wait_for()
    assert page.locator(".big-count").inner_text().startswith("2")
    page.get_by_label("现在的得分").get_by_text("不显示").first.wait_for()
