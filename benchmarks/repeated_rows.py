"""A sample company of very many answers: one of fewer, its rows repeated.

Ten million answers one by one take an hour to make and to import. Repeated, the same takes some
minutes: every repetition has orders, tickets and customers of its own, all else stays as it was.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
from sqlalchemy import select

from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.changes import do_publish_version
from huiyin.collect.datasets.reading import fetch_version, snapshot_of
from huiyin.engine.contracts import ROW_COLUMN
from huiyin.lake.contracts import Batch
from huiyin.store.contracts import Actor
from huiyin.store.tables import Dataset, DatasetVersion
from huiyin.store.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from huiyin.engine.contracts import Snapshot
    from huiyin.engine.duck import Engine
    from huiyin.web.system import System

NAMING = {Role.ID, Role.CUSTOMER, Role.ORDER, Role.TICKET}
"""Roles of columns whose values become others in each repetition."""
NOT_REPEATED = {"组织", "员工", "大事记", "故障", "改进措施"}
"""Tables of the company that do not grow with its answers."""
NUMBERS_APART = 10**12
"""Between a number that names something and that of its next repetition."""
_TURN = "_turn"


def repeat_rows(system: System, times: int) -> None:
    """Repeat the rows of every dataset that grows with the answers; each gets one more version."""
    with system.database.reading() as session:
        datasets = [(one.id, one.name) for one in session.scalars(select(Dataset))]
    for dataset_id, name in datasets:
        if name not in NOT_REPEATED:
            start = time.perf_counter()
            n_rows = _repeat(system, dataset_id, times)
            print(f"  {name}: {n_rows:,} rows in {time.perf_counter() - start:.0f} s", flush=True)


def _repeat(system: System, dataset_id: str, times: int) -> int:
    with system.database.reading() as session:
        version = fetch_version(session, dataset_id)
        snapshot = snapshot_of(session, version, system.lake.snapshot(dataset_id, version.version))
        names = DatasetVersion.__table__.columns.keys()
        facts: dict[str, Any] = {name: getattr(version, name) for name in names}
    with TemporaryDirectory(prefix="repeat-", dir=system.folders.work) as folder:
        path = Path(folder) / "rows.parquet"
        with system.engine() as engine:
            n_rows = _write(engine, snapshot, times, path)
        with system.lake.writer(dataset_id, system.leases) as writer:
            number = writer.replace([path], batch=Batch.whole(f"repeat:{times}"), metadata={})
    facts |= {"version": number, "n_rows": n_rows}
    facts["snapshot_id"] = f"{facts['snapshot_id']}x{times}"
    with unit_of_work(system.database, Actor.system(), clock=system.clock) as work:
        before = fetch_version(work.session, dataset_id).version
        facts["created_at"] = work.now
        do_publish_version(work, DatasetVersion(**facts), after=before)
    return n_rows


def _write(engine: Engine, snapshot: Snapshot, times: int, path: Path) -> int:
    import ibis

    rows = engine.open(snapshot.files, None)
    top = int(engine.run(rows.aggregate(top=rows[ROW_COLUMN].max()))["top"][0].as_py() or 0) + 1
    named = [one.name for one in snapshot.codebook if one.role in NAMING and one.name in rows]
    turns = ibis.range(times).unnest().name(_TURN).as_table()
    spread = rows.cross_join(turns)
    made = {name: _other(spread[name], spread[_TURN]) for name in named}
    made[ROW_COLUMN] = spread[ROW_COLUMN] + spread[_TURN] * top
    engine.write_parquet(spread.mutate(**made).drop(_TURN), path)
    return int(pq.ParquetFile(path).metadata.num_rows)


def _other(value: Any, turn: Any) -> Any:
    """Give the name that a repetition has for somebody or something; the first leaves it."""
    import ibis

    if not value.type().is_string():
        return value + turn * NUMBERS_APART
    return ibis.cases((turn > 0, value + "-" + turn.cast("string")), else_=value)
