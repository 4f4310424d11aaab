"""Outcomes by satisfaction band and stages of a log over HTTP: as the commands give them."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import pytest
from importing import add_dataset
from typer.testing import CliRunner

from huiyin.app.cli.main import app
from huiyin.people.contracts import Role

# ruff: noqa: DTZ001 -- moments are of the local clock, as the data has them
STAGES = (("受理", 0.2, 1), ("审核", 20, 4), ("回访", 2, 1))


@pytest.fixture(scope="module")
def log_file(tmp_path_factory):
    """Write a log of 120 cases: 审核 waits longest, and customers are least happy with it."""
    chance = random.Random(4)  # noqa: S311 -- data of a test
    lines = ["工单编号,环节,创建时间,解决时间,客户编号,总体满意度,是否续约"]
    for i in range(120):
        at = datetime(2026, 3, 2, 9) + timedelta(hours=chance.random() * 700)
        for stage, wait, work in STAGES:
            begun = at + timedelta(hours=chance.expovariate(1 / wait))
            at = begun + timedelta(hours=chance.expovariate(1 / work))
            level = min(5, max(1, round(3.9 + chance.gauss(0, 1) - 1.4 * (stage == "审核"))))
            stays = "是" if chance.random() < 0.2 + 0.14 * level else "否"
            lines.append(f"W{i:04d},{stage},{begun:%Y-%m-%d %H:%M:%S},{at:%Y-%m-%d %H:%M:%S},"
                         f"K{i:04d},{level},{stays}")  # fmt: skip
    path = tmp_path_factory.mktemp("log") / "流转.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, log_file):
    return add_dataset(cast, analyst, log_file, name="流转")[0]


def post(browser, dataset_id, what, status=200, **body):
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/{what}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_stages_and_outcomes_are_those_of_the_commands(analyst, dataset_id, log_file):
    mine = post(analyst, dataset_id, "stages", target="12h")
    done = CliRunner().invoke(app, ["stages", str(log_file), "--target", "12h", "--json"])
    theirs = json.loads(done.stdout)
    assert set(theirs) == set(mine)
    assert mine["order"] == theirs["order"] == ["受理", "审核", "回访"]
    assert mine["bottleneck"] == theirs["bottleneck"]
    assert mine["bottleneck"]["stage"] == "审核"
    assert mine["bottleneck"]["sure"]
    assert "瓶颈是“审核”" in mine["bottleneck"]["sentence"]["zh-CN"]
    mine = post(analyst, dataset_id, "outcomes")
    done = CliRunner().invoke(app, ["outcomes", str(log_file), "--json"])
    assert {**json.loads(done.stdout), "linked": []}.keys() == mine.keys()
    cells = [cell for table in mine["tables"] for cell in table["cells"]]
    renewed = [c for c in cells if c["metric"] == "renewal_rate"]
    assert [c["by"]["band:总体满意度"] for c in renewed] == ["1–2 不满意", "3 一般", "4–5 满意"]
    assert renewed[0]["estimate"] < renewed[2]["estimate"]
    assert "renewal_rate" not in {one["metric"] for one in mine["absent"]}


def test_a_table_can_be_asked_for_as_a_query_and_drilled_to_its_answers(analyst, dataset_id):
    query = {"metrics": ["renewal_rate"], "by": ["band:总体满意度"]}
    found = post(analyst, dataset_id, "query", **query)
    view = {"dataset": dataset_id, "query": query}
    cell = found["cells"][0]
    mark = {"view": view, "metric": "renewal_rate", "by": cell["by"]}
    behind = analyst.post("/api/v1/views/rows", json=mark)
    assert behind.status_code == 200, behind.text
    assert behind.json()["total"] == cell["n"]
    drawn = analyst.post("/api/v1/views/answer", json={"view": view, "lang": "zh"}).json()
    assert "总体满意度（分档）" in drawn["title"]


def test_answers_are_offered_as_no_orders(cast, analyst, tmp_path):
    def offered(name, *columns):
        path = tmp_path / f"{name}.csv"
        rows = [(i, f"K{i % 40}", f"2026-0{1 + i % 6}-{10 + i % 18}") for i in range(240)]
        lines = [",".join(("订单编号", "客户编号", "日期", *(head for head, _ in columns)))]
        lines += [
            f"D{i},{who},{at}" + "".join(f",{value(i)}" for _, value in columns)
            for i, who, at in rows
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        dataset = add_dataset(cast, analyst, path, name=name)[0]
        book = analyst.get(f"/api/v1/datasets/{dataset}/codebook").json()
        return {one["id"] for one in book["operations"]}

    of_orders = {"repurchase", "churn", "order_repurchase", "period_repurchase"}
    assert of_orders <= offered("订单", ("金额", lambda i: 30 + i))
    rated = ("总体满意度", lambda i: 1 + i % 5), ("意见", lambda i: f"第{i}单送得有点慢，要快些")
    assert not of_orders & offered("评价", *rated)


def test_natural_time_is_offered_beside_working_time(cast, analyst, tmp_path):
    path = tmp_path / "工单.csv"
    rows = (
        f"T{i},K{i},2026-03-{1 + i % 28:02d} 22:00,2026-03-{1 + i % 28:02d} 22:05"
        for i in range(60)
    )
    path.write_text("\n".join(["工单编号,客户编号,创建时间,首次响应时间", *rows]) + "\n", "utf-8")
    dataset = add_dataset(cast, analyst, path, name="工单")[0]
    book = analyst.get(f"/api/v1/datasets/{dataset}/codebook").json()
    names = {one["id"]: one["label"]["zh-CN"] for one in book["operations"]}
    assert names["first_response:natural"] == "首次响应时长中位数（自然时间）"
    assert "first_response_within:natural" in names
    asked = {"metrics": ["first_response", "first_response:natural"]}
    told = analyst.post(f"/api/v1/datasets/{dataset}/query", json=asked).json()
    assert [cell["estimate"] for cell in told["cells"]] == [0, 300]
    assert "算 0" in str(told["definition"][0]["notes"])


def test_what_cannot_be_told_is_a_sentence(cast, analyst, dataset_id, tmp_path):
    assert "没有评分" in str(post(analyst, dataset_id, "outcomes", 422, rating="环节"))
    plain = tmp_path / "名单.csv"
    plain.write_text("客户编号,城市\n" + "".join(f"K{i},上海\n" for i in range(30)), "utf-8")
    other = add_dataset(cast, analyst, plain, name="名单")[0]
    assert "事件日志" in str(post(analyst, other, "stages", 422))
    assert "没有评分" in str(post(analyst, other, "outcomes", 422))


def test_small_groups_stay_hidden_from_who_sees_scores_only(cast, dataset_id):
    viewer = cast.signed_in(Role.VIEWER)
    found = post(viewer, dataset_id, "stages", where=["总体满意度=1", "环节=回访"])
    assert found["order"] == []
    assert found["bottleneck"] is None
