"""A question that takes too long is stopped, and a sentence says so: on a page and on a board."""

from __future__ import annotations

from dataclasses import replace

import pytest
from importing import add_dataset

from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset
from huiyin.web.corridors import everybodys_view

NAME = {"zh-CN": "看板", "en": "board"}


@pytest.fixture
def dataset_id(cast, analyst, tmp_path):
    lines = [
        f"{i},2026-01-{1 + i % 28:02d},{i % 3},{i % 11},{1 + i * i % 5},{'是' if i % 4 else '否'}"
        for i in range(60)
    ]
    path = tmp_path / "推荐.csv"
    head = "编号,提交日期,门店,推荐分,服务满意度,是否续约"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return add_dataset(cast, analyst, path)[0]


def hurry(cast):
    """Leave a question no time at all."""
    cast.app.state.system = replace(cast.system, query_seconds=1e-9)


def code(cast, dataset_id):
    with cast.database.reading() as session:
        view = everybodys_view(session, cast.system, dataset_id)
    with cast.system.engine() as engine:
        code_columns(Dataset(engine, view.snapshot, cube=cast.system.cubes.of(view.snapshot)))


@pytest.mark.parametrize("from_cube", [False, True])
def test_it_is_stopped_with_a_sentence(cast, analyst, dataset_id, from_cube):
    if from_cube:
        code(cast, dataset_id)
    hurry(cast)
    view = {"dataset": dataset_id, "query": {"metrics": ["nps:推荐分"], "by": ["门店"]}}
    answer = analyst.post("/api/v1/views/answer", json={"view": view})
    assert answer.status_code == 400
    assert "时限" in answer.json()["error"]["sentence"]["zh-CN"]
    tiles = [{"id": "a", "kind": "number", "view": view}]
    body = {"definition": {"name": NAME, "tiles": tiles}}
    board = analyst.post("/api/v1/boards", json=body).json()
    found = analyst.post(f"/api/v1/boards/{board['id']}/answers", json={}).json()["items"][0]
    assert "Stopped at the time limit" in found["refused"]["en"]


ROUND = {"since": "2026-01-15", "until": "2026-01-28"}
SURFACES = {
    "query": {"metrics": ["nps:推荐分"], "by": ["门店"]},
    "query?format=xlsx": {"metrics": ["nps:推荐分"], "by": ["门店"]},
    "why": {"metric": "nps:推荐分", **ROUND},
    "drivers": {"target": "推荐分"},
    "what-if": {"aspect": "服务满意度", "target": "推荐分", "points": 5},
    "outcomes": {},
    "ask": {"question": "各门店的NPS"},
}


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_stops_in_one_sentence_and_the_server_is_free_again(
    cast, analyst, dataset_id, surface
):
    address, whole = f"/api/v1/datasets/{dataset_id}/{surface}", cast.system
    hurry(cast)
    answer = analyst.post(address, json=SURFACES[surface])
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["sentence"]["zh-CN"].count("时限") == 1
    assert "\n" not in error["sentence"]["en"]
    cast.app.state.system = whole
    free = analyst.post(address, json=SURFACES[surface])
    assert free.status_code == 200, free.text
