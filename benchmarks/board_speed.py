"""Boards and explore on the sample company of very many answers: cold, warm, and many at once.

What "cold" means is told beside each figure, easiest first:

- *answered ahead*: a server newly started, whose worker had answered boards after the import;
- *not answered*: newly started, no result kept; the columns of the datasets are coded, as they are
  from the moment on in which an import is shown;
- *nothing kept*: the whole cache folder empty before every board, the coded columns too, as after
  an erasure.

For the last two the worker answers nothing ahead, which it does otherwise once a server has
started. People explore, and many open boards at once, on the server of the first: as somebody finds
it who opens boards some minutes after a start. Nobody has opened these boards before as viewers of
their kind.

More than a million answers are those of a smaller company, repeated (`repeated_rows`).
``BOARDS_DATA=/some/folder`` keeps the companies there, one for each number of answers, and uses
what an earlier run has left.
"""

from __future__ import annotations

import os
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
from sqlalchemy import select

from benchmarks.repeated_rows import repeat_rows
from benchmarks.server_speed import (
    Running,
    cpu_seconds,
    make_people,
    memory_of,
    processes_of,
    sample_company,
    say,
    serving,
    wait_until,
)
from benchmarks.timing import peak_of_this_process
from huiyin.app.settings import Settings
from huiyin.app.wiring import opened_system
from huiyin.measure.cubes.drawing import code_columns
from huiyin.measure.dataset import Dataset as Measured
from huiyin.store.tables import Dataset
from huiyin.web.corridors import everybodys_view
from huiyin.web.kept_questions import FOLDER as ASKED

PEOPLE, OPENINGS_EACH, THINK_SECONDS = 50, 4, 5.0
ROUNDS = 3
"""Of people at once, each signed in anew; the median is told, as of everything here."""
WARM_RUNS = 5
KEPT_FOLDER = "BOARDS_DATA"
LONGEST_PREPARING = 3600.0
MOST_MADE, REPEATED = 1_000_000, 50_000
"""Answers up to which a company is made as it is; of more, those that are repeated."""
CODED = "cubes"
AHEAD, UNANSWERED, NOTHING = "answered ahead", "not answered", "nothing kept"


@dataclass(frozen=True)
class Opened:
    """A board, the seconds that its answers took, cold and warm, and the processor's of cold."""

    role: str
    tiles: int
    cold: float
    processor: float
    warm: float


def run(answers: int = 1_000_000) -> None:
    """Open every role's board, explore, and let many people look at boards at once."""
    print(f"\n## Boards and explore, sample company of {answers:,} answers")
    with _company(answers) as (data, login):
        _code(data)
        with serving(data, login) as server:
            _settled(server)
            boards = _boards(server)
            _settled(server)
        with serving(data, login) as server, memory_of(server) as peak:
            _settled(server)
            _tell(AHEAD, [_open(server, AHEAD, *board) for board in boards.items()])
            _explore(server)
            _at_once(server, list(boards.values()))
        print(f"memory of server and worker meanwhile, peak: {max(peak) / 2**30:.2f} GiB")
        for cold in (UNANSWERED, NOTHING):
            _empty(data, cold)
            with serving(data, login, ahead=False) as server, memory_of(server) as peak:
                _settled(server)
                _tell(cold, [_open(server, cold, *board) for board in boards.items()])
            print(f"memory of server and worker meanwhile, peak: {max(peak) / 2**30:.2f} GiB")


@contextmanager
def _company(answers: int) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Give the data folder of the sample company, and who signs in."""
    with tempfile.TemporaryDirectory(prefix="hyboards") as folder:
        data = Path(os.environ.get(KEPT_FOLDER, folder)) / str(answers) / "data"
        start = time.perf_counter()
        if data.exists():
            login = sample_company(data, answers)
            print("the company is that of an earlier run")
        else:
            login = _made(data, answers)
            print(f"made and loaded in {time.perf_counter() - start:.0f} s")
        yield data, login


def _made(data: Path, answers: int) -> tuple[str, str]:
    """Make the company; the folder appears only when complete."""
    part = data.with_name("data.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    times = max(1, answers // REPEATED) if answers > MOST_MADE else 1
    login = sample_company(part, answers // times)
    if times > 1:
        print(f"{answers // times:,} answers, repeated {times} times:")
        with opened_system(_settings(part)) as system:
            repeat_rows(system, times)
    part.rename(data)
    return login


def _code(data: Path) -> None:
    """Code the columns of all datasets, as the worker does once a version is shown."""
    start, processor = time.perf_counter(), time.process_time()
    with opened_system(_settings(data)) as system:
        with system.database.reading() as session:
            ids = list(session.scalars(select(Dataset.id)))
            views = [everybodys_view(session, system, one) for one in ids]
        for view in views:
            cube = system.cubes.of(view.snapshot)
            with system.engine() as engine:
                code_columns(Measured(engine, view.snapshot, cube=cube), view.rules)
    n_rows = sum(view.snapshot.n_rows for view in views)
    print(
        f"columns of {len(views)} datasets, {n_rows:,} rows together, coded in "
        f"{time.perf_counter() - start:.0f} s, of the processor "
        f"{time.process_time() - processor:.0f} s; memory of this process, peak: "
        f"{peak_of_this_process() / 2**30:.2f} GiB"
    )


def _settings(data: Path) -> Settings:
    return Settings(data=data, key_file=data.with_suffix(".key"))


def _settled(server: Running) -> None:
    """Wait for the worker to do what imports leave to it: reports, coded columns, boards."""
    start = time.perf_counter()
    wait_until(
        lambda: (
            not any(server.get(f"/jobs?status={one}")["items"] for one in ("queued", "running"))
        ),
        LONGEST_PREPARING,
    )
    if (seconds := time.perf_counter() - start) > 1:
        print(f"the worker had work for {seconds:.0f} s")


def _boards(server: Running) -> dict[str, str]:
    """Give the shared board of every role; made where there is none yet."""
    made = {one["role"]: one["id"] for one in server.get("/boards")["items"]}
    for role in server.get("/boards/roles")["items"]:
        if role["id"] in made:
            continue
        answer = server.browser.post("/api/v1/boards/role", json={"role": role["id"]})
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


def _empty(data: Path, cold: str) -> None:
    """Empty the cache as far as a kind of cold says."""
    spared = {AHEAD: None, UNANSWERED: {CODED, ASKED}, NOTHING: {ASKED}}[cold]
    for kept in (data / "cache").iterdir():
        if spared is not None and kept.is_dir() and kept.name not in spared:
            shutil.rmtree(kept)


def _open(server: Running, cold: str, role: str, board: str) -> Opened:
    """Open a board for the first time, then again."""
    if cold == NOTHING:
        _empty(server.data, cold)
    before = cpu_seconds(server.process.pid)
    first, tiles = _answers(server.browser, board)
    processor = cpu_seconds(server.process.pid) - before
    warm = statistics.median(_answers(server.browser, board)[0] for _ in range(WARM_RUNS))
    return Opened(role, tiles, first, processor, warm)


def _answers(client: httpx.Client, board: str) -> tuple[float, int]:
    start = time.perf_counter()
    answer = client.post(f"/api/v1/boards/{board}/answers", json={})
    answer.raise_for_status()
    return time.perf_counter() - start, len(answer.json()["items"])


def _tell(cold: str, opened: list[Opened]) -> None:
    print(f"boards, {cold}; load average {os.getloadavg()[0]:.1f}")
    for one in sorted(opened, key=lambda one: -one.processor):
        print(
            f"  {one.role:16} {one.tiles:2} tiles: cold {one.cold:.3f} s, of the processor "
            f"{one.processor:.2f} s, warm {one.warm:.3f} s"
        )
    total = sum(one.processor for one in opened)
    print(f"  processor time of all {len(opened)} boards cold: {total:.1f} s")
    say(f"every board cold, {cold}, the slowest", max(one.cold for one in opened), "s", 1.0)
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
    load, n_openings = os.getloadavg()[0], PEOPLE * OPENINGS_EACH
    with _counted(server, f"{ROUNDS} rounds of {n_openings} openings"):
        rounds = [_round(server, boards) for _ in range(ROUNDS)]
    told = ", ".join(f"{p95:.2f} s" for p95 in rounds)
    print(f"load average {load:.1f} before, {os.getloadavg()[0]:.1f} after; round by round: {told}")
    what = f"{PEOPLE} people on boards at once, p95 of {n_openings} openings, median of rounds"
    say(what, statistics.median(rounds), "s", 1.5)


def _round(server: Running, boards: list[str]) -> float:
    """Give the 95th percentile of the seconds that openings took."""
    people = make_people(server, PEOPLE)
    seconds: list[float] = []

    def look(number: int, client: httpx.Client) -> None:
        for turn in range(OPENINGS_EACH):
            seconds.append(_answers(client, boards[(number + turn) % len(boards)])[0])
            time.sleep(THINK_SECONDS)

    _together([partial(look, number, client) for number, client in enumerate(people)])
    return statistics.quantiles(seconds, n=20)[-1]


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
