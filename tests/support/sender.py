"""Somebody who sends: calls the routes as the page does, chooses from lists, keeps pictures."""

import os
import time

HEADS = "客户编号,邮箱,区域,成交日期"
PAGE = {"id": "p1", "questions": [{"kind": "nps", "id": "rec", "title": {"zh-CN": "会推荐吗？"}}]}
DRAFT = {"title": {"zh-CN": "满意度"}, "pages": [PAGE]}


class Caller:
    """Calls the routes as the page does."""

    def __init__(self, page, address):
        self.page, self.root = page, f"{address}/api/v1"
        self.csrf = page.request.get(f"{self.root}/me").json()["csrf"]

    def post(self, path, **body):
        headers = {"x-csrf-token": self.csrf}
        answer = self.page.request.post(f"{self.root}{path}", headers=headers, **body)
        assert answer.ok, answer.text()
        return answer.json()

    def add_customers(self, n=12):
        rows = [f"C{k},c{k}@example.com,{'东西'[k % 2]},2026-05-0{1 + k % 9}" for k in range(n)]
        words = "\n".join([HEADS, *rows]).encode()
        file = {"name": "客户.csv", "mimeType": "text/csv", "buffer": words}
        (made,) = self.post("/uploads", multipart={"files": file})["items"]
        body = {"name": "客户", "uploads": [made["id"]], "load": True}
        dataset = self.post("/datasets", data=body)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            state = self.page.request.get(f"{self.root}/imports/{dataset['import']['id']}").json()
            if state["status"] == "done":
                return
            time.sleep(0.5)
        raise AssertionError(state)

    def publish(self, **more):
        survey = self.post("/surveys", data={"name": "满意度", "draft": DRAFT | more})
        self.post(f"/surveys/{survey['id']}/publish", data={"revision": survey["revision"]})
        return survey["id"]


def picture(page, name):
    """Keep pictures where they are asked for."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
