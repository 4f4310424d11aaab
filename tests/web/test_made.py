"""Groups and metrics made on the page: kept in versions, asked like any other."""

from __future__ import annotations

import numpy as np
import pytest
from importing import add_dataset, ask

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.store.tables import AuditRow

GROUPS = {
    "kind": "groups",
    "column": "城市",
    "groups": [{"name": "一线城市", "values": ["北京", "上海"]}],
    "rest": "其他",
}
METRIC = {"kind": "metric", "form": "share", "conditions": ["总体满意度>=4", "服务满意度>=4"]}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write answers of five cities; in 拉萨 four people answered."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,城市,年龄,总体满意度,服务满意度"]
    for i in range(400):
        city = "拉萨" if i < 4 else str(rng.choice(["北京", "上海", "成都", "武汉"]))
        total, service = rng.integers(1, 6, 2)
        lines.append(f"{i},2025-03-{i % 28 + 1:02d} 10:00,{city},{20 + i % 50},{total},{service}")
    path = tmp_path_factory.mktemp("made") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


def make(browser, dataset_id, name, definition, expect=201):
    body = {"name": name, "definition": definition}
    found = browser.post(f"/api/v1/datasets/{dataset_id}/made", json=body)
    assert found.status_code == expect, found.text
    return found.json()


def cells(browser, dataset_id, **words):
    return {tuple(c["by"].values()): c for c in ask(browser, dataset_id, **words)["cells"]}


def test_an_ordered_report_is_found_where_something_was_made(cast, analyst, dataset_id):
    make(analyst, dataset_id, "城市级别", GROUPS)
    make(analyst, dataset_id, "双满意", METRIC)
    place = f"/api/v1/datasets/{dataset_id}/report"
    assert analyst.get(f"{place}?purpose=churn").json()["ready"] == []
    build_worker(cast.system).run_until_idle()
    assert {"html", "json"} <= set(analyst.get(f"{place}?purpose=churn").json()["ready"])


def test_groups_and_a_metric_are_asked_like_what_the_data_has(cast, analyst, dataset_id):
    made = make(analyst, dataset_id, "城市级别", GROUPS)
    assert (made["version"], made["editable"]) == (1, True)
    make(analyst, dataset_id, "双满意", METRIC)
    words = {"metrics": ["calc:双满意"], "by": ["城市级别"]}
    found = cells(analyst, dataset_id, **words)
    alone = cells(analyst, dataset_id, metrics=["calc:双满意"], where=["城市=北京|上海"])
    assert found["一线城市",]["estimate"] == alone[()]["estimate"]
    assert set(found) == {("一线城市",), ("其他",)}
    filtered = cells(analyst, dataset_id, metrics=["calc:双满意"], where=["城市级别=一线城市"])
    assert filtered[()]["n"] == alone[()]["n"]
    view = {"dataset": dataset_id, "query": words, "chart": "bar"}
    shown = analyst.post("/api/v1/views/answer", json={"view": view})
    assert shown.status_code == 200, shown.text
    assert "双满意" in shown.json()["title"]
    by_city = cells(cast.signed_in(Role.VIEWER), dataset_id, metrics=["calc:双满意"], by=["城市"])
    hidden = {city for (city,), cell in by_city.items() if "not_estimable" in cell}
    assert "拉萨" in hidden
    assert hidden & {"成都", "武汉"}  # 其他 less its shown cities must not tell 拉萨


def test_what_is_wrong_with_a_made_one_is_said_in_the_reader_s_language(analyst, dataset_id):
    twice = GROUPS | {"groups": [{"name": "一线", "values": ["北京"], "low": 1}]}
    said = make(analyst, dataset_id, "坏", twice, expect=422)["error"]["sentence"]
    assert "取值和数的范围选一样" in said["zh-CN"]
    assert "either" not in said["zh-CN"]
    assert "either values or a range" in said["en"]


def test_a_change_is_the_next_version_and_counts_at_once(cast, analyst, dataset_id):
    make(analyst, dataset_id, "城市级别", GROUPS)
    before = cells(analyst, dataset_id, metrics=["score:总体满意度"], by=["城市级别"])
    wider = {**GROUPS, "groups": [{"name": "一线城市", "values": ["北京", "上海", "武汉"]}]}
    path = f"/api/v1/datasets/{dataset_id}/made/城市级别"
    changed = analyst.put(path, json={"definition": wider, "version": 1})
    assert changed.json()["version"] == 2
    after = cells(analyst, dataset_id, metrics=["score:总体满意度"], by=["城市级别"])
    assert after["一线城市",]["n"] > before["一线城市",]["n"]
    stale = analyst.put(path, json={"definition": GROUPS, "version": 1})
    assert stale.status_code == 409
    assert analyst.delete(path, params={"version": 1}).status_code == 409
    assert analyst.delete(path, params={"version": 2}).status_code == 200
    gone = {"metrics": ["score:总体满意度"], "by": ["城市级别"]}
    assert analyst.post(f"/api/v1/datasets/{dataset_id}/query", json=gone).status_code == 422
    assert make(analyst, dataset_id, "城市级别", GROUPS)["version"] == 4
    with cast.system.database.reading() as session:
        rows = session.query(AuditRow).filter_by(noun="made").order_by(AuditRow.at).all()
    assert [row.action for row in rows] == ["add", "change", "remove", "add"]


def test_who_may_make_and_change(cast, analyst, dataset_id):
    manager = cast.signed_in(Role.MANAGER, "mia")
    make(cast.signed_in(Role.VIEWER), dataset_id, "x", GROUPS, expect=403)
    make(manager, dataset_id, "城市级别", GROUPS)
    path = f"/api/v1/datasets/{dataset_id}/made/城市级别"
    other = cast.signed_in(Role.MANAGER, "moe")
    assert other.delete(path, params={"version": 1}).status_code == 403
    (item,) = other.get(f"/api/v1/datasets/{dataset_id}/made").json()["items"]
    assert (item["editable"], item["definition"]["rest"]) == (False, "其他")
    metric = {**GROUPS, "rest": None}
    kept = analyst.put(path, json={"definition": metric, "version": 1})
    assert kept.status_code == 200, kept.text


def test_what_does_not_fit_is_refused_with_a_sentence(analyst, dataset_id):
    overlapping = [{"name": "甲", "low": 1, "high": 5}, {"name": "乙", "low": 4}]
    unlike = ["index", "satisfied:总体满意度"]
    for name, definition in (
        ("城市", GROUPS), ("a=b", GROUPS), (" ", GROUPS),
        ("x", {**GROUPS, "column": "编号"}), ("x", {**GROUPS, "column": "没有"}),
        ("x", {**GROUPS, "groups": [{"name": "甲", "values": ["北京"], "low": 1}]}),
        ("x", {**GROUPS, "groups": overlapping}), ("x", {**GROUPS, "rest": "一线城市"}),
        ("x", {**METRIC, "conditions": ["没有>=4"]}), ("x", {**METRIC, "conditions": []}),
        ("x", {**METRIC, "conditions": ["总体满意度>=很差"]}),
        ("x", {"kind": "metric", "form": "ratio", "metrics": ["score:总体满意度"]}),
        ("x", {"kind": "metric", "form": "difference", "metrics": unlike}),
    ):  # fmt: skip
        assert make(analyst, dataset_id, name, definition, expect=422)


def test_a_made_metric_has_targets_that_every_page_judges(analyst, dataset_id):
    make(analyst, dataset_id, "双满意", METRIC)
    gap = {"kind": "metric", "form": "difference"}
    pair = ["satisfied:总体满意度", "satisfied:服务满意度"]
    make(analyst, dataset_id, "落差", gap | {"metrics": pair})
    make(analyst, dataset_id, "城市级别", GROUPS)
    goal = {"metric": "calc:双满意", "value": 0.9, "valid_from": "2025-01-01"}
    for wrong, status in (
        (goal, 422), (goal | {"dataset_id": dataset_id, "value": 90}, 422),
        (goal | {"dataset_id": dataset_id, "metric": "calc:没有"}, 404),
        (goal | {"dataset_id": dataset_id, "metric": "calc:城市级别"}, 404),
    ):  # fmt: skip
        assert analyst.post("/api/v1/targets", json=wrong).status_code == status, wrong
    own = goal | {"dataset_id": dataset_id}
    for one in (own, own | {"metric": "calc:落差", "value": -60}):
        made = analyst.post("/api/v1/targets", json=one)
        assert made.status_code == 201, made.text
    items = analyst.get(f"/api/v1/datasets/{dataset_id}/targets").json()["items"]
    found = {one["metric"]: one["attainment"] for one in items}
    assert found == {"calc:双满意": "missed", "calc:落差": "reached"}
    view = {"dataset": dataset_id, "query": {"metrics": ["calc:双满意"]}}
    shown = analyst.post("/api/v1/views/answer", json={"view": view}).json()
    assert [one["attainment"] for one in shown["judged"]] == ["missed"]


def test_a_share_link_shows_the_groups_of_its_day(cast, analyst, dataset_id):
    make(analyst, dataset_id, "城市级别", GROUPS)
    question = {"metrics": ["score:总体满意度"], "by": ["城市级别"]}
    body = {"kind": "query", "dataset_id": dataset_id, "payload": question, "days": 3}
    link = analyst.post("/api/v1/share-links", json=body)
    assert link.status_code in {200, 201}, link.text
    path = f"/api/v1/datasets/{dataset_id}/made/城市级别"
    assert analyst.delete(path, params={"version": 1}).status_code == 200
    secret = link.json()["url"].rsplit("/", 1)[-1]
    shown = cast.browser().get(f"/shared/{secret}/html")
    assert shown.status_code == 200, shown.text
    assert "一线城市" in shown.text


def test_a_made_metric_is_restated_and_judged_like_any_other(analyst, dataset_id):
    make(analyst, dataset_id, "双{满}'意", METRIC)
    words = {"metrics": ["calc:双{满}'意"], "by": ["城市"]}
    place = f"/api/v1/datasets/{dataset_id}"
    found = analyst.post(f"{place}/restated", json={**words, "rules_version": 1})
    assert found.status_code == 200, found.text
    assert found.json()["now"] == found.json()["then"]
    assert {one["difference"] for one in found.json()["moved"]} <= {0, None}
