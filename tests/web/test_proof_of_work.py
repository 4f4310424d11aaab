"""Where it is switched on, a browser computes before an answer is taken; else one waits."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from respondent import Respondent, asked_again

import huiyin.web.answer
from huiyin.core.clock import system_clock
from huiyin.web.answer.guards import WAIT_SECONDS, WORK_BITS, is_worked

CHALLENGE = "Zm9vYmFy-_Zm9vYmFyZm9vYm"
SCRIPT = Path(huiyin.web.answer.__file__).with_name("answer.js")


def compute(token):
    return next(str(n) for n in count() if is_worked(token, str(n)))


def test_an_answer_is_taken_with_the_work_for_its_own_page_only(cast):
    guest, other = Respondent(cast, proof_of_work=True), Respondent(cast, proof_of_work=True)
    guest.open()
    other.open()
    token = asked_again(cast.system.key, guest.field("token"))
    form = {"token": token, "page": "p1", "seen": "rec", "rec": "9"}
    strange = compute(other.field("token"))
    for work in ("", "0", "x", "²", "9" * 40, strange):
        page = guest.browser.post(guest.address, data=form | {"work": work})
        assert "稍等几秒" in page.text, work
    assert guest.rows() == []
    page = guest.browser.post(guest.address, data=form | {"work": compute(token)})
    assert "谢谢" in page.text
    assert len(guest.rows()) == 1


def test_without_scripts_one_waits_and_nothing_is_lost(cast):
    guest = Respondent(cast, proof_of_work=True)
    guest.open()
    for _ in range(3):
        page = guest.send(again=False, rec="9")
        assert 'name="token"' in page.text
    assert re.search(r'value="9" checked', page.text)
    assert guest.rows() == []
    desk = cast.app.state.desk
    later = timedelta(seconds=WAIT_SECONDS + 1)
    desk.system = replace(desk.system, clock=lambda: system_clock() + later)
    assert "谢谢" in guest.send(again=False, rec="9").text
    assert len(guest.rows()) == 1


def test_no_page_asks_for_work_where_it_is_off(cast):
    guest = Respondent(cast)
    assert 'name="work"' not in guest.open().text
    assert "谢谢" in guest.send(rec="9").text


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_browser_computes_what_the_server_checks():
    words = ["", "abc", "x" * 55, f"{CHALLENGE}:12345"]
    script = (
        f"{SCRIPT.read_text('utf-8')}\nconst {{sha256, work}} = globalThis.huiyinLogic;"
        f"console.log(JSON.stringify({{hashes: {json.dumps(words)}.map(sha256),"
        f"n: work({json.dumps(CHALLENGE)}, {WORK_BITS}, 0, 1e6)}}))"
    )
    done = subprocess.run(["node", "-e", script], capture_output=True, check=True, text=True)
    found = json.loads(done.stdout)
    for said, hashed in zip(words, found["hashes"], strict=True):
        assert "".join(f"{one:08x}" for one in hashed) == hashlib.sha256(said.encode()).hexdigest()
    assert str(found["n"]) == compute(CHALLENGE)
