"""Rows that another system pushes arrive once, and a repeat updates."""

import json

import fastapi
import pytest
from fastapi.routing import APIRoute

from huiyin.analyse.views.definition import QueryWords
from huiyin.app.wiring import build_worker
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.store.sealed_rows import RowSeal, SealedRowError
from huiyin.web.application import all_routers
from huiyin.web.bodies import Body

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
    path, head = f"/api/v1/datasets/{dataset_id}/rows", {"content-type": "application/json"}
    return browser.post(path, content=json.dumps({"rows": rows}), headers=head)  # NaN as well


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
        ([{"id": True}], "Row 3: “id” is neither a text"),
        ([{"id": {"a": 1}}], "Row 3: “id” is neither a text"),
        ([{"id": 1e308}], "Row 3: “id” is neither a text"),
        ([{"id": float("nan")}], "Row 3: “id” is neither a text"),
        ([{"id": "a\0b"}], "Row 3: “id” holds a control character"),
        ([{"id": "\u200b"}], "Row 3: “id” holds nothing that can be seen"),
        ([{"id": 1, NPS: float("inf")}], f"Row 3: “{NPS}” is infinite"),
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


@pytest.mark.parametrize("bad", [{"id": 9, "意见": "半\ud800"}, {"id": 9, "意见": ["\udc00"]}])
def test_half_a_character_is_refused_by_the_row_it_is_in(cast, bad):
    browser = cast.signed_in(Role.ANALYST)
    with cast.uow() as uow:
        dataset_id = do_create_dataset(uow, "推送").id

    answer = push(browser, dataset_id, [{"id": 1}, bad])
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "half_character")
    assert "第 2 行“意见”" in answer.json()["error"]["sentence"]["zh-CN"]
    named = push(browser, dataset_id, [{"id": 1, "\ud800": 1}])
    assert "“rows”, row 1 holds half" in named.json()["error"]["sentence"]["en"]


def test_every_route_that_takes_json_refuses_half_a_character():
    taken = [
        (route.path, field.field_info.annotation)
        for router in all_routers()
        for route in router.routes
        if isinstance(route, APIRoute)
        for field in route.dependant.body_params
        if isinstance(field.field_info, fastapi.params.Body)
        and not isinstance(field.field_info, fastapi.params.Form)
    ]
    assert len(taken) > 50
    typed = (Body, QueryWords)  # a question has typed texts only, which refuse it by themselves
    assert [path for path, kind in taken if not issubclass(kind, typed)] == []


def test_a_sync_that_is_run_again_adds_nothing(cast_on_both, analyst, pushed_dataset_id):
    push(analyst, pushed_dataset_id, rows(50))
    worker = build_worker(cast_on_both.system)
    worker.run_until_idle()
    with cast_on_both.uow() as uow:
        uow.enqueue("sync_pushed_rows", {"dataset_id": pushed_dataset_id})
    worker.run_until_idle()
    versions = analyst.get(f"/api/v1/datasets/{pushed_dataset_id}/versions").json()["items"]
    assert [one["rows"] for one in versions] == [50]


def test_not_a_number_is_a_missing_value_as_in_a_file(cast_on_both, analyst, pushed_dataset_id):
    sent = [{**row, NPS: float("nan")} if row["id"] < 10 else row for row in rows(60)]
    assert push(analyst, pushed_dataset_id, sent).status_code == 200
    build_worker(cast_on_both.system).run_until_idle()
    found = ask(analyst, pushed_dataset_id)
    assert (found["data"]["rows"], found["cells"][0]["n"]) == (60, 50)


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
