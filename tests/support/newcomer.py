"""What a newcomer does in a browser, and the survey they bring."""

import re
from datetime import datetime, timedelta

PASSWORD = "correct horse battery"  # noqa: S105 -- of nobody
NPS = "您有多大可能向朋友推荐我们"
HEAD = f"编号,{NPS},总体满意度,地区,偏好,意见"
SAYINGS = ("送货很准时，师傅也客气", "收银排队太久，下次不想来了", "东西不错，就是包装有点破")


def write_survey(path):
    rows = [
        f"{i},{(i * 7) % 11},{1 + (i * 3) % 5},{'华东' if i % 3 else '华北'},{1 + i % 4},"
        f"{'华东' if i % 3 else '华北'}的客户说：{SAYINGS[i % 3]}（第{i}份）"
        for i in range(240)
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


def write_wjx_survey(path):
    """Write the workbook that 问卷星 gives “按选项文本”, with one column that leaves a doubt."""
    import xlsxwriter

    meta = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    asked = [f"1、{NPS}？", "2、您对我们的总体满意度", "3、地区", "4、偏好", "5、意见"]
    levels = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, [*meta, *asked])
        for i in range(240):
            region = "华东" if i % 3 else "华北"
            at = datetime(2026, 3, 1, 9, 0, 7) + timedelta(hours=7 * i)  # noqa: DTZ001 -- as written
            known = [i + 1, f"{at:%Y/%m/%d %H:%M:%S}", f"{60 + i % 90}秒", "微信", "N/A"]
            said = f"{region}的客户说：{SAYINGS[i % 3]}（第{i}份）" if i % 5 else "(空)"
            answers = [(i * 7) % 11, levels[(i * 3) % 5], region, 1 + i % 4, said]
            sheet.write_row(i + 1, 0, [*known, f"113.1.{i % 200}.{i % 99}(广东-深圳)", *answers])
    return path


def become_administrator(page, address, link):
    page.goto(address + link)
    page.get_by_label("姓名").fill("李明")
    page.get_by_label("邮箱").fill("li@example.com")
    page.get_by_label("设一个密码").fill(PASSWORD)
    page.get_by_label("再填一遍").fill(PASSWORD)
    page.get_by_role("button", name="建好并进入").click()
    page.get_by_role("heading", name="李明，你好").wait_for()


def understand(page, address, survey, *, doubts=True):
    """Drop the file; settle its doubt where it leaves one."""
    page.goto(f"{address}/datasets/new")
    page.locator("input[type=file]").set_input_files(survey)
    page.get_by_role("button", name="看懂每一列").click()
    if doubts:
        page.get_by_role("heading", name="每一列是什么意思").wait_for()
        page.get_by_role("button", name="认得没错").click()
    page.get_by_text("没有疑问了").wait_for()


def bring_in(page, address, survey, *, doubts=True):
    """Drop the file, settle its doubt where it leaves one, import; gives the dataset's id."""
    understand(page, address, survey, doubts=doubts)
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_url("**tab=quality**")
    return re.search(r"/datasets/([^/?]+)", page.url)[1]
