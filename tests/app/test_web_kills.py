"""The server is killed during an upload, a push and a sign-in: what it answered stands."""

import random
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from huiyin.app.cli.serve import settings_with
from huiyin.app.wiring import build_worker, opened_system
from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.store.contracts import Actor
from huiyin.store.sealed_files import read_sealed
from huiyin.store.sealed_rows import RowSeal
from huiyin.store.tables import Submission, Upload
from huiyin.store.unit_of_work import unit_of_work
from huiyin.web.system import System

PASSWORD = "correct horse battery"  # noqa: S105 -- of nobody
A_TIME, SECONDS = 10, 60
FILE = "编号,推荐意愿\n".encode() + b"1,9\n" * 300_000
HEAD = (
    "POST /api/v1/uploads HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\n"
    "x-csrf-token: {csrf}\r\ncontent-type: multipart/form-data; boundary=b\r\n"
    "content-length: 5000000\r\n\r\n--b\r\n"
    'content-disposition: form-data; name="files"; filename="half.csv"\r\n\r\n'
)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A running `huiyin serve` with an analyst, to be killed."""

    def __init__(self, data, port=None):
        self.data, self.port = data, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "huiyin", "serve", "--port", str(self.port)]
        with data.with_name("out").open("a") as out:
            self.process = subprocess.Popen(
                [*command, "--data", str(data)], stdout=out, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + SECONDS
        while not self._alive():
            assert time.monotonic() < until, data.with_name("out").read_text("utf-8")
            time.sleep(0.1)

    def _alive(self):
        try:
            return httpx.get(f"{self.url}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def sign_in(self):
        browser = httpx.Client(base_url=f"{self.url}/api/v1", timeout=SECONDS)
        body = {"login": "ann", "password": PASSWORD}
        assert browser.post("/session", json=body).status_code == 200
        browser.headers["x-csrf-token"] = browser.get("/me").json()["csrf"]
        return browser

    def kill(self):
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False,
        ).stdout.split()  # fmt: skip
        self.process.kill()
        self.process.wait()
        return [int(one) for one in children]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Traffic:
    """Uploads, pushes and sign-ins until the server is gone; keeps what it answered."""

    def __init__(self, server, dataset_id, first):
        self.server, self.dataset_id, self.next = server, dataset_id, first
        self.browser = server.sign_in()
        self.uploads, self.pushed, self.cookies = [], [], []
        works = (self.upload, self.push, self.sign_in)
        self.threads = [threading.Thread(target=self.repeat, args=(one,)) for one in works]

    def repeat(self, work):
        while True:
            try:
                work()
            except (httpx.TransportError, AssertionError):
                return

    def upload(self):
        answer = self.browser.post("/uploads", files={"files": ("a.csv", FILE)})
        assert answer.status_code == 200
        self.uploads.append(answer.json()["items"][0]["id"])

    def push(self):
        ids = range(self.next, self.next + A_TIME)
        self.next += A_TIME
        body = {"rows": [{"id": i, "推荐意愿": i % 11} for i in ids]}
        answer = self.browser.post(f"/datasets/{self.dataset_id}/rows", json=body)
        assert answer.status_code == 200
        self.pushed += ids
        time.sleep(0.05)

    def sign_in(self):
        self.cookies.append(dict(self.server.sign_in().cookies))

    def run(self, seconds):
        for thread in self.threads:
            thread.start()
        with socket.create_connection(("127.0.0.1", self.server.port)) as half:
            cookie = "; ".join(f"{k}={v}" for k, v in self.browser.cookies.items())
            csrf = self.browser.headers["x-csrf-token"]
            half.sendall(HEAD.format(cookie=cookie, csrf=csrf).encode() + FILE[:700_000])
            time.sleep(seconds)
            children = self.server.kill()
        for thread in self.threads:
            thread.join()
        return children


def opened(data):
    return opened_system(settings_with(data))


def set_up(data):
    with (
        opened(data) as system,
        unit_of_work(system.database, Actor.system(), clock=system.clock) as work,
    ):
        do_add_staff(work, StaffFields("ann", "Ann", Role.ADMINISTRATOR), PASSWORD)
        return do_create_dataset(work, "推送").id


def check_what_was_answered(system, dataset_id, traffic):
    """Acknowledged pushes and files are there, whole; what is not acknowledged is whole or not."""
    seal = RowSeal(system.key)
    with system.database.reading() as session:
        own = select(Submission.native_id).where(Submission.dataset_id == dataset_id)
        marks = list(session.scalars(own))
        uploads = {one.id: one for one in session.scalars(select(Upload))}
        asked = select(func.count(Submission.seq)).group_by(Submission.received_at)
        assert {n % A_TIME for n in session.scalars(asked)} <= {0}
    assert len(marks) == len(set(marks))
    assert {seal.mark(str(one)) for one in traffic.pushed} <= set(marks)
    assert set(traffic.uploads) <= set(uploads)
    assert {one.name for one in uploads.values()} <= {"a.csv"}
    for one in uploads:
        kept = b"".join(read_sealed(system.key, system.folders.uploads / one))
        assert kept == FILE
    return uploads


def sweep(system):
    """Tidy as on a night two days later: no half file, no work folder stays."""
    later = system.clock() + timedelta(days=3)
    aside = System(system.database, system.folders, system.key, clock=lambda: later)
    with unit_of_work(system.database, Actor.system(), clock=lambda: later) as work:
        work.enqueue("tidy_files", {})
    build_worker(aside).run_until_idle()
    return {path.name for path in system.folders.uploads.iterdir()}


def kill_rounds(data, rounds):
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)  # noqa: S311 -- no secret
    dataset_id = set_up(data)
    server = Server(data)
    for number in range(rounds):
        traffic = Traffic(server, dataset_id, number * 1_000_000)
        children = traffic.run(chance.uniform(0.5, 4))
        until = time.monotonic() + SECONDS
        while any(map(is_running, children)):  # the worker ends by itself
            assert time.monotonic() < until, seed
            time.sleep(0.2)
        server = Server(data, server.port)
        for cookies in traffic.cookies[-3:]:
            found = httpx.get(f"{server.url}/api/v1/me", cookies=cookies)
            assert found.status_code == 200, seed
        server.sign_in()
    server.process.terminate()
    server.process.wait(SECONDS)
    with opened(data) as system:
        build_worker(system).run_until_idle()
        uploads = check_what_was_answered(system, dataset_id, traffic)
        assert sweep(system) <= set(uploads)
        assert list(system.folders.work.iterdir()) == []


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("HUIYIN_LANG", "en")
    return tmp_path / "data"


def test_a_killed_server_has_kept_what_it_answered(data):
    kill_rounds(data, 1)


@pytest.mark.soak
def test_a_server_that_is_killed_many_times_has_kept_what_it_answered(data):
    kill_rounds(data, 20)
