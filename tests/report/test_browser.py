"""The HTML report in a real browser, without a network."""

from pathlib import Path

import pytest

from huiyin.report.html import render_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(findings, tmp_path_factory) -> str:
    path: Path = tmp_path_factory.mktemp("html") / "报告 1.html"
    path.write_text(render_html(findings, "zh-CN"), "utf-8")
    return path.as_uri()


@pytest.fixture
def visit(chromium, address):
    """Open the page offline; at the end nothing may have been complained of or asked for."""
    contexts, faults = [], []

    def opened(**settings):
        context = chromium.new_context(offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: asked.url == address or faults.append(asked.url))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [fault for fault in faults if not fault.startswith("blob:")]


def show(page, place):
    """Bring a chart into view and wait until it is drawn."""
    chart = page.locator(place).first
    chart.scroll_into_view_if_needed()
    chart.locator("svg").wait_for(state="attached")
    return chart


def said(page, place):
    """Wait until the page has said what became of the copy."""
    for _ in range(100):
        words = page.locator(place).first.inner_text()
        if words:
            return words
        page.wait_for_timeout(50)
    return ""


def drawn(page) -> int:
    return page.locator(".chart svg").count()


def test_every_chart_is_drawn_without_scrolling(visit):
    page = visit(viewport={"width": 1280, "height": 900})
    show(page, ".chart")
    total = page.locator(".chart").count()
    page.wait_for_function(
        "total => document.querySelectorAll('.chart svg').length >= total", arg=total
    )
    assert drawn(page) == total


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_sticks_out(visit, width):
    page = visit(viewport={"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_mode_redraws(visit):
    page = visit(color_scheme="dark")
    chart = show(page, ".chart")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"
    assert "#1F2329" not in chart.inner_html()


def test_a_table_is_sorted_by_a_click_and_back(visit):
    page = visit()
    page.locator("#aspects details.data summary").click()
    table = page.locator("#aspects table")
    first = table.locator("tbody tr").first
    assert "服务体验" in first.inner_text()
    table.locator("th button").nth(1).click()
    table.locator("th button").nth(1).click()
    assert table.locator("th[aria-sort=ascending]").count() == 1
    assert "58.9" in first.inner_text()
    assert "少于 10 份" in table.locator("tbody tr").last.inner_text()


def test_the_tooltip_shows_words_never_markup(visit):
    page = visit(viewport={"width": 1280, "height": 900})
    chart = show(page, "#aspects .chart")
    box = chart.locator("svg path[fill='#3B5BDB']").nth(1).bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    tip = chart.locator("div div", has_text="alert").first
    tip.wait_for()
    assert "<script>" in tip.inner_text()
    assert page.locator("#aspects .chart script").count() == 0


def test_the_ledger_switches_without_scripts(visit):
    page = visit(java_script_enabled=False)
    assert not page.locator(".view-1").is_visible()
    page.locator("label[for=ledger-scores-1]").click()
    assert page.locator(".view-1").is_visible()
    assert "不用“答题过快”" in page.locator(".view-1").inner_text()


def test_without_scripts_the_numbers_are_there(visit):
    page = visit(java_script_enabled=False)
    page.locator("#aspects details.data summary").click()
    assert "58.9" in page.locator("#aspects table").inner_text()
    assert not page.locator(".chart").first.is_visible()


def test_data_is_copied_as_a_table(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    figure = page.locator("#aspects figure").first
    figure.scroll_into_view_if_needed()
    figure.hover()
    figure.locator("button[data-copy=data]").click()
    assert said(page, "#aspects output") == "已复制"
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t")[:2] == ["维度", "数值"]
    assert lines[1].split("\t")[1] == "81.6"


def test_a_picture_is_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    figure = page.locator("#aspects figure").first
    figure.scroll_into_view_if_needed()
    figure.hover()
    figure.locator("button[data-copy=picture]").click()
    assert said(page, "#aspects output") == "已复制"
    kinds = page.evaluate("navigator.clipboard.read().then(found => found[0].types)")
    assert kinds == ["image/png"]


def test_long_lists_can_be_searched(visit):
    page = visit()
    figure = page.locator("#groups figure").nth(1)
    figure.locator("summary").click()
    figure.locator("input[type=search]").fill("24 号店")
    assert figure.locator("tbody tr:visible").count() == 1


def test_everything_can_be_reached_by_keyboard(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
