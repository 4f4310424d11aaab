"""Who asks nearly the same question twice is written down for those who see the audit log."""

import json
import os
from datetime import datetime

import pytest
from cast import Cast

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.web.near_queries import NEAR, WINDOW, KeptQuestions, asked_folder, contains

SIZES = {"店0": 20, "店1": 20, "店2": 20, "店3": 3}


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


@pytest.fixture
def shops(cast):
    """Sixty-three answers, three of them about 店3."""
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    names = [shop for shop, n in SIZES.items() for _ in range(n)]
    rows = "\n".join(f"{i},{i % 11},{shop}" for i, shop in enumerate(names))
    content = f"编号,您有多大可能推荐我们,门店\n{rows}\n".encode()
    sent = root.post("/api/v1/uploads", files=[("files", ("门店.csv", content))]).json()
    body = {"name": "门店", "uploads": [sent["items"][0]["id"]], "load": True}
    made = root.post("/api/v1/datasets", json=body).json()
    build_worker(cast.system).run_until_idle()
    return root, made["id"]


def ask(browser, dataset_id, shops, **words):
    body = {"metrics": ["nps"], "where": [f"门店={'|'.join(shops)}"], **words}
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/query", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["used"]


def noted(root):
    return root.get("/api/v1/audit", params={"action": NEAR}).json()["items"]


def test_two_questions_with_three_answers_between_them_are_noted(cast, shops):
    root, dataset_id = shops
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    assert ask(viewer, dataset_id, ["店0"]) == 20
    assert ask(viewer, dataset_id, ["店0", "店1"]) == 40
    assert noted(root) == []
    for _ in range(2):
        assert ask(viewer, dataset_id, ["店0", "店3"]) == 23
    (row,) = noted(root)
    assert (row["actor"], row["noun_id"]) == ("viewer", dataset_id)
    assert (row["before"]["rows"], row["after"]["rows"]) == (20, 23)
    assert row["after"]["where"][0]["values"] == ["店0", "店3"]
    assert cast.signed_in(Role.ANALYST).get("/api/v1/audit").status_code == 403


def test_who_lists_the_rows_and_other_people_are_not_compared(cast, shops):
    root, dataset_id = shops
    for chosen in (["店0"], ["店0", "店3"]):
        ask(root, dataset_id, chosen)
    ask(cast.signed_in(Role.VIEWER, "one"), dataset_id, ["店0"])
    ask(cast.signed_in(Role.VIEWER, "two"), dataset_id, ["店0", "店3"])
    assert noted(root) == []


def add_questions(folder, n):
    """Each by a process that begins anew, as several servers do."""
    for at in range(n):
        KeptQuestions(folder, "who").add({"at": f"2026-01-{at + 1:02d}", "asked": {}})
    return [path.read_text("utf-8").splitlines() for path in sorted(folder.rglob("*.jsonl"))]


def test_however_much_is_asked_little_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("huiyin.web.near_queries.MOST_KEPT", 3)
    other = KeptQuestions(tmp_path, "another")
    other.add({"at": "2026-01-01", "asked": {}})
    files = add_questions(tmp_path, 14)
    assert [len(lines) for lines in files] == [1, 3, 2]
    looked_back = KeptQuestions(tmp_path, "who").since("2026-01-01")
    assert [one["at"] for one in looked_back] == ["2026-01-12", "2026-01-13", "2026-01-14"]
    assert len(KeptQuestions(tmp_path, "who").since("2026-01-14")) == 1


def test_each_ones_questions_lie_in_a_folder_that_looks_used_when_one_is_added(tmp_path):
    for name in ("who", "another"):
        KeptQuestions(tmp_path, name).add({"at": "2026-01-01", "asked": {}})
    assert {path.name for path in tmp_path.iterdir()} == {"who", "another"}
    os.utime(tmp_path / "who", (0, 0))
    KeptQuestions(tmp_path, "who").add({"at": "2026-01-02", "asked": {}})
    assert (tmp_path / "who").stat().st_mtime > 0
    assert len(KeptQuestions(tmp_path, "who").since("2026")) == 2
    assert len(KeptQuestions(tmp_path, "another").since("2026")) == 1


def test_long_questions_make_a_file_full_too(tmp_path, monkeypatch):
    monkeypatch.setattr("huiyin.web.near_queries.FULL_BYTES", 1)
    assert [len(lines) for lines in add_questions(tmp_path, 5)] == [1, 1]


def test_two_who_find_a_file_full_at_once_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("huiyin.web.near_queries.MOST_KEPT", 2)
    add_questions(tmp_path, 2)
    one, other = KeptQuestions(tmp_path, "who"), KeptQuestions(tmp_path, "who")
    for kept in (one, other):
        kept.add({"at": "2026-02-01", "asked": {}})
    assert [one["at"] for one in KeptQuestions(tmp_path, "who").since("2026-02")] == [
        "2026-02-01",
        "2026-02-01",
    ]


def test_after_a_day_an_old_question_is_forgotten(cast, shops):
    root, dataset_id = shops
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    ask(viewer, dataset_id, ["店0"])
    (kept,) = asked_folder(cast.system).rglob("*.jsonl")
    entry = json.loads(kept.read_text("utf-8"))
    old = (datetime.fromisoformat(entry["at"]) - WINDOW).isoformat()
    kept.write_text(json.dumps(entry | {"at": old}) + "\n", "utf-8")
    ask(viewer, dataset_id, ["店0", "店3"])
    assert noted(root) == []


def conditions(*where, since=None, until=None, include=False):
    return {
        "where": [
            {"column": column, "operator": operator, "values": list(values)}
            for column, operator, *values in where
        ],
        "since": since,
        "until": until,
        "include_flagged": include,
        "exclude_flagged": [],
        "weight": None,
    }


@pytest.mark.parametrize(
    ("wide", "narrow", "inside"),
    [
        (conditions(), conditions(("城市", "=", "上海")), True),
        (conditions(("城市", "=", "上海")), conditions(), False),
        (conditions(("城市", "=", "上海", "北京")), conditions(("城市", "=", "上海")), True),
        (conditions(("城市", "!=", "北京")), conditions(("城市", "=", "上海")), True),
        (conditions(("城市", "!=", "北京")), conditions(("城市", "!=", "北京", "成都")), True),
        (conditions(("年龄", ">=", "9")), conditions(("年龄", ">", "10")), True),
        (conditions(("年龄", ">=", "10")), conditions(("年龄", ">", "9")), False),
        (conditions(("年龄", "<", "30")), conditions(("年龄", "=", "20", "25")), True),
        (conditions(("年龄", "<", "30")), conditions(("年龄", ">", "20")), False),
        (conditions(("城市", "=", "上海")), conditions(("渠道", "=", "上海")), False),
        (conditions(since="2024-01-01"), conditions(since="2024-01-02"), True),
        (conditions(since="2024-01-02"), conditions(until="2024-01-31"), False),
        (conditions(until="2024-02-01"), conditions(until="2024-01-31"), True),
        (conditions(include=True), conditions(include=["speeder"]), True),
        (conditions(include=["speeder"]), conditions(include=True), False),
    ],
)
def test_conditions_contain_others(wide, narrow, inside):
    assert contains(wide, narrow) is inside
