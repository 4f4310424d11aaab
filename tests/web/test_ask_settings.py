"""The company's own words and its language model: who may set them, and what they change."""

from __future__ import annotations

import pytest
from importing import add_dataset
from model_server import a_model
from sqlalchemy import select

from huiyin.ask.endpoint.contracts import SETTING
from huiyin.people.contracts import Role
from huiyin.people.sealing import seal
from huiyin.store.tables import AuditRow, Setting

WORDS = "/api/v1/ask/words"
ENDPOINT = "/api/v1/ask/endpoint"
READING = {"kind": "number", "metrics": ["score:总体满意度"], "where": ["大区=华南"]}


@pytest.fixture
def keeper(cast):
    return cast.signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def asking(cast, analyst, tmp_path):
    lines = ["编号,答题时间,大区,客户,总体满意度"]
    regions = ("华东", "华南")
    lines += [
        f"{i},2025-03-{1 + i % 28:02} 10:00,{regions[i % 2]},K{i},{1 + i % 5}" for i in range(80)
    ]
    path = tmp_path / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    dataset_id, *_ = add_dataset(cast, analyst, path)

    def asked(question):
        answer = analyst.post(f"/api/v1/datasets/{dataset_id}/ask", json={"question": question})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


@pytest.fixture(scope="module")
def model():
    with a_model() as server:
        yield server


def save(browser, version, *entries):
    told = [{"word": word, "means": means} for word, means in entries]
    return browser.put(WORDS, json={"version": version, "entries": told})


def test_a_word_of_the_company_is_understood_from_the_next_question_on(asking, analyst, cast):
    assert asking("大湾的满意度")["answer"] != "query"
    saved = save(analyst, 0, ("大湾", "华南"), ("战区", "大区")).json()
    assert (saved["version"], len(saved["entries"])) == (1, 2)
    assert asking("大湾的满意度")["query"]["where"][0]["values"] == ["华南"]
    assert asking("各战区的满意度")["query"]["by"] == ["大区"]
    save(analyst, 1, ("战区", "大区"))
    assert asking("大湾的满意度")["answer"] != "query"
    versions = analyst.get(f"{WORDS}/versions").json()["items"]
    assert [one["version"] for one in versions] == [2, 1]
    with cast.uow() as uow:
        rows = uow.session.scalars(select(AuditRow).where(AuditRow.noun == "ask_words")).all()
    assert [row.after["entries"] for row in rows][-1] == [["战区", "大区"]]


@pytest.mark.parametrize(
    "entries",
    [
        [("为什么", "满意度")],
        [("满意率", "NPS")],
        [("战区", "战区")],
        [("战区", "大区"), ("战区", "门店")],
        [("  ", "大区")],
    ],
)
def test_a_word_that_cannot_be_taken_is_refused_with_a_sentence(analyst, entries):
    answer = save(analyst, 0, *entries)
    assert answer.status_code in {400, 422}
    assert analyst.get(WORDS).json() == {
        "version": 0, "entries": [], "created_by": None, "created_at": None
    }  # fmt: skip


def test_the_model_is_off_until_it_is_switched_on_and_its_key_never_comes_back(
    asking, keeper, cast, model
):
    model.says(READING)
    model.asked.clear()
    puzzle = "华南客人的心情指数到多少了"
    assert keeper.get(ENDPOINT).json()["settings"] is None
    settings = {"url": model.url, "model": "m", "on": False}
    body = {"revision": 0, "settings": settings, "secret": "k-secret"}
    saved = keeper.put(ENDPOINT, json=body)
    assert saved.json()["has_secret"] is True
    assert asking(puzzle)["answer"] != "query"
    assert model.asked == []
    allow_private(keeper)
    on = {"revision": saved.json()["revision"], "settings": settings | {"on": True}}
    assert "k-secret" not in keeper.put(ENDPOINT, json=on).text
    found = asking(puzzle)
    assert found["query"]["where"][0]["values"] == ["华南"]
    assert "语言模型" in found["reading"]["zh-CN"]
    assert found["result"]["cells"][0]["n"] == 40
    model.says("DROP TABLE answers")
    dropped = asking(puzzle)
    assert (dropped["answer"], "result" in dropped) == ("ask_back", False)
    assert dropped["model"]["zh-CN"]
    with cast.uow() as uow:
        assert "k-secret" not in str(uow.session.get(Setting, "ask_endpoint").value)
        rows = uow.session.scalars(select(AuditRow).where(AuditRow.noun_id == "ask_endpoint"))
        assert all(row.after is None for row in rows)


def allow_private(keeper):
    body = {"value": True, "revision": 0}
    assert keeper.put("/api/v1/settings/allow_private_addresses", json=body).status_code == 200


def test_the_test_says_whether_the_model_works_and_sends_nothing_of_the_company(keeper, model):
    assert keeper.post(f"{ENDPOINT}/test").status_code in {400, 422}
    settings = {"url": model.url, "model": "m"}
    keeper.put(ENDPOINT, json={"revision": 0, "settings": settings})
    model.says(READING)
    assert keeper.post(f"{ENDPOINT}/test").json()["works"] is False
    allow_private(keeper)
    assert keeper.post(f"{ENDPOINT}/test").json()["works"] is True
    model.status = 401
    said = keeper.post(f"{ENDPOINT}/test").json()
    model.status = 200
    assert (said["works"], "401" in said["text"]["en"]) == (False, True)


def test_a_key_does_not_follow_to_another_address(keeper, model):
    body = {"revision": 0, "settings": {"url": model.url, "model": "m"}, "secret": "k-secret"}
    revision = keeper.put(ENDPOINT, json=body).json()["revision"]
    other = {"revision": revision, "settings": {"url": "https://else.example.com/v1", "model": "m"}}
    assert keeper.put(ENDPOINT, json=other).json()["has_secret"] is False


def test_a_secret_that_another_key_sealed_leaves_our_own_rules(asking, keeper, cast, model):
    """The installation's key is another one: what our rules read is answered as ever."""
    settings = {"url": model.url, "model": "m", "on": True}
    body = {"revision": 0, "settings": settings, "secret": "k-secret"}
    assert keeper.put(ENDPOINT, json=body).status_code == 200
    with cast.uow() as uow:
        row = uow.session.get_one(Setting, SETTING)
        row.value = row.value | {"secret": seal(b"another key" * 3, "k-secret", SETTING)}
    assert asking("满意度")["answer"] == "query"
    puzzle = asking("华南客人的心情指数到多少了")
    assert puzzle["answer"] != "query"
    assert "密钥" in puzzle["model"]["zh-CN"]
