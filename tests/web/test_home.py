"""Today's page: news of the right days under the board's conditions, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from importing import add_dataset, ask
from sqlalchemy import select

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store.tables import DatasetVersion, Visit

TODAY = datetime.now(tz=UTC).astimezone().date()
NEWEST = TODAY - timedelta(days=20)
BEFORE = NEWEST - timedelta(days=30)


def day(date):
    return date.isoformat()


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Write two months that ended twenty days ago: in the second, 华南 is far worse."""
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,大区,总体满意度,意见"]
    for i in range(1200):
        region = "华南" if i % 3 == 0 else "华东"
        on = NEWEST - timedelta(days=i % 60)
        fall = 2.0 * (region == "华南" and on > BEFORE)
        level = int(np.clip(round(4.2 + rng.normal() - fall), 1, 5))
        lines.append(f"{i},{on} 10:00,{region},{level},{region}的意见{i}")
    path = tmp_path_factory.mktemp("home") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, batch):
    return add_dataset(cast, analyst, batch)[0]


def keep_an_eye_on(browser, dataset, **more):
    view = {"dataset": dataset, "query": {"metrics": ["satisfied:总体满意度"]}}
    tile = {"id": "a", "kind": "number", "goal": 0.99, "view": view}
    body = {"definition": {"name": {"zh-CN": "我的", "en": "mine"}, "tiles": [tile], **more}}
    assert browser.post("/api/v1/boards", json=body).status_code == 201


def was_here(cast, browser, on):
    with cast.uow() as uow:
        uow.session.add(Visit(staff_id=browser.staff.id, latest=on, previous=None))


def today_of(browser):
    return browser.get("/api/v1/home/today").json()


def asked_again(browser, dataset, news, **words):
    since, until = news["days"]
    (cell,) = ask(
        browser, dataset, metrics=["satisfied:总体满意度"], since=since, until=until,
        compare="previous", **words,
    )["cells"]  # fmt: skip
    return cell


def test_a_batch_loaded_since_the_visit_is_looked_at_by_its_own_newest_days(
    cast, analyst, dataset_id
):
    keep_an_eye_on(analyst, dataset_id)
    was_here(cast, analyst, TODAY - timedelta(days=1))
    page = today_of(analyst)
    assert page["newest"] == [
        {"dataset": dataset_id, "since": day(BEFORE + timedelta(days=1)), "until": day(NEWEST)}
    ]
    (news,) = page["changed"]
    assert news["cell"] == asked_again(analyst, dataset_id, news)
    assert news["when"]["zh-CN"] == f"{day(BEFORE + timedelta(days=1))} 至 {day(NEWEST)}"
    assert [one["when"]["en"] for one in page["missed"]] == ["all days"]
    assert (news["dataset"], news["board_name"]["zh-CN"]) == (dataset_id, "我的")
    assert (page["looked_at"], page["unsure"], page["silent"]) == (1, 0, 0)
    assert page["ended"] == []


def test_what_was_seen_before_is_no_news_and_nothing_new_is_said_to_be_nothing_new(
    cast, analyst, dataset_id
):
    keep_an_eye_on(analyst, dataset_id)
    was_here(cast, analyst, TODAY - timedelta(days=1))
    with cast.uow() as uow:
        for version in uow.session.scalars(select(DatasetVersion)):
            version.created_at -= timedelta(days=9)
    page = today_of(analyst)
    assert (page["changed"], page["newest"]) == ([], [])
    assert (page["looked_at"], page["silent"]) == (0, 1)
    assert page["ended"] == [{"dataset": dataset_id, "day": day(NEWEST)}]


def test_news_are_under_the_conditions_of_their_board(analyst, dataset_id):
    keep_an_eye_on(analyst, dataset_id, where=["大区=华南"])
    (news,) = today_of(analyst)["changed"]
    assert news["cell"] == asked_again(analyst, dataset_id, news, where=["大区=华南"])
    assert news["cell"] != asked_again(analyst, dataset_id, news)


def test_who_comes_first_is_told_the_newest_days_and_where_the_voices_are(analyst, dataset_id):
    made = analyst.post("/api/v1/boards/role", json={"role": "management"}).json()
    page = today_of(analyst)
    assert page["first"] is True
    assert page["newest"][0]["until"] == day(NEWEST)
    assert (page["watched"], page["heard"]["board"]) == (1, made["id"])
    assert {one["higher_is_better"] for one in page["missed"]} >= {True}
    assert {one["dataset"] for one in page["missed"]} == {dataset_id}


def test_what_is_not_solved_yet_is_not_said_to_have_got_worse(cast, analyst, tmp_path):
    lines = ["工单编号,答题时间,首次响应时间,解决时间,问题类型"]
    for i in range(400):
        on = TODAY - timedelta(days=1 + i % 40)
        solved = f"{on} 15:00" if i % 40 > 2 else ""
        lines.append(f"W{i},{on} 10:00,{on} 10:20,{solved},退货")
    path = tmp_path / "工单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset = add_dataset(cast, analyst, path, name="工单")[0]
    asked = {"metrics": ["resolution_rate"]}
    since, until = day(TODAY - timedelta(days=3)), day(TODAY - timedelta(days=1))
    (worse,) = ask(analyst, dataset, **asked, since=since, until=until, compare="previous")["cells"]
    assert worse["comparison"]["call"] == "real"
    tile = {"id": "a", "kind": "number", "view": {"dataset": dataset, "query": asked}}
    name = {"zh-CN": "工单", "en": "tickets"}
    analyst.post("/api/v1/boards", json={"definition": {"name": name, "tiles": [tile]}})
    was_here(cast, analyst, TODAY - timedelta(days=3))
    assert today_of(analyst)["changed"] == []


def make_shared_board(analyst, dataset):
    """A board that everybody sees: a number with a goal, and what to do."""
    view = {"dataset": dataset, "query": {"metrics": ["satisfied:总体满意度"]}}
    tiles = [
        {"id": "a", "kind": "number", "goal": 0.99, "view": view},
        {"id": "b", "kind": "todo", "y": 2},
    ]
    definition = {"name": {"zh-CN": "大家的"}, "tiles": tiles}
    board = analyst.post("/api/v1/boards", json={"definition": definition}).json()
    body = {"revision": 1, "definition": definition, "shared": True}
    assert analyst.put(f"/api/v1/boards/{board['id']}", json=body).status_code == 200
    return board["id"]


def todo_of(browser, board):
    found = browser.post(f"/api/v1/boards/{board}/answers", json={}).json()["items"]
    return next(one for one in found if one["kind"] == "todo")


def test_who_has_no_rows_is_told_so_and_not_that_no_target_is_missed(cast, analyst, dataset_id):
    board = make_shared_board(analyst, dataset_id)
    front = cast.signed_in(Role.FRONT_LINE)
    page = today_of(front)
    assert (page["told"], page["narrowed"], len(page["missed"])) == (1, False, 1)
    assert todo_of(front, board)["silent"] == 0
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    page = today_of(front)
    assert (page["missed"], page["told"], page["narrowed"]) == ([], 0, True)
    todo = todo_of(front, board)
    assert (todo["lines"], todo["heard"], todo["silent"]) == ([], 0, 1)


def test_a_number_of_other_rows_or_with_another_goal_is_another(analyst, dataset_id):
    keep_an_eye_on(analyst, dataset_id)
    keep_an_eye_on(analyst, dataset_id)  # the same on two boards
    assert len(today_of(analyst)["missed"]) == 1
    keep_an_eye_on(analyst, dataset_id, where=["大区=华南"])
    page = today_of(analyst)
    assert (len(page["missed"]), page["told"]) == (2, 2)


def test_a_goal_that_is_missed_is_told_where_another_board_has_none(analyst, dataset_id):
    view = {"dataset": dataset_id, "query": {"metrics": ["satisfied:总体满意度"]}}
    tile = {"id": "a", "kind": "number", "view": view}
    definition = {"name": {"zh-CN": "甲"}, "tiles": [tile]}
    for more in ({"goal": 0.99}, {}):
        body = {"definition": {**definition, "tiles": [tile | more]}}
        assert analyst.post("/api/v1/boards", json=body).status_code == 201
        assert len(today_of(analyst)["missed"]) == 1


def test_a_board_of_charts_alone_is_not_said_to_have_no_number_to_see(analyst, dataset_id):
    view = {"dataset": dataset_id, "query": {"metrics": ["satisfied:总体满意度"], "by": ["大区"]}}
    tile = {"id": "a", "kind": "view", "view": view}
    definition = {"name": {"zh-CN": "图"}, "tiles": [tile]}
    analyst.post("/api/v1/boards", json={"definition": definition})
    page = today_of(analyst)
    assert (page["numbers"], page["told"], page["watched"]) == (0, 0, 1)
    keep_an_eye_on(analyst, dataset_id)
    assert today_of(analyst)["numbers"] == 1


def test_what_took_too_long_is_not_said_to_be_well(cast, analyst, dataset_id):
    board = make_shared_board(analyst, dataset_id)
    cast.app.state.system = replace(cast.system, query_seconds=1e-9)
    page = today_of(analyst)
    assert (page["missed"], page["told"], page["stopped"]) == ([], 0, 1)
    assert todo_of(analyst, board)["silent"] == 1


def test_what_has_nothing_to_be_reckoned_from_is_not_said_to_have_been_looked_at(
    cast, analyst, tmp_path
):
    """Orders whose complaints nobody has linked have no complaint rate."""
    lines = ["订单编号,客户编号,下单时间"]
    lines += [f"O{i},K{i % 90},{TODAY - timedelta(days=1 + i % 60)} 10:00" for i in range(300)]
    path = tmp_path / "订单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset = add_dataset(cast, analyst, path, name="订单")[0]
    view = {"dataset": dataset, "query": {"metrics": ["complaint_rate"]}}
    (cell,) = ask(analyst, dataset, metrics=["complaint_rate"])["cells"]
    assert cell["not_estimable"] == "not_linked"
    tile = {"id": "a", "kind": "number", "view": view}
    definition = {"name": {"zh-CN": "订单"}, "tiles": [tile]}
    analyst.post("/api/v1/boards", json={"definition": definition})
    page = today_of(analyst)
    assert (page["looked_at"], page["silent"], page["told"]) == (0, 1, 0)
