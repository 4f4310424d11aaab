"""Somebody who sends a questionnaire to customers, by the routes of the pages."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from guests import ALL_DAY, add_survey
from importing import add_dataset
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store.tables import SurveyInvitation

HEADS = ("客户编号", "手机号", "邮箱", "区域", "签收日期")
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
"""Of rows that are new, on the clock of the mailings."""


class Office:
    """An analyst with customers, a questionnaire, and the routes of sending."""

    def __init__(self, cast, tmp_path, n=12):
        self.cast, self.browser = cast, cast.signed_in(Role.ANALYST)
        self.keeper = cast.signed_in(Role.ADMINISTRATOR)
        with cast.uow() as uow:
            do_change_setting(uow, "public_address", "https://ask.example.com", 0)
            self.survey = add_survey(uow).id
        rows = [
            (f"C{k}", f"138001380{k:02}", f"c{k}@example.com" if k else "", "东西"[k % 2], TODAY)
            for k in range(n)
        ]
        file = tmp_path / "orders.csv"
        file.write_text("\n".join(",".join(map(str, row)) for row in (HEADS, *rows)), "utf-8")
        self.dataset, _ = add_dataset(cast, self.browser, file, name="订单")

    def plan(self, **words):
        audience = {"dataset_id": self.dataset} | words.pop("audience", {})
        return {"channel": "link", "window": ALL_DAY, "audience": audience} | words

    def call(self, path, body=None, method="post", browser=None, expect=(200, 201, 202)):
        answer = getattr(browser or self.browser, method)(
            f"/api/v1{path}", **({"json": body} if body is not None else {})
        )
        assert answer.status_code in expect, answer.text
        return answer

    def audience(self, plan, **more):
        return self.call(f"/surveys/{self.survey}/audience", {"plan": plan} | more).json()

    def start(self, plan, name="试发"):
        path = f"/surveys/{self.survey}/mailings"
        made = self.call(path, {"name": name, "plan": plan}).json()
        self.path = f"{path}/{made['id']}"
        state = {"do": "start", "revision": made["revision"]}
        self.call(self.path + "/state", state)
        build_worker(self.cast.system).run_until_idle()
        return made["id"]

    def links(self, browser=None):
        body = self.call(self.path + "/links", browser=browser).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(body)))

    def invitations(self):
        with self.cast.database.reading() as session:
            return list(session.scalars(select(SurveyInvitation).order_by(SurveyInvitation.id)))
