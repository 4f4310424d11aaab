"""A GET whose files went while it was answered is answered anew; a write is told."""

import asyncio

import pytest

from huiyin.web.again import PAUSES, Again, note_gone


def answering(gone_times):
    """An application whose files are gone the first times that it is asked."""
    asked = []

    async def app(scope, _receive, send):
        asked.append(scope["method"])
        status = 200
        if len(asked) <= gone_times:
            note_gone(scope)
            status = 503
        scope["route"] = f"try {len(asked)}"
        await send({"type": "http.response.start", "status": status})
        await send({"type": "http.response.body", "body": b""})

    return app, asked


def ask(app, method="GET"):
    sent, scope = [], {"type": "http", "method": method, "state": {"request_id": "r"}}

    async def send(message):
        sent.append(message)

    asyncio.run(Again(app)(scope, None, send))
    return [one["status"] for one in sent if "status" in one], scope


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr("huiyin.web.again.PAUSES", (0.0,) * len(PAUSES))


@pytest.mark.parametrize("times", [0, 1, len(PAUSES)])
def test_one_answer_is_sent_once_the_files_are_there(times):
    app, asked = answering(times)
    statuses, scope = ask(app)
    assert statuses == [200]
    assert len(asked) == times + 1
    assert scope["route"] == f"try {times + 1}"


def test_files_that_stay_away_are_said_in_the_end():
    app, asked = answering(99)
    assert ask(app)[0] == [503]
    assert len(asked) == len(PAUSES) + 1


def test_a_write_is_tried_once():
    app, asked = answering(1)
    assert ask(app, "POST")[0] == [503]
    assert len(asked) == 1
