"""A real server: first paint, many readers, a million rows, 100 million rows."""

from __future__ import annotations

import gzip
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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
        found: dict[str, object] = answer.json()
        return found

    def get(self, path: str) -> dict[str, object]:
        answer = self.browser.get(f"/api/v1{path}")
        answer.raise_for_status()
        found: dict[str, object] = answer.json()
        return found


@contextmanager
def serving(data: Path) -> Iterator[Running]:
    """Start a server on a folder; the first administrator is made where there is none."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    out = data.with_suffix(".out")
    own = os.environ | {"HUIYIN_KEY_FILE": str(data.with_suffix(".key")), "HUIYIN_LANG": "en"}
    command = [sys.executable, "-m", "huiyin.app.cli", "serve", "--port", str(port)]
    with out.open("w") as file:
        process = subprocess.Popen(
            [*command, "--data", str(data)], stdout=file, stderr=file, env=own
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until(lambda: _ready(address))
        client = httpx.Client(base_url=address, timeout=300)
        token = re.search(r"/setup\?token=(\S+)", out.read_text("utf-8"))
        if token:
            body = {"token": token[1], "name": "A", "email": "a@example.com", "password": PASSWORD}
            client.post("/api/v1/setup", json=body).raise_for_status()
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


def _wait_until(what: object, seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():  # type: ignore[operator]
            return
        time.sleep(0.05)
    sys.exit("the server did not get there in time")


def run() -> None:
    print("\n## The server")
    _bundle()
    with (
        tempfile.TemporaryDirectory(prefix="hybench") as folder,
        serving(Path(folder) / "data") as server,
    ):
        dataset_id = _import(server, Path(folder), 20_000, "shops")
        _first_paint(server)
        _readers(server, dataset_id)
        _million(server, Path(folder))


def _bundle() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    names = set(re.findall(r"(?:src|href)=\"/(assets/[^\"]+)\"", page))
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in names)
    _say("staff bundle, first page, gzipped", size / 1024, "KB", 450)


def _say(name: str, value: float, unit: str, goal: float) -> None:
    print(
        f"{name}: {value:.3g} {unit}; goal {goal:g} {unit}: {'met' if value < goal else 'MISSED'}"
    )


def _import(server: Running, folder: Path, n_rows: int, name: str) -> str:
    import polars as pl

    path = folder / f"{name}.csv"
    pl.DataFrame(made_up(n_rows)).write_csv(path)
    with path.open("rb") as file:
        sent = server.browser.post("/api/v1/uploads", files={"files": (path.name, file)})
    sent.raise_for_status()
    uploads = [item["id"] for item in sent.json()["items"]]
    made = server.post("/datasets", {"name": name, "uploads": uploads, "load": True})
    import_id = made["import"]["id"]  # type: ignore[index]
    _wait_until(lambda: server.get(f"/imports/{import_id}")["status"] in {"done", "failed"})
    done = server.get(f"/imports/{import_id}")
    if done["status"] != "done":
        sys.exit(f"the import failed: {done['error']}")
    return str(made["id"])


def _report_ready(server: Running, dataset_id: str) -> bool:
    return "json" in server.get(f"/datasets/{dataset_id}/report")["ready"]  # type: ignore[operator]


def _first_paint(server: Running) -> None:
    from playwright.sync_api import sync_playwright

    cookies = [
        {"name": cookie.name, "value": cookie.value, "url": server.address}
        for cookie in server.browser.cookies.jar
    ]
    paints = []
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM
        )
        for _ in range(6):
            context = chromium.new_context()
            context.add_cookies(cookies)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(server.address)
            page.get_by_role("heading", level=1).wait_for()
            words = (
                "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? "
                "performance.now()"
            )
            paints.append(page.evaluate(words) / 1000)
            context.close()
        chromium.close()
    _say("first paint of the signed-in home, median of 5", statistics.median(paints[1:]), "s", 1.0)


def _readers(server: Running, dataset_id: str) -> None:
    """Let many people read a report at once, each with a connection of their own."""
    _wait_until(lambda: _report_ready(server, dataset_id))
    seconds: list[float] = []
    paths = [
        f"/api/v1/datasets/{dataset_id}/report",
        f"/api/v1/datasets/{dataset_id}/report/json",
        "/api/v1/datasets",
    ]

    def read() -> None:
        own = httpx.Client(base_url=server.address, cookies=server.browser.cookies, timeout=60)
        for _ in range(READS_EACH):
            start = time.perf_counter()
            for path in paths:
                own.get(path).raise_for_status()
            seconds.append(time.perf_counter() - start)
            time.sleep(THINK_SECONDS)

    with _health(server) as beats:
        threads = [threading.Thread(target=read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    p95 = statistics.quantiles(seconds, n=20)[-1]
    _say(f"{READERS} people open a report (3 requests), p95", p95, "s", 1.0)
    _say("/healthz meanwhile, p95", statistics.quantiles(beats, n=20)[-1] * 1000, "ms", 50)


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
    with _memory(server) as peak, _health(server) as beats:
        start = time.perf_counter()
        dataset_id = _import(server, folder, 1_000_000, "million")
        seconds = time.perf_counter() - start
    _say("1,000,000 × 25 rows, upload to usable", seconds, "s", 60)
    _say("memory of server and worker, peak", max(peak) / 2**30, "GiB", 1.5)
    _say("/healthz meanwhile, p95", statistics.quantiles(beats, n=20)[-1] * 1000, "ms", 50)
    _wait_until(lambda: _report_ready(server, dataset_id))
    start = time.perf_counter()
    server.browser.get(f"/api/v1/datasets/{dataset_id}/report/json").raise_for_status()
    _say("its report page opens", time.perf_counter() - start, "s", 1.0)


@contextmanager
def _memory(server: Running) -> Iterator[list[float]]:
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
    threads = Path(f"/proc/{pid}/task").iterdir()
    found = [(thread / "children").read_text("utf-8").split() for thread in threads]
    return [int(word) for words in found for word in words]


def _resident(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/statm").read_text("utf-8").split()
    except FileNotFoundError:
        return 0
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE")


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
        _say("NPS by month, warm, median of 5", times.median, "s", 2.0)


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
