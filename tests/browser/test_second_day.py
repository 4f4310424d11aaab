"""The second day: a question is compared and shared, staff come from a list, a way in is tried."""

import csv
from urllib.parse import quote

import httpx
import openpyxl
import pytest
from newcomer import PASSWORD, become_administrator, bring_in
from playwright.sync_api import expect

import huiyin as hy
from huiyin.core.text import ZH
from huiyin.measure.definitions.writing import house_text
from huiyin.report.numbers import number

pytestmark = pytest.mark.browser
SECRET = "spring wind"  # noqa: S105 -- of nobody


def asked_by_region(page, address, dataset):
    """Open a question by its old address, compare with a region; that stands in the address."""
    page.goto(f"{address}/query?dataset={dataset}&metric=nps&by=地区")
    page.wait_for_url("**/explore?dataset=*&metric=nps&by=**")
    page.locator("figure summary").filter(has_text="看数据").click()
    page.get_by_role("cell", name="华北", exact=True).wait_for()
    page.get_by_label("和谁比").fill("华东")
    page.locator(".ant-select-item-option").filter(has_text="华东").first.click()
    page.get_by_role("columnheader", name="判断").wait_for()
    page.wait_for_url("**compare=**")
    return page.url


def the_home_asks_while_its_program_is_on_its_way(page, address):
    """Keep the program back: the newest numbers are asked for all the same, and asked for once."""
    page.goto(address)
    page.locator(".tiles").first.wait_for()
    kept_back, asked = [], []
    # Playwright counts the parameters of what it is given: `append` has none to count.
    page.route("**/assets/first-*.js", lambda route: kept_back.append(route))  # noqa: PLW0108
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_request("**/report/json?*"):
        page.goto(address, wait_until="commit")
    for route in kept_back:
        route.continue_()
    page.locator(".tiles").first.wait_for()
    page.unroute("**/assets/first-*.js")
    assert kept_back
    assert len([url for url in asked if "/report" in url]) == 2


def test_a_question_is_compared_taken_along_and_shared(server, visitor, survey, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey)
    the_home_asks_while_its_program_is_on_its_way(page, address)
    asked = asked_by_region(page, address, dataset)
    with hy.read(survey) as read:
        cells = {c.by["地区"]: c for c in read.query("nps", by=["地区"], compare="地区=华东").cells}
    north = page.get_by_role("row").filter(has_text="华北")
    assert number(cells["华北"].estimate, cells["华北"].unit, ZH) in north.inner_text()

    page.get_by_role("button", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV").click()
    download.value.save_as(tmp_path / "query.csv")
    rows = list(csv.DictReader((tmp_path / "query.csv").open(encoding="utf-8-sig")))
    taken = {row["地区"]: row for row in rows}
    assert float(taken["华北"]["区间下限"]) == pytest.approx(cells["华北"].low)

    page.get_by_role("button", name="分享").click()
    page.get_by_label("访问密码").fill(SECRET)
    page.get_by_role("button", name="生成链接").click()
    shared = page.get_by_role("textbox", name="分享链接").input_value()
    guest = visitor()
    guest.goto(shared)
    guest.get_by_label("访问密码").fill(SECRET)
    guest.get_by_role("button", name="打开").click()
    inside = guest.frame_locator("iframe")
    north = inside.get_by_role("row").filter(has_text="华北")
    north.get_by_text(number(cells["华北"].estimate, cells["华北"].unit, ZH)).wait_for()
    mark = guest.locator(".mark").get_attribute("style")
    assert quote("李明") in mark, "the watermark names its maker"

    other = visitor()
    other.goto(asked)
    expect(
        other.get_by_role("heading", name="登录")
    ).to_be_visible()  # the address alone opens nothing

    with hy.read(survey) as read:
        (cell,) = read.query("satisfied:总体满意度").cells
    then, now = beside_todays_rules(page, address, dataset)
    assert then == number(cell.estimate, cell.unit, ZH)
    assert float(now.rstrip("%")) < float(then.rstrip("%"))


def beside_todays_rules(page, address, dataset):
    """Keep stricter rules, ask by those of before: both numbers stand beside each other."""
    csrf = page.request.get(f"{address}/api/v1/me").json()["csrf"]
    stricter = house_text().replace("4: 2, 5: 2, 7: 2,", "4: 2, 5: 1, 7: 2,")
    rules = {"text": stricter, "base_version": 1, "note": "只算最好一档"}
    headers = {"X-CSRF-Token": csrf}
    kept = page.request.post(f"{address}/api/v1/metric-rules", data=rules, headers=headers)
    assert kept.status == httpx.codes.CREATED
    page.goto(f"{address}/query?dataset={dataset}&metric=satisfied:总体满意度&rules_version=1")
    region = page.get_by_role("region", name="当时口径与今天口径")
    region.get_by_role("columnheader", name="只算最好一档").wait_for()
    return [text.split("\n")[0] for text in region.locator(".measured").all_inner_texts()]


def test_staff_come_from_a_list_and_a_way_in_is_tried(server, visitor, tmp_path):
    address, link = server
    page = visitor(refused=(422,))  # an address that cannot be reached is refused twice
    become_administrator(page, address, link)
    book = openpyxl.Workbook()
    book.active.append(("姓名", "账号", "角色", "部门", "工号"))
    book.active.append(("赵六", "zhaoliu", "负责人", "华东/上海", "E1"))
    book.save(tmp_path / "人员.xlsx")
    page.goto(f"{address}/settings/people")
    page.get_by_role("button", name="导入名单").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(tmp_path / "人员.xlsx")
    dialog.get_by_role("cell", name="赵六", exact=True).wait_for()
    assert page.get_by_role("table").first.get_by_text("赵六").count() == 0, "a preview only"
    for words in ("角色：— → 负责人", "部门：— → 华东 / 上海", "工号：— → E1"):
        assert dialog.get_by_text(words).count() == 1, words
    dialog.get_by_role("button", name="按此更新").click()
    page.get_by_role("button", name="赵六").or_(
        page.get_by_role("cell", name="赵六")
    ).first.wait_for()
    page.goto(f"{address}/settings/units")
    page.get_by_text("上海").first.wait_for()

    page.goto(f"{address}/settings/system")
    page.locator("li").filter(has_text="企业账号").get_by_role("button", name="设置").click()
    form = page.get_by_role("dialog")
    form.get_by_label("颁发者地址").fill("http://127.0.0.1:9")
    form.get_by_label("客户端 ID").fill("huiyin")
    form.get_by_label("客户端密钥").fill(SECRET)
    form.get_by_role("button", name="试一下能否连上").click()
    form.get_by_role("alert").filter(has_text="内网").wait_for()
    form.get_by_label("服务器在内网").click()
    form.get_by_role("button", name="试一下能否连上").click()
    form.get_by_role("alert").filter(has_not_text="默认不访问").filter(
        has_text="127.0.0.1"
    ).wait_for()
    form.get_by_role("button", name="取消").click()
    page.get_by_text("未启用").first.wait_for()


def test_a_new_browser_speaks_the_language_of_whoever_signs_in(server, visitor):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Datasets").first.wait_for()
    other = visitor()
    other.goto(f"{address}/sign-in")
    other.get_by_label("邮箱或账号").fill("li@example.com")
    other.get_by_label("密码", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="登录", exact=True).click()
    other.get_by_role("link", name="Datasets").first.wait_for()
    other.get_by_role("button", name="中文").click()
    other.get_by_role("link", name="数据集").first.wait_for()
    other.reload()
    other.get_by_role("link", name="数据集").first.wait_for()


def test_who_comes_to_the_address_itself_sees_the_first_page_after_signing_in(server, visitor):
    address, link = server
    become_administrator(visitor(), address, link)
    page = visitor()
    with page.expect_response("**/api/v1/datasets") as early:
        page.goto(address)
    assert early.value.status == httpx.codes.UNAUTHORIZED
    page.get_by_label("邮箱或账号").fill("li@example.com")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_text("把文件拖到这里").wait_for()


def test_a_report_with_a_password_is_shown_once_it_is_made(server, visitor, survey):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey)
    headers = {"X-CSRF-Token": page.request.get(f"{address}/api/v1/me").json()["csrf"]}
    facts = {"kind": "report", "dataset_id": dataset, "days": 1, "password": PASSWORD}
    made = page.request.post(f"{address}/api/v1/share-links", data=facts, headers=headers)
    guest = visitor()
    guest.goto(made.json()["url"])
    guest.get_by_label("访问密码").fill(PASSWORD)
    guest.get_by_role("button", name="打开").click()
    guest.get_by_text("正在生成").wait_for()
    guest.frame_locator("iframe").get_by_role("heading", name="结论").wait_for()
    shared = page.request.get(f"{address}/api/v1/share-links").json()["items"][0]
    assert shared["n_opened"] == 1


def test_another_sheet_of_a_workbook_is_read_by_its_name(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    book = openpyxl.Workbook()
    book.active.title = "答卷"
    for row in [("编号", "总体满意度"), *((n, 1 + n % 5) for n in range(90))]:
        book.active.append(row)
    calls = book.create_sheet("热线")
    for row in [("工单", "推荐意愿"), *((n, n % 11) for n in range(60))]:
        calls.append(row)
    book.save(tmp_path / "两张.xlsx")
    page.goto(f"{address}/datasets/new")
    page.locator("input[type=file]").set_input_files(tmp_path / "两张.xlsx")
    page.get_by_label("读哪张工作表").fill("热线")
    page.get_by_role("button", name="看懂每一列").click()
    page.get_by_role("heading", name="每一列是什么意思").wait_for()
    page.get_by_text("推荐意愿").first.wait_for()
    assert page.get_by_text("总体满意度").count() == 0


def test_a_list_is_cards_on_a_phone_and_nothing_is_cut(server, visitor):
    address, link = server
    page = visitor(viewport={"width": 390, "height": 844})
    become_administrator(page, address, link)
    people = [{"login": f"person{n}", "name": f"员工{n}"} for n in range(3)]
    headers = {"X-CSRF-Token": page.request.get(f"{address}/api/v1/me").json()["csrf"]}
    for one in people:
        page.request.post(f"{address}/api/v1/staff", data=one, headers=headers)
    page.goto(f"{address}/settings/people")
    page.get_by_text("员工2").wait_for()
    rows = page.locator(".listing-panel tr.ant-table-row")
    assert rows.count() == 4
    cells = rows.nth(0).locator("td").all()
    boxes = [cell.bounding_box() for cell in cells]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["y"] for box in boxes] == sorted({box["y"] for box in boxes}), "one below the other"
    label = cells[1].evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"账号"'
