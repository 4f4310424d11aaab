"""A slow question is stopped by a button, in explore, on a board and in ask, and asked again."""

import re
from urllib.parse import quote

import pytest
from newcomer import become_administrator, bring_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LONG = 90_000
STOPPED = "已停下，没有算完。"


@pytest.fixture
def survey(tmp_path):
    """Write a small survey."""
    rows = [
        f"{i},2025-{1 + i % 6:02d}-{1 + i % 28:02d} 10:00,华{'东南北'[i % 3]},{1 + i % 5}"
        for i in range(600)
    ]
    lines = ["编号,答题时间,大区,总体满意度", *rows]
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def stop(page, pattern, begin):
    """Hold back what is asked, stop it, and give how many requests were broken off by that."""
    page.route(re.compile(pattern), lambda _: None)
    begin()
    button, broken = page.get_by_role("button", name="停止").first, []
    button.wait_for()
    page.on("requestfailed", lambda one: re.search(pattern, one.url) and broken.append(one.url))
    button.click()
    expect(page.get_by_text(STOPPED).first).to_be_visible()
    page.unroute_all()
    return broken


def again(page):
    for button in page.get_by_role("button", name="重新算").all():
        button.click()
    expect(page.get_by_text(STOPPED)).to_have_count(0, timeout=LONG)


def test_a_slow_question_is_stopped_and_asked_again(server, visitor, survey):
    address, link = server
    page = visitor()
    page.set_default_timeout(LONG)
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey, doubts=False)

    explore = f"{address}/explore?dataset={dataset}&metric={quote('satisfied:总体满意度')}"
    assert stop(page, "/views/answer", lambda: page.goto(explore))
    again(page)
    figure = page.locator(".explore-figure")
    expect(figure).to_contain_text("600 份")
    # What was shown before stands while the next one is on its way, and after it was stopped.
    by = page.get_by_role("button", name="放上 大区")
    assert stop(page, "/views/answer", by.first.click)
    expect(figure).to_contain_text("600 份")
    again(page)
    expect(figure).to_contain_text("华东")

    page.goto(f"{address}/boards")
    page.get_by_role("button", name=re.compile("管理层")).click()
    page.get_by_role("button", name="生成看板").click()
    page.wait_for_url(re.compile(r"/boards/[0-9a-f-]{36}"))
    expect(page.locator(".ant-skeleton")).to_have_count(0)
    assert len(stop(page, "/boards/[^/]+/answers", page.reload)) == 1
    again(page)

    ask = page.get_by_role("textbox", name="问题")

    def put(question):
        ask.fill(question)
        ask.press("Enter")

    page.goto(f"{address}/ask?dataset={dataset}")
    assert stop(page, "/ask$", lambda: put("各大区的满意率"))
    put("各大区的均分")
    second = page.locator("article").last
    expect(second).to_have_attribute("aria-busy", "false", timeout=LONG)
    expect(second).to_contain_text("华东")
    expect(page.get_by_text(STOPPED)).to_be_visible()
    again(page)
    expect(page.locator("article").first).to_contain_text("华东")
