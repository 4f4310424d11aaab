"""Customers and accounts in the browser: found, looked at, contact data in clear, erased."""

import re
from contextlib import suppress

import pytest
from newcomer import become_administrator
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HEAD = "编号,客户编号,姓名,手机号,客户单位,地区,总体满意度,您有多大可能向朋友推荐我们,答题时间,意见"


def write_answers(path, n=480):
    rows = []
    for i in range(n):
        late, who = i >= n // 2, i % 40
        day = f"{'2026' if late else '2025'}-{1 + i % 12:02d}-1{i % 9} 10:00:00"
        score = (10 if i % 5 else 3) if late and i % 4 == 1 else i * 7 % 11
        rows.append(
            f"{i},C{who:03d},欧阳测试{who},1390000{who:04d},公司{i % 4},华东,{1 + i % 5},{score},"
            f"{day},第{i}条意见，送货很准时"
        )
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


def bring_in(page, address, file):
    """Load a file through the page's own session, and wait until it is in."""
    csrf = page.request.get(f"{address}/api/v1/me").json()["csrf"]
    headers = {"X-CSRF-Token": csrf}
    sent = {"files": {"name": file.name, "mimeType": "text/csv", "buffer": file.read_bytes()}}
    uploads = page.request.post(f"{address}/api/v1/uploads", headers=headers, multipart=sent)
    ids = [one["id"] for one in uploads.json()["items"]]
    body = {"name": "企业回访", "uploads": ids, "load": True}
    made = page.request.post(f"{address}/api/v1/datasets", headers=headers, data=body).json()
    page.goto(f"{address}/datasets/{made['id']}")
    page.get_by_text("480", exact=True).first.wait_for()
    return made["id"]


def account_list(page, tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text("客户单位,等级,续约日期\n公司1,金牌,2027-03-01\n公司9,银牌,\n", "utf-8")
    page.get_by_role("button", name="导入 Excel 名单").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_text("等级: — → 金牌；续约日期: — → 2027-03-01").wait_for()
    dialog.get_by_role("button", name="按此更新").click()
    page.get_by_role("cell", name="金牌").wait_for()


def test_customers_and_accounts(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    bring_in(page, address, write_answers(tmp_path / "回访.csv"))

    page.goto(f"{address}/clients")
    row = page.get_by_role("row").filter(has_text="公司1")
    row.get_by_text("真变化").wait_for()
    assert re.search(r"NPS", page.locator("thead").inner_text())
    account_list(page, tmp_path)
    page.get_by_role("link", name="公司1").click()
    page.get_by_role("heading", name="公司1").wait_for()
    page.get_by_text("2027-03-01").wait_for()
    expect(page.get_by_role("row").filter(has_text="欧***")).to_have_count(10)

    page.goto(f"{address}/customers?search=13900000003")
    page.get_by_role("link", name="欧***").click()
    page.get_by_role("heading", name="欧***").wait_for()
    page.get_by_text("139****0003", exact=True).wait_for()
    assert "13900000003" not in page.content()
    page.get_by_role("button", name="查看完整联系方式").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("都会记入审计日志").wait_for()
    dialog.get_by_role("button", name="显示").click()
    dialog.get_by_text("请写明理由").wait_for()
    dialog.get_by_label("理由").fill("回访投诉")
    dialog.get_by_role("button", name="显示").click()
    page.get_by_role("cell", name="13900000003").wait_for()

    page.get_by_role("button", name="删除这位客户").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("“企业回访”的 12 行").wait_for()
    dialog.get_by_label("理由").fill("本人要求")
    dialog.get_by_label("我明白这不能恢复").check()
    dialog.get_by_role("button", name="永久删除").click()
    page.wait_for_url("**/customers")
    page.goto(f"{address}/customers?search=13900000003")
    gone = page.get_by_text("没有符合条件的内容")
    for _ in range(90):  # an erasure is a job, and waits for files that are being read
        with suppress(TooLate):
            gone.wait_for(timeout=1_000)
            break
        page.reload()
    expect(gone).to_be_visible()
