"""Who asks nearly the same question twice is written down for those who see the audit log."""

import json
import os
from datetime import datetime

import pytest
from cast import Cast
from importing import add_dataset

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role
from huiyin.web.kept_questions import KeptQuestions, asked_folder
from huiyin.web.near_queries import NEAR, WINDOW

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
    assert row["after"]["dataset"] == "门店"
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
    monkeypatch.setattr("huiyin.web.kept_questions.MOST_KEPT", 3)
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
    monkeypatch.setattr("huiyin.web.kept_questions.FULL_BYTES", 1)
    assert [len(lines) for lines in add_questions(tmp_path, 5)] == [1, 1]


def test_two_who_find_a_file_full_at_once_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("huiyin.web.kept_questions.MOST_KEPT", 2)
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


def test_a_hidden_group_hides_no_question(cast, shops):
    """By shop one of three is hidden, and how many were asked about: it is noted all the same."""
    root, dataset_id = shops
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    assert ask(viewer, dataset_id, ["店0", "店1"]) == 40
    assert ask(viewer, dataset_id, ["店0", "店1", "店3"], by=["门店"]) is None
    (row,) = noted(root)
    assert (row["before"]["rows"], row["after"]["rows"]) == (40, 43)


def test_rows_are_told_apart_whatever_the_words_of_the_conditions(cast, shops):
    """“All but two shops” and “one shop” differ by three answers, and neither contains the other's
    words; two shops of as many answers each differ by all of them."""
    root, dataset_id = shops
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    ask(viewer, dataset_id, ["店0"])
    ask(viewer, dataset_id, ["店1"])
    assert noted(root) == []
    body = {"metrics": ["nps"], "where": ["门店!=店1|店2"]}
    viewer.post(f"/api/v1/datasets/{dataset_id}/query", json=body)
    (row,) = noted(root)
    assert (row["before"]["rows"], row["after"]["rows"]) == (20, 23)


@pytest.fixture
def orders(cast, tmp_path):
    """Orders of 70 customers in three shops: the third has three, every other one came back."""
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    lines = ["订单编号,客户编号,日期,门店,总体满意度"]
    for i in range(70):
        shop = "店2" if i > 66 else f"店{i % 2}"
        days = ("2024-01-10", "2024-03-15")[: 1 + i % 2]
        lines += [f"O{i}-{day},K{i:03d},{day},{shop},{1 + i % 5}" for day in days]
    lines += [f"O9{i},K9{i:02d},2025-06-01,店0,4" for i in range(20)]
    path = tmp_path / "订单.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return root, add_dataset(cast, root, path, name="订单")[0]


def ask_metrics(browser, dataset_id, metrics, *where, **words):
    body = {"metrics": metrics, "where": list(where), **words}
    answer = browser.post(f"/api/v1/datasets/{dataset_id}/query", json=body)
    assert answer.status_code == 200, answer.text


def test_each_set_of_rows_that_metrics_count_is_noted(cast, orders):
    """Two orders lie between, and three customers of the first day, whose churn it is."""
    root, dataset_id = orders
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    metrics, days = ["repurchase", "churn"], {"since": "2024-02-01", "until": "2024-12-31"}
    ask_metrics(viewer, dataset_id, metrics, "门店=店0|店1", **days)
    ask_metrics(viewer, dataset_id, metrics, "门店=店0|店1|店2", **days)
    found = [(r["after"]["metrics"], r["after"]["rows"] - r["before"]["rows"]) for r in noted(root)]
    assert sorted(found) == [(["churn"], 3), (["repurchase"], 2)]


def test_metrics_of_different_rows_are_not_near_each_other(cast, orders):
    root, dataset_id = orders
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    for metric in ("repurchase", "churn"):
        ask_metrics(viewer, dataset_id, [metric], since="2024-01-11", until="2025-12-31")
    assert noted(root) == []


def test_what_an_answer_is_compared_with_is_noted_too(cast, orders):
    root, dataset_id = orders
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    days = {"since": "2025-01-01", "until": "2025-12-31"}
    words = {"compare": "2024-01-01..2024-12-31"}
    ask_metrics(viewer, dataset_id, ["satisfied"], **days, **words)
    assert noted(root) == []
    words = {"since": "2024-01-01", "until": "2024-12-31"}
    ask_metrics(viewer, dataset_id, ["satisfied"], "门店=店0|店1", **words)
    (row,) = noted(root)
    assert row["before"]["since"] == "2024-01-01"
    assert 0 < row["before"]["rows"] - row["after"]["rows"] < 10


def test_a_question_in_words_is_noted_too(cast, shops):
    root, dataset_id = shops
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    ask(viewer, dataset_id, ["店0", "店1", "店2"])
    answer = viewer.post(f"/api/v1/datasets/{dataset_id}/ask", json={"question": "各门店的NPS"})
    assert answer.json()["result"]["query"]["by"] == ["门店"]
    (row,) = noted(root)
    assert (row["before"]["rows"], row["after"]["rows"]) == (60, 63)


@pytest.fixture
def busy_days(cast, tmp_path):
    """Twenty answers a day, two on a last one; the events of an installation lie side by side."""
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    days = [f"2025-03-{day:02d}" for day in (3, 4, 5) for _ in range(20)] + ["2025-03-06"] * 2
    lines = [f"{i},{day},{1 + i % 5}" for i, day in enumerate(days)]
    path = tmp_path / "每天.csv"
    path.write_text("\n".join(["编号,日期,总体满意度", *lines]) + "\n", "utf-8")
    dataset_id = add_dataset(cast, root, path, name="每天")[0]
    for title, until in (("促销", "2025-03-05"), ("促销延长", "2025-03-06")):
        event = {"kind": "campaign", "title": title, "since": "2025-03-03", "until": until}
        assert root.post("/api/v1/calendar", json=event).status_code == 201
    return root, dataset_id


def test_whoever_opens_the_calendar_of_a_dataset_has_chosen_nothing(cast, busy_days):
    root, dataset_id = busy_days
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    calendar = f"/api/v1/datasets/{dataset_id}/calendar"
    assert [one["title"] for one in viewer.get(calendar).json()["items"]]
    assert noted(root) == []
    days = {"since": "2025-03-03", "until": "2025-03-05"}
    ask_metrics(viewer, dataset_id, ["satisfied"], **days)
    (row,) = noted(root)  # the days of one event, by hand: two answers fewer than of the other
    assert (row["before"]["rows"], row["after"]["rows"]) == (62, 60)
    viewer.get(calendar)
    assert len(noted(root)) == 1
