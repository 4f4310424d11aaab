"""Complaints of the tickets over the orders, as every page asks for them."""

from __future__ import annotations

import numpy as np
import pytest
import yaml
from importing import add_dataset, ask

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.store.tables import RowRule, Setting

COMPLAINTS, BY_ORDER = "complaint_rate", "complained_orders"


def orders_csv(path):
    lines = ["订单编号,日期,客户编号,大区,金额"]
    for i in range(400):
        day = f"2025-{1 + i % 6:02d}-{1 + i % 28:02d}"
        lines.append(
            f"O{i:05d},{day} 10:{i % 60:02d},C{i % 200:04d},{'东西'[i % 2]}区,{20 + i % 9}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def tickets_csv(path, letter="C"):
    rng = np.random.default_rng(2)
    lines = ["工单编号,创建时间,客户编号,大区,问题类型,类别,解决时间,状态"]
    for i in range(300):
        who, kind = f"{letter}{int(rng.integers(200)):04d}", "投诉" if i % 3 == 0 else "咨询"
        day = f"2025-{1 + i % 6:02d}-{1 + int(rng.integers(28)):02d}"
        matter = rng.choice(["退换货", "配送查询", "商品质量"])
        row = f"W{i:05d},{day} 09:00,{who},{'东西'[i % 2]}区,{matter},{kind},{day} 15:00,已解决"
        lines.append(row)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def shop(cast, tmp_path):
    browser = cast.signed_in(Role.ANALYST)
    orders, _ = add_dataset(cast, browser, orders_csv(tmp_path / "订单.csv"), name="订单")
    alone = ask(browser, orders, metrics=[COMPLAINTS])
    tickets, _ = add_dataset(cast, browser, tickets_csv(tmp_path / "工单.csv"), name="工单")
    return browser, orders, tickets, alone


def test_the_rate_is_there_with_its_interval_as_soon_as_the_tickets_are(shop):
    browser, orders, tickets, alone = shop
    assert alone["cells"][0]["not_estimable"] == "not_linked"
    assert "客户" in str(alone["definition"][0]["notes"])
    cell = ask(browser, orders, metrics=[COMPLAINTS])["cells"][0]
    assert 0 < cell["low"] < cell["estimate"] < cell["high"] < 0.5
    by = ask(browser, orders, metrics=[COMPLAINTS], by=["大区"], compare="rest")["cells"]
    assert sum(one["n"] for one in by) == cell["n"]
    assert all(one["comparison"]["call"] for one in by)
    listed = browser.get(f"/api/v1/datasets/{orders}/codebook").json()["operations"]
    assert COMPLAINTS in [one["id"] for one in listed]
    asked = browser.post(f"/api/v1/datasets/{orders}/ask", json={"question": "投诉率是多少"}).json()
    assert asked["query"]["metrics"] == [COMPLAINTS], asked
    link = {"base": orders, "links": [{
        "dataset_id": tickets, "keys": [{"base": "客户编号", "other": "客户编号"}],
        "take": [{"name": "工单数", "how": "count"}],
    }]}  # fmt: skip
    assert browser.post("/api/v1/models", json={"name": "合", "link": link}).status_code < 300
    assert ask(browser, orders, metrics=[COMPLAINTS])["cells"][0]["estimate"] == cell["estimate"]


def test_why_takes_the_rate_apart_and_adds_up_to_what_the_query_says(shop):
    browser, orders, *_ = shop
    change = {"since": "2025-04-01", "until": "2025-06-30", "compare": "2025-01-01..2025-03-31"}
    (cell,) = ask(browser, orders, metrics=[COMPLAINTS], **change)["cells"]
    body = {"metric": COMPLAINTS, "by": ["大区"], **change}
    asked = browser.post(f"/api/v1/datasets/{orders}/why", json=body)
    assert asked.status_code == 200, asked.text
    (region,) = asked.json()["dimensions"]
    parts = [one["contribution"]["estimate"] for one in region["groups"]]
    assert len(parts) == 2
    assert sum(parts) == pytest.approx(cell["comparison"]["difference"])


def test_the_rate_is_restated_and_metrics_are_made_of_it(shop):
    browser, orders, *_ = shop
    place = f"/api/v1/datasets/{orders}"
    made = {"kind": "metric", "form": "difference", "metrics": ["repurchase", BY_ORDER]}
    taken = browser.post(f"{place}/made", json={"name": "金额", "definition": made})
    assert taken.status_code == 422  # what it has read is not held for the next
    words = {"metrics": [COMPLAINTS], "rules_version": 1}
    (moved,) = browser.post(f"{place}/restated", json=words).json()["moved"]
    assert moved["difference"] == 0
    of_periods = made | {"metrics": ["repurchase", COMPLAINTS]}
    refused = browser.post(f"{place}/made", json={"name": "别的行", "definition": of_periods})
    assert refused.status_code == 422
    kept = browser.post(f"{place}/made", json={"name": "净复购", "definition": made})
    assert kept.status_code == 201, kept.text
    bought, told, net = ask(browser, orders, metrics=[*made["metrics"], "calc:净复购"])["cells"]
    gap = 100 * (bought["estimate"] - told["estimate"])
    assert net["estimate"] == pytest.approx(gap)


def test_who_sees_part_of_the_tickets_is_told_nothing_of_them(cast, shop):
    browser, orders, tickets, _ = shop
    viewer = cast.signed_in(Role.ANALYST, "east")
    with cast.uow() as uow:
        uow.session.add(Setting(key="share_scores_with_everyone", value=False))
        uow.session.add(
            RowRule(staff_id=viewer.staff.id, dataset_id=tickets, column="大区", values=["东区"])
        )
    assert ask(viewer, orders, metrics=[COMPLAINTS])["cells"][0]["not_estimable"] == "not_linked"
    assert "estimate" in ask(browser, orders, metrics=[COMPLAINTS])["cells"][0]


@pytest.mark.parametrize("role", ["service", "operations", "management"])
def test_the_boards_of_those_who_act_on_complaints_show_it(shop, role):
    browser, orders, tickets, _ = shop
    body = {"role": role, "datasets": [orders, tickets]}
    board = browser.post("/api/v1/boards/role", json=body).json()
    shown = browser.post(f"/api/v1/boards/{board['id']}/answers", json={}).json()["items"]
    mine = [t["id"] for t in board["definition"]["tiles"]
            if (t["view"] or {}).get("query", {}).get("metrics") == [COMPLAINTS]]  # fmt: skip
    (tile,) = [one for one in shown if one["id"] in mine]
    assert "refused" not in tile, tile["refused"]
    assert tile["answer"]["result"]["cells"][0]["estimate"] > 0


def test_the_tickets_themselves_have_no_rate_by_a_survey_that_names_tickets(cast, shop, tmp_path):
    """Who was called back about a ticket has not “complained 0 times”."""
    browser, _, tickets, _ = shop
    rows = [
        f"V{i:04d},2025-0{1 + i % 6}-11,C{i:04d},W{i:05d},退换货,{1 + i % 5}" for i in range(200)
    ]
    path = tmp_path / "售后回访.csv"
    head = "回访编号,回访时间,客户编号,工单编号,问题类型,服务满意度"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    calls, _ = add_dataset(cast, browser, path, name="售后回访")
    set_roles(cast, browser, calls, 工单编号="ticket", 问题类型="dimension", 客户编号="customer")
    set_roles(cast, browser, tickets, 创建时间="time")
    listed = browser.get(f"/api/v1/datasets/{tickets}/codebook").json()["operations"]
    assert COMPLAINTS not in [one["id"] for one in listed]
    cell = ask(browser, tickets, metrics=[COMPLAINTS])["cells"][0]
    assert cell["not_estimable"] == "not_linked"


def set_roles(cast, browser, dataset_id, **roles):
    book = browser.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    document = yaml.safe_load(book["text"])
    for column in document["columns"]:
        column["role"] = roles.get(column["name"], column["role"])
    body = {"version": book["version"], "text": yaml.safe_dump(document, allow_unicode=True)}
    assert browser.put(f"/api/v1/datasets/{dataset_id}/codebook", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
