"""A link that can be forwarded shows what was frozen, and only that."""

from datetime import timedelta

import pytest
from fastapi.responses import PlainTextResponse

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import LinkExpiredError, Role, RowCondition, RowRule
from huiyin.people.share_links import Frozen, fetch_share_link, shared_view

WORD = "长安街1号"
TITLE = "<script>alert(1)</script>"


class Notes:
    """A kind for tests: shows its own payload and rule."""

    name, page, downloads = "notes", "txt", ("csv",)

    def freeze(self, _session, _system, _person, _dataset_id, payload):
        rule = RowRule((RowCondition("地区", ("华东",)),))
        return Frozen(self.name, None, 7, payload, RowRule(), rule)

    def show(self, _system, view):
        rule = view.frozen.row_rule.conditions[0].column
        return {"payload": view.frozen.payload, "rule": rule, "title": TITLE}

    def part(self, _system, _view, part):
        return None if part == "csv" else PlainTextResponse(part)


@pytest.fixture
def sharer(cast):
    cast.app.state.shared["notes"] = Notes()
    return cast.signed_in(Role.MANAGER, "bob", name="Bob")


def make(sharer, **facts):
    body = {"kind": "notes", "payload": {"purpose": "general"}, "days": 3, **facts}
    answer = sharer.post("/api/v1/share-links", json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return made, "/api/v1/shared/" + made["url"].rsplit("/", 1)[1]


def test_anybody_who_holds_it_sees_what_was_frozen(cast, sharer):
    _, address = make(sharer)
    anybody = cast.browser()
    assert anybody.get(address).json()["needs_password"] is False
    opened = anybody.post(address, json={}).json()
    assert opened["content"]["payload"] == {"purpose": "general"}
    assert opened["content"]["rule"] == "地区"
    assert opened["version"] == 7
    assert opened["by"] == "Bob"
    assert opened["watermark"].startswith("Bob 2")
    listed = sharer.get("/api/v1/share-links")
    assert listed.json()["items"][0]["n_opened"] == 1
    assert address.rsplit("/", 1)[1] not in listed.text


def test_a_password_is_asked_for_and_guessing_is_throttled(cast, sharer):
    _, address = make(sharer, password=WORD, watermark="仅供内部")
    anybody = cast.browser()
    assert anybody.get(address).json()["needs_password"] is True
    refused = anybody.post(address, json={})
    assert refused.status_code == 401
    assert "发给您链接的人" in refused.json()["error"]["sentence"]["zh-CN"]
    assert anybody.post(address, json={"password": WORD}).json()["watermark"] == "仅供内部"
    codes = [anybody.post(address, json={"password": f"{n}"}).status_code for n in range(7)]
    assert codes == [401] * 6 + [429]


def test_it_ends_when_voided_when_old_and_when_its_maker_is_shut_out(cast, sharer):
    made, address = make(sharer)
    assert sharer.delete(f"/api/v1/share-links/{made['id']}").status_code == 200
    assert cast.browser().post(address, json={}).status_code == 410

    _, address = make(sharer)
    secret = address.rsplit("/", 1)[1]
    with cast.database.reading() as session:
        row, maker = fetch_share_link(session, secret, cast.system.clock())
        assert shared_view(row, maker).minimum_n == 10
        with pytest.raises(LinkExpiredError):
            fetch_share_link(session, secret, row.expires_at)
        fetch_share_link(session, secret, row.expires_at - timedelta(seconds=1))

    root = cast.signed_in(Role.ADMINISTRATOR)
    bob = root.get(f"/api/v1/staff/{sharer.staff.id}").json()
    root.post(f"/api/v1/staff/{bob['id']}/disable", json={"revision": bob["revision"]})
    assert cast.browser().post(address, json={}).status_code == 410


def test_only_its_maker_or_a_keeper_voids_it_and_only_sharers_make_one(cast, sharer):
    made, _ = make(sharer)
    other = cast.signed_in(Role.MANAGER, "eve")
    assert other.delete(f"/api/v1/share-links/{made['id']}").status_code == 404
    assert other.get("/api/v1/share-links").json()["total"] == 0
    root = cast.signed_in(Role.ADMINISTRATOR)
    assert root.get("/api/v1/share-links").json()["total"] == 1
    assert root.delete(f"/api/v1/share-links/{made['id']}").status_code == 200
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.post("/api/v1/share-links", json={"kind": "notes"}).status_code == 403


@pytest.mark.parametrize(
    "facts",
    [{"days": 0}, {"days": 400}, {"password": "abc"}, {"watermark": "x" * 81}, {"kind": "none"}],
)
def test_what_does_not_fit_is_refused(sharer, facts):
    body = {"kind": "notes", "days": 3, **facts}
    assert sharer.post("/api/v1/share-links", json=body).status_code == 422


def test_an_unknown_link_says_so(cast):
    answer = cast.browser().post("/api/v1/shared/unknown", json={})
    assert answer.status_code == 410
    assert "链接" in answer.json()["error"]["sentence"]["zh-CN"]


def test_its_page_needs_no_script_and_holds_none(cast, sharer):
    made, _ = make(sharer)
    place = "/shared/" + made["url"].rsplit("/", 1)[1]
    page = cast.browser().get(place)
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "data:image/svg+xml" in page.text
    assert f"{place}/txt" in page.text
    assert f"{place}/csv" not in page.text
    assert cast.browser().get(f"{place}/csv").status_code == 404
    inside = cast.browser().get(f"{place}/txt")
    assert inside.text == "txt"
    assert inside.headers["x-frame-options"] == "SAMEORIGIN"


def test_without_a_watermark_files_may_be_taken_along(cast, sharer):
    made, _ = make(sharer, watermark=False)
    place = "/shared/" + made["url"].rsplit("/", 1)[1]
    page = cast.browser().get(place)
    assert f"{place}/csv" in page.text
    assert "data:image/svg+xml" not in page.text
    assert cast.browser().get(f"{place}/csv").status_code == 202


def test_the_page_asks_for_the_password_once(cast, sharer):
    made, _ = make(sharer, password=WORD)
    other, _ = make(sharer, password=WORD)
    place, elsewhere = ("/shared/" + one["url"].rsplit("/", 1)[1] for one in (made, other))
    browser = cast.browser()
    assert "password" in browser.get(place).text
    assert browser.get(f"{place}/txt", follow_redirects=False).status_code == 303
    wrong = browser.post(place, data={"password": "wrong"})
    assert wrong.status_code == 401
    assert "txt" not in wrong.text
    opened = browser.post(place, data={"password": WORD})
    assert f"{place}/txt" in opened.text
    assert browser.get(f"{place}/txt").text == "txt"
    kept = browser.cookies["huiyin_shared"]
    stranger = cast.browser(cookies={"huiyin_shared": kept})
    assert stranger.get(f"{elsewhere}/txt", follow_redirects=False).status_code == 303
    forged = cast.browser(cookies={"huiyin_shared": "v1.AAAA"})
    assert forged.get(f"{place}/txt", follow_redirects=False).status_code == 303
    sharer.delete(f"/api/v1/share-links/{made['id']}")
    assert browser.get(f"{place}/txt").status_code == 410


NPS = "您有多大可能向朋友推荐我们"


def rows(n):
    return [{"id": i, NPS: i % 11, "地区": ["华东", "华北"][i % 2]} for i in range(n)]


def test_a_shared_answer_and_report_stay_as_they_were(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    worker = build_worker(cast.system)
    with cast.uow() as uow:
        dataset_id = do_create_dataset(uow, "推送").id
    root.post(f"/api/v1/datasets/{dataset_id}/rows", json={"rows": rows(200)})
    worker.run_until_idle()
    body = {"kind": "query", "dataset_id": dataset_id, "payload": {"metrics": ["nps"]}, "days": 1}
    made = root.post("/api/v1/share-links", json=body)
    assert made.status_code == 201, made.text
    token = made.json()["url"].rsplit("/", 1)[1]
    before = cast.browser().post(f"/api/v1/shared/{token}", json={}).json()["content"]
    assert before["cells"][0]["n"] == 200
    shown = cast.browser().get(f"/shared/{token}/html").text
    assert all(part in shown for part in ("<table", "200 份", "推荐者", "95%"))

    body["payload"]["lang"] = "en"
    other = root.post("/api/v1/share-links", json=body).json()["url"].rsplit("/", 1)[1]
    english = cast.browser().get(f"/shared/{other}/html").text
    assert all(part in english for part in ("lang=en", "promoters", "confidence interval"))
    assert not any(part in english for part in ("指标", "推荐者", "份"))
    wrong = {**body, "payload": {"metrics": ["nps"], "lang": "xx"}}
    assert root.post("/api/v1/share-links", json=wrong).status_code == 422

    report = {"kind": "report", "dataset_id": dataset_id, "days": 1, "watermark": False}
    link = root.post("/api/v1/share-links", json=report).json()["url"].rsplit("/", 1)[1]
    root.post(f"/api/v1/datasets/{dataset_id}/rows", json={"rows": rows(300)})
    worker.run_until_idle()
    after = cast.browser().post(f"/api/v1/shared/{token}", json={}).json()["content"]
    assert after["cells"] == before["cells"]

    assert cast.browser().get(f"/shared/{link}").status_code == 202
    assert "<iframe" not in cast.browser().get(f"/shared/{link}").text
    worker.run_until_idle()
    assert "<iframe" in cast.browser().get(f"/shared/{link}").text
    page = cast.browser().get(f"/shared/{link}/html")
    assert page.status_code == 200
    assert "200" in page.text
    assert "sandbox" in page.headers["content-security-policy"]
    for bad in ({"purpose": "none"}, {"other": 1}):
        assert root.post("/api/v1/share-links", json={**report, "payload": bad}).status_code == 422
    gone = {**report, "dataset_id": "none"}
    assert root.post("/api/v1/share-links", json=gone).status_code == 404


@pytest.mark.parametrize("chart", ["bar", "box"])
def test_a_shared_view_is_the_chart_of_its_day_and_hides_small_groups(cast, chart):
    root = cast.signed_in(Role.ADMINISTRATOR)
    worker = build_worker(cast.system)
    with cast.uow() as uow:
        dataset_id = do_create_dataset(uow, "推送").id
    place = f"/api/v1/datasets/{dataset_id}/rows"
    few = [{"id": 900 + i, NPS: 7, "地区": "小岛"} for i in range(4)]
    told = [one | {"地区": f"大区{i % 4}"} for i, one in enumerate(rows(300))]
    root.post(place, json={"rows": [*told, *few]})
    worker.run_until_idle()
    payload = {
        "metrics": ["mean:" + NPS],
        "by": ["地区"],
        "chart": chart,
        "title": {"zh-CN": "各地<b>"},
    }
    body = {"kind": "query", "dataset_id": dataset_id, "payload": payload, "days": 1}
    made = root.post("/api/v1/share-links", json=body)
    assert made.status_code == 201, made.text
    token = made.json()["url"].rsplit("/", 1)[1]
    root.post(place, json={"rows": [one | {NPS: 0} for one in told]})
    worker.run_until_idle()
    page = cast.browser().get(f"/shared/{token}/html").text
    assert "各地&lt;b&gt;" in page
    assert page.count("<svg") == 4  # wide and for a phone, by day and by night
    assert "data-head" in page
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert sum(f"大区{i}" in drawn for i in range(4)) >= 3
    assert "7.0" not in drawn  # the four of the island all said 7
    cells = cast.browser().post(f"/api/v1/shared/{token}", json={}).json()["content"]["cells"]
    hidden = [c["by"]["地区"] for c in cells if c.get("not_estimable") == "suppressed"]
    assert "小岛" in hidden
    assert len(hidden) == 2  # with one more, or it could be subtracted
    assert "4.9" in page  # the mean of the day it was shared
    frame = cast.browser().get(f"/shared/{token}").text
    assert "class=mark" in frame
    wrong = {**body, "payload": payload | {"chart": "no such"}}
    assert root.post("/api/v1/share-links", json=wrong).status_code == 422


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["数据：推送", "时间：2025-01-01 起", "只看：地区为大区1、大区2", "对比：其余"]),
        (
            "en",
            ["Data: 推送", "Days: from 2025-01-01", "Only: 地区 is 大区1, 大区2", "Against: the"],
        ),
    ],
)
def test_a_shared_answer_says_of_whom_it_is(cast, lang, said):
    root = cast.signed_in(Role.ADMINISTRATOR)
    worker = build_worker(cast.system)
    with cast.uow() as uow:
        dataset_id = do_create_dataset(uow, "推送").id
    told = [
        one | {"地区": f"大区{i % 4}", "答题时间": f"2025-02-{1 + i % 20:02d} 10:00"}
        for i, one in enumerate(rows(300))
    ]
    root.post(f"/api/v1/datasets/{dataset_id}/rows", json={"rows": told})
    worker.run_until_idle()
    payload = {
        "metrics": ["mean:" + NPS],
        "by": ["地区"],
        "where": ["地区=大区1|大区2"],
        "since": "2025-01-01",
        "compare": "rest",
        "lang": lang,
    }
    body = {"kind": "query", "dataset_id": dataset_id, "payload": payload, "days": 1}
    made = root.post("/api/v1/share-links", json=body)
    assert made.status_code == 201, made.text
    token = made.json()["url"].rsplit("/", 1)[1]
    page = cast.browser().get(f"/shared/{token}/html").text
    for words in said:
        assert words in page
