"""A manager sees a score fall and learns where it sits, what people there say, what happened."""

import numpy as np
import pytest
from newcomer import become_administrator, bring_in

pytestmark = pytest.mark.browser


@pytest.fixture
def two_months(tmp_path):
    """Write a survey in which 华南 falls in February."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,地区,总体满意度,送货速度,服务态度,意见"]
    for i in range(1200):
        month = 1 + i % 2
        region = rng.choice(["华东", "华南", "华北"])
        mood = rng.normal() - 1.3 * (month == 2 and region == "华南")
        level = int(np.clip(round(3.6 + mood), 1, 5))
        day = 1 + int(rng.integers(28))
        rated = f"{level},{1 if level < 4 else level},{max(level, 3)}"  # unhappy with delivery
        words = f"{region}说送货慢了{i}"
        lines.append(f"{i},2025-{month:02d}-{day:02d} 10:00,{region},{rated},{words}")
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_where_a_fall_sits_is_seen_by_hand_and_by_keys(server, visitor, two_months):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, two_months, doubts=False)
    csrf = page.request.get(f"{address}/api/v1/me").json()["csrf"]
    outage = {"kind": "incident", "title": "华南仓停电", "since": "2025-02-05"}
    made = page.request.post(
        f"{address}/api/v1/calendar", data=outage, headers={"x-csrf-token": csrf}
    )
    assert made.status == 201
    page.goto(f"{address}/why?dataset={dataset}")
    finding = page.locator(".why-finding")
    finding.wait_for()
    assert "“地区＝华南”" in finding.inner_text()
    assert "不是为什么发生" in finding.inner_text()
    row = page.get_by_role("row").filter(has_text="华南")
    assert "真变化" in row.inner_text()
    page.get_by_role("img", name="从此前到此后").locator("svg").wait_for()
    assert "华南说送货慢了" in page.locator("blockquote").first.inner_text()
    assert page.get_by_text("对送货速度不满意的").count() == 1
    assert page.get_by_text("对服务态度不满意的").count() == 0
    event = page.locator(".why-events li")
    assert "华南仓停电" in event.inner_text()
    page.get_by_label("和谁比").focus()
    page.keyboard.press("Enter")
    page.locator(".ant-select-item-option").filter(has_text="另一段时间").click()
    page.wait_for_url("**compare=2025-01-01..2025-01-31**")
    page.get_by_role("button", name="English").click()
    page.get_by_text("not what brought it about").wait_for()
    page.set_viewport_size({"width": 1280, "height": 800})
    table = "document.querySelector('.why-groups .ant-table-content')"
    assert page.evaluate(f"{table}.scrollWidth <= {table}.clientWidth")
    chips = page.locator(".why-groups .chip").evaluate_all("all => all.map((c) => c.offsetWidth)")
    assert chips
    assert max(chips) <= 180, "long calls push the table beyond its page"
    page.set_viewport_size({"width": 390, "height": 844})
    call = page.get_by_role("row").filter(has_text="华南").locator(".chip")
    call.scroll_into_view_if_needed()
    box = call.bounding_box()
    assert 0 < box["x"] < box["x"] + box["width"] <= 390
    root = "document.scrollingElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")


@pytest.fixture
def beside_a_rival(tmp_path):
    """Write a survey that asks of a competitor too: behind on price in 华南, ahead on service."""
    rng = np.random.default_rng(9)
    lines = ["编号,答题时间,地区,价格满意度,服务满意度,竞品价格满意度,竞品服务满意度,意见"]
    for i in range(900):
        region, mood = rng.choice(["华东", "华南", "华北"]), rng.normal()
        shifts = (-1.4 * (region == "华南"), 0.6, 0.0, 0.0)
        rated = [int(np.clip(round(3.2 + mood + s + rng.normal() / 2), 1, 5)) for s in shifts]
        price, service, *theirs = rated
        theirs = theirs if rng.random() < 0.7 else ["", ""]
        said = f"比别家贵{i}" if theirs[0] and price < theirs[0] else f"还可以{i}"
        values = [i, "2025-02-10 10:00", region, price, service, *theirs, said]
        lines.append(",".join(map(str, values)))
    path = tmp_path / "竞品.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_why_we_are_behind_a_competitor_is_chosen_and_read(server, visitor, beside_a_rival):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, beside_a_rival, doubts=False)
    page.goto(f"{address}/explore?dataset={dataset}&metric=score:价格满意度&compare=competitor")
    page.get_by_role("link", name="和竞品的差距在哪").click()  # one click from a gap that is seen
    page.get_by_role("heading", name="和竞品的差距在哪").wait_for()
    page.goto(f"{address}/why?dataset={dataset}")
    page.locator(".why-finding").or_(page.get_by_text("没有可拆的变化")).first.wait_for()
    page.get_by_label("和谁比").focus()
    page.keyboard.press("Enter")
    page.locator(".ant-select-item-option").filter(has_text="竞品").first.click()
    page.wait_for_url("**compare=competitor**")
    page.get_by_role("heading", name="和竞品的差距在哪").wait_for()
    finding = page.locator(".why-finding")
    finding.filter(has_text="“地区＝华南”").wait_for()
    assert "价格满意度" in finding.inner_text()
    assert "同一批人" in finding.inner_text()
    row = page.get_by_role("row").filter(has_text="华南")
    assert "真差别" in row.inner_text()
    page.get_by_role("img", name="每一项我们和").locator("svg").wait_for()
    assert "比别家贵" in page.locator("blockquote").first.inner_text()
    page.get_by_role("link", name="服务满意度").click()
    page.wait_for_url("**metric=**")
    finding.filter(has_text="服务满意度：我们").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_text("no mix effect").first.wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("row").filter(has_text="华南").locator(".chip").scroll_into_view_if_needed()
    root = "document.scrollingElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
