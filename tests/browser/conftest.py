"""A server with its worker, and a real Chromium before it."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import httpx
import pytest
from cast import application_of
from newcomer import write_survey
from playwright.sync_api import Error
from serving import served

from huiyin.app.cli.serve import prepare
from huiyin.app.looking import keep_looking
from huiyin.app.settings import Settings
from huiyin.app.wiring import build_worker, opened_system, plan_housekeeping
from huiyin.app.work import reporting
from huiyin.app.worker import SWEEP_SECONDS

SECONDS = 90
REFUSED = 422
ONE_TIME_LINK = r"/setup\?token=\S+"
UNSIGNED = "status of 401"
"""The one fault that a page may meet: it asks who is there before somebody has signed in."""


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Serve an empty folder from this process, a worker beside it; gives address and link.

    All that `huiyin serve` is beyond that is two processes of its own, which `started` has. The
    report that nobody asked for is not made meanwhile: it takes seconds.
    """
    monkeypatch.setattr(reporting, "SETTLE_SECONDS", SECONDS)
    data = tmp_path / "数 据"
    settings = replace(Settings.from_environment(), data=data, key_file=tmp_path / "key")
    link = re.search(ONE_TIME_LINK, prepare(settings, "http://localhost"))[0]
    with (
        opened_system(settings) as system,
        worked_for(system),
        served(application_of(system)) as address,
    ):
        yield address, link


@contextmanager
def worked_for(system):
    """Do what is due, and look for what nobody orders, as the worker process does."""
    plan_housekeeping(system)
    worker, over = build_worker(system), threading.Event()
    looking = (system, over, SWEEP_SECONDS, worker)
    threads = [threading.Thread(target=worker.run)]
    threads += [threading.Thread(target=keep_looking, args=looking)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        worker.stop()
        for thread in threads:
            thread.join()


@pytest.fixture
def started(tmp_path):
    """Start `huiyin serve` as a company does; gives its address, the one-time link, and it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    address, out = f"http://127.0.0.1:{port}", tmp_path / "out"
    command = [sys.executable, "-m", "huiyin", "serve", "--port", str(port)]
    own = {**os.environ, "HUIYIN_KEY_FILE": str(tmp_path / "key"), "HUIYIN_LANG": "en"}
    with out.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path / "数 据")],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=own,
        )
    yield address, re.search(ONE_TIME_LINK, _told(process, address, out))[0], process
    process.terminate()
    process.wait(SECONDS)


def _told(process, address, out):
    """Wait until the server answers and says so; gives what it said at its start."""
    until, port = time.monotonic() + SECONDS, address.rpartition(":")[2]
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.TransportError):
            ready = httpx.get(f"{address}/readyz").status_code == httpx.codes.OK
            said = out.read_text("utf-8")
            if ready and f"http://localhost:{port}" in said:
                return said
        time.sleep(0.1)
    raise AssertionError(out.read_text("utf-8"))


@pytest.fixture
def visitor(chromium):
    """Open browsers of different people; at the end no page may have complained.

    `refused` names answers that a test asks for on purpose, which a browser complains of too.
    They ask for less motion, as a person may: what grows while it is clicked is missed, and a
    slow machine misses it often.
    """
    contexts, faults, allowed, refusals = [], [], [UNSIGNED], []

    usual = {
        "viewport": {"width": 1280, "height": 860},
        "locale": "zh-CN",
        "reduced_motion": "reduce",
    }

    def come(*, refused=(), **settings):
        allowed.extend(f"status of {status}" for status in refused)
        context = chromium.new_context(**usual | settings)
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                said.type == "error" and faults.append(f"{said.text} {said.location['url']}")
            ),
        )
        page.on("response", lambda one: one.status == REFUSED and refusals.append(one))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        return page

    yield come
    found = [fault for fault in faults if not any(words in fault for words in allowed)]
    why = [said_by(one) for one in refusals] if found else []
    for context in contexts:
        context.close()
    assert not found, why


def said_by(response):
    """Give what a refusal said, for the reader of a failed test; a page that left keeps nothing."""
    try:
        return response.text()
    except Error as fault:
        return str(fault)


@pytest.fixture
def survey(tmp_path):
    return write_survey(tmp_path / "门店满意度.csv")
