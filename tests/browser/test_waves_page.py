"""A monthly panel from its page: each wave another part of the base, reminders, pause and stop."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from cast import Cast
from in_browser import choose, visited
from office import Office
from respondent import Respondent
from sender import picture
from sinks import mail_sink

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.transport import MAIL_SETTING, MailSettings, do_set_transport
from huiyin.people.sessions import do_open_session
from huiyin.people.settings import do_change_setting
from huiyin.store.contracts import Actor
from huiyin.store.unit_of_work import unit_of_work
from huiyin.web.access import COOKIE

pytestmark = pytest.mark.browser
SHANGHAI, N = ZoneInfo("Asia/Shanghai"), 40


class House(Office):
    """An office with a mail server, and a clock that is set."""

    def __init__(self, cast, tmp_path, sink):
        super().__init__(cast, tmp_path, n=N)
        self.sink, self.now = sink, cast.system.clock()
        object.__setattr__(cast.system, "clock", lambda: self.now)
        mail = MailSettings(
            host="127.0.0.1", port=sink.port, security="none", from_address="ask@example.com"
        )
        with cast.uow() as uow:
            do_change_setting(uow, "allow_private_addresses", True, 0)
            do_set_transport(uow, cast.system.key, MAIL_SETTING, mail, "x", 0)

    def on(self, month, day):
        """Come to a day of the so-manieth month from now, do what is due; gives who got a mail."""
        today, before = datetime.now(SHANGHAI), len(self.sink.mails)
        year, month = divmod(today.year * 12 + today.month - 1 + month, 12)
        self.now = datetime(year, month + 1, day, 9, 1, tzinfo=SHANGHAI)
        with ThreadPoolExecutor(1) as worker:  # the browser's own loop runs in this thread
            worker.submit(self._work).result()
        with unit_of_work(self.cast.database, Actor.system(), clock=lambda: self.now) as uow:
            secret = do_open_session(uow, self.browser.staff, "password", "test")
        self.browser.cookies.set(COOKIE, secret)
        self.browser.headers["x-csrf-token"] = self.call("/me", method="get").json()["csrf"]
        return [mail["to"] for mail in self.sink.mails[before:]]

    def _work(self):
        for _ in range(3):
            order_sends(self.cast.system)
            build_worker(self.cast.system).run_until_idle()


def make_panel(page, address, house):
    page.goto(f"{address}/surveys/{house.survey}/send")
    page.get_by_role("button", name="新建发送").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("每月 NPS")
    choose(page, "什么时候发", "每月轮流")
    dialog.get_by_label("分几批轮流").fill("3")
    choose(page, "客户名单来自", "订单")
    dialog.get_by_role("button", name="算一算发给多少人").click()
    dialog.get_by_text(re.compile(r"\d+ → \d+")).wait_for()
    picture(page, "waves-dialog")
    dialog.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="每月 NPS").wait_for()
    page.get_by_role("button", name="开始", exact=True).click()
    page.get_by_role("button", name="暂停", exact=True).wait_for()
    page.get_by_text(re.compile(r"下一批：\d{4}-\d\d-01 09:00")).wait_for()
    picture(page, "waves-started")


def answer(house, mail):
    """Open the link of a mail and send the page."""
    words = mail.get_body(("plain",)).get_content()
    guest = Respondent.__new__(Respondent)
    address = re.search(r"https://ask\.example\.com(/i/\S+)", words)[1]
    guest.__dict__ |= {"browser": house.cast.browser(), "address": address}
    guest.open()
    assert "谢谢" in guest.send(rec="9").text


def east(addresses):
    """Give those in the east: every other customer."""
    return {one for one in addresses if int(re.search(r"\d+", one)[0]) % 2 == 0}


def test_a_panel_asks_another_part_of_the_base_each_month(sqlite_database, tmp_path, visitor):
    page = visitor()
    with mail_sink() as sink:
        house = House(Cast(sqlite_database, tmp_path / "data"), tmp_path, sink)
        with visited(house.cast, page, house.browser) as address:
            make_panel(page, address, house)
        first = house.on(1, 1)
        answer(house, sink.mails[0])
        assert sorted(house.on(1, 5)) == sorted(first[1:])  # reminders
        assert house.on(1, 9) == []
        where = [{"column": "区域", "values": ["东"]}]
        house.start(house.plan(audience={"where": where}, kind="transaction"), "签收")
        handed = len(house.links())
        second = house.on(2, 1)
        assert second
        assert not set(second) & set(first)
        assert not east(second)  # who was written to three weeks ago is left alone
        assert handed == N // 2 - len(east(first))
        house.on(2, 2)
        with visited(house.cast, page, house.browser) as address:
            page.goto(f"{address}/surveys/{house.survey}/send")
            row = page.get_by_role("row", name="每月 NPS")
            row.get_by_role("button", name="暂停").click()
            row.get_by_text("已暂停").wait_for()
            by_channel = page.get_by_role("region", name="漏斗").locator("table").first
            mails = by_channel.get_by_role("row", name="邮件").get_by_role("cell")
            sent = len(first) + len(second)
            shown = [one.split()[0] for one in mails.all_inner_texts()[1:]]
            assert shown[:5] == [str(sent), str(sent), "1", "1", "1"]
            picture(page, "waves-funnel")
            page.set_viewport_size({"width": 390, "height": 844})
            picture(page, "waves-funnel-phone")
        assert house.on(2, 6) == []  # no reminder while it rests
        with visited(house.cast, page, house.browser) as address:
            page.goto(f"{address}/surveys/{house.survey}/send")
            row = page.get_by_role("row", name="每月 NPS")
            row.get_by_role("button", name="开始").click()
            row.get_by_text("进行中").wait_for()
        assert sorted(house.on(2, 7)) == sorted(second)
        with visited(house.cast, page, house.browser) as address:
            page.goto(f"{address}/surveys/{house.survey}/send")
            row = page.get_by_role("row", name="每月 NPS")
            row.get_by_role("button", name="停止").click()
            row.get_by_text("已停止").wait_for()
        assert house.on(3, 1) == []
