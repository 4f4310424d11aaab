"""A server started as a company starts it, and a real Chromium before it."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress

import httpx
import pytest
from newcomer import write_survey
from playwright.sync_api import Error

SECONDS = 90
REFUSED = 422
UNSIGNED = "status of 401"
"""The one fault that a page may meet: it asks who is there before somebody has signed in."""


@pytest.fixture
def server(tmp_path):
    """Start `huiyin serve` on an empty folder; gives its address, the one-time link, and it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    address, out = f"http://127.0.0.1:{port}", tmp_path / "out"
    command = [sys.executable, "-m", "huiyin.app.cli", "serve", "--port", str(port)]
    own = {**os.environ, "HUIYIN_KEY_FILE": str(tmp_path / "key"), "HUIYIN_LANG": "en"}
    with out.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(tmp_path / "数 据")],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=own,
        )
    yield address, re.search(r"/setup\?token=\S+", _told(process, address, out))[0], process
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
    """
    contexts, faults, allowed, refusals = [], [], [UNSIGNED], []

    def come(*, refused=(), **settings):
        allowed.extend(f"status of {status}" for status in refused)
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}} | settings)
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
