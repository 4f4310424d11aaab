"""A real server: first paint, many readers, a million rows, 100 million rows."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.reading_speed import made_up
from benchmarks.timing import timed
from huiyin.codebook.contracts import Codebook, Column, Role, Scale
from huiyin.core.text import Text
from huiyin.engine.contracts import Snapshot
from huiyin.engine.duck import Engine
from huiyin.lake.contracts import Batch
from huiyin.measure.contracts import Grain, Query, Viewer
from huiyin.measure.run import CorridorOverSnapshot
from huiyin.web.system import System

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src" / "huiyin" / "web" / "static"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READERS, READS_EACH, HEALTH_SECONDS = 50, 6, 0.1
SAMPLE_ANSWERS = 5_000
"""Of all surveys of the sample company together."""
PAGE_SECONDS = 0.6
"""How often the page asks how far an import is (``JobProgress.tsx``)."""
THINK_SECONDS = 5.0
"""How long each reader looks at a page before opening it again."""
PASSWORD = "correct horse battery"  # noqa: S105 -- of nobody


@dataclass
class Running:
    """A server, the address of it, and an administrator's cookies."""

    process: subprocess.Popen[bytes]
    address: str
    data: Path
    browser: httpx.Client

    def post(self, path: str, body: object) -> dict[str, object]:
        answer = self.browser.post(f"/api/v1{path}", json=body)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def get(self, path: str) -> dict[str, Any]:
        answer = self.browser.get(f"/api/v1{path}")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


@contextmanager
def serving(
    data: Path,
    login: tuple[str, str] | None = None,
    *,
    database_url: str | None = None,
    processes: int = 1,
    ahead: bool = True,
) -> Iterator[Running]:
    """Start a server on a folder; without a login and password its administrator is made.

    Without `ahead` its worker answers no boards before somebody opens them.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    out = data.with_suffix(".out")
    own = os.environ | {"HUIYIN_KEY_FILE": str(data.with_suffix(".key")), "HUIYIN_LANG": "en"}
    if not ahead:
        own["HUIYIN_ANSWER_AHEAD"] = "0"
    if database_url:
        own["HUIYIN_DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "huiyin", "serve", "--port", str(port)]
    command += ["--processes", str(processes)]
    with out.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(data)], stdout=file, stderr=file, env=own
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _ready(address) and f":{port}" in out.read_text("utf-8"))
        client = httpx.Client(base_url=address, timeout=300)
        token = re.search(r"/setup\?token=(\S+)", out.read_text("utf-8"))
        if token:
            body = {"token": token[1], "name": "A", "email": "a@example.com", "password": PASSWORD}
            client.post("/api/v1/setup", json=body).raise_for_status()
        if login:
            body = {"login": login[0], "password": login[1]}
            client.post("/api/v1/session", json=body).raise_for_status()
        client.headers["x-csrf-token"] = client.get("/api/v1/me").json()["csrf"]
        yield Running(process, address, data, client)
    finally:
        process.terminate()
        process.wait(60)


def _ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def wait_until(what: object, seconds: float = 300, *, every: float = 0.05) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():  # type: ignore[operator]
            return
        time.sleep(every)
    sys.exit("the server did not get there in time")


def run() -> None:
    print("\n## The server")
    _bundle()
    with tempfile.TemporaryDirectory(prefix="hybench") as folder:
        sample = Path(folder) / "sample"
        login = sample_company(sample)
        with serving(sample, login) as server:
            newest = server.get("/datasets")["items"][0]["id"]  # type: ignore[index]
            people = make_people(server)
            wait_until(lambda: _report_ready(server, people[0], newest))
            _first_paint(server)
            _readers(server, people, newest)
        with serving(Path(folder) / "data") as server:
            _million(server, Path(folder))


def sample_company(data: Path, answers: int = SAMPLE_ANSWERS) -> tuple[str, str]:
    """Fill a data folder with the whole sample company, as ``make demo`` does."""
    from huiyin.app.demo import load_demo
    from huiyin.app.settings import Settings
    from huiyin.app.wiring import opened_system
    from huiyin.core.progress import no_progress

    with opened_system(Settings(data=data, key_file=data.with_suffix(".key"))) as system:
        login = load_demo(system, (), no_progress, answers=answers)
    return login.login, login.password


def make_people(server: Running, n_people: int = READERS) -> list[httpx.Client]:
    """Make people who read, each signed in with a session of their own."""
    people = []
    for number in range(n_people):
        login = f"reader{number}"
        body = {"login": login, "name": login, "role": "viewer", "password": PASSWORD}
        server.browser.post("/api/v1/staff", json=body)  # refused in a folder that has them
        client = httpx.Client(base_url=server.address, timeout=60)
        signed_in = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        signed_in.raise_for_status()
        client.headers["x-csrf-token"] = client.get("/api/v1/me").json()["csrf"]
        people.append(client)
    return people


def _bundle() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    names = set(re.findall(r"(?:src|href)=\"/(assets/[^\"]+)\"", page))
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in names)
    say("staff bundle, first page, gzipped", size / 1024, "KB", 450)


def say(name: str, value: float, unit: str, goal: float) -> None:
    print(
        f"{name}: {value:.3g} {unit}; goal {goal:g} {unit}: {'met' if value < goal else 'MISSED'}"
    )


def _file_of(n_rows: int, path: Path) -> Path:
    import polars as pl

    pl.DataFrame(made_up(n_rows)).write_csv(path)
    return path


def _import(server: Running, path: Path) -> str:
    """Send a file and import it as the page does, which asks for the progress as often."""
    with path.open("rb") as file:
        sent = server.browser.post("/api/v1/uploads", files={"files": (path.name, file)})
    sent.raise_for_status()
    uploads = [item["id"] for item in sent.json()["items"]]
    made = server.post("/datasets", {"name": path.stem, "uploads": uploads, "load": True})
    import_id = made["import"]["id"]  # type: ignore[index]
    ended = {"done", "failed"}
    wait_until(lambda: server.get(f"/imports/{import_id}")["status"] in ended, every=PAGE_SECONDS)
    done = server.get(f"/imports/{import_id}")
    if done["status"] != "done":
        sys.exit(f"the import failed: {done['error']}")
    return str(made["id"])


def _report_ready(server: Running, reader: httpx.Client, dataset_id: str) -> bool:
    path = f"/api/v1/datasets/{dataset_id}/report"
    return all(
        "json" in client.get(path).raise_for_status().json()["ready"]
        for client in (server.browser, reader)
    )


_TIMES = """() => [
  performance.getEntriesByName('first-contentful-paint')[0].startTime,
  window.firstTitle, window.firstNumber]"""
_WATCH = """(() => {
  const note = (name, what) => document.querySelector(what) && !window[name] &&
    requestAnimationFrame(() => { window[name] = window[name] ?? performance.now() })
  new MutationObserver(() => { note('firstTitle', 'h1'); note('firstNumber', '.tiles') })
    .observe(document, { childList: true, subtree: true })
})()"""


def _first_paint(server: Running) -> None:
    """Open the home as a browser does that was never there: nothing of it is cached."""
    from playwright.sync_api import sync_playwright

    cookies = [
        {"name": cookie.name, "value": cookie.value, "url": server.address}
        for cookie in server.browser.cookies.jar
    ]
    times = []
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM
        )
        for _ in range(6):
            context = chromium.new_context(locale="zh-CN")
            context.add_cookies(cookies)  # type: ignore[arg-type]
            context.add_init_script(_WATCH)
            page = context.new_page()
            page.goto(server.address)
            page.locator(".tiles").first.wait_for()
            page.wait_for_function("window.firstNumber")
            times.append(page.evaluate(_TIMES))
            context.close()
        chromium.close()
    names = ("first paint (the frame)", "its title stands", "its first numbers stand")
    for name, values in zip(names, zip(*times[1:], strict=True), strict=True):
        say(f"signed-in home, {name}, median of 5", statistics.median(values) / 1000, "s", 1.0)


def _readers(server: Running, people: list[httpx.Client], dataset_id: str) -> None:
    """Let many people open a report at once, think, and open it again.

    Each is somebody else with a session and a connection of their own, and asks what the page
    asks: the list, which report there is, the report. As in a browser, an answer with a tag is
    asked for by it from the second opening on.
    """
    own = cpu_seconds(os.getpid())
    theirs = sum(cpu_seconds(pid) for pid in processes_of(server))
    started, seconds, n_kept = time.perf_counter(), list[float](), [0]
    cookies = ["; ".join(f"{k}={v}" for k, v in client.cookies.items()) for client in people]
    with _health(server) as beats:
        threads = [
            threading.Thread(target=_read, args=(server, cookie, dataset_id, seconds, n_kept))
            for cookie in cookies
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    wall = time.perf_counter() - started
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{READERS} people, {READS_EACH} openings each, 3 requests an opening, {THINK_SECONDS:g} s "
        f"to think, all begin at once; {n_kept[0]} answers were 304"
    )
    say(f"{READERS} people open a report, p95 of {len(seconds)} openings", p95, "s", 1.0)
    say("/healthz meanwhile, p95", statistics.quantiles(beats, n=20)[-1] * 1000, "ms", 50)
    theirs = sum(cpu_seconds(pid) for pid in processes_of(server)) - theirs
    own = cpu_seconds(os.getpid()) - own
    print(
        f"processor time: server {theirs / len(seconds) * 1000:.1f} ms an opening; this client "
        f"{own / wall:.0%} and the server {theirs / wall:.0%} of one core"
    )


def _read(
    server: Running, cookie: str, dataset_id: str, seconds: list[float], n_kept: list[int]
) -> None:
    port = int(server.address.rsplit(":", 1)[1])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    place = f"/api/v1/datasets/{dataset_id}/report"
    tags: dict[str, str] = {}
    for _ in range(READS_EACH):
        start = time.perf_counter()
        for path in ("/api/v1/datasets", place, f"{place}/json"):
            headers = {"cookie": cookie, "accept-encoding": "gzip"}
            if path in tags:
                headers["if-none-match"] = tags[path]
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            if answer.status == httpx.codes.NOT_MODIFIED:
                n_kept[0] += 1
            elif answer.status != httpx.codes.OK:
                sys.exit(f"{path}: {answer.status}")
            if tag := answer.getheader("etag"):
                tags[path] = tag
        seconds.append(time.perf_counter() - start)
        time.sleep(THINK_SECONDS)


def processes_of(server: Running) -> list[int]:
    return [server.process.pid, *_children(server.process.pid)]


def cpu_seconds(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _health(server: Running) -> Iterator[list[float]]:
    over, beats = threading.Event(), [0.0]

    def beat() -> None:
        own = httpx.Client(base_url=server.address)
        while not over.wait(HEALTH_SECONDS):
            start = time.perf_counter()
            own.get("/healthz").raise_for_status()
            beats.append(time.perf_counter() - start)

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield beats
    finally:
        over.set()
        thread.join()


def _million(server: Running, folder: Path) -> None:
    file = _file_of(1_000_000, folder / "million.csv")  # it is there before somebody drops it
    theirs = sum(cpu_seconds(pid) for pid in processes_of(server))
    with memory_of(server) as peak, _health(server) as beats:
        start = time.perf_counter()
        dataset_id = _import(server, file)
        seconds = time.perf_counter() - start
    theirs = sum(cpu_seconds(pid) for pid in processes_of(server)) - theirs
    say("1,000,000 × 25 rows, upload to usable", seconds, "s", 60)
    print(f"processor time of server and worker for it: {theirs:.1f} s")
    say("memory of server and worker, peak", max(peak) / 2**30, "GiB", 1.5)
    say("/healthz meanwhile, p95", statistics.quantiles(beats, n=20)[-1] * 1000, "ms", 50)
    wait_until(lambda: _report_ready(server, server.browser, dataset_id))
    start = time.perf_counter()
    server.browser.get(f"/api/v1/datasets/{dataset_id}/report/json").raise_for_status()
    say("its report page opens", time.perf_counter() - start, "s", 1.0)


@contextmanager
def memory_of(server: Running) -> Iterator[list[float]]:
    """Look at the memory of a server and its worker, in bytes, five times a second."""
    over, peaks = threading.Event(), [0.0]

    def look() -> None:
        while not over.wait(0.2):
            pids = [server.process.pid, *_children(server.process.pid)]
            peaks.append(sum(_resident(pid) for pid in pids))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def _children(pid: int) -> list[int]:
    found: list[str] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # it has ended meanwhile
            found += (thread / "children").read_text("utf-8").split()
    return [int(word) for word in found]


def _resident(pid: int) -> int:
    """Give the memory of a process in bytes; what several share counts once, a part for each."""
    try:
        words = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return 0
    (kibibytes,) = (int(line.split()[1]) for line in words if line.startswith("Pss:"))
    return kibibytes * 1024


def run_lake(n_rows: int) -> None:
    """Ask NPS by month of a dataset in the lake."""
    from huiyin.app.settings import Settings
    from huiyin.app.wiring import opened_system

    print(f"\n## NPS by month over {n_rows:,} rows of the lake")
    with tempfile.TemporaryDirectory(prefix="hylake") as folder:
        settings = Settings(data=Path(folder) / "data", key_file=Path(folder) / "key")
        with opened_system(settings) as system, system.engine() as engine:
            corridor = CorridorOverSnapshot(
                engine, _in_lake(system, engine, n_rows), Viewer("bench", 10)
            )
            query = Query(metrics=("nps",), grain=Grain.MONTH)
            times = timed(lambda: corridor.answer(query))
        say("NPS by month, warm, median of 5", times.median, "s", 2.0)


def _in_lake(system: System, engine: Engine, n_rows: int) -> Snapshot:
    """Write made-up typed rows straight into the lake, and open them."""
    import ibis

    made = ibis.range(n_rows).unnest().name("i").as_table()
    day = ibis.date("2024-01-01") + (made.i % 700).as_interval("D")
    rows = made.select(
        _row=made.i + 1,
        _source=ibis.literal(0, "int32"),
        _flags=ibis.literal(0, "int64"),
        _answered_on=day.cast("date"),
        nps=((made.i * 7919) % 11).cast("float64"),
    )
    path = system.folders.work / "made.parquet"
    engine.write_parquet(rows, path)
    dataset_id = str(uuid.uuid4())
    with system.lake.writer(dataset_id, system.leases) as writer:
        writer.replace([path], batch=Batch("bench", 1), metadata={})
    path.unlink()
    label = Text.same("nps")
    book = Codebook((Column("nps", Role.NPS, label, Scale(0, 10)),))
    return Snapshot("bench", system.lake.snapshot(dataset_id).files, book, n_rows)
