"""Every role's board over the sample company: each tile shows a number or says why."""

import re
from dataclasses import replace

import pytest
from axe import AXE, faults_of
from cast import application_of
from in_browser import until
from playwright.sync_api import expect
from serving import served

from huiyin.analyse.boards.gallery import ORDER
from huiyin.app.demo import load_demo
from huiyin.app.settings import Settings
from huiyin.app.wiring import opened_system
from huiyin.app.work import reporting

pytestmark = pytest.mark.browser
SECONDS = 60
TABLES = (
    "门店满意度", "应用NPS", "售后回访", "企业客户", "竞品对比", "内部服务",
    "订单", "配送", "工单", "续约", "内部工单", "客户单位", "商机", "商机跟进", "工单流转",
)  # fmt: skip
ANSWERS = 5_000
OPERATIONAL = {
    "management": "复购率", "product": "流失率", "marketing": "复购率", "sales": "金额续约率",
    "service": "工单解决率", "agent": "一次解决率", "operations": "准时率",
    "performance": "响应及时率", "technology": "48 小时内解决率", "word_of_mouth": "流失率",
    "administration": "工单解决率",
}  # fmt: skip
"""A tile of operational numbers on each board that has some over the sample company."""
COUNTED = (
    ("sales", "转化率"), ("sales", "成交周期"), ("marketing", "转化率"), ("marketing", "转介绍率"),
    ("word_of_mouth", "转介绍率"), ("operations", "准确率"),
)  # fmt: skip
"""Numbers of deals, referrals and errors."""
BOTTLENECK = {"sales": "方案报价", "service": "等待配件", "operations": "等待配件",
              "technology": "等待配件"}  # fmt: skip
CUT_OFF = """[...document.querySelectorAll('.tile-body')].filter((body) =>
    body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth)"""
"""Tiles that show less than the whole of what they hold."""


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Serve the demo of part of the sample company; gives its address and how to sign in."""
    data = tmp_path_factory.mktemp("company")
    settings = replace(Settings.from_environment(), data=data, key_file=data / "demo.key")
    with pytest.MonkeyPatch.context() as patch, opened_system(settings) as system:
        # A report takes seconds of each dataset, and no board shows it.
        patch.setattr(reporting, "SETTLE_SECONDS", 600)
        login = load_demo(system, (), lambda *_: None, answers=ANSWERS, only=TABLES)
        with served(application_of(system)) as address:
            yield address, login


@pytest.fixture(scope="module")
def reader(company, chromium):
    """Sign in once; gives the page, and what it complained of."""
    address, login = company
    page = chromium.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{address}/sign-in")
    page.locator("#login").fill(login.login)
    page.locator("#password").fill(login.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page, faults
    page.close()


def made(page, address, role):
    """Make a role's board as the page does."""
    page.goto(f"{address}/boards")
    page.locator(".board-card.role").nth(ORDER.index(role)).click()
    page.get_by_role("button", name="生成看板").click()
    page.wait_for_url(re.compile(r"/boards/[0-9a-f-]{36}"))
    page.locator(".board-tile").first.wait_for()
    expect(page.locator(".board-tile .ant-skeleton")).to_have_count(0, timeout=SECONDS * 1000)


@pytest.mark.parametrize("role", ORDER)
def test_every_tile_of_a_roles_board_shows_a_number_or_a_sentence(role, company, reader, root):
    address, _ = company
    page, faults = reader
    made(page, address, role)
    for tile in page.locator(".board-tile").all():
        body = tile.locator(".tile-body")
        words = body.inner_text().strip()
        assert words or body.locator("canvas, svg").count(), tile.get_attribute("aria-label")
    until(page, f"({CUT_OFF}).length === 0")
    if role in OPERATIONAL:
        number = page.get_by_role("region", name=OPERATIONAL[role], exact=True)
        assert re.search(r"\d+\.\d%", number.inner_text())
        assert re.search("口径：.", number.inner_text())
    for title in (title for of, title in COUNTED if of == role):
        number = page.get_by_role("region", name=title, exact=True).inner_text()
        assert re.search(r"\d+\.\d(%| 天)", number), title
    if role in BOTTLENECK:
        stages = page.get_by_role("region", name="各环节的时长和瓶颈", exact=True)
        assert f"“{BOTTLENECK[role]}”" in stages.locator(".stage-bottleneck").inner_text()
    assert faults_of(page, (root / AXE).read_text("utf-8")) == []
    assert faults == []
