"""Results of questionnaires: a page over a million answers, and sixty that receive at once."""

from __future__ import annotations

import itertools
import os
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.answer_load import Crowd, Exchange, form, token_of
from benchmarks.answer_speed import (
    ANSWERS,
    READING_SECONDS,
    Cpu,
    cpu_seconds,
    publish,
    six_questions,
    worker_of,
)
from benchmarks.server_speed import Running, serving

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.web.system import System

MILLION, DAYS = 1_000_000, 60
SURVEYS, SECONDS, PER_SECOND, CLIENTS = 60, 60, 12.0, 16
PAGE_SECONDS, COUNTED_SECONDS = 1.0, 5.0
OPENINGS, MORE = 7, 3
LOOK_SECONDS = 0.1
_FORM = "application/x-www-form-urlencoded"
_AT_ONCE = 50_000
_ADMINISTRATOR = ("root", "correct horse battery")
_CHANNELS = ("link", "qr", "mail", "widget", "sms")


def run() -> None:
    print("\n## Results of questionnaires")
    with tempfile.TemporaryDirectory(prefix="hysurveys") as folder:
        _million(Path(folder) / "million")
        _sixty(Path(folder) / "sixty")


@dataclass(frozen=True)
class Big:
    """A questionnaire with very many answers."""

    survey_id: str
    dataset_id: str
    page: str


def _million(data: Path) -> None:
    """Open the results page of a questionnaire with a million answers, as a browser does."""
    from huiyin.app.settings import Settings
    from huiyin.app.wiring import opened_system

    began = time.perf_counter()
    with opened_system(Settings(data=data, key_file=data.with_suffix(".key"))) as system:
        big = _filled(system, MILLION)
    print(f"{MILLION:,} answers in store and lake: {time.perf_counter() - began:.0f} s to make")
    with serving(data, _ADMINISTRATOR) as server:
        _open_page(server, big, "first opening", times=1)
        _open_page(server, big, "opened again")
        waits = list[float]()
        _open_page(
            server,
            big,
            "opened when one more is counted",
            times=MORE,
            before=lambda: waits.append(_answer_and_wait(server, big)),
        )
        _say("one more answer, until it is counted", statistics.median(waits), COUNTED_SECONDS)


def _filled(system: System, n: int) -> Big:
    """Make a questionnaire whose answers are in store and lake as if they had come one by one."""
    from huiyin.app.wiring import build_worker
    from huiyin.collect.datasets.contracts import LOAD_JOB
    from huiyin.collect.datasets.staged import StagedRows, keep_staged
    from huiyin.collect.surveys.changes import LinkKind, do_create_survey, do_open_link, do_publish
    from huiyin.collect.surveys.definition import Definition
    from huiyin.people.contracts import Role
    from huiyin.people.staff import StaffFields, do_add_staff
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    login, password = _ADMINISTRATOR
    with unit_of_work(system.database, Actor.system()) as work:
        do_add_staff(work, StaffFields(login=login, name="A", role=Role.ADMINISTRATOR), password)
        survey = do_create_survey(work, "百万", Definition.model_validate(six_questions()))
        do_publish(work, survey.id, survey.revision)
        link = do_open_link(work, survey.id, LinkKind.LINK, "店")
        dataset_id = str(survey.dataset_id)
        made = _import(dataset_id, n, work.now)
        work.session.add(made)
        work.session.flush()
        work.enqueue(LOAD_JOB, {"import_id": made.id})
    rows = _answers(n)
    with tempfile.TemporaryDirectory(dir=system.folders.work) as folder:
        file = Path(folder) / "pushed.parquet"
        _write(rows, file)
        names = tuple(name for name in rows.column_names if not name.startswith("_"))
        keep_staged(system.folders, system.key, made.id, StagedRows((file,), names, ("survey",)))
    _keep_all(system, dataset_id, rows.column("response_id").to_pylist())
    build_worker(system).run_until_idle()
    return Big(survey.id, dataset_id, f"/s/{link.code}")


def _import(dataset_id: str, n: int, now: datetime) -> Any:
    from huiyin.collect.datasets.contracts import PUSHED, ImportOptions, ImportStatus
    from huiyin.store.tables import Import

    options = asdict(ImportOptions()) | {"sources": ["survey"]}
    return Import(
        dataset_id=dataset_id,
        status=ImportStatus.LOADING,
        source=PUSHED,
        uploads=[],
        options=options,
        profile="api",
        n_rows=n,
        created_by="survey",
        created_at=now,
    )


def _answers(n: int) -> pa.Table:
    """Make answers of the last days, spread evenly; ids say when each began."""
    import pyarrow as pa

    chance = random.Random(20)  # noqa: S311 -- no secret
    now = datetime.now(UTC)
    step = timedelta(days=DAYS) / n
    moments = [now - step * (n - k) for k in range(n)]
    said = [None, *(f"第{k}种说法，排队久了一点" for k in range(400))]
    columns: dict[str, Any] = {
        "response_id": [_id_at(moment, chance) for moment in moments],
        "answered_at": [moment.isoformat(timespec="seconds") for moment in moments],
        "channel": chance.choices(_CHANNELS, k=n),
        "mode": ["self"] * n,
        "language": ["zh-CN"] * n,
        "version": ["1"] * n,
        "finished": ["yes"] * n,
        "seconds": [f"{chance.lognormvariate(4, 0.4):.1f}" for _ in range(n)],
        "q1": [str(chance.choice((10, 10, 9, 9, 8, 8, 7, 5, 2))) for _ in range(n)],
        "q2": [str(chance.choice((5, 5, 4, 4, 3, 1))) for _ in range(n)],
        "q3": chance.choices("abcd", k=n),
        "q4": chance.choices(("a", "a┋c", "b┋c┋d", "d"), k=n),
        "q5": [str(chance.randint(1, 7)) for _ in range(n)],
        "q6": chance.choices(said, k=n),
    }
    columns |= {
        "_row": pa.array(range(1, n + 1), pa.int64()),
        "_source": pa.array([0] * n, pa.int32()),
    }
    return pa.table(columns)


def _id_at(moment: datetime, chance: random.Random) -> str:
    value = int(moment.timestamp() * 1000) << 80 | 7 << 76 | chance.getrandbits(12) << 64
    words = f"{value | 2 << 62 | chance.getrandbits(62):032x}"
    return f"{words[:8]}-{words[8:12]}-{words[12:16]}-{words[16:20]}-{words[20:]}"


def _write(rows: pa.Table, file: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(rows, file)


def _keep_all(system: System, dataset_id: str, ids: list[str]) -> None:
    """Put the answers into the store; what each says is sealed but once, as no page reads it."""
    from sqlalchemy import insert

    from huiyin.store.sealed_rows import RowSeal
    from huiyin.store.tables import Submission

    payload = RowSeal(system.key).close(ids[0], {f"q{k}": "很好" for k in range(14)})
    same = {
        "dataset_id": dataset_id,
        "payload": payload,
        "source": "survey",
        "received_at": datetime.now(UTC),
        "epoch": 1,
        "loaded_version": 0,
    }
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with system.database.writing() as session:
            session.execute(
                insert(Submission), [same | {"id": one, "native_id": one} for one in some]
            )


def _open_page(
    server: Running,
    big: Big,
    what: str,
    *,
    times: int = OPENINGS,
    before: Callable[[], None] = lambda: None,
) -> None:
    """Ask what the page asks: the counts first, then all the rest at once; medians are printed.

    What happens before each opening is neither timed nor counted.
    """
    seconds, spent = list[float](), list[float]()
    parts: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        before()
        start, used = time.perf_counter(), cpu_seconds(server.process.pid)
        _ask_all(server, big, parts)
        seconds.append(time.perf_counter() - start)
        spent.append(cpu_seconds(server.process.pid) - used)
    _say(f"results page of {MILLION:,} answers, {what}", statistics.median(seconds), PAGE_SECONDS)
    told = (f"{name} {1000 * statistics.median(all_):.0f}" for name, all_ in parts.items())
    print(f"  ms: {', '.join(told)}")
    print(f"  the server computed: {statistics.median(spent):.2f} s, without its worker")


def _ask_all(server: Running, big: Big, parts: dict[str, list[float]]) -> None:
    query = f"/datasets/{big.dataset_id}/query"
    effect = {"by": ["channel"], "compare": "rest"}

    def timed(name: str, ask: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        found = ask()
        parts[name].append(time.perf_counter() - start)
        return found

    found = timed("results", lambda: server.get(f"/surveys/{big.survey_id}/results"))
    asks: dict[str, Callable[[], Any]] = {
        "scores": lambda: server.post(query, {"metrics": found["measures"]}),
        "modes": lambda: server.post(query, {"metrics": [found["measure"]], **effect}),
        "needed": lambda: server.get(f"/surveys/{big.survey_id}/needed"),
        "files": lambda: server.get(f"/surveys/{big.survey_id}/files"),
        "datasets": lambda: server.get("/datasets?limit=200"),
        "codebook": lambda: server.get(f"/datasets/{big.dataset_id}/codebook"),
    }
    with ThreadPoolExecutor(len(asks)) as pool:
        list(pool.map(lambda item: timed(*item), asks.items()))


def _answer_and_wait(server: Running, big: Big) -> float:
    """Send one answer and wait until the results count it; gives the seconds that took."""
    page = _ask_once(server, lambda crowd: crowd.request("GET", f"{big.page}?again=1"))
    time.sleep(READING_SECONDS)
    body = form(token_of(page), ANSWERS)
    sent = _ask_once(server, lambda crowd: crowd.request("POST", big.page, body, _FORM))
    if b"hy_d_" not in sent.head:
        raise SystemExit(f"the answer was not kept: {sent.status}")
    while server.get(f"/surveys/{big.survey_id}/results")["n_waiting"]:
        time.sleep(LOOK_SECONDS)
    return time.perf_counter() - sent.done


def _ask_once(server: Running, asked: Callable[[Crowd], bytes]) -> Exchange:
    crowd = Crowd(server.address, 1)
    left = iter([Exchange(asked(crowd), time.perf_counter(), "once")])
    (done,) = crowd.busy(lambda: next(left, None), 60)
    crowd.close()
    return done


@dataclass
class Counted:
    """When answers were acknowledged, and when readers saw how many of each dataset."""

    acknowledged: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    def delays(self, before: dict[str, int]) -> Iterator[float]:
        """Give the seconds from each acknowledgement until so many were counted."""
        for dataset_id, moments in self.acknowledged.items():
            looks = self.seen[dataset_id]
            for number, moment in enumerate(sorted(moments), before[dataset_id] + 1):
                yield next((at for at, n in looks if n >= number), float("inf")) - moment


def _sixty(data: Path) -> None:
    """Send answers to sixty questionnaires at once, at a steady rate, and see them counted."""
    with serving(data) as server:
        store = data / "store.db"
        asked = [publish(server, f"问卷{k}") for k in range(SURVEYS)]
        page_of = {one.dataset_id: one.page for one in asked}
        crowd = Crowd(server.address, CLIENTS)
        opened = _opened(crowd, page_of, 2 + int(SECONDS * PER_SECOND / SURVEYS))
        _exchange(crowd, [(one, opened[one].pop()) for one in page_of], page_of)
        while any(_n_waiting(store)):
            time.sleep(1)
        crowd.close()  # the server ends connections that rest for long
        before, counted, crowd = _n_counted(store), Counted(), Crowd(server.address, CLIENTS)
        trees = {"web": server.process.pid, "worker": worker_of(server)}
        cpu = Cpu(trees)
        turns = itertools.cycle(page_of)

        def following() -> Exchange | None:
            one = next(turns)
            return _post(crowd, page_of[one], opened[one].pop(), one)

        with _looking(store, counted):
            for done in crowd.paced(following, SECONDS, PER_SECOND):
                if b"hy_d_" in done.head:
                    counted.acknowledged[done.what].append(done.done)
            n = sum(map(len, counted.acknowledged.values()))
            said = cpu.said(n)
            _wait_until_counted(store)
        crowd.close()
    delays = sorted(counted.delays(before))
    print(f"{n} answers to {SURVEYS} questionnaires in {SECONDS} s, acknowledged until counted:")
    p95 = delays[int(0.95 * len(delays))]
    _say("  p95", p95, COUNTED_SECONDS)
    print(f"  median {statistics.median(delays):.2f} s, longest {delays[-1]:.2f} s")
    print(said)


def _opened(crowd: Crowd, page_of: dict[str, str], n_each: int) -> dict[str, list[str]]:
    """Open pages ahead: who answers has read the page."""
    opened: dict[str, list[str]] = defaultdict(list)
    left = iter([one for one in page_of for _ in range(n_each)])

    def following() -> Exchange | None:
        one = next(left, None)
        if one is None:
            return None
        return Exchange(crowd.request("GET", page_of[one]), time.perf_counter(), one)

    for done in crowd.busy(following, 600):
        opened[done.what].append(token_of(done))
    time.sleep(READING_SECONDS)
    return opened


def _post(crowd: Crowd, page: str, token: str, what: str) -> Exchange:
    sent = crowd.request("POST", page, form(token, ANSWERS), _FORM)
    return Exchange(sent, time.perf_counter(), what)


def _exchange(crowd: Crowd, tokens: list[tuple[str, str]], page_of: dict[str, str]) -> None:
    left = iter(tokens)

    def following() -> Exchange | None:
        one = next(left, None)
        return None if one is None else _post(crowd, page_of[one[0]], one[1], one[0])

    for _ in crowd.busy(following, 600):
        pass


def _ask_store(store: Path, words: str) -> list[Any]:
    with sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True) as connection:
        return connection.execute(words).fetchall()


def _n_counted(store: Path) -> dict[str, int]:
    return dict(
        _ask_store(
            store,
            "SELECT d.id, v.n_rows FROM datasets d JOIN dataset_versions v "
            "ON v.dataset_id = d.id AND v.version = d.current_version",
        )
    )


def _n_waiting(store: Path) -> list[int]:
    asked = "SELECT count(*) FROM submissions WHERE loaded_version IS NULL"
    return [n for (n,) in _ask_store(store, asked)]


def _wait_until_counted(store: Path) -> None:
    until = time.monotonic() + 300
    while any(_n_waiting(store)) and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(2 * LOOK_SECONDS)


@contextmanager
def _looking(store: Path, counted: Counted) -> Iterator[None]:
    """Look all the time how many answers readers see."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            at = time.perf_counter()
            for dataset_id, n in _n_counted(store).items():
                looks = counted.seen[dataset_id]
                if not looks or looks[-1][1] != n:
                    looks.append((at, n))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _say(name: str, seconds: float, goal: float) -> None:
    met = "met" if seconds < goal else "MISSED"
    print(f"{name}: {seconds:.2f} s; goal under {goal:g} s: {met}", flush=True)


if __name__ == "__main__":
    print(f"load {os.getloadavg()[0]:.1f}")
    run()
