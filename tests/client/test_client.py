"""A server asked from Python: the numbers of its pages, the rights of the token, plain faults."""

import threading
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from connected import token_of
from importing import ask
from serving import loopback_server, served

import huiyin as hy
from huiyin.app.wiring import build_worker
from huiyin.client.bodies import NoJsonError
from huiyin.client.connection import BadAddressError, NoServerError, ServerError, UnreachableError
from huiyin.client.server import NoPlaceError, NoTokenError, UnknownDatasetError
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role

QUESTION = {"by": ["大区"], "compare": "rest"}


@pytest.fixture
def address(cast):
    with served(cast.app) as found:
        yield found


@pytest.fixture
def server(analyst, address):
    with hy.connect(address, token_of(analyst, "see_scores", "push_rows")) as opened:
        yield opened


def test_the_numbers_are_those_of_the_pages(analyst, dataset_id, server):
    found = server.dataset("门店满意度").query("score:总体满意度", **QUESTION)
    seen = ask(analyst, dataset_id, metrics=["score:总体满意度"], **QUESTION)
    assert found.json["cells"] == seen["cells"]
    assert [cell["comparison"]["call"] for cell in found.cells].count("real") >= 1


def test_rows_say_what_cells_say(dataset_id, server):
    found = server.dataset(dataset_id).query("score:总体满意度", **QUESTION)
    rows = {row["大区"]: row for row in found.rows()}
    for cell in found.cells:
        row, compared = rows[cell["by"]["大区"]], cell["comparison"]
        assert (row["estimate"], row["n"]) == (cell["estimate"], cell["n"])
        assert (row["difference_low"], row["low"]) == (compared["low"], cell["low"])
        assert row["call"] == compared["call"]


def test_frames_have_the_columns_of_the_command_s(dataset_id, server, tmp_path):
    found = server.dataset(dataset_id).query("score:总体满意度", **QUESTION)
    with hy.read(tmp_path / "满意度.csv") as own:
        mine = own.query("score:总体满意度", **QUESTION).to_arrow()
    theirs = found.to_arrow()
    assert set(theirs.column_names) == set(mine.column_names) - {
        "standard_error", "degrees_of_freedom",
    }  # fmt: skip
    for name in theirs.column_names:
        assert theirs.schema.field(name).type == mine.schema.field(name).type, name
    assert found.to_pandas().shape == (3, len(theirs.column_names))
    assert pa.compute.sum(theirs["n"]).as_py() == 240


def test_what_cannot_be_estimated_has_no_number(dataset_id, server):
    found = server.dataset(dataset_id).query(
        "score:总体满意度", since="2025-01-01", until="2025-01-01"
    )
    row = found.rows()[0]
    assert row["estimate"] is None
    assert row["not_estimable"] == "suppressed"
    assert "—" in found._repr_html_()


def test_a_question_in_words(dataset_id, server):
    found = server.dataset(dataset_id).ask("华南的满意度是多少")
    assert found["query"]["where"] == [{"column": "大区", "operator": "=", "values": ["华南"]}]
    assert found["result"]["cells"][0]["n"] == 80


def test_a_report_is_saved_once_it_is_made(cast, dataset_id, server, tmp_path, monkeypatch):
    def made_meanwhile(_seconds):
        build_worker(cast.system).run_until_idle()

    monkeypatch.setattr("huiyin.client.server.time.sleep", made_meanwhile)
    path = server.dataset(dataset_id).report(tmp_path / "报告.xlsx", lang="zh")
    assert path.read_bytes()[:2] == b"PK"


def test_rows_are_pushed(cast, server, pushed_dataset):
    sent = [{"id": str(i), "总体满意度": 1 + i % 5} for i in range(2_500)]
    assert server.dataset(pushed_dataset).push(sent) == 2_500
    assert server.dataset(pushed_dataset).push(sent[:1]) == 1
    build_worker(cast.system).run_until_idle()
    found = server.dataset("推送").query("score:总体满意度")
    assert found.json["data"]["rows"] == 2_500


@pytest.fixture
def pushed_dataset(cast):
    with cast.uow() as uow:
        return do_create_dataset(uow, "推送").id


def test_a_token_sees_no_more_than_its_owner(cast, analyst, dataset_id, address):
    boss = cast.signed_in(Role.ADMINISTRATOR)
    with cast.uow() as uow:
        other = do_create_dataset(uow, "别的").id
    others = token_of(analyst, "see_scores", dataset_ids=[other])
    with hy.connect(address, others) as held, pytest.raises(UnknownDatasetError):
        held.dataset(dataset_id)
    only_rows = token_of(boss, "push_rows")
    with hy.connect(address, only_rows) as held, pytest.raises(ServerError) as refused:
        held.datasets()
    assert refused.value.status == 403


def test_a_wrong_word_is_said_in_the_server_s_sentence(dataset_id, server):
    with pytest.raises(ServerError) as refused:
        server.dataset(dataset_id).query("score:总体满意度", by=["没有这列"])
    assert "没有这列" in refused.value.say("zh-CN")
    assert refused.value.status == 422


@pytest.mark.usefixtures("dataset_id")
def test_no_token_no_server_no_such_dataset(server, monkeypatch):
    monkeypatch.delenv("HUIYIN_TOKEN", raising=False)
    with pytest.raises(NoTokenError):
        hy.connect("http://localhost:8080")
    with pytest.raises(UnknownDatasetError, match="门店满意度"):
        server.dataset("没有")
    with hy.connect("http://127.0.0.1:9", "t") as nowhere, pytest.raises(UnreachableError):
        nowhere.datasets()


def test_something_else_at_the_address():
    page = (200, {"content-type": "text/html"}, b"<html>")
    with (
        loopback_server(lambda *_: page) as other,
        hy.connect(other, "t") as held,
        pytest.raises(NoServerError),
    ):
        held.datasets()


def test_a_busy_server_is_asked_again(monkeypatch):
    waits, answers = [], [(503, {"retry-after": "7"}, b""), (200, {}, b'{"items": []}')]
    monkeypatch.setattr("huiyin.client.connection.time.sleep", waits.append)
    with loopback_server(lambda *_: answers.pop(0)) as busy, hy.connect(busy, "t") as held:
        assert held.datasets() == []
    assert waits == [7.0]


def test_days_and_what_frames_hold_are_sent_as_what_they_are(
    cast, server, dataset_id, pushed_dataset
):
    days = {"since": date(2025, 2, 1), "until": datetime(2025, 2, 28, tzinfo=UTC).date()}
    found = server.dataset(dataset_id).query("score:总体满意度", **days)
    assert found.json["query"]["since"] == "2025-02-01"
    day, sent = pd.Timestamp("2025-03-01"), server.dataset(pushed_dataset)
    frame = pd.DataFrame({"id": ["a", "b"], "总体满意度": [5, None], "日": [day, pd.NaT]})
    frame["序"] = pd.array([1, None], dtype="Int64")
    assert sent.push(frame.to_dict("records")) == 2
    assert sent.push([{"id": np.int64(3), "总体满意度": np.float64(4)}]) == 1
    build_worker(cast.system).run_until_idle()
    assert server.dataset("推送").query("score:总体满意度").json["data"]["rows"] == 3
    for value in (b"x", float("inf"), object()):
        with pytest.raises(NoJsonError, match="cannot be sent"):
            sent.push([{"id": 1, "总体满意度": value}])


@pytest.mark.usefixtures("dataset_id")
def test_addresses_and_tokens_that_are_none(address, analyst):
    for wrong in ("localhost:8080", "http://localhost:port", "ftp://localhost"):
        with pytest.raises(BadAddressError, match="no address"), hy.connect(wrong, "t") as held:
            held.datasets()
    with pytest.raises(BadAddressError, match="hy_"):
        hy.connect(address, "hy_令牌")
    with hy.connect(f" {address}/ ", token_of(analyst, "see_scores") + "\n") as held:
        assert len(held.datasets()) == 1
    with hy.connect(address, "hy_none") as held, pytest.raises(ServerError) as refused:
        held.datasets()
    assert (refused.value.status, refused.value.code) == (401, "token_void")


def test_a_report_that_can_be_saved_nowhere_is_not_waited_for(dataset_id, server, tmp_path):
    for name in ("报告", "报告.docx", "没有/报告.pdf"):
        with pytest.raises(NoPlaceError):
            server.dataset(dataset_id).report(tmp_path / name)


def test_a_server_that_takes_too_long_is_not_called_unreachable(monkeypatch):
    monkeypatch.setattr("huiyin.client.connection.SECONDS", 0.05)
    waiting = threading.Event()

    def never(*_):
        waiting.wait(5)
        return 200, {}, b"{}"

    with loopback_server(never) as slow, hy.connect(slow, "t") as held:
        with pytest.raises(UnreachableError, match="did not answer within"):
            held.datasets()
        waiting.set()
