"""Who hangs up on a question ends the work for it; the engine is free for the next one."""

from __future__ import annotations

import asyncio
import json
import threading

import pyarrow as pa
import pytest
from importing import add_dataset

from huiyin.engine.contracts import EngineError
from huiyin.web import told

BODIES = {
    "/api/v1/datasets/{id}/query": {"metrics": ["nps:推荐分"]},
    "/api/v1/views/answer": {"view": {"dataset": "{id}", "query": {"metrics": ["nps:推荐分"]}}},
    "/api/v1/datasets/{id}/ask": {"question": "各门店的NPS"},
}


@pytest.fixture
def dataset_id(cast, analyst, tmp_path):
    lines = [f"{i},2026-01-{1 + i % 28:02d},{i % 3},{i % 11}" for i in range(60)]
    path = tmp_path / "推荐.csv"
    path.write_text("\n".join(["编号,提交日期,门店,推荐分", *lines]) + "\n", "utf-8")
    return add_dataset(cast, analyst, path)[0]


@pytest.fixture
def endless(monkeypatch):
    """Let every question take longer than anybody waits; gives how each of them ended."""
    begun, ended = threading.Event(), []

    def run(system, *_):
        with system.engines.lent() as engine:
            rows = engine.from_arrow(pa.table({"v": list(range(3000))}))
            other, third = rows.view().rename(w="v"), rows.view().rename(x="v")
            wide = rows.cross_join(other).cross_join(third)
            begun.set()
            try:
                engine.run(wide.agg(s=lambda t: (t.v * t.w % (t.x + 1)).sum()))
            except EngineError as fault:
                ended.append(fault.sentence["en"])
                raise

    monkeypatch.setattr(told, "_asked", run)
    return begun, ended


def hang_up(cast, client, address, body, begun):
    """Send a request, and be gone as soon as its question runs."""
    content = json.dumps(body).encode()
    cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    headers = {"cookie": cookies, "host": "testserver", "content-type": "application/json",
               "content-length": str(len(content)), **client.headers}  # fmt: skip
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "path": address, "raw_path": address.encode(), "query_string": b"", "scheme": "http",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("testclient", 1), "server": ("testserver", 80), "root_path": "",
    }  # fmt: skip
    messages, sent = iter([{"type": "http.request", "body": content, "more_body": False}]), []

    async def receive():
        message = next(messages, None)
        if message is None:
            await asyncio.to_thread(begun.wait)
            return {"type": "http.disconnect"}
        return message

    async def send(message):
        sent.append(message)

    asyncio.run(cast.app(scope, receive, send))
    return sent


@pytest.mark.parametrize("address", BODIES)
def test_the_work_ends_when_its_client_is_gone(cast, analyst, dataset_id, endless, address):
    begun, ended = endless
    text = json.dumps(BODIES[address]).replace("{id}", dataset_id)
    sent = hang_up(cast, analyst, address.replace("{id}", dataset_id), json.loads(text), begun)
    assert ended == ["Cancelled."], sent


def test_the_tiles_of_a_board_end_too(cast, analyst, dataset_id, endless):
    begun, ended = endless
    tile = {"id": "t", "kind": "number", "x": 0, "y": 0, "w": 3, "h": 2,
            "view": {"dataset": dataset_id, "query": {"metrics": ["nps:推荐分"]}}}  # fmt: skip
    board = {"name": {"zh-CN": "板", "en": "Board"}, "tiles": [tile]}
    made = analyst.post("/api/v1/boards", json={"definition": board}).json()
    sent = hang_up(cast, analyst, f"/api/v1/boards/{made['id']}/answers", {}, begun)
    assert ended == ["Cancelled."], sent


def test_a_question_that_is_waited_for_is_answered(analyst, dataset_id):
    answer = analyst.post(f"/api/v1/datasets/{dataset_id}/query", json={"metrics": ["nps:推荐分"]})
    assert answer.status_code == 200, answer.text
