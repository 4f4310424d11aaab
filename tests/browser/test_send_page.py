"""An analyst sends a questionnaire from its page: chooses whom, sees how many, starts, watches."""

import pytest
from in_browser import choose
from newcomer import become_administrator
from sender import Caller, picture

pytestmark = pytest.mark.browser


def look_at_the_mail(page, dialog):
    dialog.get_by_label("哪位客户").fill("C3")
    dialog.get_by_role("button", name="看看发出去的样子").click()
    dialog.frame_locator("iframe").get_by_text("打开问卷").wait_for()
    dialog.get_by_text("c***@example.com").wait_for()
    dialog.locator(".look").scroll_into_view_if_needed()
    picture(page, "send-look")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "send-look-phone")
    page.set_viewport_size({"width": 1280, "height": 860})


def set_conditions(page, dialog):
    for place, (column, value) in enumerate((("区域", "东"), ("客户编号", "C0"))):
        dialog.get_by_role("button", name="加一个条件").click()
        choose(page, "列", column, within=dialog, nth=place)
        dialog.get_by_label("值", exact=True).nth(place).fill(value)
        dialog.get_by_label("值", exact=True).nth(place).press("Enter")
        dialog.locator(".conditions").get_by_text(value, exact=True).filter(visible=True).wait_for()
    dialog.get_by_role("button", name="去掉这个条件").nth(1).click()
    dialog.get_by_role("button", name="去掉这个条件").nth(1).wait_for(state="detached")
    with page.expect_response(lambda one: one.url.endswith("/audience")) as counted:
        dialog.get_by_role("button", name="算一算发给多少人").click()
    asked = counted.value.request.post_data_json["plan"]["audience"]["where"]
    assert (counted.value.json()["n_asked"], len(asked)) == (6, 1), (counted.value.text(), asked)
    dialog.get_by_text("6 → 6").wait_for()
    dialog.get_by_label("哪位客户").fill("C2")
    dialog.get_by_role("button", name="看看发出去的样子").click()
    dialog.get_by_text("/i/preview").first.wait_for()


def change_settings(page, caller, address):
    headers = {"x-csrf-token": caller.csrf}
    server = {
        "host": "mx.example.com",
        "from_address": "a@example.com",
        "reply_to": "b@example.com",
    }
    body = {"settings": server, "revision": 0}
    mail = f"{caller.root}/sending/mail"
    assert page.request.put(mail, headers=headers, data=body).ok
    page.goto(f"{address}/settings/sending")
    form = page.get_by_role("region", name="邮件服务器")
    form.get_by_label("发件人").fill("回音")
    with page.expect_response(lambda one: one.url == mail and one.request.method == "PUT"):
        form.get_by_role("button", name="保存").click()
    kept = page.request.get(mail).json()["settings"]
    assert (kept["from_name"], kept["reply_to"]) == ("回音", "b@example.com")
    page.get_by_role("heading", name="免打扰名单").wait_for()
    page.get_by_role("button", name="加入").click()
    page.get_by_label("手机号或邮箱").fill("c1@example.com")
    page.get_by_label("理由").fill("来电要求")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    page.get_by_text("c***@example.com").wait_for()
    picture(page, "send-settings")


def ring(page, address, survey):
    """Ring a customer who was not written to, and fill in for them; another one asks for later."""
    page.goto(f"{address}/surveys/{survey}/phone")
    page.get_by_placeholder("客户编号、手机号或邮箱").fill("C3")
    page.get_by_placeholder("客户编号、手机号或邮箱").press("Enter")
    page.get_by_role("button", name="打给这位").click()
    frame = page.frame_locator("iframe")
    frame.get_by_text("请对方说一个 0 到 10 的数").wait_for()
    picture(page, "phone-call")
    frame.locator(".levels input").last.check(force=True)
    frame.locator("button.on").click()
    page.get_by_text("已经收到，谢谢。").wait_for()
    page.get_by_role("button", name="下一位").click()
    page.get_by_placeholder("客户编号、手机号或邮箱").fill("C5")
    page.get_by_placeholder("客户编号、手机号或邮箱").press("Enter")
    page.get_by_role("button", name="打给这位").click()
    page.get_by_label("约在什么时候").fill("2030-01-02T10:00")
    page.get_by_role("button", name="约了再打").click()
    page.locator(".phone-list .tag").get_by_text("约了再打").wait_for()
    picture(page, "phone-list")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="再打").click()
    frame.get_by_text("请对方说一个 0 到 10 的数").wait_for()
    picture(page, "phone-call-small")


def test_a_mailing_is_made_counted_started_and_watched(server, visitor):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    caller.add_customers()
    survey = caller.publish()
    page.goto(f"{address}/surveys/{survey}/send")
    page.get_by_role("heading", name="公开链接").wait_for()
    page.get_by_role("button", name="新建发送").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("五月客户")
    choose(page, "客户名单来自", "客户")
    look_at_the_mail(page, dialog)
    choose(page, "渠道", "链接")
    set_conditions(page, dialog)
    picture(page, "send-dialog")
    dialog.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="五月客户").wait_for()
    page.get_by_role("button", name="开始", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("cell", name="6", exact=True).wait_for()
        page.get_by_role("button", name="导出链接").click()
    assert taken.value.suggested_filename == "links.csv"
    page.get_by_text("送达不得而知").wait_for()
    picture(page, "send-page")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "send-page-phone")
    page.set_viewport_size({"width": 1280, "height": 860})
    change_settings(page, caller, address)
    ring(page, address, survey)
