"""Web and worker are killed while answers come in: whoever was thanked is counted exactly once."""

import http.client
import itertools
import random
import re
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from cast import Cast
from respondent import asked_again, open_rows
from site_of_processes import PATIENCE_SECONDS, Site

from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.surveys.changes import LinkKind, do_create_survey, do_open_link, do_publish
from huiyin.collect.surveys.definition import Definition
from huiyin.core.clock import system_clock
from huiyin.web.system import System

CLIENTS = 6
LONGEST = 2.5
HIDDEN = ("token", "page", "seen")
DEFINITION = {
    "title": {"zh-CN": "试"},
    "pages": [
        {
            "id": "p1",
            "questions": [
                {"kind": "nps", "id": "rec", "title": {"zh-CN": "推荐吗？"}},
                {"kind": "slider", "id": "mark", "title": {"zh-CN": "第几"}, "maximum": 1000},
            ],
        }
    ],
}


class NoPageError(Exception):
    """What came is no page to answer: the answer is not acknowledged, and is tried again."""


class Crowd:
    """People who send again until they are thanked; what they were told instead is noted."""

    def __init__(self, site, path, first, n):
        self.site, self.path = site, path
        self.marks = iter(range(first, first + n))
        self.thanked, self.told = [], Counter()
        self.turn, self.over = threading.Lock(), threading.Event()
        self.pool = ThreadPoolExecutor(CLIENTS)
        self.clients = [self.pool.submit(self.answer, i) for i in range(CLIENTS)]

    def answer(self, number):
        ports = itertools.cycle(self.site.ports[number % 2 :] or self.site.ports)
        connection = None
        while (mark := self.next_mark()) is not None:
            form, thanked = None, False
            while not (thanked or self.over.is_set()):
                try:
                    connection = connection or http.client.HTTPConnection(
                        "127.0.0.1", next(ports), timeout=30
                    )
                    form = form or self.open(connection, mark)
                    self.send(connection, mark, form)
                    thanked = True
                except (OSError, http.client.HTTPException, NoPageError) as fault:
                    self.note(fault)
                    connection = None
                    time.sleep(0.1)
            if thanked:
                self.thanked.append(mark)

    def next_mark(self):
        with self.turn:
            return None if self.over.is_set() else next(self.marks, None)

    def note(self, fault):
        with self.turn:
            words = str(fault) if isinstance(fault, NoPageError) else ""
            self.told[f"{type(fault).__name__} {words}".strip()] += 1

    def open(self, connection, mark):
        status, page = self.ask(connection, "GET", None, mark)
        found = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in HIDDEN}
        if status != 200 or not all(found.values()):
            raise NoPageError(f"page: {status} {words_of(page)}")
        hidden = {name: one[1] for name, one in found.items()}
        hidden["token"] = asked_again(self.site.cast.system.key, hidden["token"])
        return urlencode(hidden | {"rec": mark % 11, "mark": mark % 1000})

    def send(self, connection, mark, form):
        status, page = self.ask(connection, "POST", form, mark)
        if status != 200 or "谢谢" not in page:
            raise NoPageError(f"sent: {status} {words_of(page)}")

    def ask(self, connection, method, body, mark):
        sent_from = f"10.{mark >> 16 & 255}.{mark >> 8 & 255}.{mark & 255}"
        kind = "application/x-www-form-urlencoded"
        headers = {"x-forwarded-for": sent_from, "content-type": kind}
        connection.request(method, self.path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")

    def is_done(self):
        """Tell whether everybody was thanked; what a client did not expect is raised here."""
        ended = [one.result() for one in self.clients if one.done()]
        return len(ended) == len(self.clients)

    def stop(self):
        self.over.set()
        self.pool.shutdown()

    def __str__(self):
        last = self.thanked[-1:] or "nobody"
        return f"{len(self.thanked)} thanked, the last {last}; told instead: {dict(self.told)}"


def words_of(page):
    """Give the words of a page, without its markup: what somebody reads who is refused."""
    words = re.sub(r"<(style|script).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(words.split())[:80]


def finish(cast):
    """Do what is left, on a clock on which the dead worker's lease has run out."""
    late = System(
        cast.database,
        cast.system.folders,
        b"k" * 32,
        clock=lambda: system_clock() + timedelta(minutes=10),
    )
    build_worker(late).run_until_idle()
    return order_syncs(late)


def in_store(cast, dataset_id):
    return Counter(row["response_id"] for row in open_rows(cast, dataset_id))


def in_lake(cast, dataset_id):
    with cast.database.reading() as session:
        version = fetch_version(session, dataset_id)
    files = cast.system.lake.snapshot(dataset_id, version.version)
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files.files).select("response_id"))
    return Counter(rows.column(0).to_pylist())


def kill_rounds(cast, rounds, n_each):
    seed = random.SystemRandom().randrange(2**32)
    try:
        do_kill_rounds(cast, rounds, n_each, random.Random(seed))  # noqa: S311 -- no secret
    except BaseException as fault:
        fault.add_note(f"seed {seed}")
        raise


def do_kill_rounds(cast, rounds, n_each, chance):
    with cast.uow() as work:
        survey = do_create_survey(work, "试", Definition.model_validate(DEFINITION))
        do_publish(work, survey.id, survey.revision)
        path = f"/s/{do_open_link(work, survey.id, LinkKind.LINK, '店').code}"
    site, n_thanked = Site(cast), 0
    try:
        for number in range(rounds):
            crowd = Crowd(site, path, number * n_each, n_each)
            try:
                kill_meanwhile(site, crowd, chance, number)
            finally:
                crowd.stop()
            n_thanked += len(crowd.thanked)
            assert n_thanked == (number + 1) * n_each, f"round {number}: {crowd}"
            kept = in_store(cast, survey.dataset_id)
            twice = {one: n for one, n in kept.items() if n != 1}
            assert not twice, f"round {number}: kept more than once: {twice}; {crowd}"
            assert len(kept) == n_thanked, f"round {number}: {crowd}"
    finally:
        site.close()
    while finish(cast):
        pass
    lake, store = in_lake(cast, survey.dataset_id), in_store(cast, survey.dataset_id)
    lost, more = store - lake, lake - store
    assert (lost, more) == (Counter(), Counter()), f"{len(lost)} not in the lake, {len(more)} more"


def kill_meanwhile(site, crowd, chance, number):
    """Kill and start again until everybody was thanked."""
    n_seen, seen_at = 0, time.monotonic()
    while not crowd.is_done():
        time.sleep(chance.uniform(0.3, LONGEST))
        name = chance.choice(["worker", *range(len(site.ports))])
        site.kill(name)
        site.start(name)
        if len(crowd.thanked) > n_seen:
            n_seen, seen_at = len(crowd.thanked), time.monotonic()
        waited = time.monotonic() - seen_at
        assert waited < PATIENCE_SECONDS, f"round {number}: nobody thanked any more; {crowd}"


@pytest.fixture
def cast(database, tmp_path):
    return Cast(database, tmp_path / "data")


def test_whoever_was_thanked_is_counted_once(cast):
    kill_rounds(cast, 2, 120)


@pytest.mark.soak
def test_whoever_was_thanked_is_counted_once_many_times(cast):
    kill_rounds(cast, 20, 10_000)


def test_a_full_disk_is_said_and_answers_are_taken_when_there_is_room(databases, tmp_path):
    small = tmp_path / "小盘"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    database = databases.sqlite(small / "data")
    try:
        cast = Cast(database, small / "data")
        browser = cast.browser()
        with cast.uow() as work:
            survey = do_create_survey(work, "试", Definition.model_validate(DEFINITION))
            do_publish(work, survey.id, survey.revision)
            path = f"/s/{do_open_link(work, survey.id, LinkKind.LINK, '店').code}"

        def answer():
            page = browser.get(f"{path}?again=1").text
            hidden = {
                name: re.search(f'name="{name}" value="([^"]*)"', page)[1]
                for name in ("token", "page", "seen")
            }
            hidden["token"] = asked_again(cast.system.key, hidden["token"])
            return hidden | {"rec": "9"}

        thanked = 0
        with (small / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 4096) == 4096:
                pass
        for _ in range(400):  # room inside the file of the database is used up first
            form = answer()
            sent = browser.post(path, data=form)
            if sent.status_code != 200:
                break
            thanked += 1
        assert sent.status_code == 503
        assert "存不下来" in sent.text
        assert re.search(r'value="9" checked', sent.text)
        assert len(in_store(cast, survey.dataset_id)) == thanked
        (small / "filler").unlink()
        assert "谢谢" in browser.post(path, data=form).text
        kept = in_store(cast, survey.dataset_id)
        assert (len(kept), set(kept.values())) == (thanked + 1, {1})
    finally:
        database.close()
        subprocess.run(["umount", "-l", small], check=True)
