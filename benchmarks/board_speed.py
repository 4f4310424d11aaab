"""Boards and explore on the sample company of a million answers: cold, warm, and many at once."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from benchmarks.server_speed import (
    Running,
    cpu_seconds,
    make_people,
    processes_of,
    sample_company,
    say,
    serving,
    wait_until,
)

PEOPLE, OPENINGS_EACH, THINK_SECONDS = 50, 4, 5.0
WARM_RUNS = 5


@dataclass(frozen=True)
class Opened:
    """A board, and the seconds that its answers took: cold, then warm."""

    role: str
    tiles: int
    cold: float
    warm: float


def run(answers: int = 1_000_000) -> None:
    """Open every role's board, explore, and let many people look at boards at once."""
    print(f"\n## Boards and explore, sample company of {answers:,} answers")
    with tempfile.TemporaryDirectory(prefix="hyboards") as folder:
        data = Path(folder) / "data"
        start = time.perf_counter()
        login = sample_company(data, answers)
        print(f"made, loaded and coded in {time.perf_counter() - start:.0f} s")
        with serving(data, login) as server:
            wait_until(lambda: _is_idle(server))
            boards = _make_boards(server)
            with _counted(server, "opening the boards"):
                opened = [_open(server, data, role, board) for role, board in boards.items()]
            _tell(opened)
            _explore(server)
            _at_once(server, list(boards.values()))


def _is_idle(server: Running) -> bool:
    """Tell whether the worker has done what imports leave to it: reports, cubes, boards."""
    return not any(server.get(f"/jobs?status={one}")["items"] for one in ("queued", "running"))


def _make_boards(server: Running) -> dict[str, str]:
    made = {}
    for role in server.get("/boards/roles")["items"]:
        body = {"role": role["id"]}
        answer = server.browser.post("/api/v1/boards/role", json=body)
        if answer.status_code == httpx.codes.CREATED:
            made[role["id"]] = answer.json()["id"]
            server.browser.put(
                f"/api/v1/boards/{made[role['id']]}",
                json={
                    "revision": answer.json()["revision"],
                    "definition": answer.json()["definition"],
                    "shared": True,
                },
            ).raise_for_status()
    return made


def _open(server: Running, data: Path, role: str, board: str) -> Opened:
    """Open a board of which no result is kept, then again: cubes of the datasets stay."""
    for kept in (data / "cache").iterdir():
        if kept.name not in {"cubes", "asked"}:
            shutil.rmtree(kept)
    cold, tiles = _answers(server.browser, board)
    warm = statistics.median(_answers(server.browser, board)[0] for _ in range(WARM_RUNS))
    return Opened(role, tiles, cold, warm)


def _answers(client: httpx.Client, board: str) -> tuple[float, int]:
    start = time.perf_counter()
    answer = client.post(f"/api/v1/boards/{board}/answers", json={})
    answer.raise_for_status()
    return time.perf_counter() - start, len(answer.json()["items"])


def _tell(opened: list[Opened]) -> None:
    for one in sorted(opened, key=lambda one: -one.cold):
        print(f"  {one.role:16} {one.tiles:2} tiles: cold {one.cold:.3f} s, warm {one.warm:.3f} s")
    say("every board cold, the slowest", max(one.cold for one in opened), "s", 1.0)
    say("every board warm, the slowest", max(one.warm for one in opened), "s", 0.2)


def _explore(server: Running) -> None:
    """Change one thing after another of a question, as by hand: none was asked before."""
    datasets = server.get("/datasets")["items"]
    shops = next(one["id"] for one in datasets if one["name"] == "门店满意度")
    plain = {"metrics": ["satisfied:总体满意度"], "since": "2026-01-01"}
    regions = ("华东", "华南", "华北", "西南")
    questions: dict[str, list[dict[str, object]]] = {
        "by another dimension": [plain | {"by": [by]} for by in ("大区", "城市", "门店", "渠道")],
        "another filter": [plain | {"by": ["门店"], "where": [f"大区={r}"]} for r in regions],
        "another grain": [plain | {"grain": g} for g in ("day", "week", "month", "quarter")],
        "compared with before": [
            plain | {"by": ["大区"], "grain": g, "compare": "previous"} for g in ("month", "week")
        ],
    }
    for name, asked in questions.items():
        seconds = [_ask(server, shops, query) for query in asked]
        say(f"explore, {name}, median of {len(seconds)}", statistics.median(seconds), "s", 0.3)


def _ask(server: Running, dataset: str, query: dict[str, object]) -> float:
    start = time.perf_counter()
    answer = server.browser.post(
        "/api/v1/views/answer", json={"view": {"dataset": dataset, "query": query}}
    )
    answer.raise_for_status()
    return time.perf_counter() - start


def _at_once(server: Running, boards: list[str]) -> None:
    """Let many people open boards at the same moment, each with a session of their own."""
    people = make_people(server, PEOPLE)
    seconds: list[float] = []

    def look(number: int, client: httpx.Client) -> None:
        for turn in range(OPENINGS_EACH):
            seconds.append(_answers(client, boards[(number + turn) % len(boards)])[0])
            time.sleep(THINK_SECONDS)

    with _counted(server, f"{PEOPLE * OPENINGS_EACH} openings"):
        _together([partial(look, number, client) for number, client in enumerate(people)])
    p95 = statistics.quantiles(seconds, n=20)[-1]
    say(f"{PEOPLE} people on boards at once, p95 of {len(seconds)} openings", p95, "s", 1.5)


def _together(actions: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def _counted(server: Running, what: str) -> Iterator[None]:
    """Tell the processor time that the server took."""
    before = sum(cpu_seconds(pid) for pid in processes_of(server))
    yield
    after = sum(cpu_seconds(pid) for pid in processes_of(server))
    print(f"processor time of the server, {what}: {after - before:.1f} s")
