"""Rows that another system pushes arrive once, and a repeat updates."""

import json

import pytest

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.store.sealed_rows import RowSeal, SealedRowError

NPS = "您有多大可能向朋友推荐我们"


@pytest.fixture
def analyst(cast_on_both):
    cast_on_both.show_small_groups()
    return cast_on_both.signed_in(Role.ANALYST)


def rows(n, first=0, bump=0):
    return [
        {"id": first + i, NPS: (i + bump) % 11, "门店": f"店{i % 3}", "标签": ["快", "好"]}
        for i in range(n)
    ]


def push(browser, dataset_id, rows):
    return browser.post(f"/api/v1/datasets/{dataset_id}/rows", json={"rows": rows})


def ask(browser, dataset_id):
    body = {"metrics": ["nps"]}
    return browser.post(f"/api/v1/datasets/{dataset_id}/query", json=body).json()


def test_pushed_rows_become_numbers_and_a_repeat_updates(cast_on_both, analyst, pushed_dataset_id):
    assert push(analyst, pushed_dataset_id, rows(100)).json()["accepted"] == 100
    assert push(analyst, pushed_dataset_id, rows(30, first=90, bump=5)).status_code == 200
    waiting = f"/api/v1/datasets/{pushed_dataset_id}/rows/waiting"
    assert analyst.get(waiting).json() == {"waiting": 130}
    worker = build_worker(cast_on_both.system)
    worker.run_until_idle()
    assert analyst.get(waiting).json() == {"waiting": 0}
    found = ask(analyst, pushed_dataset_id)
    assert found["data"]["rows"] == 120
    assert found["cells"][0]["n"] == 120
    push(analyst, pushed_dataset_id, rows(10, first=115))
    worker.run_until_idle()
    assert ask(analyst, pushed_dataset_id)["data"]["rows"] == 125


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([{NPS: 3}], "lacks “id”"),
        ([{"id": " ", NPS: 3}], "lacks “id”"),
        ([{"id": 1, "_flags": 3}], "_flags"),
        ([{"id": 1, "": 3}], "column name"),
    ],
)
def test_a_row_that_cannot_be_kept_refuses_the_request_whole(
    cast_on_both, analyst, pushed_dataset_id, bad, words
):
    answer = push(analyst, pushed_dataset_id, [*rows(2), *bad])
    assert answer.status_code == 422
    assert words in answer.json()["error"]["sentence"]["en"]
    assert analyst.get(f"/api/v1/datasets/{pushed_dataset_id}/rows/waiting").json() == {
        "waiting": 0
    }
    assert build_worker(cast_on_both.system).run_until_idle() == 0


def test_a_sync_that_is_run_again_adds_nothing(cast_on_both, analyst, pushed_dataset_id):
    push(analyst, pushed_dataset_id, rows(50))
    worker = build_worker(cast_on_both.system)
    worker.run_until_idle()
    with cast_on_both.uow() as uow:
        uow.enqueue("sync_pushed_rows", {"dataset_id": pushed_dataset_id})
    worker.run_until_idle()
    versions = analyst.get(f"/api/v1/datasets/{pushed_dataset_id}/versions").json()["items"]
    assert [one["rows"] for one in versions] == [50]


def test_pushed_rows_rest_sealed(cast, tmp_path):
    browser = cast.signed_in(Role.ANALYST)
    with cast.uow() as uow:
        dataset_id = do_create_dataset(uow, "推送").id
    said = [{"id": 1, NPS: 3, "手机": "13912345678", "意见": "请打给张三丰"}]
    assert push(browser, dataset_id, said).status_code == 200
    cast.database.close()
    at_rest = b"".join(path.read_bytes() for path in tmp_path.rglob("store.db*"))
    assert b"till" in at_rest or b"analyst" in at_rest, "this is where it would be"
    for words in ("13912345678", "张三丰"):
        assert words.encode() not in at_rest
        assert json.dumps(words).strip('"').encode() not in at_rest


def test_a_sealed_row_opens_in_its_place_with_its_key_alone():
    seal = RowSeal(b"k" * 32)
    kept = seal.close("a", {"id": 1, "意见": "好"})
    assert seal.open("a", kept) == {"id": 1, "意见": "好"}
    assert seal.open("a", {"id": 2}) == {"id": 2}, "kept before rows were sealed"
    for other, place in ((seal, "b"), (RowSeal(b"x" * 32), "a")):
        with pytest.raises(SealedRowError):
            other.open(place, kept)
