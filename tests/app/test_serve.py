"""The server starts from nothing, says how to come in, answers, and ends with its worker."""

import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from structlog.testing import capture_logs

from huiyin.app import serve
from huiyin.app.cli.progress import shown_progress
from huiyin.app.cli.serve import DEMO_LOGIN, settings_with
from huiyin.app.demo import DemoFile, load_demo
from huiyin.app.key import BadKeyFileError, load_or_make_key
from huiyin.app.serve import first_open_port
from huiyin.app.wiring import opened_system
from huiyin.app.work import reporting
from huiyin.core.progress import no_progress
from huiyin.core.text import Text
from huiyin.people.contracts import ROLE_RIGHTS, Person, Role
from huiyin.people.settings import SETTINGS
from huiyin.store.tables import BenchmarkRow, Client, Dataset, Event, Staff
from huiyin.web.corridors import open_view

SECONDS = 60


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(what, seconds=SECONDS):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError(what)


def children_of(pid):
    command = ["ps", "-o", "pid=", "--ppid", str(pid)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split()


def running(pid):
    command = ["ps", "-o", "stat=", "-p", pid]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")


def alive(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def serving(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_KEY_FILE", str(tmp_path / "keys" / "key"))
    monkeypatch.setenv("HUIYIN_LANG", "en")
    port, out = free_port(), tmp_path / "out"
    command = [sys.executable, "-m", "huiyin", "serve", "--port", str(port)]
    with out.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path / "数 据")], stdout=file, stderr=subprocess.STDOUT
        )
    wait_for(lambda: alive(port) and f":{port}" in out.read_text("utf-8"))
    yield process, port, out
    if process.poll() is None:
        process.kill()
        process.wait()


def test_a_first_start_gives_a_one_time_link_and_ends_cleanly(serving):
    process, port, out = serving
    said = out.read_text("utf-8")
    assert said.startswith("Starting …\n")
    assert "key file was made" in said
    token = re.search(r"/setup\?token=(\S+)", said)[1]
    body = {"token": token, "name": "A", "email": "a@example.com", "password": "long enough words"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1") as browser:
        assert browser.post("/setup", json=body).status_code == 200
        assert browser.get("/me").json()["staff"]["role"] == "administrator"
        assert browser.post("/setup", json=body).status_code == 410
    workers = children_of(process.pid)
    assert workers
    process.send_signal(signal.SIGTERM)
    process.wait(SECONDS)
    wait_for(lambda: not children_of(process.pid))


def test_ctrl_c_says_that_it_stopped(serving):
    process, _, out = serving
    before = out.read_text("utf-8")
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert out.read_text("utf-8").removeprefix(before).startswith("Stopped.\n")


def test_progress_without_a_terminal_is_a_line_for_each_stage(capsys):
    with shown_progress("en", quiet=False, lines=True) as progress:
        for done, stage in enumerate(("one", "one", "two")):
            progress(Text.same(stage), done, 3)
    assert capsys.readouterr().err == "one (0/3)\ntwo (2/3)\n"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_refused_before_anything_is_made(tmp_path, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, data = taken.getsockname()[1], tmp_path / "data"
        words = [sys.executable, "-m", "huiyin", command, "--port", str(port), "--data", str(data)]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=SECONDS)
        assert first_open_port("127.0.0.1", port) > port
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"端口 {port} 不能用：.*--port {port + 1}。\n", done.stderr)
    assert not data.exists()


def test_a_worker_that_dies_is_started_again_and_none_outlives_the_server(serving):
    process, _, _ = serving
    (first,) = wait_for(lambda: children_of(process.pid))
    subprocess.run(["kill", "-9", first], check=True)
    (second,) = wait_for(lambda: [one for one in children_of(process.pid) if one != first])
    process.kill()
    process.wait()
    wait_for(lambda: not running(second))


def test_the_key_file_is_made_once_and_never_replaced(tmp_path):
    path = tmp_path / "a" / "key"
    key, made = load_or_make_key(path)
    assert (len(key), made) == (32, True)
    assert load_or_make_key(path) == (key, False)
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("no key")
    with pytest.raises(BadKeyFileError, match="key"):
        load_or_make_key(path)
    assert path.read_text() == "no key"


def rows_of_the_manager(session, system, name):
    """Give what the manager's rows of a dataset are held to, by column."""
    staff = session.query(Staff).filter_by(login="manager").one()
    rights = ROLE_RIGHTS[Role.MANAGER]
    manager = Person(staff.id, staff.login, staff.name, Role.MANAGER, rights, staff.unit_id)
    dataset = session.query(Dataset).filter_by(name=name).one()
    rules = open_view(session, system, manager, dataset.id).rows.rows
    return {one.column: one.values for one in rules}


def test_the_demo_says_truly_what_its_manager_sees():
    """By default scores are everybody's: only what shows rows keeps to the rule."""
    assert SETTINGS["share_scores_with_everyone"].default is True
    for words in (DEMO_LOGIN.say("zh-CN"), DEMO_LOGIN.say("en")):
        assert re.search("分数默认人人可见|scores are shared by default", words)


def test_the_demo_is_loaded_once(tmp_path, monkeypatch, root):
    monkeypatch.setenv("HUIYIN_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setattr(reporting, "SETTLE_SECONDS", 600)  # a report takes seconds, of each one
    own = [DemoFile(root / "examples/garden_nps/nps.csv", "园艺", generated=False)]
    logins = []
    for _ in range(2):
        with opened_system(settings_with(tmp_path / "data")) as system:
            logins.append(load_demo(system, own, no_progress, answers=5000))
            with system.database.reading() as session:
                found = session.query(Dataset).all()
                clients = session.query(Client).all()
                seen = rows_of_the_manager(session, system, "门店满意度")
                events = session.query(Event).all()
                tables = {one.table_name: one.source for one in session.query(BenchmarkRow)}
    assert logins[0] == logins[1]
    assert {d.name: d.generated for d in found}["园艺"] is False
    assert len(found) > 20
    assert all(d.current_version is not None for d in found)
    assert all(d.generated for d in found if d.name != "园艺")
    assert {one.kind for one in events} >= {"incident", "release", "campaign", "holiday"}
    delay = next(one for one in events if "爆仓" in one.title)
    assert set(delay.where) == {"大区"}
    assert len({(one.title, one.since) for one in events}) == len(events)
    assert set(tables) == {"零售行业基准", "银行同业基准"}
    assert all("示例" in source for source in tables.values())
    assert clients
    assert all("示例" in one.name and one.tier and one.contract_from for one in clients)
    assert any(one.renewal_on for one in clients)
    assert set(seen) == {"大区", "门店"}
    assert seen["大区"] == ("华东",)
    assert "上海徐家汇店" in seen["门店"]
    assert "北京西单店" not in seen["门店"]


def test_a_worker_that_cannot_be_started_is_tried_again(tmp_path):
    program, worked = tmp_path / "worker", tmp_path / "worked"
    kept = serve.Supervised([str(program)], restart_seconds=0.01)
    try:
        with capture_logs() as logs:
            kept.start()
            wait_for(lambda: logs)
        fault = logs[0]["event"], logs[0]["fault"]
        assert fault == ("worker cannot be started", "No such file or directory")
        ready = tmp_path / "ready"
        ready.write_text(f"#!/bin/sh\ntouch {worked}\n")
        ready.chmod(0o755)
        ready.replace(program)
        wait_for(worked.exists)
    finally:
        kept.stop()
