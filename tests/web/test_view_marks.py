"""Behind a mark of a figure: its answers and its customers, by the viewer's rows, never too few."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from importing import add_dataset
from sqlalchemy import select

from huiyin.people.contracts import Role
from huiyin.store.tables import AuditRow

METRIC = "score:总体满意度"
N = 120


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    """Write answers of customers with a telephone; 小店 has four of them."""
    lines = ["编号,客户编号,手机号,答题时间,门店,总体满意度,收银满意度,意见"]
    for i in range(N):
        shop = "小店" if i < 4 else ("东店", "西店", "东店", "南店", "东店")[i % 5]
        rating = "" if i == 10 else 1 + i % 5
        day = f"2025-{1 + i % 3:02d}-{1 + i % 28:02d}"
        words = "" if shop == "南店" and i % 2 else f"{shop}的第{i}位说了一句话"
        phone, checkout = f"1380013{i % 100:04d}", 1 + i % 4
        lines.append(f"{i},C{i % 100},{phone},{day} 10:00,{shop},{rating},{checkout},{words}")
    path = tmp_path_factory.mktemp("marks") / "回访.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


def body(dataset_id, shop="东店", query=(), **more):
    asked = {"metrics": [METRIC], "by": ["门店"], **dict(query)}
    view = {"dataset": dataset_id, "query": asked}
    return {"view": view, "metric": METRIC, "by": {"门店": shop}, **more}


def post(browser, path, given, expect=200):
    found = browser.post(f"/api/v1/views/{path}", json=given)
    assert found.status_code == expect, found.text
    return found.json()


def said(found):
    return found["error"]["sentence"]["zh-CN"]


def test_the_answers_behind_a_number_are_those_that_it_counts(analyst, dataset_id):
    given = body(dataset_id)
    cells = post(analyst, "answer", {"view": given["view"]})["result"]["cells"]
    counted = next(cell["n"] for cell in cells if cell["by"] == {"门店": "东店"})
    found = post(analyst, "rows", given)
    assert found["total"] == counted
    seen, cursor = [*found["items"]], found["next"]
    while cursor:
        page = analyst.post(f"/api/v1/views/rows?cursor={cursor}", json=given).json()
        seen, cursor = [*seen, *page["items"]], page["next"]
    assert len({row["id"] for row in seen}) == counted
    assert all("东店" in row["texts"][0]["value"] for row in seen)
    days = [row["answered_on"] for row in seen]
    assert days == sorted(days, reverse=True)
    assert "1380013" not in str(seen)


def test_only_the_answers_with_words_are_listed_where_they_are_asked_for(analyst, dataset_id):
    whole = {**body(dataset_id, query={"by": []}), "by": {}}
    written = post(analyst, "rows", {**whole, "said": True})
    every = post(analyst, "rows", whole)
    assert 0 < written["total"] < every["total"]
    assert all(row["texts"] for row in written["items"])


def test_answers_with_words_are_counted_and_listed_by_what_they_concern(analyst, dataset_id):
    whole = {**body(dataset_id, query={"by": []}), "by": {}}
    found = post(analyst, "concerns", whole)
    assert found["written"] == post(analyst, "rows", {**whole, "said": True})["total"]
    (one,) = found["items"]
    assert (one["column"], one["about"]) == ("收银满意度", "aspect")
    listed = post(analyst, "rows", {**whole, "about": "收银满意度"})
    assert 10 < listed["total"] == one["n"] < found["written"]
    for row in listed["items"]:
        scores = {score["column"]: score["value"] for score in row["scores"]}
        assert scores["收银满意度"] <= 2
        assert row["texts"]
    assert "看不出" in said(post(analyst, "rows", {**whole, "about": "门店"}, 422))
    within = post(analyst, "concerns", body(dataset_id))
    assert 0 < within["written"] < found["written"]


@pytest.mark.parametrize(
    ("metric", "levels", "without"),
    [
        ("dissatisfied:总体满意度", {1, 2}, None),
        ("satisfied", {4, 5}, "西店"),
        ("share:总体满意度=3", {3}, "西店"),
    ],
)
def test_of_a_share_those_that_it_counts_are_listed_apart(
    cast, analyst, dataset_id, metric, levels, without
):
    given = body(dataset_id, query={"metrics": [metric]}) | {"metric": metric, "counted": True}
    cells = post(analyst, "answer", {"view": given["view"]})["result"]["cells"]
    cell = next(one for one in cells if one["by"] == {"门店": "东店"})
    found = post(analyst, "rows", given)
    assert found["total"] == round(cell["n"] * cell["estimate"])
    assert post(analyst, "rows", given | {"counted": False})["total"] == cell["n"]
    for row in found["items"]:
        scores = {score["column"]: score["value"] for score in row["scores"]}
        assert scores["总体满意度"] in levels
    listed = post(analyst, "customers", given | {"purpose": "回访"})
    assert 10 <= listed["total"] <= found["total"]
    with cast.database.reading() as session:
        noted = session.scalars(select(AuditRow).where(AuditRow.action == "list_customers")).one()
    assert noted.after["counted"] is True
    if without is None:
        return
    few = body(dataset_id, shop=without, query={"metrics": [metric]}) | {"metric": metric}
    assert "少于" in said(
        post(analyst, "customers", few | {"counted": True, "purpose": "回访"}, 422)
    )


def test_a_mean_counts_nobody_apart(analyst, dataset_id):
    assert "分不出" in said(post(analyst, "rows", body(dataset_id, counted=True), 422))


def test_a_mark_in_time_holds_its_days_only(analyst, dataset_id):
    query = {"grain": "month", "by": [], "since": "2025-02-10"}
    given = body(dataset_id, query=query) | {"by": {"period": "2025-02-01"}}
    found = post(analyst, "rows", given)
    assert found["total"] > 10
    assert {row["answered_on"][:7] for row in found["items"]} == {"2025-02"}
    assert min(row["answered_on"] for row in found["items"]) >= "2025-02-10"


def test_behind_what_is_not_shown_nothing_is_listed(cast, dataset_id):
    viewer = cast.signed_in(Role.ADMINISTRATOR)
    given = body(dataset_id, shop="小店")
    assert "不显示" in said(post(viewer, "rows", given, 422))
    assert "不显示" in said(post(viewer, "concerns", given, 422))
    assert "不显示" in said(post(viewer, "customers", given | {"purpose": "回访"}, 422))
    assert "没有这个数" in said(post(viewer, "rows", body(dataset_id, shop="没有"), 422))


def test_a_list_of_customers_says_what_for_and_stays_masked(cast, analyst, dataset_id):
    given = body(dataset_id, purpose=" 回访不满意的客户 ")
    found = post(analyst, "customers", given)
    assert found["purpose"] == "回访不满意的客户"
    assert found["total"] >= 10
    assert {way["channel"] for way in found["ways"]} == {"mail", "sms"}
    for way in found["ways"]:
        assert way["eligible"] + sum(one["n"] for one in way["excluded"]) == found["total"]
    sms = next(way for way in found["ways"] if way["channel"] == "sms")
    assert [one["reason"] for one in sms["excluded"]] == ["no_consent"]
    assert "1380013" not in str(found)
    file = analyst.post("/api/v1/views/customers?format=csv", json=given)
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == found["total"]
    assert {row["用途"] for row in rows} == {"回访不满意的客户"}
    with cast.database.reading() as session:
        noted = session.scalars(select(AuditRow).where(AuditRow.action == "list_customers")).all()
    assert len(noted) == 2
    assert noted[0].after["purpose"] == "回访不满意的客户"
    assert noted[0].after["customers"] == found["total"]
    copy = Path(__file__).parents[2] / "frontend/src/copy/zh-CN.json"
    assert set(noted[0].after) <= set(json.loads(copy.read_text("utf-8"))["auditField"])
    assert noted[0].after["group"] == {"门店": "东店"}


def test_a_list_from_a_word_holds_those_who_wrote_it(cast, analyst, dataset_id):
    whole = {**body(dataset_id, query={"by": []}, purpose="回访"), "by": {}}
    every = post(analyst, "customers", whole)
    some = post(analyst, "customers", {**whole, "word": "东店"})
    assert 10 <= some["total"] < every["total"]
    assert "少于" in said(post(analyst, "customers", {**whole, "word": "小店"}, 422))
    with cast.database.reading() as session:
        noted = session.scalars(
            select(AuditRow).where(AuditRow.action == "list_customers").order_by(AuditRow.seq)
        ).all()
    assert [row.after.get("word") for row in noted] == [None, "东店"]


def test_where_no_customer_is_known_the_refusal_says_that(cast, analyst, tmp_path):
    lines = ["编号,发布时间,门店,总体满意度,意见"]
    lines += [
        f"{i},2025-03-{1 + i % 28:02d} 10:00,{'东西'[i % 2]}店,{1 + i % 5},好" for i in range(60)
    ]
    path = tmp_path / "评论.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    given = body(add_dataset(cast, analyst, path)[0], purpose="回访")
    assert "认不出客户" in said(post(analyst, "customers", given, 422))


def test_without_a_purpose_no_list_is_made(analyst, dataset_id):
    post(analyst, "customers", body(dataset_id, purpose=""), 422)


def test_who_may_see_scores_only_gets_neither(cast, dataset_id):
    viewer = cast.signed_in(Role.VIEWER)
    post(viewer, "rows", body(dataset_id), 403)
    post(viewer, "concerns", body(dataset_id), 403)
    post(viewer, "customers", body(dataset_id, purpose="回访"), 403)


def test_who_sees_no_row_gets_none(cast, dataset_id):
    front = cast.signed_in(Role.FRONT_LINE)
    assert "没有您能看的" in said(post(front, "rows", body(dataset_id), 422))


def test_who_may_read_a_part_is_told_which_of_the_answers_are_listed(cast, analyst, dataset_id):
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    staff, elsewhere = (cast.signed_in(Role.MANAGER, name) for name in ("east", "south"))
    for who, shop in ((staff, "东店"), (elsewhere, "南店")):
        rule = {"staff_id": who.staff.id, "column": "门店", "values": [shop]}
        assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    whole = {**body(dataset_id, query={"by": []}), "by": {}}
    part = post(staff, "rows", whole)
    assert part["rows_of"] == [{"column": "门店", "operator": "=", "values": ["东店"]}]
    assert part["total"] < post(analyst, "rows", whole)["total"]
    assert post(staff, "rows", body(dataset_id))["rows_of"] is None
    assert post(analyst, "rows", whole)["rows_of"] is None
    assert post(elsewhere, "rows", body(dataset_id))["total"] == 0
    listed = post(elsewhere, "customers", body(dataset_id, purpose="回访"), 422)
    assert "没有您能看的" in said(listed)
