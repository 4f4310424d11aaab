"""From a template to an answer that is counted: designed, published, answered without scripts."""

import re

import pytest
from newcomer import become_administrator

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
    return page.get_by_role("link", name="/s/").get_attribute("href")


def answer(phone, address):
    """Go through all pages, by what is asked; a person confirms at the end."""
    phone.goto(address)
    for _ in range(12):
        if not phone.locator("form").count():
            assert "谢谢" in phone.locator("main").inner_text()
            return
        for question in phone.locator("fieldset.question:not([hidden])").all():
            choices = question.locator(".levels input")
            if choices.count() and not question.locator(".row").count():
                choices.last.check(force=True)
        phone.locator("button.on").click()
    raise AssertionError(phone.content())


def test_a_template_is_published_answered_on_a_phone_and_counted(server, visitor):
    address, link, _ = server
    page = visitor()
    become_administrator(page, address, link)
    design(page, address)
    way_in = publish(page)
    survey = re.search(r"/surveys/([^/?]+)", page.url)[1]
    phone = visitor(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    answer(phone, address + way_in)
    page.goto(f"{address}/surveys/{survey}/results")
    page.get_by_text("全部答卷都已计入").wait_for()
    assert page.locator(".big-count").inner_text().startswith("1")
    assert "少于 10 份，不显示" in page.get_by_label("现在的得分").inner_text()
