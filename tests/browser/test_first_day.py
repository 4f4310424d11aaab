"""The first day: from an empty server to a manager who sees their own rows and no others."""

import os
import re
import signal
import subprocess
from contextlib import contextmanager

import pytest
from newcomer import (
    PASSWORD,
    become_administrator,
    bring_in,
    understand,
    write_wjx_survey,
)

import huiyin as hy
from huiyin.core.text import ZH
from huiyin.report.numbers import number

pytestmark = pytest.mark.browser


def invite_manager(page, address):
    page.goto(f"{address}/settings/people")
    page.get_by_role("button", name="邀请同事").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("姓名").fill("王芳")
    dialog.get_by_label("邮箱").fill("wang@example.com")
    dialog.get_by_role("button", name="生成邀请链接").click()
    link = page.get_by_label("邀请链接").locator("visible=true").last.input_value()
    page.get_by_role("button", name="知道了").click()
    return link


@contextmanager
def stopped_worker(process):
    """Let the worker of a server rest for a while, as on a machine that has much to do."""
    found = subprocess.run(
        ["pgrep", "-P", str(process.pid), "-f", "huiyin.app.worker"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (pid,) = map(int, found.stdout.split())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def report_of(page, address, dataset):
    page.goto(f"{address}/report?dataset={dataset}")
    page.get_by_role("heading", name="门店满意度").wait_for()
    return page.locator("article")


def see_evidence(page):
    """Go from a conclusion to what it stands on: the address keeps saying of which data."""
    before = page.url
    page.get_by_role("link", name="看依据").first.click()
    page.wait_for_url(f"{before}#*")
    page.wait_for_function("scrollY > 0")


def add_row_rule(page, address):
    page.goto(f"{address}/settings/row-rules")
    page.get_by_role("button", name="添加规则").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("所有人", exact=True).click()
    dialog.get_by_label("列名").fill("3、地区")
    dialog.get_by_label("只看这些值").click()
    page.locator(".ant-select-item-option").get_by_text("华东", exact=True).click()  # offered
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="保存").click()
    page.get_by_role("cell", name="3、地区 = 华东").wait_for()


def test_from_an_empty_server_to_a_manager_who_sees_only_their_rows(started, visitor, tmp_path):
    """With the workbook that 问卷星 gave, which the server knows by itself."""
    address, link, _ = started
    survey = write_wjx_survey(tmp_path / "门店满意度.xlsx")
    first = visitor()
    become_administrator(first, address, link)
    invitation = invite_manager(first, address)
    dataset = bring_in(first, address, survey)
    with hy.read(survey) as read:
        assert read.codebook.profile == "wjx_text"
        (cell,) = read.query("nps").cells
    wanted = number(cell.estimate, cell.unit, ZH)
    shown = report_of(first, address, dataset)
    assert wanted in shown.locator(".tiles").inner_text()
    see_evidence(first)
    quotes = shown.locator("#verbatims blockquote").all_inner_texts()
    assert any("华北" in quote for quote in quotes)
    add_row_rule(first, address)

    second = visitor()
    second.goto(invitation)
    second.get_by_label("设一个密码").fill(PASSWORD)
    second.get_by_label("再填一遍").fill(PASSWORD)
    second.get_by_role("button", name="加入").click()
    second.get_by_role("heading", name="王芳，你好").wait_for()
    assert second.get_by_role("link", name="人员").count() == 0
    theirs = report_of(second, address, dataset)
    assert wanted in theirs.locator(".tiles").inner_text(), "scores are shared with everybody"
    assert not any("华北" in q for q in theirs.locator("#verbatims blockquote").all_inner_texts())


def test_an_import_is_not_called_done_before_it_is(started, visitor, survey):
    address, link, process = started
    page = visitor()
    become_administrator(page, address, link)
    understand(page, address, survey)
    with stopped_worker(process):
        with page.expect_response(
            lambda got: "/imports/" in got.url and got.request.method == "GET"
        ):
            page.get_by_role("button", name="导入", exact=True).click()
        page.get_by_text("排队中").wait_for()
        assert "/codebook" in page.url, "what was read of the earlier job is not this one's end"
    page.wait_for_url("**tab=quality**")
    dataset = re.search(r"/datasets/([^/?]+)", page.url)[1]
    kept = page.request.get(f"{address}/api/v1/datasets/{dataset}").json()
    assert kept["version"]["rows"] == 240
