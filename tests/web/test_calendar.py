"""The event calendar over HTTP: by hand, file and token; who may; what coincides."""

from __future__ import annotations

import pytest
from importing import add_dataset

from huiyin.people.contracts import Role

API = "/api/v1"
OUTAGE = {"kind": "incident", "title": "支付中断", "since": "2025-02-20", "until": "2025-02-21"}


@pytest.fixture
def analyst(cast_on_both):
    return cast_on_both.signed_in(Role.ANALYST)


def test_events_are_kept_changed_and_removed_under_guard(analyst):
    made = analyst.post(f"{API}/calendar", json=OUTAGE | {"where": {"大区": "华东"}})
    assert made.status_code == 201, made.text
    event = made.json()
    assert (event["source"], event["kind_words"]["zh-CN"]) == ("hand", "故障")
    again = analyst.post(f"{API}/calendar", json=OUTAGE | {"where": {"大区": "华东"}})
    assert again.json() == {"added": False}
    place = f"{API}/calendar/{event['id']}"
    changed = analyst.put(place, json=OUTAGE | {"note": "两小时", "revision": 1})
    assert (changed.json()["note"], changed.json()["revision"]) == ("两小时", 2)
    assert analyst.put(place, json=OUTAGE | {"revision": 1}).status_code == 409
    assert analyst.delete(place, params={"revision": 1}).status_code == 409
    assert analyst.delete(place, params={"revision": 2}).json() == {"removed": True}
    assert analyst.get(f"{API}/calendar").json()["total"] == 0


def test_a_window_a_kind_and_a_dataset_narrow_the_list(cast_on_both, analyst, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编号,总体满意度\n" + "".join(f"{i},{1 + i % 5}\n" for i in range(30)), "utf-8")
    dataset_id = add_dataset(cast_on_both, analyst, path)[0]
    release = {"kind": "release", "title": "5.2", "since": "2025-04-01"}
    for body in (OUTAGE, release, OUTAGE | {"title": "另一处", "dataset_id": dataset_id}):
        assert analyst.post(f"{API}/calendar", json=body).status_code == 201

    def titles(**params):
        found = analyst.get(f"{API}/calendar", params=params).json()["items"]
        return [one["title"] for one in found]

    assert titles(since="2025-03-01") == ["5.2"]
    assert set(titles(since="2025-02-21")) == {"支付中断", "5.2", "另一处"}  # still going on
    assert set(titles(until="2025-02-20")) == {"支付中断", "另一处"}
    assert titles(kind="release") == ["5.2"]
    assert set(titles(dataset_id=dataset_id)) == {"支付中断", "5.2", "另一处"}
    assert "支付中断" in analyst.get(f"{API}/calendar", params={"format": "csv"}).text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"title": " "}, "不能空着"),
        ({"until": "2025-02-01"}, "早于"),
        ({"until": "2095-02-01"}, "十年"),
        ({"title": "a\u0007b"}, "控制字符"),
        ({"title": "长" * 201}, "最多 200"),
    ],
)
def test_a_fault_is_one_sentence(analyst, fault, said):
    answer = analyst.post(f"{API}/calendar", json=OUTAGE | fault)
    assert answer.status_code == 422
    assert said in answer.json()["error"]["sentence"]["zh-CN"]
    assert analyst.post(f"{API}/calendar", json=OUTAGE | {"dataset_id": "x"}).status_code == 404


def test_a_file_is_taken_whole_or_not_at_all(analyst):
    def send(text):
        return analyst.post(f"{API}/calendar/file", files={"file": ("事件.csv", text.encode())})

    good = "类型,名称,开始,结束\n故障,a,2025-03-15,\n活动,b,2025-03-20,2025-03-22\n"
    assert send(good).json() == {"added": 2, "already": 0}
    assert send(good + "节假日,清明,2025-04-04,2025-04-06\n").json() == {"added": 1, "already": 2}
    bad = send("类型,名称,开始,结束\n故障,c,2025-03-15,\n故障,d,很久以前,\n")
    assert bad.status_code == 422
    assert bad.json()["error"]["sentence"]["zh-CN"].startswith("第 3 行")
    assert analyst.get(f"{API}/calendar").json()["total"] == 3


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.MANAGER, True), (Role.VIEWER, False), (Role.FRONT_LINE, False)],
)
def test_who_may_keep_the_calendar(cast_on_both, role, may):
    browser = cast_on_both.signed_in(role)
    assert browser.get(f"{API}/calendar").status_code == 200
    assert browser.post(f"{API}/calendar", json=OUTAGE).status_code == (201 if may else 403)


def test_a_token_adds_events_and_they_say_so(cast_on_both, analyst):
    body = {"name": "发布系统", "scope": ["edit_calendar", "see_scores"], "days": 30}
    secret = analyst.post(f"{API}/tokens", json=body).json()["secret"]
    other = cast_on_both.browser()
    made = other.post(f"{API}/calendar", json=OUTAGE, headers={"authorization": f"Bearer {secret}"})
    assert made.status_code == 201, made.text
    assert made.json()["source"] == "api"


def test_low_scores_that_coincide_are_said_and_not_blamed(cast_on_both, analyst, tmp_path):
    lines = ["编号,答题时间,总体满意度"]
    for i in range(56 * 40):
        month, day = divmod(i // 40, 28)
        bad = (month, day) in {(1, 19), (1, 20)} and i % 2
        lines.append(
            f"{i},2025-{month + 1:02d}-{day + 1:02d} 10:00,{1 if bad or i % 10 == 0 else 5}"
        )
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id = add_dataset(cast_on_both, analyst, path)[0]
    analyst.post(f"{API}/calendar", json=OUTAGE)
    analyst.post(f"{API}/calendar", json=OUTAGE | {"title": "范围不对", "where": {"无": "x"}})
    found = analyst.get(f"{API}/datasets/{dataset_id}/calendar").json()
    assert found["total"] == 2
    by_title = {one["title"]: one["coincidence"] for one in found["items"]}
    assert by_title["支付中断"]["call"] == "real"
    assert by_title["支付中断"]["cell"]["comparison"]["against"] == "same_weekdays"
    assert "不等于是它造成的" in by_title["支付中断"]["sentence"]["zh-CN"]
    assert by_title["范围不对"]["cell"] is None


def test_a_chart_marks_no_event_of_rows_that_its_reader_does_not_see(cast, tmp_path):
    analyst, root = cast.signed_in(Role.ANALYST), cast.signed_in(Role.ADMINISTRATOR)
    path = tmp_path / "a.csv"
    rows = "".join(f"{i},{1 + i % 5},{'华东' if i % 2 else '华南'}\n" for i in range(60))
    path.write_text(f"编号,总体满意度,大区\n{rows}", "utf-8")
    dataset_id = add_dataset(cast, analyst, path)[0]
    for where in ({}, {"大区": "华东"}, {"大区": "华南"}):
        title = where.get("大区", "全国")
        assert analyst.post(
            f"{API}/calendar", json=OUTAGE | {"title": title, "where": where}
        ).is_success
    held = cast.signed_in(Role.VIEWER, "held")
    rule = {"column": "大区", "values": ["华东"], "staff_id": held.staff.id}
    assert root.post(f"{API}/row-rules", json=rule).status_code == 201

    def marked(browser, path="events"):
        found = browser.get(f"{API}/datasets/{dataset_id}/{path}")
        return {one["title"] for one in found.json()["items"]}

    assert marked(held) == {"全国", "华东", "华南"}, "everybody sees the scores of all"
    root.put(f"{API}/settings/share_scores_with_everyone", json={"value": False, "revision": 0})
    assert marked(held) == marked(held, "calendar") == {"全国", "华东"}
    assert marked(analyst) == {"全国", "华东", "华南"}
    narrow = {"since": "2025-02-22", "until": "2025-03-01"}
    found = analyst.get(f"{API}/datasets/{dataset_id}/events", params=narrow)
    assert found.json()["items"] == []
