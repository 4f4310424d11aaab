"""A manager asks in words, is asked back, clicks an answer, asks on, and passes the thread on."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from newcomer import become_administrator, bring_in
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LONG = 90_000


@pytest.fixture
def survey(tmp_path):
    """Write a survey in which 华南 is unhappy."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,大区,渠道,总体满意度,送货满意度,意见"]
    for i in range(1200):
        region = rng.choice(["华东", "华南", "华北"])
        channel = rng.choice(["短信", "小程序"])
        level = int(np.clip(round(3.6 + rng.normal() - 1.2 * (region == "华南")), 1, 5))
        day = f"2025-{1 + i % 3:02d}-{1 + int(rng.integers(28)):02d}"
        words = f"{region}说送货慢了{i}"
        lines.append(f"{i},{day} 10:00,{region},{channel},{level},{max(level - 1, 1)},{words}")
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def ask(page, question):
    box = page.get_by_role("textbox", name=re.compile("问题|Question"))
    box.fill(question)
    box.press("Enter")
    turn = page.locator("article").last
    expect(turn.get_by_role("heading", name=question, exact=True)).to_be_visible()
    expect(turn).to_have_attribute("aria-busy", "false", timeout=LONG)
    return turn


def test_a_thread_is_asked_answered_and_passed_on(server, visitor, survey):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey, doubts=False)
    page.goto(f"{address}/")
    page.get_by_role("region", name="直接问").get_by_role("button", name="最低的五个").click()
    page.wait_for_url("**/ask?dataset=*")
    page.get_by_role("button", name="它们差在哪").wait_for()
    page.get_by_role("link", name="直接问").click()
    page.wait_for_url(lambda url: "q=" not in url)
    worst = ask(page, "2025年一季度满意度最差的大区")
    expect(worst.locator(".ask-sentence")).to_contain_text("华南")
    expect(worst.get_by_role("row").filter(has_text="华南")).to_contain_text("真差别")
    apart = ask(page, "华南、华东的各方面得分和其余的比")
    apart.get_by_role("button", name="那里的客户怎么说").click()
    page.wait_for_url(lambda url: len(parse_qs(urlsplit(url).query).get("q", [])) == 3)
    voices = page.locator("article").last
    expect(voices.locator("blockquote").first).to_contain_text("华")
    expect(voices.get_by_role("heading", name="对送货满意度不满意的")).to_be_visible()
    cloud = voices.get_by_role("link", name="在“探索”里打开").get_attribute("href")
    assert parse_qs(urlsplit(cloud).query)["chart"] == ["words"]
    page.go_back()
    page.go_back()
    vague = ask(page, "最近华东怎么样")
    choice = vague.get_by_role("button").first
    said = choice.inner_text()
    choice.click()
    page.wait_for_url(lambda url: len(parse_qs(urlsplit(url).query).get("q", [])) == 3)
    expect(page.locator("article").last.get_by_role("heading", name=said)).to_be_visible()
    refused = ask(page, "王女士打了几分")
    expect(refused).to_contain_text("不查某一个人")
    passed_on = page.url
    page.goto(f"{address}/")
    page.goto(passed_on)
    expect(page.locator("article")).to_have_count(4)
    expect(page.locator("article").first.locator(".ask-sentence")).to_contain_text("华南")
    page.locator("article").first.get_by_role("link", name="在“探索”里打开").click()
    page.wait_for_url(f"**/explore?dataset={dataset}&metric=*")
    expect(page.get_by_role("complementary", name="怎么看")).to_contain_text("华南")
    page.goto(f"{address}/ask?dataset={dataset}")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="What do unhappy customers say?").click()
    expect(page.locator("blockquote").first).to_contain_text("送货慢")


def test_after_the_last_answer_the_last_days_are_offered_and_a_long_wait_says_why(
    server, visitor, survey, tmp_path
):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey, doubts=False)
    page.goto(f"{address}/ask?dataset={dataset}")
    empty = ask(page, "2025年5月满意度是多少")
    expect(empty.locator(".ask-sentence")).to_contain_text("数据到 2025-03-28 为止。")
    empty.get_by_role("button", name="2025-02-27 到 2025-03-28 呢？").click()
    expect(page.locator("article").last.locator(".ask-large")).to_contain_text("份", timeout=LONG)
    before = ask(page, "2025年3月满意度和上期比")
    expect(before.locator(".ask-large")).to_contain_text(re.compile(r"上期 [\d.]+ · 差 .*\["))
    call = before.locator(".ask-large .chip")
    expect(call).to_have_css("white-space", "normal")  # long calls wrap on a phone
    undated = tmp_path / "无日期.csv"
    rows = [f"{i},{'华南' if i % 3 else '华东'},{1 + i % 5}" for i in range(300)]
    undated.write_text("\n".join(["编号,大区,总体满意度", *rows]) + "\n", "utf-8")
    bring_in(page, address, undated, doubts=False)
    page.get_by_role("link", name="探索").click()
    page.wait_for_url(f"**/explore?dataset={dataset}")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/views/answer", hold)
    page.goto(f"{address}/explore?dataset={dataset}&metric=mean:总体满意度&period=last_month")
    expect(page.get_by_role("status").filter(has_text="正在整理 1,200 行")).to_be_visible()
    held.pop().continue_()
    page.unroute("**/views/answer")
    expect(page.get_by_text("数据到 2025-03-28 为止").first).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="看 2025-02-27 – 2025-03-28").click()
    page.wait_for_url("**since=2025-02-27*")
    expect(page.locator(".explore-figure .estimate").first).to_be_visible(timeout=LONG)


def test_every_example_is_answered_where_the_data_bear_no_days(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    path = tmp_path / "满意度.csv"
    shops = ["一店", "二店", "三店"] + [""] * 297  # too few answers to tell anything of a shop
    rows = [
        f"{i},{shop},{'华南' if i % 3 else '华东'},{1 + i % 5},送货慢{i}"
        for i, shop in enumerate(shops)
    ]
    path.write_text("\n".join(["编号,门店,大区,总体满意度,意见", *rows]) + "\n", "utf-8")
    bring_in(page, address, path, doubts=False)
    page.get_by_role("link", name="直接问").click()
    begin = page.get_by_role("region", name="可以这样问")
    begin.get_by_role("button").first.wait_for()
    examples = begin.get_by_role("button").all_inner_texts()
    assert len(examples) == 4
    assert "满意度最低的五个大区" in examples
    beginning = page.url
    for example in examples:
        page.goto(beginning)
        turn = ask(page, example)
        expect(turn).not_to_contain_text("答不了")
        expect(turn).not_to_contain_text("请先说清")
