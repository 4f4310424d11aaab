"""Answers of boards that many look at: made once for equal rights, never seen across other ones."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from cast import PASSWORD
from importing import add_dataset, upload

from huiyin.app.wiring import build_worker
from huiyin.core.text import Text
from huiyin.engine.contracts import EngineError
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.web import board_answers
from huiyin.web.kept_questions import asked_folder

API = "/api/v1/boards"
SIZES = {"华东": 40, "华南": 25, "华北": 15}
NAME = {"zh-CN": "看", "en": "look"}


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    regions = [region for region, n in SIZES.items() for _ in range(n)]
    rows = "\n".join(f"{i},2025-03-0{1 + i % 9},{r},{1 + i % 5}" for i, r in enumerate(regions))
    path = tmp_path_factory.mktemp("shared") / "满意度.csv"
    path.write_text(f"编号,答题时间,大区,总体满意度\n{rows}\n", "utf-8")
    return path


@pytest.fixture
def root(cast):
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    return cast.signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def dataset_id(cast, root, survey_file):
    return add_dataset(cast, root, survey_file)[0]


@pytest.fixture
def board(root, dataset_id):
    view = {"dataset": dataset_id, "query": {"metrics": ["satisfied:总体满意度"]}}
    tile = {"id": "a", "kind": "number", "view": view}
    made = root.post(API, json={"definition": {"name": NAME, "tiles": [tile]}}).json()
    body = {"revision": 1, "definition": made["definition"], "shared": True}
    assert root.put(f"{API}/{made['id']}", json=body).status_code == 200
    return f"{API}/{made['id']}/answers"


def rule(root, browser, *regions):
    body = {"staff_id": browser.staff.id, "column": "大区", "values": list(regions)}
    answer = root.post("/api/v1/row-rules", json=body)
    assert answer.status_code < 300, answer.text
    return answer.json()


def tile(browser, board):
    answer = browser.post(board, json={})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][0]


def cell(browser, board):
    return tile(browser, board)["answer"]["result"]["cells"][0]["n"]


@pytest.fixture
def made(monkeypatch):
    """Count how often the tiles of a board were answered anew."""
    times, whole = Counter(), board_answers.shown_tiles

    def counted(*args):
        times["made"] += 1
        return whole(*args)

    monkeypatch.setattr(board_answers, "shown_tiles", counted)
    return times


def test_people_with_other_rows_who_look_at_once_see_their_own(cast, root, board, made):
    people = {}
    for number, region in enumerate([*SIZES, *SIZES]):
        browser = cast.signed_in(Role.VIEWER, f"v{number}")
        rule(root, browser, region)
        people[browser] = SIZES[region]
    for number in range(3):
        people[cast.signed_in(Role.VIEWER, f"all{number}")] = sum(SIZES.values())
    start = threading.Barrier(len(people))

    def look(browser):
        start.wait()
        return [cell(browser, board) for _ in range(3)]

    with ThreadPoolExecutor(len(people)) as pool:
        seen = list(pool.map(look, people))
    assert seen == [[n] * 3 for n in people.values()]
    assert made["made"] == len(SIZES) + 1


def test_rules_targets_rows_and_settings_show_with_the_next_request(
    cast, root, board, dataset_id, made, tmp_path
):
    viewer, other = cast.signed_in(Role.VIEWER, "one"), cast.signed_in(Role.VIEWER, "two")
    assert (cell(viewer, board), cell(other, board), made["made"]) == (80, 80, 1)
    kept = rule(root, viewer, "华南")
    assert (cell(viewer, board), cell(other, board)) == (25, 80)
    changed = {"staff_id": viewer.staff.id, "column": "大区", "values": ["华北"], "revision": 1}
    assert root.put(f"/api/v1/row-rules/{kept['id']}", json=changed).status_code == 200
    assert (cell(viewer, board), cell(other, board)) == (15, 80)
    target = {"metric": "satisfied:总体满意度", "value": 0.99, "valid_from": "2025-01-01"}
    assert root.post("/api/v1/targets", json=target).status_code == 201
    light = tile(other, board)["light"]
    assert (light["goal"], light["company"]) == (0.99, True)
    more = tmp_path / "更多.csv"
    more.write_text("编号,答题时间,大区,总体满意度\n900,2025-03-01,华北,5\n", "utf-8")
    body = {"uploads": upload(root, more)}
    assert root.post(f"/api/v1/datasets/{dataset_id}/imports", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    assert (cell(viewer, board), cell(other, board)) == (16, 81)
    with cast.uow() as uow:
        do_change_setting(uow, "minimum_n", 17, 0)
    hidden = tile(viewer, board)["answer"]["result"]["cells"][0]
    assert (hidden["not_estimable"], "estimate" in hidden) == ("suppressed", False)


def test_another_role_sees_its_own_rows_with_the_next_request(cast, root, board):
    person = cast.signed_in(Role.ANALYST, "anna")
    assert cell(person, board) == 80
    body = {"login": "anna", "name": "anna", "role": "manager", "revision": person.staff.revision}
    assert root.put(f"/api/v1/staff/{person.staff.id}", json=body).status_code == 200
    assert person.post(board, json={}).status_code == 401
    answer = person.post("/api/v1/session", json={"login": "anna", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    person.headers["x-csrf-token"] = person.get("/api/v1/me").json()["csrf"]
    found = tile(person, board)["answer"]["result"]  # a manager without a unit sees no row
    assert [one.get("estimate") for one in found["cells"]] == [None]


def test_who_opens_what_is_already_made_has_their_own_question_noted(cast, board, made):
    for name in ("one", "two"):
        viewer = cast.signed_in(Role.VIEWER, name)
        for _ in range(2):
            cell(viewer, board)
        lines = [
            path.read_text("utf-8") for path in sorted(asked_folder(cast.system).rglob("*.jsonl"))
        ]
        assert [text.count("\n") for text in lines] == [1] * len(lines)
        assert len(lines) == {"one": 1, "two": 2}[name]
        assert made["made"] == {"one": 1, "two": 2}[name]


def test_a_tile_that_failed_for_a_moment_is_answered_the_next_time(cast, board, monkeypatch):
    viewer = cast.signed_in(Role.VIEWER, "one")

    def late(*_):
        raise EngineError(Text("太久了", "It took too long."))

    with monkeypatch.context() as patched:
        patched.setattr("huiyin.web.boards.result_over", late)
        assert tile(viewer, board)["refused"]["en"] == "It took too long."
    assert cell(viewer, board) == 80
