"""Who may send sees the rule and who is left alone; others are told so once."""

import pytest
from newcomer import PASSWORD, become_administrator
from playwright.sync_api import expect
from sender import Caller, picture

pytestmark = pytest.mark.browser


def colleague(visitor, caller, role):
    """Add somebody with a role, and open their browser."""
    staff = {"login": role, "name": role, "role": role, "password": PASSWORD}
    caller.post("/staff", data=staff)
    page = visitor()
    signed_in = {"login": role, "password": PASSWORD}
    assert page.request.post(f"{caller.root}/session", data=signed_in).ok
    return page


def refused(page, place):
    page.goto(place)
    page.get_by_role("heading", name="您没有权限看这一页").wait_for()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)


def set_the_rule(page, caller, address):
    """At most 4 contacts in 90 days, one of them about the relationship in 180."""
    page.goto(f"{address}/settings/sending")
    form = page.get_by_role("region", name="联系频率")
    for group, most, days in (("全部联系合计", "4", "90"), ("关系调查", "1", "180")):
        line = form.get_by_role("group", name=group)
        line.get_by_label("最多几次").fill(most)
        line.get_by_label("多少天内").fill(days)
    with page.expect_response(lambda one: one.request.method == "PUT"):
        form.get_by_role("button", name="保存").click()
    picture(page, "frequency")
    kept = page.request.get(f"{caller.root}/sending/frequency").json()
    assert kept["limits"] == [
        {"kind": None, "most": 4, "days": 90},
        {"kind": "relationship", "most": 1, "days": 180},
    ]


def test_a_page_is_for_who_may_do_what_it_is_for(server, visitor):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    survey = f"{address}/surveys/{caller.publish()}"
    set_the_rule(page, caller, address)
    for role, places in (
        ("viewer", (f"{survey}/send", f"{survey}/phone", f"{address}/surveys/new")),
        ("manager", (f"{survey}/send", f"{address}/settings/sending")),
    ):
        own = colleague(visitor, caller, role)
        for place in places:
            refused(own, place)
    analyst = colleague(visitor, caller, "analyst")
    analyst.goto(address)
    analyst.get_by_role("link", name="发送设置").click()
    rule = analyst.get_by_role("region", name="联系频率").get_by_role("group", name="关系调查")
    expect(rule.get_by_label("最多几次")).to_have_value("1")
    expect(rule.get_by_label("最多几次")).to_be_disabled()
    expect(analyst.get_by_role("heading", name="邮件服务器")).to_have_count(0)
    analyst.get_by_role("button", name="加入").wait_for()
    picture(analyst, "sending-of-an-analyst")
