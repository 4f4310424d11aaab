"""What happened is kept on a page, and charts over time mark it."""

import pytest
from cast import Cast
from importing import add_dataset
from in_browser import choose, until, visited
from playwright.sync_api import expect
from sender import picture

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
GOOD = "类型,名称,开始,结束\n活动,周年庆,2025-03-10,2025-03-16\n节假日,清明,2025-04-04,2025-04-06\n"
BAD = GOOD + "故障,很久以前的事,从前,\n"


@pytest.fixture
def house(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    rows = "\n".join(
        f"{i},2025-{1 + i % 6:02d}-{1 + i % 28:02d} 10:00,{(i * 7 + i % 6) % 11},{1 + i % 5},"
        f"华{'东南'[i % 2]}"
        for i in range(360)
    )
    path = tmp_path / "满意度.csv"
    path.write_text(f"编号,答题时间,您有多大可能推荐我们,总体满意度(1-5),大区\n{rows}\n", "utf-8")
    cast.dataset, _ = add_dataset(cast, cast.root, path)
    return cast


def listed(page):
    return page.get_by_role("region", name="事件日历").get_by_role("row")


def keep_one_event(page):
    page.get_by_text("还没有记过事件").wait_for()
    page.get_by_role("button", name="记一件事").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("华南仓停电")
    choose(page, "类型", "故障")
    for end, day in ((0, "2025-02-05"), (1, "2025-02-06")):
        dialog.locator(".ant-picker-input input").nth(end).fill(day)
        dialog.locator(".ant-picker-input input").nth(end).press("Enter")
    dialog.get_by_role("button", name="限定客群").click()
    dialog.get_by_label("列名").click()
    page.get_by_title("大区", exact=True).click()
    dialog.get_by_label("值", exact=True).click()
    page.get_by_title("华南", exact=True).click()
    picture(page, "calendar-dialog")
    dialog.get_by_role("button", name="保存").click()
    row = listed(page).filter(has_text="华南仓停电")
    expect(row).to_contain_text("2025-02-05 – 2025-02-06")
    expect(row).to_contain_text("大区＝华南")


def change_it_remove_it_and_take_that_back(page):
    page.get_by_role("button", name="华南仓停电", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("说明").fill("两小时")
    dialog.get_by_role("button", name="保存").click()
    expect(listed(page).filter(has_text="华南仓停电")).to_contain_text("两小时")
    page.get_by_role("button", name="删除“华南仓停电”").click()
    page.get_by_text("还没有记过事件").wait_for()
    page.get_by_role("button", name="撤销").click()
    expect(listed(page).filter(has_text="华南仓停电")).to_be_visible()


def bring_a_file(page):
    page.get_by_role("button", name="导入 CSV").click()
    dialog = page.get_by_role("dialog")
    for words in (BAD, GOOD):
        file = {"name": "事件.csv", "mimeType": "text/csv", "buffer": words.encode()}
        dialog.locator("input[type=file]").set_input_files(file)
        dialog.get_by_role("button", name="导入 CSV").click()
        if words is BAD:
            dialog.get_by_role("alert").filter(has_text="第 4 行").wait_for()
            assert page.get_by_text("周年庆").count() == 0, "all of it, or nothing"
    expect(listed(page).filter(has_text="周年庆")).to_be_visible()
    picture(page, "calendar-page")


def marks_of(region):
    """The numbers above the dashed lines of a chart."""
    return region.locator(".chart-box svg text")


def see_them_marked(page, address, house):
    page.goto(f"{address}/explore?dataset={house.dataset}&metric=nps&grain=month")
    listing = page.get_by_role("list", name="图上的编号")
    listing.wait_for()
    expect(listing.get_by_role("listitem")).to_have_count(3)
    panel = page.locator("figure").filter(has=listing)
    for number in "123":
        expect(marks_of(panel).filter(has_text=number).first).to_be_visible()
    picture(page, "calendar-explore")
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "document.documentElement.scrollWidth <= 390")
    picture(page, "calendar-explore-phone")
    page.set_viewport_size({"width": 1280, "height": 860})
    bands = "&by=band:总体满意度(1-5)&chart=multiples"
    page.goto(f"{address}/explore?dataset={house.dataset}&metric=nps&grain=month{bands}")
    expect(listing.get_by_role("listitem")).to_have_count(3)
    expect(marks_of(panel).get_by_text("3", exact=True)).to_have_count(3)  # in each small chart
    picture(page, "calendar-multiples")
    assert house.root.get(f"/api/v1/datasets/{house.dataset}/report").json()["job"]
    build_worker(house.system).run_until_idle()
    page.goto(f"{address}/report?dataset={house.dataset}")
    page.locator("figure[id^=trend]").first.scroll_into_view_if_needed()
    figure = page.locator("figure").filter(has=page.get_by_role("list", name="图上的编号")).first
    figure.wait_for()
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("listitem")).to_have_count(3)
    expect(marks_of(figure).get_by_text("1", exact=True)).to_be_visible()
    picture(page, "calendar-report")
    figure.get_by_role("link", name="打开事件日历").click()
    page.wait_for_url("**/calendar")


def test_events_are_kept_by_hand_and_file_and_marked_on_charts(house, visitor):
    page = visitor(refused=(422,))
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/calendar")
        keep_one_event(page)
        change_it_remove_it_and_take_that_back(page)
        bring_a_file(page)
        see_them_marked(page, address, house)
